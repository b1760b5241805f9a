"""Similarity: invariants, closed-form values and abstention."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from poseapp.pose import Keypoint, Pose, PoseSequence, SimilarityMethod, similarity
from poseapp.pose.similarity import normalised, similarity_over_time

METHODS = list(SimilarityMethod)
_positions = arrays(np.float32, (17, 2), elements=st.floats(0, 1000, width=32)).filter(
    lambda xy: float(np.ptp(xy, axis=0).max()) > 1
)
_confidences = arrays(np.float32, (17,), elements=st.floats(0.3125, 1, width=32))
poses = st.builds(Pose, _positions, _confidences)


def test_normalised_is_shifted_to_the_box_and_of_unit_length() -> None:
    xy = np.array([[10, 20], [13, 20], [10, 24]], dtype=np.float32)
    np.testing.assert_allclose(normalised(xy), np.array([[0, 0], [3, 0], [0, 4]]) / 5)


@pytest.mark.parametrize("method", METHODS)
def test_known_value_of_two_crossed_poses(method: SimilarityMethod) -> None:
    """One keypoint differs from the corner: right in one pose, below in the other. The vectors are orthogonal."""
    a, b = np.zeros((17, 2), np.float32), np.zeros((17, 2), np.float32)
    a[0], b[0] = (7, 0), (0, 3)
    value = similarity(Pose(a, np.ones(17)), Pose(b, np.ones(17)), method)
    # classic: cosine 0. weighted: 17 equal weights, distance 2/17 of at most 2 sqrt(17)/17.
    expected = 0.0 if method is SimilarityMethod.CLASSIC else 1 - 1 / np.sqrt(17)
    assert value == pytest.approx(expected)


@pytest.mark.parametrize("method", METHODS)
@given(a=poses, b=poses)
def test_bounded_symmetric_and_one_for_itself(method: SimilarityMethod, a: Pose, b: Pose) -> None:
    ab, ba = similarity(a, b, method), similarity(b, a, method)
    assert ab is not None
    assert 0 <= ab <= 1
    assert ab == pytest.approx(ba, abs=1e-9)
    assert similarity(a, a, method) == pytest.approx(1)


@pytest.mark.parametrize("method", METHODS)
@given(a=poses, b=poses, scale=st.floats(0.25, 4), dx=st.floats(-500, 500), dy=st.floats(-500, 500))
def test_place_and_size_do_not_matter(
    method: SimilarityMethod, a: Pose, b: Pose, scale: float, dx: float, dy: float
) -> None:
    moved = Pose(a.xy * np.float32(scale) + np.float32([dx, dy]), a.confidence)
    assert similarity(moved, b, method) == pytest.approx(similarity(a, b, method), abs=2e-3)


def test_weighted_ignores_what_was_not_seen_and_classic_does_not(standing: Pose) -> None:
    xy, confidence = standing.xy.copy(), np.ones(17, np.float32)
    xy[Keypoint.LEFT_WRIST] = (230, 130)
    confidence[Keypoint.LEFT_WRIST] = 0.05
    guessed = Pose(xy, confidence)
    assert similarity(guessed, standing, SimilarityMethod.WEIGHTED) == pytest.approx(1)
    classic = similarity(guessed, standing, SimilarityMethod.CLASSIC)
    assert classic is not None
    assert classic < 0.999


def test_only_chosen_keypoints_count(standing: Pose) -> None:
    xy = standing.xy.copy()
    xy[Keypoint.LEFT_WRIST] = (300, 60)
    raised = Pose(xy, standing.confidence)
    legs = (Keypoint.LEFT_HIP, Keypoint.LEFT_KNEE, Keypoint.LEFT_ANKLE)
    for method in METHODS:
        assert similarity(raised, standing, method, legs) == pytest.approx(1)
        whole = similarity(raised, standing, method)
        assert whole is not None
        assert whole < 0.99


@pytest.mark.parametrize("method", METHODS)
def test_says_nothing_when_nothing_can_be_compared(standing: Pose, method: SimilarityMethod) -> None:
    unseen = Pose(standing.xy, np.zeros(17))
    assert similarity(unseen, standing, method) is None
    assert similarity(standing, unseen, method) is None
    assert similarity(standing, standing, method, (Keypoint.NOSE,)) is None
    point = Pose(np.ones((17, 2)), np.ones(17))
    assert similarity(point, standing, method) is None


def test_over_time_has_a_gap_where_nobody_was(standing: Pose) -> None:
    sequence = PoseSequence.from_poses([standing, None, standing], [0, 1, 2])
    values = similarity_over_time(sequence, standing)
    np.testing.assert_allclose(values, [1, np.nan, 1])
