"""Where in the reference somebody is, pose by pose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.scoring.agreement import LimbAgreement
from poseapp.scoring.cleaning import clean
from poseapp.scoring.following import Follower, Position
from poseapp.scoring.live_segments import LiveSegments
from poseapp.scoring.segments import Segments, segment_vectors
from tools import motion
from tools.motion.edits import BendElbow
from tools.motion.nuisances import mirrored, moved, noisy


def _take(action: str, view: str = "left", **how: Any) -> tuple[motion.Performance, PoseSequence]:
    done = motion.perform(action, view=view, **{"seed": 2, **how})
    return done, noisy(done.sequence(), np.random.default_rng(4), 1.0)


def _followed(follower: Follower, poses: PoseSequence) -> list[Position]:
    return [follower.step(pose, float(t)) for pose, t in zip(poses, poses.t, strict=True)]


def _truth(reference: motion.Performance, attempt: motion.Performance) -> NDArray[np.float64]:
    """Reference time of every frame of the attempt, from the action's own clocks; NaN while nothing moves."""
    inside = (attempt.clock > 0.15) & (attempt.clock < attempt.clock[-1] - 0.15)
    return np.where(inside, np.interp(attempt.clock, reference.clock, reference.t), np.nan)


@pytest.mark.parametrize(("action", "view"), [("squat", "left"), ("knee_raise", "front"), ("tai_chi", "front")])
def test_in_step_with_the_reference(action: str, view: str) -> None:
    coach, reference = _take(action, view)
    done, attempt = _take(
        action, view, tempo=1.25, local_tempo=0.25, before=1.5, after=1.0, body="tall_long_limbs", seed=8
    )
    positions = _followed(Follower(reference), attempt)
    off = np.abs(np.array([p.reference_time for p in positions]) - _truth(coach, done))
    assert np.nanmedian(off) < 0.08
    assert np.nanpercentile(off, 95) < 0.4


def test_itself_is_followed_exactly() -> None:
    coach, reference = _take("squat")
    off = np.abs([p.reference_time for p in _followed(Follower(reference), reference)] - _truth(coach, coach))
    assert np.nanmax(off) < 0.1


def test_begins_when_the_person_begins_and_ends_when_they_end() -> None:
    _, reference = _take("lateral_raise", "front")
    done, attempt = _take("lateral_raise", "front", before=4.0, after=2.0, body="small_woman", seed=7)
    positions = _followed(Follower(reference), attempt)
    ((start, end),) = done.reps
    begun = next(t for t, p in zip(attempt.t, positions, strict=True) if p.started)
    finished = next(t for t, p in zip(attempt.t, positions, strict=True) if p.finished)
    assert start < begun < start + 0.8
    assert finished == pytest.approx(end, abs=0.5)
    assert positions[-1].finished
    assert not any(p.hesitating for p in positions)


def test_standing_still_never_begins() -> None:
    _, reference = _take("squat")
    _, still = _take("squat", amplitudes=[0.0], before=5, after=5, seed=6)
    positions = _followed(Follower(reference), still)
    assert not any(p.started or p.finished or p.hesitating for p in positions)


def test_a_stop_in_the_middle_is_hesitating_and_the_rest_is_followed() -> None:
    coach, reference = _take("squat")
    done = motion.perform("squat", view="left", seed=5)
    start, end = done.reps[0]
    at = int(np.searchsorted(done.t, start + 0.25 * (end - start)))
    order = np.concatenate((np.arange(at), np.full(45, at), np.arange(at, len(done.t))))
    held = PoseSequence(done.xy[order], done.confidence[order], np.arange(len(order)) / 30)
    positions = _followed(Follower(reference), noisy(held, np.random.default_rng(1), 1.0))
    assert not any(p.hesitating for p in positions[:at])
    assert positions[at + 40].hesitating
    assert not any(p.hesitating for p in positions[at + 60 :])
    assert np.ptp([p.reference_time for p in positions[at + 10 : at + 40]]) < 0.35
    assert positions[-1].finished
    off = np.abs(np.array([p.reference_time for p in positions]) - _truth(coach, done)[order])
    assert np.nanmedian(off[at + 50 :]) < 0.1


def test_it_starts_again_after_the_end() -> None:
    _, reference = _take("squat")
    done, attempt = _take("squat", reps=3, pause=0.5, seed=3)
    positions = _followed(Follower(reference), attempt)
    for start, end in done.reps:
        middle = positions[int((start + end) / 2 * 30)]
        assert middle.started
        assert not middle.finished
        assert middle.reference_time == pytest.approx(0.3 + (end - start) / 2, abs=0.25)
    ends = np.diff([p.finished for p in positions]).nonzero()[0]
    assert len(ends) == 5  # true, false, true, false, true


def test_the_other_side_is_followed_when_asked() -> None:
    coach, reference = _take("punch", "left")
    attempt = mirrored(reference)
    off = np.abs(
        [p.reference_time for p in _followed(Follower(reference, mirrored=True), attempt)] - _truth(coach, coach)
    )
    assert np.nanmax(off) < 0.1


def test_place_and_size_change_nothing() -> None:
    _, reference = _take("squat")
    plain = _followed(Follower(reference), reference)
    far = _followed(Follower(reference), moved(reference, 0.5, (200, -50)))
    np.testing.assert_allclose([p.reference_time for p in plain], [p.reference_time for p in far], atol=0.035)


