"""Performances: repetitions, tempo, waiting, and what a camera makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import PoseSequence
from tools import motion
from tools.motion import impostors
from tools.motion.channels import SLICES
from tools.motion.nuisances import NUISANCES, dropped, mirrored, moved, noisy, swapped


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.fixture
def squat() -> PoseSequence:
    return motion.perform("squat", view="left").sequence()


def test_every_action_is_in_one_set_and_only_half_of_the_first_ones_are_for_tuning():
    sets = (motion.TUNING, motion.HELD_OUT, motion.UNSEEN)
    assert [len(actions) for actions in sets] == [9, 9, 5]
    assert sorted(a.name for actions in sets for a in actions) == sorted(motion.ACTIONS)
    assert [{a.held_out for a in actions} for actions in sets] == [{False}, {True}, {True}]


@pytest.mark.parametrize("name", motion.ACTIONS)
def test_every_action_moves_in_every_view_and_has_mistakes(name):
    action = motion.ACTIONS[name]
    assert len(action.mistakes) >= 2
    for view in motion.VIEWS:
        performance = motion.perform(action, view=view)
        sequence = performance.sequence()
        assert len(sequence) == len(performance.t)
        trunk = np.linalg.norm(performance.xy[0, 5] - performance.xy[0, 11])
        travel = np.ptp(performance.xy[:, 5:], axis=0).max() / trunk
        assert travel > (0.05 if action.small else 0.25)
        assert performance.xy.min() > -40
        assert performance.xy.max() < 680


def test_the_same_seed_gives_the_same_numbers_and_another_one_does_not():
    a, b, c = (motion.perform("punch", seed=seed, local_tempo=0.3) for seed in (3, 3, 4))
    assert np.array_equal(a.xy, b.xy)
    assert np.array_equal(a.confidence, b.confidence)
    assert np.abs(a.xy[0] - c.xy[0]).max() > 0.1


def test_repetitions_are_where_they_are_said_to_be():
    performance = motion.perform("squat", reps=3, pause=0.5, before=1.0, after=1.0)
    assert len(performance.reps) == 3
    assert [end - start for start, end in performance.reps] == pytest.approx([2.4] * 3, abs=0.02)
    assert performance.reps[0][0] == pytest.approx(1.0)
    assert performance.reps[1][0] - performance.reps[0][1] == pytest.approx(0.5, abs=0.02)
    height = performance.xyz[:, 11, 2]
    for start, end in performance.reps:
        inside = (performance.t >= start) & (performance.t <= end)
        assert np.ptp(height[inside]) > 0.25
    between = (performance.t > performance.reps[0][1]) & (performance.t < performance.reps[1][0])
    assert np.ptp(height[between]) < 0.01


def test_amplitudes_of_repetitions_differ_as_asked():
    performance = motion.perform("squat", reps=2, amplitudes=(1.0, 0.5))
    height = performance.xyz[:, 11, 2]
    drops = [height.max() - height[(performance.t >= a) & (performance.t <= b)].min() for a, b in performance.reps]
    assert drops[1] == pytest.approx(0.5 * drops[0], rel=0.1)


@pytest.mark.parametrize(("tempo", "seconds"), [(1.0, 2.4), (2.0, 1.2), (0.6, 4.0)])
def test_tempo_is_speed(tempo, seconds):
    (start, end), *_ = motion.perform("squat", tempo=tempo).reps
    assert end - start == pytest.approx(seconds, abs=0.01)


def test_the_same_clock_is_the_same_place_of_the_movement():
    plain = motion.perform("squat", seed=1)
    warped = motion.perform("squat", seed=1, tempo=0.7, local_tempo=0.4)
    speed = np.diff(warped.clock) * 30
    moving = speed > 1e-6
    assert speed[moving].max() > 1.3 * np.median(speed[moving]) > speed[moving][2:-2].min()
    root = SLICES["root"].start + 2
    there = np.interp(warped.clock, plain.clock, plain.channels[:, root])
    assert np.abs(there - warped.channels[:, root]).max() < 0.01
    assert warped.clock[0] == 0
    assert warped.clock[-1] == pytest.approx(plain.clock[-1])


def test_who_stops_half_way_stays_there():
    performance = motion.perform("squat", until=0.5, after=1.0)
    assert performance.clock[-1] == pytest.approx(1.2)
    assert np.ptp(performance.xyz[-20:, 11, 2]) < 0.01
    assert performance.xyz[-1, 11, 2] < performance.xyz[0, 11, 2] - 0.2


def test_who_waits_relaxed_lets_the_arms_hang():
    performance = motion.perform("overhead_press", before=2.0, after=2.0, relaxed=True)
    wrist_to_hip = performance.xyz[:, 9, 2] - performance.xyz[:, 11, 2]
    assert wrist_to_hip[0] < 0.1
    assert wrist_to_hip[-1] < 0.1
    at_start = np.searchsorted(performance.t, performance.reps[0][0])
    assert wrist_to_hip[at_start] > 0.3


def test_wrong_names_are_refused():
    with pytest.raises(KeyError):
        motion.perform("somersault")
    with pytest.raises(TypeError):
        motion.perform("squat", reach=1.0)


def test_noise_is_as_large_as_asked_and_larger_where_nothing_is_seen(squat, rng):
    trunk = np.linalg.norm(squat.xy[:, 5:7].mean(axis=1) - squat.xy[:, 11:13].mean(axis=1), axis=1)
    off = (noisy(squat, rng, 2.0).xy - squat.xy) / np.percentile(trunk, 90)
    seen = squat.confidence > 0.3
    assert off[seen].std() == pytest.approx(0.02, rel=0.05)
    assert off[~seen].std() == pytest.approx(0.06, rel=0.1)


def test_dropouts_lose_about_as_many_keypoints_as_asked(squat, rng):
    lost = (dropped(squat, rng, 0.1).confidence == 0) & (squat.confidence > 0)
    assert 0.07 < lost[:, 5].mean() + lost.mean() < 0.35
    assert np.array_equal(dropped(squat, rng).xy, squat.xy)


def test_mirroring_twice_changes_nothing(squat):
    assert mirrored(mirrored(squat)).xy == pytest.approx(squat.xy, abs=1e-4)
    assert mirrored(squat).xy[:, 9, 0] == pytest.approx(640 - squat.xy[:, 10, 0], abs=1e-4)


def test_moving_keeps_shapes(squat):
    after = moved(squat, scale=2.0, shift=(100, -50), roll=30)
    before_px = np.linalg.norm(squat.xy[:, 5] - squat.xy[:, 15], axis=1)
    assert np.linalg.norm(after.xy[:, 5] - after.xy[:, 15], axis=1) == pytest.approx(2 * before_px, rel=1e-4)
    up = moved(PoseSequence(np.tile([0.0, -1.0], (2, 17, 1)), np.ones((2, 17)), [0, 1]), roll=90)
    assert up.xy[0, 0] == pytest.approx([1, 0], abs=1e-6)  # clockwise: up goes right


def test_swaps_exchange_arms_or_legs_for_a_few_frames(rng):
    front = motion.perform("jumping_jack", reps=4).sequence()
    after = swapped(front, rng, rate=0.2)
    arms = (after.xy[:, 9] == front.xy[:, 10]).all(axis=1)
    assert 0 < arms.mean() < 0.6
    assert ((after.xy[:, 7] == front.xy[:, 8]).all(axis=1) == arms).all()
    assert (after.xy[arms, 10] == front.xy[arms, 9]).all()


@pytest.mark.parametrize("name", NUISANCES)
def test_every_nuisance_can_be_repeated(name):
    a, b = (NUISANCES[name].perform("punch", "left", seed=4) for _ in range(2))
    assert np.array_equal(a.xy, b.xy)
    assert len(a) > 10


def test_frame_rates():
    assert NUISANCES["15 fps"].perform("squat", "front", 1).fps == pytest.approx(15)
    assert NUISANCES["60 fps"].perform("squat", "front", 1).fps == pytest.approx(60)


def test_who_stands_still_does_not_move(squat, rng):
    for still in (impostors.still_first(squat, rng, 0.0), impostors.still_median(squat, rng, 0.0)):
        assert np.ptp(still.xy, axis=0).max() == 0
    assert np.array_equal(impostors.still_first(squat, rng, 0.0).xy[-1], squat.xy[0])


def test_backwards_twice_is_forwards(squat):
    once = impostors.backwards(squat)
    assert np.array_equal(once.xy[0], squat.xy[-1])
    assert np.array_equal(impostors.backwards(once).xy, squat.xy)
    assert impostors.backwards(once).t == pytest.approx(squat.t)


def test_shuffled_frames_are_the_same_frames(squat, rng):
    after = impostors.shuffled(squat, rng)
    assert not np.array_equal(after.xy, squat.xy)
    assert np.array_equal(np.sort(after.xy[:, 0, 1]), np.sort(squat.xy[:, 0, 1]))


def test_noise_stays_in_the_box(squat, rng):
    xy = impostors.noise_only(squat, rng).xy
    assert (xy.min(axis=(0, 1)) >= squat.xy.min(axis=(0, 1))).all()
    assert (xy.max(axis=(0, 1)) <= squat.xy.max(axis=(0, 1))).all()
