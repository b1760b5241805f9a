"""The movements that no method has seen are done as a trainer would show them, and their mistakes are those named."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import numpy as np
import pytest

from tools import motion

NOSE, R_EAR = 0, 4
L_SHOULDER, R_SHOULDER, L_ELBOW, R_ELBOW, L_WRIST, R_WRIST = range(5, 11)
L_HIP, R_HIP, L_KNEE, R_KNEE, L_ANKLE, R_ANKLE = range(11, 17)


def _done(action: str, **errors: float) -> np.ndarray:
    """Metres: x to the person's left, y behind, z up."""
    return motion.perform(action, before=0, after=0, fps=60, **errors).xyz


def _bend(xyz: np.ndarray, a: int, b: int, c: int) -> np.ndarray:
    """Degrees by which the joint `b` is bent; 0 is straight."""
    u, v = xyz[:, b] - xyz[:, a], xyz[:, c] - xyz[:, b]
    cosine = (u * v).sum(axis=1) / np.linalg.norm(u, axis=1) / np.linalg.norm(v, axis=1)
    return np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))


def _lean(xyz: np.ndarray) -> np.ndarray:
    """Degrees between the trunk and upright, to any side."""
    trunk = xyz[:, 5:7].mean(axis=1) - xyz[:, 11:13].mean(axis=1)
    return np.rad2deg(np.arccos(trunk[:, 2] / np.linalg.norm(trunk, axis=1)))


def _gap(xyz: np.ndarray, a: int, b: int) -> np.ndarray:
    return np.linalg.norm(xyz[:, a] - xyz[:, b], axis=1)


def _knee_bend(xyz: np.ndarray) -> float:
    return float(_bend(xyz, L_HIP, L_KNEE, L_ANKLE).max())


def _reach(xyz: np.ndarray) -> np.ndarray:
    """How far the left hand is before its shoulder."""
    return xyz[:, L_SHOULDER, 1] - xyz[:, L_WRIST, 1]


def _forward_raise(xyz: np.ndarray) -> float:
    """Median over time of how high the left arm is raised forward, degrees from hanging."""
    arm = xyz[:, L_WRIST] - xyz[:, L_SHOULDER]
    return float(np.median(np.rad2deg(np.arctan2(-arm[:, 1], -arm[:, 2]))))


def _end_raise(xyz: np.ndarray) -> float:
    """The same where the hips are lowest."""
    low = int(xyz[:, L_HIP, 2].argmin())
    return _forward_raise(xyz[low : low + 1])


#: How each quantity that a mistake names is measured.
MEASURES: MappingProxyType[tuple[str, str], Callable[[np.ndarray], float]] = MappingProxyType(
    {
        ("deadlift", "lean"): lambda xyz: float(_lean(xyz).max()),
        ("deadlift", "knee bend"): _knee_bend,
        ("deadlift", "elevation"): _forward_raise,
        ("side_lunge", "knee bend"): _knee_bend,
        ("side_lunge", "step"): lambda xyz: float(_gap(xyz, L_ANKLE, R_ANKLE).max()),
        ("side_lunge", "lean"): lambda xyz: float(_lean(xyz).max()),
        ("low_block", "elevation"): _end_raise,
        ("low_block", "pull"): lambda xyz: float((xyz[:, R_ELBOW, 1] - xyz[:, R_SHOULDER, 1]).max()),
        ("low_block", "step"): lambda xyz: float(_gap(xyz, L_ANKLE, R_ANKLE).max()),
        ("low_block", "lean"): lambda xyz: float(_lean(xyz).max()),
        ("hip_circle", "travel"): lambda xyz: float(np.ptp(xyz[:, L_HIP], axis=0)[:2].min()),
        ("hip_circle", "lean"): lambda xyz: float(_lean(xyz).max()),
        ("hip_circle", "knee bend"): _knee_bend,
        ("breaststroke", "reach"): lambda xyz: float(_reach(xyz).max()),
        ("breaststroke", "hands apart"): lambda xyz: float(_gap(xyz, L_WRIST, R_WRIST).max()),
        ("breaststroke", "elevation"): _forward_raise,
    }
)


@pytest.mark.parametrize(
    ("action", "mistake"),
    [pytest.param(a, m, id=f"{a.name}-{m.name}") for a in motion.UNSEEN for m in a.mistakes],
)
def test_a_mistake_changes_what_it_names_in_the_direction_it_names(action, mistake):
    measure = MEASURES[action.name, mistake.quantity]
    right, wrong = measure(_done(action.name)), measure(_done(action.name, **mistake.errors))
    less, more = sorted((right, wrong))
    assert wrong == (more if mistake.direction == "more" else less)
    assert more - less > 0.15 * more