def test_nobody_seen_leaves_the_position_and_gives_no_numbers() -> None:
    _, reference = _take("squat")
    follower = Follower(reference)
    positions = _followed(follower, reference.between(0, 1.3))
    nobody = Pose(np.zeros((17, 2)), np.zeros(17))
    after = [follower.step(nobody, 1.35 + i / 30) for i in range(60)]
    assert after[-1].reference_time == pytest.approx(positions[-1].reference_time, abs=0.5)
    assert np.isnan(after[-1].degrees).all()
    assert not after[-1].differs.any()
    assert all(np.isfinite(p.reference_time) for p in after)


def test_nobody_ever_seen() -> None:
    _, reference = _take("squat")
    follower = Follower(reference)
    position = follower.step(Pose(np.zeros((17, 2)), np.zeros(17)), 0.0)
    assert not position.started
    assert np.isnan(position.degrees).all()


def test_a_bent_elbow_is_coloured_and_the_rest_is_not() -> None:
    _, reference = _take("squat", "left")
    _, attempt = _take("squat", "left", edits=[BendElbow("l", 60)])
    positions = _followed(Follower(reference), attempt)
    share = np.mean([p.differs for p in positions[10:]], axis=0)
    assert share[Keypoint.LEFT_WRIST] > 0.9
    assert share[Keypoint.LEFT_KNEE] == 0
    degrees, differs = positions[40].limb(Keypoint.LEFT_WRIST)
    assert degrees > 18
    assert differs


def _arm(degrees: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All segments of length 1, the left forearm turned by `degrees`."""
    vectors = np.tile([0.0, 1.0], (17, 1))
    a = np.radians(degrees)
    vectors[Keypoint.LEFT_WRIST] = np.sin(a), np.cos(a)
    return vectors, np.ones(17)


def _straight_reference() -> Segments:
    vectors = np.tile([0.0, 1.0], (30, 17, 1))
    nothing = np.zeros(17)
    return Segments(
        np.arange(30) / 30,
        vectors,
        vectors.copy(),
        np.ones((30, 17)),
        nothing,
        nothing.copy(),
        np.ones(17),
        np.zeros(17),
    )


def test_colour_changes_after_a_fifth_of_a_second_and_back_only_below_twelve_degrees() -> None:
    agreement = LimbAgreement(_straight_reference())
    wrist = Keypoint.LEFT_WRIST

    def shown(degrees: float, t: float) -> bool:
        found, differs = agreement.step(*_arm(degrees), 15, t)
        assert found[wrist] == pytest.approx(degrees, abs=1e-6)
        return bool(differs[wrist])

    assert [shown(20, t) for t in (0.0, 0.1, 0.19)] == [False] * 3
    assert shown(17, 0.2) is False  # below 18 in between: it begins anew
    assert [shown(20, t) for t in (0.3, 0.4, 0.49, 0.5)] == [False, False, False, True]
    assert [shown(13, t) for t in (0.6, 0.8, 1.0)] == [True] * 3
    assert [shown(11, t) for t in (1.1, 1.2, 1.31)] == [True, True, False]


def test_head_and_hidden_parts_have_no_colour() -> None:
    agreement = LimbAgreement(_straight_reference())
    vectors, trust = _arm(90)
    trust[Keypoint.LEFT_WRIST] = 0.2
    degrees, _ = agreement.step(vectors, trust, 0, 0.0)
    assert np.isnan(degrees[[Keypoint.LEFT_WRIST, Keypoint.NOSE, Keypoint.LEFT_EAR]]).all()
    assert degrees[Keypoint.RIGHT_WRIST] == pytest.approx(0, abs=1e-6)


def test_live_segments_are_those_of_the_clean_clip() -> None:
    sequence = motion.perform("squat", view="front").sequence()
    sequence = PoseSequence(sequence.xy, np.ones_like(sequence.confidence), sequence.t)
    clip = clean(sequence)
    live = LiveSegments(clip.seen)
    whole = segment_vectors(clip)
    for i in range(len(sequence)):
        vectors, trust = live.step(sequence[i], float(sequence.t[i]))
        assert (trust == float(i >= 2)).all()  # the size of a body is told from three poses
    np.testing.assert_allclose(vectors, whole.rough[-1], atol=0.02)


def test_a_hidden_keypoint_is_held_for_a_moment_and_a_jump_needs_a_second_picture(standing: Pose) -> None:
    live = LiveSegments(np.ones(17))
    for t in (-0.2, -0.1, 0.0):
        before, _ = live.step(standing, t)
    hidden = np.ones(17)
    hidden[Keypoint.LEFT_WRIST] = 0.0
    vectors, trust = live.step(Pose(standing.xy, hidden), 0.1)
    np.testing.assert_allclose(vectors, before)
    assert 0 < trust[Keypoint.LEFT_WRIST] < 1
    assert live.step(Pose(standing.xy, hidden), 0.6)[1][Keypoint.LEFT_WRIST] == 0

    slipped = standing.xy.copy()
    slipped[Keypoint.RIGHT_WRIST] += (80, 0)  # 0.8 torso lengths
    once, _ = live.step(Pose(slipped, np.ones(17)), 0.63)
    np.testing.assert_allclose(once[Keypoint.RIGHT_WRIST], before[Keypoint.RIGHT_WRIST])
    twice, _ = live.step(Pose(slipped, np.ones(17)), 0.66)
    np.testing.assert_allclose(twice[Keypoint.RIGHT_WRIST] - before[Keypoint.RIGHT_WRIST], (0.8, 0), atol=1e-6)


def test_jitter_does_not_begin_a_movement_that_hardly_shows() -> None:
    _, reference = _take("outward_rotation", "left")
    done = motion.perform("outward_rotation", view="left", before=4.0, seed=5)
    waiting = noisy(done.sequence(), np.random.default_rng(6), 1.5).between(0, 3.9)
    assert not any(p.started for p in _followed(Follower(reference), waiting))
