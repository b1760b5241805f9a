"""Poses and sequences: what they accept, and their geometry in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Box, Keypoint, Pose, PoseSequence
from poseapp.pose.keypoints import BODY_PARTS, LIMBS, MIRROR_ORDER, keypoint_mask


def test_mirror_order_exchanges_the_sides_and_keeps_the_nose() -> None:
    for keypoint in Keypoint:
        other = Keypoint(MIRROR_ORDER[keypoint])
        swapped = keypoint.key.replace("left", "#").replace("right", "left").replace("#", "right")
        assert other.key == swapped


def test_limbs_connect_shoulders_to_ankles_and_leave_the_head_out() -> None:
    joined = {k for limb in LIMBS for k in limb}
    assert joined == set(Keypoint) - set(BODY_PARTS["head"])


def test_mask_of_chosen_keypoints() -> None:
    assert keypoint_mask().all()
    mask = keypoint_mask((Keypoint.NOSE, Keypoint.LEFT_KNEE))
    assert np.flatnonzero(mask).tolist() == [0, 13]


@pytest.mark.parametrize(
    ("xy", "confidence", "words"),
    [
        (np.zeros((16, 2)), np.zeros(17), "a pose needs"),
        (np.full((17, 2), np.nan), np.zeros(17), "finite"),
        (np.zeros((17, 2)), np.full(17, 1.5), "0..1"),
        (np.zeros((17, 2)), np.full(17, np.nan), "0..1"),
    ],
)
def test_a_pose_refuses_what_it_cannot_mean(xy: np.ndarray, confidence: np.ndarray, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Pose(xy, confidence)


def test_a_pose_is_read_only_and_keeps_its_own_copy() -> None:
    xy = np.zeros((17, 2), dtype=np.float32)
    pose = Pose(xy, np.ones(17))
    xy[0] = 5
    assert pose.xy[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        pose.xy[0] = 1


def test_box_and_torso(standing: Pose) -> None:
    assert standing.box() == Box(155, 54, 245, 360)
    assert standing.torso_length() == pytest.approx(100)
    assert Box(0, 0, 4, 2).centre == (2, 1)
    assert Box(4, 0, 0, 2).area == 0


def test_torso_uses_the_one_side_that_is_seen(standing: Pose) -> None:
    confidence = np.ones(17)
    confidence[[Keypoint.LEFT_SHOULDER, Keypoint.LEFT_HIP]] = 0
    pose = Pose(standing.xy, confidence)
    right = standing.xy[Keypoint.RIGHT_SHOULDER] - standing.xy[Keypoint.RIGHT_HIP]
    assert pose.torso_length() == pytest.approx(float(np.hypot(*right)))
    confidence[Keypoint.RIGHT_HIP] = 0
    assert Pose(standing.xy, confidence).torso_length() is None


def test_mirroring_twice_is_the_same_pose(standing: Pose) -> None:
    once = standing.mirrored(640)
    assert once.xy[Keypoint.LEFT_WRIST].tolist() == [640 - 155, 200]
    np.testing.assert_array_equal(once.mirrored(640).xy, standing.xy)


def test_sequence_keeps_gaps_as_confidence_zero(standing: Pose) -> None:
    sequence = PoseSequence.from_poses([standing, None, standing], [0.0, 0.1, 0.2])
    assert sequence.confidence.any(axis=1).tolist() == [True, False, True]
    assert sequence.duration == pytest.approx(0.2)
    assert sequence.fps == pytest.approx(10)
    assert len(sequence.between(0.05, 0.2)) == 2
    assert sequence.nearest(0.16) == 2
    np.testing.assert_array_equal(sequence[2].xy, standing.xy)


@pytest.mark.parametrize("t", [[0.0, 0.0], [0.1, 0.0], [0.0, np.inf]])
def test_sequence_needs_increasing_finite_times(standing: Pose, t: list[float]) -> None:
    with pytest.raises(ValueError, match="times"):
        PoseSequence.from_poses([standing, standing], t)


def test_empty_sequence_has_no_duration_and_no_nearest_pose() -> None:
    empty = PoseSequence.from_poses([], [])
    assert (len(empty), empty.duration, empty.fps) == (0, 0.0, 0.0)
    with pytest.raises(ValueError, match="empty"):
        empty.nearest(0)
