"""Mistakes: they do what they say, where they say it, and as much."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from poseapp.pose import KEYPOINTS
from tools import motion
from tools.motion.channels import PARTS, SLICES, STANDING, packed
from tools.motion.edits import BendElbow, Delay, LeanTrunk, LessAmplitude, RotateArm
from tools.motion.faults import (
    GRADES,
    faults_of,
    graded,
    incomplete,
    pairs_of,
    remaining_motion,
    visible_degrees,
    visible_motion,
)

_KEYS = {k.key for k in KEYPOINTS}


def _degrees(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    cosine = (a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
    return np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))


def _bones(performance: motion.Performance, ends: tuple[int, int]) -> np.ndarray:
    return performance.xyz[:, ends[1]] - performance.xyz[:, ends[0]]


def test_less_amplitude_stays_on_the_way():
    start = packed(STANDING)
    columns = SLICES["upper_arm_l"]
    start[columns] = (0, 0, -1)
    channels = np.repeat(start[None], 3, axis=0)
    channels[1, columns], channels[2, columns] = (0, 1, 0), (1, 0, 0)
    after = LessAmplitude(("left_arm",), 0.5).apply(channels, np.arange(3.0), start)[:, columns]
    assert after == pytest.approx(np.array([[0, 0, -1], [0, 0.5**0.5, -(0.5**0.5)], [0.5**0.5, 0, -(0.5**0.5)]]))


def test_a_part_without_amplitude_does_not_move_and_the_others_do():
    performance = motion.perform("jumping_jack", edits=[LessAmplitude(("left_arm",), 0.0)])
    left, right = (_bones(performance, ends) for ends in ((7, 9), (8, 10)))
    assert _degrees(left, left[0]).max() < 6  # with the trunk's sway
    assert _degrees(right, right[0]).max() > 90


def test_a_late_limb_is_late_by_that_much():
    t = np.arange(200) / 100
    channels = np.repeat(packed(STANDING)[None], 200, axis=0)
    column = SLICES["ankle_r"].start + 2
    channels[:, column] = np.sin(t)
    after = Delay(("right_leg",), 0.3).apply(channels, t, channels[0])[:, column]
    assert after[30:] == pytest.approx(np.sin(t[30:] - 0.3), abs=1e-6)
    assert (after[:30] == 0).all()


@pytest.mark.parametrize("side", ["l", "r"])
def test_a_bent_elbow_is_bent_more(side):
    ends, upper = ((7, 9), (5, 7)) if side == "l" else ((8, 10), (6, 8))
    plain, bent = (motion.perform("front_raise", edits=e) for e in ([], [BendElbow(side, 45)]))
    assert _degrees(_bones(plain, ends), _bones(bent, ends)) == pytest.approx(45, abs=1e-6)
    more = _degrees(_bones(bent, ends), _bones(bent, upper)) - _degrees(_bones(plain, ends), _bones(plain, upper))
    assert (more > 25).all()


@pytest.mark.parametrize(
    ("axis", "hanging_goes"), [("side", (0, 1, 0)), ("front", (1, 0, 0))], ids=["forward", "outward"]
)
def test_a_turned_arm(axis, hanging_goes):
    start = packed(STANDING)
    start[SLICES["upper_arm_r"]] = (0, 0, -1)
    after = RotateArm("r", axis, 90).apply(start[None], np.zeros(1), start)[0, SLICES["upper_arm_r"]]
    assert after == pytest.approx(hanging_goes, abs=1e-12)


def test_a_leaning_trunk_leans_that_much():
    plain, lean = (motion.perform("front_raise", edits=e, seed=2) for e in ([], [LeanTrunk(forward=20)]))
    trunks = [p.xyz[0, 5:7].mean(axis=0) - p.xyz[0, 11:13].mean(axis=0) for p in (plain, lean)]
    assert _degrees(*trunks) == pytest.approx(16, abs=3)  # 8 at the pelvis and, along the back, up to 12 more
    assert trunks[1][1] < trunks[0][1]  # forward is -y


@pytest.mark.parametrize("name", motion.ACTIONS)
def test_faults_name_parts_and_keypoints_that_exist(name):
    faults = faults_of(motion.ACTIONS[name])
    assert len({f.name for f in faults}) == len(faults) >= 8
    for fault in faults:
        assert set(fault.parts) <= set(PARTS)
        assert set(fault.segments) <= _KEYS
        assert fault.kind in {"amplitude", "offset", "timing", "missing"}
    assert faults_of(motion.ACTIONS[name]) == faults


@pytest.mark.parametrize("name", motion.ACTIONS)
def test_every_fault_can_be_seen_from_somewhere(name):
    action = motion.ACTIONS[name]
    correct = {view: motion.perform(action, view=view) for view in ("front", "left", "right")}
    for fault in faults_of(action):
        seen = max(visible_degrees(correct[v], motion.perform(action, view=v, **fault.how())) for v in correct)
        assert seen > (2 if action.small else 6), fault.name


@pytest.mark.parametrize("action", motion.ACTIONS.values(), ids=lambda a: a.name)
def test_more_loss_is_more_to_be_seen(action):
    correct = motion.perform(action)
    seen = [visible_degrees(correct, motion.perform(action, **graded(keep).how())) for keep in GRADES]
    assert seen[0] < 1e-3
    assert all(b > a for a, b in itertools.pairwise(seen))


def test_what_cannot_be_seen_is_not_visible():
    fault = next(f for f in faults_of(motion.ACTIONS["lateral_raise"]) if f.name == "right_arm_still")
    pair = [motion.perform("lateral_raise", view="left", **how) for how in ({}, fault.how())]
    assert visible_degrees(*pair) == 0


def test_two_faults_at_once_lie_in_different_parts():
    for action in motion.ACTIONS.values():
        pairs = pairs_of(action)
        assert len(pairs) >= 2
        assert all(not set(a.parts) & set(b.parts) for a, b in pairs)


def test_a_movement_broken_off_is_shorter():
    whole, part = motion.perform("warrior"), motion.perform("warrior", **incomplete(0.5).how())
    assert part.clock[-1] == pytest.approx(0.5 * whole.clock[-1])


def test_shorter_bones_might_be_another_persons():
    plain = motion.perform("squat", view="left")
    short = dataclasses.replace(plain, xy=plain.xy.copy())
    short.xy[:, 9] = plain.xy[:, 7] + 0.9 * (plain.xy[:, 9] - plain.xy[:, 7])
    assert visible_degrees(plain, short) < 0.1
    short.xy[:, 9] = plain.xy[:, 7] + 0.4 * (plain.xy[:, 9] - plain.xy[:, 7])
    assert visible_degrees(plain, short) > 10


def test_how_much_of_the_movement_remains():
    correct = motion.perform("lateral_raise")
    parts = ("left_arm", "right_arm")
    still = motion.perform("lateral_raise", edits=[LessAmplitude(parts, 0.0)])
    half = motion.perform("lateral_raise", edits=[LessAmplitude(parts, 0.5)])
    assert remaining_motion(correct, correct) == pytest.approx(1)
    assert remaining_motion(correct, still) < 0.1
    assert 0.4 < remaining_motion(correct, half) < 0.65


def test_a_lean_towards_the_camera_shows_in_the_arms_and_not_in_the_trunk():
    plain = motion.perform("biceps_curl", view="front")
    lean = motion.perform("biceps_curl", view="front", edits=[LeanTrunk(forward=20)])
    assert visible_degrees(plain, lean, ("trunk",)) < 10 < visible_degrees(plain, lean, ("left_arm",))


def test_a_wrist_without_its_elbow_shows_no_forearm():
    plain, bent = (motion.perform("lateral_raise", view="front", edits=e) for e in ([], [BendElbow("r", 45)]))
    confidence = plain.confidence.copy()
    confidence[:, 8] = 0
    hidden = dataclasses.replace(plain, confidence=confidence)
    assert visible_degrees(plain, bent, ("right_arm",)) > 10
    assert visible_degrees(hidden, bent, ("right_arm",)) == 0


def test_a_forearm_that_turns_towards_the_camera_hardly_moves():
    side, front = (visible_motion(motion.perform("outward_rotation", view=view)) for view in ("left", "front"))
    assert side < 0.08 < 0.2 < front