def test_they_differ():
    actions = motion.UNSEEN
    assert sum(a.small for a in actions) == 1
    assert sum(not a.own_reverse for a in actions) >= 2
    assert {a.symmetric for a in actions} == {True, False}
    assert len({frozenset(a.movers) for a in actions}) >= 4
    assert all(2 <= len(a.mistakes) <= 4 for a in actions)


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("deadlift", (L_ANKLE, R_ANKLE)), ("side_lunge", (R_ANKLE,)), ("low_block", (R_ANKLE,)),
        ("hip_circle", (L_ANKLE, R_ANKLE)), ("breaststroke", (L_ANKLE, R_ANKLE)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("body", motion.BODIES)
def test_a_standing_foot_stays_where_it_is(name, planted, body):
    xyz = motion.perform(name, body=body, reps=2).xyz
    assert np.ptp(xyz[:, list(planted)], axis=0).max() < 1e-6


@pytest.mark.parametrize("name", ["side_lunge", "low_block"])
def test_a_stepping_foot_is_lifted_and_set_down(name):
    ankle = _done(name)[:, L_ANKLE]
    furthest = int(np.linalg.norm(ankle - ankle[0], axis=1).argmax())
    out, back = ankle[: furthest + 1, 2], ankle[furthest:, 2]
    assert ankle[furthest, 2] == pytest.approx(ankle[0, 2], abs=0.002)
    assert min(out.max(), back.max()) > ankle[0, 2] + 0.03


def test_a_deadlift_bends_at_the_hips_over_nearly_straight_legs_with_the_bar_at_the_shins():
    xyz = _done("deadlift")
    low = int(_lean(xyz).argmax())
    assert 55 < _lean(xyz)[low] < 80
    assert 15 < _bend(xyz, L_HIP, L_KNEE, L_ANKLE)[low] < 45
    wrist, knee, ankle = xyz[low, L_WRIST], xyz[low, L_KNEE], xyz[low, L_ANKLE]
    assert wrist[2] < knee[2] + 0.1
    assert 0 < ankle[1] - wrist[1] < 0.25  # over the foot


def test_a_side_lunge_bends_one_knee_square_and_leaves_the_other_leg_long():
    xyz = _done("side_lunge")
    low = int(xyz[:, L_HIP, 2].argmin())
    assert 75 < _bend(xyz, L_HIP, L_KNEE, L_ANKLE)[low] < 100
    assert _bend(xyz, R_HIP, R_KNEE, R_ANKLE)[low] < 30
    assert _gap(xyz, L_WRIST, R_WRIST).max() < 0.12  # the hands are clasped all the time
    assert abs(xyz[low, L_KNEE, 0] - xyz[low, L_ANKLE, 0]) < 0.12  # the knee over the foot


def test_a_low_block_comes_from_the_ear_to_above_the_knee_and_the_other_fist_to_the_hip():
    xyz = _done("low_block")
    assert _gap(xyz, L_WRIST, R_EAR).min() < 0.25
    end = int(xyz[:, L_HIP, 2].argmin())
    above = xyz[end, L_WRIST] - xyz[end, L_KNEE]
    assert 0.1 < above[2] < 0.35
    assert np.linalg.norm(above[:2]) < 0.2
    assert np.linalg.norm(xyz[end, R_WRIST] - xyz[end, R_HIP]) < 0.35
    assert _bend(xyz, R_HIP, R_KNEE, R_ANKLE)[end] < 25  # the rear leg is long
    assert 45 < _bend(xyz, L_HIP, L_KNEE, L_ANKLE)[end] < 80


def test_a_hip_circle_goes_round_once_under_a_head_that_stays():
    xyz = _done("hip_circle")
    hips = xyz[:, 11:13].mean(axis=1)[:, :2]
    around = hips - (hips.max(axis=0) + hips.min(axis=0)) / 2
    out = np.linalg.norm(around, axis=1) > 0.06
    turned = np.unwrap(np.arctan2(around[out, 1], around[out, 0]))
    assert abs(turned[-1] - turned[0]) == pytest.approx(2 * np.pi, abs=0.4)
    assert np.ptp(hips, axis=0).min() > 0.18
    assert np.ptp(xyz[:, NOSE, :2], axis=0).max() < 0.5 * np.ptp(hips, axis=0).min()


def test_breaststroke_hands_meet_ahead_part_widely_and_come_back_under_the_chin():
    xyz = _done("breaststroke")
    hands = _gap(xyz, L_WRIST, R_WRIST)
    assert _bend(xyz, L_SHOULDER, L_ELBOW, L_WRIST).min() < 15
    assert hands[_reach(xyz) > 0.95 * _reach(xyz).max()].min() < 0.2
    assert hands.max() > 0.9
    assert hands[-1] < 0.2
    assert xyz[-1, NOSE, 2] - 0.45 < xyz[-1, L_WRIST, 2] < xyz[-1, NOSE, 2]
