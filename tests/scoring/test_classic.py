"""The classic method: the definition in closed form, and its published behaviour on its author's own keypoints."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.errors import UsageError
from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.scoring import METHODS, scorer
from poseapp.scoring.classic import interleaved_dtw, shifted_to_box


def _sequence(xy: NDArray[np.float32], fps: float = 30) -> PoseSequence:
    return PoseSequence(xy, np.ones(xy.shape[:2]), np.arange(len(xy)) / fps)


@pytest.fixture(scope="module")
def punch(shared_data: Path) -> NDArray[np.float32]:
    with np.load(shared_data / "punch_side_peer_keypoints.npz", allow_pickle=False) as arrays:
        return np.asarray(arrays["xy"])


def _total(reference: NDArray[np.float32], attempt: NDArray[np.float32]) -> float:
    total = scorer("classic").score(_sequence(reference), _sequence(attempt)).total
    assert total is not None
    return total


def test_box_corner_is_truncated_to_whole_pixels() -> None:
    xy = np.full((1, 17, 2), 10.9, dtype=np.float32)
    xy[0, 3] = (4.7, 6.2)
    np.testing.assert_allclose(shifted_to_box(xy)[0, [0, 3]], [[6.9, 4.9], [0.7, 0.2]], atol=1e-5)


def test_distance_of_two_constant_paths_in_closed_form() -> None:
    """Interleaved (1, 0, 1, 0)/sqrt 2 against (0, 1, 0, 1)/sqrt 2: all but the two ends can be warped away."""
    a = np.array([[1.0, 0.0], [1.0, 0.0]])
    b = np.array([[0.0, 1.0], [0.0, 1.0]])
    assert interleaved_dtw(a, b) == pytest.approx(1.0)
    assert interleaved_dtw(a, a) == 0
    assert interleaved_dtw(np.zeros((3, 2)), a) == pytest.approx(1.0)


# The figures published for the original on its own clip (rounded there): perfect 100, standing still 78,
# played backwards 79, half and double speed 56. They show why this score is not the one to trust.
def test_published_behaviour_perfect_repeat(punch: NDArray[np.float32]) -> None:
    assert _total(punch, punch) == 100


def test_published_behaviour_standing_still(punch: NDArray[np.float32]) -> None:
    assert round(_total(punch, np.repeat(punch[:1], len(punch), axis=0))) == 78


def test_published_behaviour_backwards(punch: NDArray[np.float32]) -> None:
    assert round(_total(punch, punch[::-1])) == 79


@pytest.mark.parametrize("speed", ["half", "double"])
def test_published_behaviour_tempo(punch: NDArray[np.float32], speed: str) -> None:
    attempt = np.repeat(punch, 2, axis=0) if speed == "half" else punch[::2]
    assert round(_total(punch, attempt)) == 56


def test_a_keypoint_hardly_seen_has_no_score_and_is_not_in_the_total(standing: Pose) -> None:
    xy = np.repeat(standing.xy[None], 10, axis=0)
    confidence = np.ones((10, 17))
    confidence[1:, Keypoint.LEFT_WRIST] = 0.1
    attempt = PoseSequence(xy, confidence, np.arange(10.0))
    card = scorer("classic").score(_sequence(xy), attempt)
    wrist = card.keypoints[Keypoint.LEFT_WRIST]
    assert wrist.score is None
    assert wrist.seen == pytest.approx(0.1)
    assert card.seen_count == 16
    assert card.total == 100
    assert card.worst_first[-1] is wrist


def test_only_chosen_keypoints_enter_the_total(standing: Pose) -> None:
    reference = np.repeat(standing.xy[None], 8, axis=0)
    attempt = reference.copy()
    # inside the bounding box: beyond it, one keypoint would shift all the others, as in the original
    attempt[:, Keypoint.RIGHT_WRIST, 1] -= np.linspace(0, 60, 8, dtype=np.float32)
    all_of_them = scorer("classic").score(_sequence(reference), _sequence(attempt))
    legs = scorer("classic").score(
        _sequence(reference), _sequence(attempt), (Keypoint.LEFT_KNEE, Keypoint.LEFT_ANKLE)
    )
    assert legs.total == 100
    assert all_of_them.total is not None
    assert all_of_them.total < 100
    assert all_of_them.worst_first[0].keypoint is Keypoint.RIGHT_WRIST


@pytest.mark.parametrize(("who", "words"), [("reference", "in the reference"), ("attempt", "in the attempt")])
def test_nobody_seen_gives_a_reason_and_no_total(standing: Pose, who: str, words: str) -> None:
    someone = _sequence(np.repeat(standing.xy[None], 5, axis=0))
    nobody = PoseSequence.from_poses([None] * 5, np.arange(5.0))
    pair = (nobody, someone) if who == "reference" else (someone, nobody)
    card = scorer("classic").score(*pair)
    assert card.total is None
    assert words in card.reason
    assert card.seen_count == 0


def test_chosen_keypoints_not_seen_give_a_reason(standing: Pose) -> None:
    confidence = np.ones((5, 17))
    confidence[:, Keypoint.NOSE] = 0
    clip = PoseSequence(np.repeat(standing.xy[None], 5, axis=0), confidence, np.arange(5.0))
    card = scorer("classic").score(clip, clip, (Keypoint.NOSE,))
    assert card.total is None
    assert "seen often enough" in card.reason


def test_unknown_method_names_the_choices() -> None:
    with pytest.raises(UsageError, match="classic, form"):
        scorer("guess")
    assert list(METHODS) == ["classic", "form"]
