from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import NotEnoughSeenError, UsageError
from poseapp.library.reference import Reference
from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.scoring import DEFAULT_METHOD
from poseapp.session.headless import first_still
from poseapp.session.judge import judge, similarity_trace
from poseapp.session.settings import StillChoice


def raising_an_arm(standing: Pose, seconds: float = 1.0, offset: float = 0.0) -> PoseSequence:
    """The left wrist goes up evenly by 150 px; `t` begins at `offset`."""
    t = np.arange(0.0, seconds + 1e-9, 0.1)
    xy = np.repeat(standing.xy[None], len(t), axis=0)
    xy[:, Keypoint.LEFT_WRIST, 1] -= (150 * t / seconds).astype(np.float32)
    return PoseSequence(xy, np.ones((len(t), 17)), t + offset)


@pytest.fixture
def reference(standing: Pose) -> Reference:
    return Reference("arm", Path("arm.mp4"), raising_an_arm(standing), (640, 480), "gated")


def test_the_same_movement_is_worth_100_and_its_similarity_peaks_at_the_still(
    reference: Reference, standing: Pose
) -> None:
    still = first_still(reference)
    assert still is not None
    np.testing.assert_array_equal(still.pose.xy, reference.poses[10].xy)  # the arm is highest at the end
    attempt = judge(reference, raising_an_arm(standing, offset=7.0), still=still)
    assert attempt.card.total == 100
    assert attempt.trace is not None
    np.testing.assert_allclose(attempt.trace.t, reference.poses.t)
    assert attempt.trace.best == pytest.approx((1.0, 1.0))
    assert (np.diff(attempt.trace.value) > 0).all()


def test_the_trace_is_worked_out_again_from_what_was_kept(reference: Reference, standing: Pose) -> None:
    still, poses = first_still(reference), raising_an_arm(standing, offset=7.0)
    assert still is not None
    judged = judge(reference, poses, still=still).trace
    again = similarity_trace(poses, still)
    assert judged is not None
    np.testing.assert_array_equal(again.t, judged.t)
    np.testing.assert_array_equal(again.value, judged.value)
    assert again.t[0] == 0
    with pytest.raises(ValueError, match="no poses"):
        similarity_trace(PoseSequence.from_poses([], []), still)


def test_without_a_still_there_is_no_trace(reference: Reference) -> None:
    assert judge(reference, reference.poses).trace is None


def test_only_the_keypoints_that_matter_count(standing: Pose) -> None:
    still_arm = PoseSequence(np.repeat(standing.xy[None], 11, axis=0), np.ones((11, 17)), np.arange(11) / 10)
    totals = []
    for keypoint in (Keypoint.NOSE, Keypoint.LEFT_WRIST):
        reference = Reference("arm", Path("arm.mp4"), raising_an_arm(standing), (640, 480), "gated", (keypoint,))
        card = judge(reference, still_arm).card
        assert card.total == card.keypoints[keypoint].score
        totals.append(card.total)
    assert totals[0] > totals[1]


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.2])
def test_a_slip_of_the_finger_is_not_scored(reference: Reference, standing: Pose, seconds: float) -> None:
    poses = raising_an_arm(standing, seconds=1.0).between(0.0, seconds + 0.01)
    with pytest.raises(NotEnoughSeenError, match="too short"):
        judge(reference, poses)


def test_nothing_recorded_is_not_scored(reference: Reference) -> None:
    with pytest.raises(NotEnoughSeenError, match="too short"):
        judge(reference, PoseSequence.from_poses([], []))


def test_nobody_seen_gives_a_card_with_a_reason_and_gaps(reference: Reference, standing: Pose) -> None:
    nobody = PoseSequence.from_poses([None] * 11, np.arange(11) / 10)
    attempt = judge(reference, nobody, still=StillChoice(standing))
    assert attempt.card.total is None
    assert "Nobody was seen in the attempt" in attempt.card.reason
    assert "Nobody was seen" in judge(reference, nobody, method="classic").card.reason
    assert attempt.trace is not None
    assert np.isnan(attempt.trace.value).all()
    assert attempt.trace.best is None


def test_the_method_is_the_default_one_unless_another_is_asked_for(reference: Reference) -> None:
    assert judge(reference, reference.poses).card.method == DEFAULT_METHOD == "form"
    assert judge(reference, reference.poses, method="classic").card.method == "classic"


def test_a_gentler_judge_counts_differences_less(reference: Reference, standing: Pose) -> None:
    xy = np.array(reference.poses.xy)
    xy[:, Keypoint.LEFT_WRIST] = xy[0, Keypoint.LEFT_WRIST] + 11 / 15 * (
        xy[:, Keypoint.LEFT_WRIST] - xy[0, Keypoint.LEFT_WRIST]
    )
    lower = PoseSequence(xy, reference.poses.confidence, reference.poses.t)
    totals = {}
    for strictness in ("strict", "normal", "gentle"):
        card = judge(reference, lower, strictness=strictness).card
        assert card.strictness == strictness
        assert card.total is not None
        totals[strictness] = card.total
    assert totals["strict"] == judge(reference, lower).card.total
    assert 10 < totals["strict"] < 95
    # A score of s comes from an error of 9.5° (100 / s - 1)^¼; a tolerance of 3/2 and 2 divides that.
    loss = 100 / totals["strict"] - 1
    assert totals["normal"] == pytest.approx(100 / (1 + loss / 1.5**4))
    assert totals["gentle"] == pytest.approx(100 / (1 + loss / 2**4))


def test_a_method_without_strictness_refuses_one(reference: Reference) -> None:
    with pytest.raises(UsageError, match="“classic” knows no strictness"):
        judge(reference, reference.poses, method="classic", strictness="gentle")


def test_an_unknown_method_is_refused(reference: Reference) -> None:
    with pytest.raises(UsageError, match="no scoring method “magic”"):
        judge(reference, reference.poses, method="magic")


def test_an_empty_reference_has_no_still() -> None:
    empty = Reference("none", Path("none.mp4"), PoseSequence.from_poses([], []), (640, 480), "gated")
    assert first_still(empty) is None
