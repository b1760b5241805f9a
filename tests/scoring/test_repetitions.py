"""How often, from when to when, and how well each time."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from poseapp.errors import NotEnoughSeenError
from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring import KeypointScore, ScoreCard, scorer
from poseapp.scoring.repetition_cuts import cut
from poseapp.scoring.repetition_scores import ScoredRepetition, ScoredSet, score_repetitions
from poseapp.scoring.repetitions import Repetition, find_repetitions
from tools import motion
from tools.motion import impostors
from tools.motion.action import Action
from tools.motion.nuisances import mirrored, moved, noisy
from tools.motion.timeline import Timeline


def _set(action: str, reps: int, view: str = "front", percent: float = 1.0, **how: Any) -> motion.Performance:
    return motion.perform(action, view=view, reps=reps, seed=reps, **how)


def _seen(performance: motion.Performance, percent: float = 1.0) -> PoseSequence:
    return noisy(performance.sequence(), np.random.default_rng(3), percent)


@pytest.mark.parametrize(
    "action", ["squat", "overhead_press", "knee_raise", "shoulder_shrug", "tai_chi", "jab_cross"]
)
@pytest.mark.parametrize("reps", [1, 3])
def test_counted_and_cut(action: str, reps: int) -> None:
    done = _set(action, reps, "front", pause=0.3)
    found = find_repetitions(_seen(done))
    assert len(found) == reps
    for repetition, (start, end) in zip(found, done.reps, strict=True):
        assert repetition.start == pytest.approx(start, abs=0.55)
        assert repetition.end == pytest.approx(end, abs=0.55)


def test_overhead_press_from_hanging_arms_with_pauses_and_tired_ones() -> None:
    done = _set(
        "overhead_press",
        5,
        "left",
        amplitudes=(1, 0.9, 0.8, 0.7, 0.6),
        pause=0.8,
        relaxed=True,
        before=1.5,
        after=1.5,
    )
    found = find_repetitions(_seen(done, 2.0))
    assert len(found) == 5
    middles = [(r.start + r.end) / 2 for r in found]
    np.testing.assert_allclose(middles[1:-1], [sum(span) / 2 for span in done.reps[1:-1]], atol=0.4)


@pytest.mark.parametrize("action", ["squat", "front_raise", "shoulder_shrug"])
def test_standing_still_is_no_repetition(action: str) -> None:
    squat = motion.perform(action, view="left").sequence()
    rng = np.random.default_rng(0)
    assert find_repetitions(impostors.still_first(squat, rng, 2.0)) == ()
    assert find_repetitions(impostors.noise_only(squat, rng)) == ()
    breathing = motion.perform(action, view="left", amplitudes=[0.0], before=2, after=2).sequence()
    assert find_repetitions(noisy(breathing, rng, 1.0)) == ()


def test_two_pictures_are_no_movement() -> None:
    squat = motion.perform("squat").sequence()
    assert find_repetitions(squat.between(0, 0.3)) == ()
    with pytest.raises(NotEnoughSeenError):
        find_repetitions(squat.between(0, 0.03))


@settings(max_examples=10)
@given(
    scale=st.floats(0.4, 2.5),
    x=st.floats(-300, 300),
    speed=st.floats(0.7, 1.6),
    late=st.floats(0, 1000),
    turn=st.booleans(),
)
def test_place_size_tempo_clock_and_side_change_nothing(
    scale: float, x: float, speed: float, late: float, turn: bool
) -> None:
    poses = moved(_seen(_set("squat", 3, "left")), scale, (x, 0))
    if turn:
        poses = mirrored(poses)
    poses = PoseSequence(poses.xy, poses.confidence, poses.t / speed + late)
    found = find_repetitions(poses)
    assert len(found) == 3
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert found[0].start >= poses.t[0]
    assert found[-1].end <= poses.t[-1] + 1e-9


def test_a_clip_cut_in_the_middle_of_the_last_one() -> None:
    done = _set("squat", 3, "left", pause=0.4)
    start, end = done.reps[2]
    found = find_repetitions(_seen(done).between(0, start + 0.6 * (end - start)))
    assert len(found) == 3
    assert found[1].end == pytest.approx(done.reps[1][1], abs=0.4)
    assert found[2].start == pytest.approx(start, abs=0.4)
    assert [r.is_whole for r in found] == [True, True, False]


@pytest.mark.parametrize("share", [0.2, 0.6])
def test_a_clip_that_begins_in_the_middle_of_the_first_one(share: float) -> None:
    """But for its turning point: who begins there may rest there as well."""
    done = _set("squat", 3, "left", pause=0.4)
    start, end = done.reps[0]
    found = find_repetitions(_seen(done).between(start + share * (end - start), 60))
    assert [r.is_whole for r in found] == [False, True, True]


@pytest.mark.parametrize("share", [0.5, 0.6, 0.92, 1.0])
@pytest.mark.parametrize("action", ["squat", "lateral_raise", "jab_cross"])
def test_one_is_whole_when_it_came_back_nearly_all_the_way(action: str, share: float) -> None:
    done = _set(action, 3, "front")
    start, end = done.reps[2]
    found = find_repetitions(_seen(done).between(0, start + share * (end - start)))
    assert len(found) == 3
    assert [r.is_whole for r in found] == [True, True, share > 0.9]


@pytest.mark.parametrize("action", ["squat", "punch", "knee_raise", "tai_chi", "jumping_jack"])
@pytest.mark.parametrize("view", ["front", "left"])
def test_all_of_a_whole_set_are_whole(action: str, view: str) -> None:
    done = _set(action, 3, view, amplitudes=(1, 0.8, 0.65), before=0.5, after=0.5)
    assert all(r.is_whole for r in find_repetitions(_seen(done, 2.0)))


def test_a_single_one_is_whole_even_if_it_does_not_come_back() -> None:
    """Who goes into a pose and stays there has done all of it."""
    squat = motion.perform("squat", view="left").sequence()
    (only,) = find_repetitions(squat.between(0, 0.55 * squat.duration))
    assert only.is_whole


def test_cuts_of_a_cosine_are_at_its_rests() -> None:
    """Three bumps of 2 s after a second of rest, half a second apart."""
    t = np.arange(0, 10, 1 / 30)
    starts = np.array([1.0, 3.5, 6.0])
    place = np.zeros((len(t), 2))
    for s in starts:
        inside = (t >= s) & (t <= s + 2)
        place[inside, 0] = (1 - np.cos(np.pi * (t[inside] - s))) / 2
    up = np.round((starts + 0.5) * 30).astype(np.intp)
    spans = np.array([(one.first, one.last) for one in cut(place, [up, up + 30])]) / 30
    # At a fifth of the way (arccos(0.6)/pi = 0.295 s after the start), less up to 0.3 s of the rest beyond it.
    assert (np.abs(spans[:, 0] - starts) < 0.15).all()
    assert (np.abs(spans[:, 1] - starts - 2) < 0.15).all()


def _card(total: float | None) -> ScoreCard:
    keypoints = tuple(KeypointScore(k, total, 1.0) for k in Keypoint)
    return ScoreCard("form", total, keypoints, 1.0, 1.0, "" if total is not None else "hidden")


def _scored(*totals: float | None) -> ScoredSet:
    return ScoredSet(tuple(ScoredRepetition(Repetition(i, i + 1.0), _card(t)) for i, t in enumerate(totals)))


def test_best_worst_and_trend() -> None:
    tiring = _scored(90, 88, 86, 84)
    assert (tiring.best, tiring.worst, tiring.mean, tiring.trend) == (0, 3, 87, -2)
    slip = _scored(90, 90, 20, 90, 90)
    assert (slip.worst, slip.trend) == (2, 0)
    assert _scored(80, 90).trend is None


def test_a_repetition_that_was_not_seen_is_left_out() -> None:
    hidden = _scored(None, 70, 80, None, 100)
    assert (hidden.best, hidden.worst) == (4, 1)
    assert hidden.trend == 10
    nothing = _scored(None)
    assert (nothing.best, nothing.worst, nothing.mean, nothing.trend) == (None, None, None, None)
    assert ScoredSet(()).best is None


def test_an_unfinished_one_is_no_part_of_best_worst_mean_and_trend() -> None:
    def scored(*whole: bool) -> ScoredSet:
        totals = (7.0, 90.0, 88.0, 86.0, 5.0)
        return ScoredSet(
            tuple(
                ScoredRepetition(Repetition(i, i + 1.0, is_whole), _card(total))
                for i, (total, is_whole) in enumerate(zip(totals, whole, strict=True))
            )
        )

    found = scored(False, True, True, True, False)
    assert found.totals == (7, 90, 88, 86, 5)
    assert (found.best, found.worst, found.mean, found.trend) == (1, 3, 88, -2)
    assert scored(*[False] * 5).best is None


def test_an_unfinished_one_is_no_example() -> None:
    """The middle of three durations would be that of the one that was cut short."""
    done = _set("squat", 3, "left", pause=0.4)
    start, end = done.reps[2]
    coach = _seen(done).between(0, start + 0.6 * (end - start))
    totals = score_repetitions(coach, _seen(_set("squat", 2, "left")), scorer("form")).totals
    assert min(total or 0 for total in totals) > 90


def test_each_repetition_is_judged_by_one_of_the_reference() -> None:
    coach = _seen(_set("squat", 2, "left"))
    tired = _set("squat", 4, "left", amplitudes=(1, 1, 1, 0.45))
    judged = score_repetitions(coach, _seen(tired), scorer("form"))
    assert len(judged.repetitions) == 4
    assert judged.worst == 3
    totals = [total for total in judged.totals if total is not None]
    assert min(totals[:3]) > 90
    assert totals[3] < 60
    assert (
        score_repetitions(coach, impostors.still_first(coach, np.random.default_rng(0)), scorer("form")).totals == ()
    )


@pytest.mark.parametrize("before", [0.5, 0.9])
def test_walking_into_place_does_not_outvote_three_quick_ones(before: float) -> None:
    """Seen from the front a punch is small beside raising and dropping the fists."""
    how: dict[str, Any] = {"relaxed": True, "before": before, "after": 0.6, "tempo": 1.4, "amplitudes": [0.8] * 3}
    done = motion.perform("punch", view="front", reps=3, seed=3, **how)
    assert len(find_repetitions(_seen(done, 2.0))) == 3


def test_what_does_not_show_from_the_side_is_not_counted() -> None:
    done = motion.perform("outward_rotation", view="left", reps=4, amplitudes=[0.7] * 4, seed=3)
    assert find_repetitions(_seen(done, 3.0)) == ()


def _in_turn(*actions: str) -> Action:
    """One repetition of each of several movements, one after the other, as one movement."""
    times: list[NDArray[np.float64]] = []
    values: list[NDArray[np.float64]] = []
    end = 0.0
    for name in actions:
        line = motion.ACTIONS[name].keyframes()
        times.append(line.t + end)
        values.append(line.values)
        end = float(times[-1][-1]) + 0.35
    times.append(np.array([end]))
    values.append(values[0][:1])
    line = Timeline(np.concatenate(times), np.concatenate(values))
    return replace(motion.ACTIONS[actions[0]], name="+".join(actions), keyframes=lambda: line, mistakes=())


@pytest.mark.parametrize("view", motion.VIEWS)
@pytest.mark.parametrize("reps", [2, 4])
def test_two_movements_in_turn_are_one(view: str, reps: int) -> None:
    """A curl and a press raise the hands twice, and are done as often as both of them together."""
    done = motion.perform(_in_turn("biceps_curl", "overhead_press"), view=view, reps=reps, pause=0.4, seed=6)
    found = find_repetitions(noisy(done.sequence(), np.random.default_rng(3), 1.5))
    assert len(found) == reps
    for repetition, (start, end) in zip(found, done.reps, strict=True):
        middle = (start + end) / 2
        assert repetition.start < middle < repetition.end


def test_a_tired_second_half_is_no_other_movement() -> None:
    done = motion.perform("squat", view="left", reps=4, amplitudes=[1, 0.5, 1, 0.5], seed=2)
    assert len(find_repetitions(noisy(done.sequence(), np.random.default_rng(3), 2.0))) == 4


def test_four_from_hanging_arms_are_four() -> None:
    """The first and the last one have the way into the start position with them."""
    amplitudes = [0.77, 0.7, 0.64, 0.73]
    done = motion.perform(
        "outward_rotation", reps=4, amplitudes=amplitudes, pause=0.4, relaxed=True, before=1, after=1, seed=4
    )
    assert len(find_repetitions(noisy(done.sequence(), np.random.default_rng(1), 2.0))) == 4
