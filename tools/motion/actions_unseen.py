"""Actions written after the scoring methods, and never looked at while one is made or tuned."""

from __future__ import annotations

import numpy as np

from .action import Action, Mistake
from .channels import STANDING, Value, changed, mixed
from .timeline import Timeline

__all__ = ["ACTIONS"]

_ARMS = ("left_arm", "right_arm")
_LEGS = ("left_leg", "right_leg")
_ARM_SEGMENTS = ("left_elbow", "right_elbow", "left_wrist", "right_wrist")
_LEG_SEGMENTS = ("left_knee", "right_knee", "left_ankle", "right_ankle", "left_hip", "right_hip")
_TRUNK_SEGMENTS = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")

Direction = tuple[float, float, float]
Arm = tuple[Direction, Direction]  # upper arm and forearm


def _raised(direction: Direction, degrees: float) -> Direction:
    """`direction` (outward, forward, up) turned forward and up about the axis from side to side."""
    a = np.deg2rad(degrees)
    outward, forward, up = direction
    return (outward, float(np.cos(a) * forward - np.sin(a) * up), float(np.sin(a) * forward + np.cos(a) * up))


def _between(a: Direction, b: Direction, part: float) -> Direction:
    """From `a` to `b`, at `part` of the way."""
    outward, forward, up = mixed(a, b, part)
    return (outward, forward, up)


def deadlift(*, depth: float = 1.0, knees: float = 0.0, rounding: float = 0.0, away: float = 0.0) -> Timeline:
    """Romanian deadlift: hips back, flat back down until the bar is below the knees, and stand up.

    `depth`: fraction of the way; `knees`: how far it has become a squat; `rounding`: degrees the back is rounded;
    `away`: degrees by which the bar hangs away from the legs.
    """
    start = changed(
        STANDING, upper_arm=_raised((0.10, 0.02, -1), 0.3 * away), forearm=_raised((0.02, 0.16, -1), 0.3 * away),
        world=1, fist=1, head_level=0.5,
    )  # fmt: skip
    back: Direction = (0.06, -0.32, -1)  # the arms are drawn to the legs, they do not just hang
    low: Direction = (0.02, -0.22, -1)
    down: dict[str, Value] = {
        "root": (0, -0.21 * depth, -0.008 - 0.06 * depth - 0.20 * knees),
        "pelvis": (0, 3 + 62 * depth, 0),
        "spine": (0, -3 + rounding * depth, 0),
        "upper_arm": _raised(_between((0.10, 0.02, -1), back, depth), away),
        "forearm": _raised(_between((0.02, 0.16, -1), low, depth), away),
    }
    return Timeline.of(start, (1.3, down), (1.5, {}), (2.6, None))


def side_lunge(*, depth: float = 1.0, step: float = 1.0, lean: float = 0.0) -> Timeline:
    """Hands clasped at the chest, step to the left, sit back over the left heel, the right leg long; push back.

    `depth`: fraction of the way down; `step`: length of the step; `lean`: degrees the trunk leans further forward.
    """
    start = changed(STANDING, upper_arm=(0.25, 0.35, -1), forearm=(-0.90, 0.36, 0.27), fist=0.7)
    up: dict[str, Value] = {"root": (-0.03, 0, -0.015), "ankle_l": (0.05, 0, 0.05), "foot_l": (9, 18, 1)}
    swing: dict[str, Value] = {"root": (0.14 * step, 0, -0.05), "ankle_l": (0.45 * step, 0, 0.06)}
    plant: dict[str, Value] = {
        "root": (0.40 * step, -0.03, -0.11), "ankle_l": (0.72 * step, 0, 0), "foot_l": (16, 0, 1),
        "knee_l": (0.30, 1, 0), "pelvis": (0, 14, 0),
    }  # fmt: skip
    low: dict[str, Value] = {
        "root": ((0.40 + 0.25 * depth) * step, -0.03 - 0.15 * depth, -0.11 - 0.185 * depth),
        "pelvis": (0, 14 + 14 * depth + 0.5 * lean, 0), "spine": (0, -3 + 0.5 * lean, 0),
    }  # fmt: skip
    return Timeline.of(
        start, (0.22, up), (0.5, swing), (0.8, plant), (1.5, low), (1.7, {}), (2.3, {**plant, "spine": (0, -3, 0)}),
        (2.6, {**swing, "foot_l": (9, 18, 1), "pelvis": (0, 5, 0)}), (2.88, up), (3.1, None),
    )  # fmt: skip


def low_block(*, high: float = 0.0, pull: float = 1.0, step: float = 1.0, lean: float = 0.0) -> Timeline:
    """Karate's downward block: left fist to the right ear, step forward and sweep it down, right fist to the hip.

    `high`: degrees by which the sweep ends too high; `pull`: how far the right fist is pulled back; `step`: length
    of the step; `lean`: degrees the trunk falls forward.
    """
    start = changed(
        STANDING, ankle=(0.05, 0, 0), foot=(14, 0, 1), head_level=1, fist=1, world_l=1,
        upper_arm=(0.28, 0.10, -1), forearm=(-0.22, 0.50, -1),
    )  # fmt: skip
    guard_r: Arm = ((-0.12, 0.60, -0.80), (-0.30, 0.55, -0.75))
    hip_r: Arm = ((0.30, -0.64, -0.92), (-0.12, 0.95, -0.22))
    crossed: dict[str, Value] = {
        "pelvis": (-14, 4 + 0.1 * lean, 0), "spine": (-12, -3 + 0.3 * lean, 0),
        "root": (-0.04, 0.04, -0.05), "upper_arm_l": (-0.55, 0.82, -0.20), "forearm_l": (-0.45, -0.50, 0.75),
        "upper_arm_r": guard_r[0], "forearm_r": guard_r[1],
        "ankle_l": (0.01, 0.06, 0.04), "foot_l": (9, 12, 1),
    }  # fmt: skip
    over: dict[str, Value] = {
        "pelvis": (-14, 5 + 0.2 * lean, 0), "spine": (-8, -2 + 0.4 * lean, 0.1 * lean),
        "root": (-0.02, 0.26 * step, -0.11), "upper_arm_l": (-0.30, 0.90, -0.35), "forearm_l": (-0.62, 0.60, 0.45),
        "upper_arm_r": (0.12, 0.05, -1), "forearm_r": (-0.18, 0.85, -0.50),
        "ankle_l": (0.0, 0.58 * step, 0.045), "foot_l": (9, 0, 1),
    }  # fmt: skip
    swept: dict[str, Value] = {
        "root": (0, 0.49 * step, -0.15), "upper_arm_l": (0.0, 0.62, -0.75), "forearm_l": (-0.25, 0.90, -0.40),
        "pelvis": (-22, 6 + 0.3 * lean, 0.1 * lean), "ankle_l": (0.03, 0.80 * step, 0),
    }  # fmt: skip
    blocked: dict[str, Value] = {
        # Forward in the room is to the left of where the turned trunk looks.
        "pelvis": (-28, 6 + 0.35 * lean, 0.2 * lean), "spine": (-10, -2 + 0.5 * lean, 0.3 * lean),
        "root": (0, 0.60 * step, -0.18),
        "upper_arm_l": _raised((0.20, 0.30, -1), high), "forearm_l": _raised((0.10, 0.42, -1), high),
        "upper_arm_r": mixed(guard_r[0], hip_r[0], pull), "forearm_r": mixed(guard_r[1], hip_r[1], pull),
        "foot_r": (32, 0, 1),
    }  # fmt: skip
    retreat: dict[str, Value] = {
        "pelvis": (-10, 5, 0), "spine": (-4, -3, 0), "root": (-0.03, 0.22 * step, -0.08),
        "upper_arm_l": (0.24, 0.20, -1), "forearm_l": (-0.06, 0.46, -1),
        "upper_arm_r": (0.28, -0.15, -1), "forearm_r": (-0.20, 0.80, -0.60),
        "ankle_l": (0.02, 0.40 * step, 0.05), "foot_l": (9, 6, 1), "foot_r": (14, 0, 1),
    }  # fmt: skip
    return Timeline.of(
        start, (0.50, crossed), (0.62, {}), (0.82, over), (0.96, swept), (1.12, blocked), (1.45, {}),
        (1.85, retreat), (2.3, None),
    )  # fmt: skip


def hip_circle(*, size: float = 1.0, stiff: float = 0.0, knees: float = 0.0) -> Timeline:
    """Hands on the hips, circle the hips once: forward, left, back, right; head and feet stay where they are.

    `size`: of the circle; `stiff`: how far the shoulders travel with the hips; `knees`: how far the knees bend.
    """
    hands: dict[str, Value] = {"upper_arm": (0.64, -0.22, -0.74), "forearm": (-0.62, 0.62, -0.30), "fist": 0.5}
    sink = -0.006 - 0.11 * knees
    start = changed(STANDING, ankle=(0.08, 0, 0), root=(0, 0, sink), head_level=1, **hands)

    def at(degrees: float) -> dict[str, Value]:
        a = np.deg2rad(degrees)
        left, forward = size * float(np.sin(a)), size * float(np.cos(a))
        counter = 1 - stiff
        return {
            "root": (0.15 * left, 0.12 * forward, sink),
            "pelvis": (0, 3 - 10 * forward * counter, -11 * left * counter),
            "spine": (0, -3 - 2 * forward * counter, -3 * left * counter),
        }

    steps = [(0.45 + i * 0.19, at(i * 30)) for i in range(13)]
    return Timeline.of(start, *steps, (3.2, None))


def breaststroke(*, reach: float = 1.0, width: float = 1.0, drop: float = 0.0, asymmetry: float = 0.0) -> Timeline:
    """The arms of breaststroke, standing: stretch forward, press outward, elbows high, hands in under the chin.

    `reach`: how far the arms stretch; `width`: of the pull; `drop`: degrees the arms hang too low; `asymmetry`: by
    how much less the left arm stretches.
    """
    chin: Arm = ((0.22, 0.62, -0.80), (-0.80, 0.55, 0.42))
    ahead: Arm = ((-0.14, 1.0, 0.03), (-0.24, 1.0, 0.03))
    wide: Arm = ((0.80, 0.85, -0.10), (0.72, 0.85, -0.16))
    catch: Arm = ((0.95, 0.55, -0.24), (0.15, 0.85, -0.70))
    tucked: Arm = ((0.55, 0.50, -0.75), (-0.70, 0.70, -0.05))

    def towards(a: Arm, b: Arm, part: float) -> Arm:
        return (_between(a[0], b[0], part), _between(a[1], b[1], part))

    def arms(left: Arm, right: Arm) -> dict[str, Value]:
        return {
            f"{channel}_{side}": _raised(arm[i], -drop)
            for side, arm in (("l", left), ("r", right))
            for i, channel in enumerate(("upper_arm", "forearm"))
        }

    def stretched(place: Arm) -> dict[str, Value]:
        return arms(towards(chin, place, reach - asymmetry), towards(chin, place, reach))

    pulled, finish = towards(ahead, catch, width), towards(ahead, tucked, 0.4 + 0.6 * width)
    glide: dict[str, Value] = {"spine": (0, 7, 0), "root": (0, -0.03, -0.012)}
    return Timeline.of(
        changed(STANDING, fist=0, **arms(chin, chin)),
        (0.55, {**stretched(ahead), **glide}), (0.75, {}), (1.25, stretched(towards(ahead, wide, width))),
        (1.6, {**arms(pulled, pulled), "spine": (0, 0, 0), "root": (0, 0, -0.006)}),
        (1.9, {**arms(finish, finish), "spine": (0, -3, 0)}), (2.2, None),
    )  # fmt: skip


ACTIONS = (
    Action(
        "deadlift",
        "Romanian deadlift",
        deadlift,
        ("trunk", *_LEGS),
        held_out=True,
        cue="Hips back, back flat, the bar close to the legs.",
        mistakes=(
            Mistake(
                "shallow",
                {"depth": 0.5},
                ("trunk", *_LEGS),
                (*_TRUNK_SEGMENTS, *_LEG_SEGMENTS),
                "amplitude",
                "lean",
                "less",
            ),
            Mistake("squatted", {"knees": 1.0}, _LEGS, _LEG_SEGMENTS, "offset", "knee bend", "more"),
            Mistake("rounded", {"rounding": 35}, ("trunk",), _TRUNK_SEGMENTS, "offset", "lean", "more"),
            Mistake("bar_away", {"away": 28}, _ARMS, _ARM_SEGMENTS, "offset", "elevation", "more"),
        ),
    ),
    Action(
        "side_lunge",
        "Side lunge",
        side_lunge,
        _LEGS,
        held_out=True,
        symmetric=False,
        cue="Wide step, sit back over one heel, the other leg long.",
        mistakes=(
            Mistake("shallow", {"depth": 0.3}, _LEGS, _LEG_SEGMENTS, "amplitude", "knee bend", "less"),
            Mistake("short_step", {"step": 0.5}, _LEGS, _LEG_SEGMENTS, "amplitude", "step", "less"),
            Mistake("leaning", {"lean": 30}, ("trunk",), _TRUNK_SEGMENTS, "offset", "lean", "more"),
        ),
    ),
    Action(
        "low_block",
        "Low block",
        low_block,
        (*_ARMS, "left_leg", "right_leg", "trunk"),
        held_out=True,
        symmetric=False,
        own_reverse=False,
        cue="From the ear down over the front knee, the other fist to the hip.",
        mistakes=(
            Mistake("high", {"high": 45}, ("left_arm",), ("left_elbow", "left_wrist"), "offset", "elevation", "more"),
            Mistake(
                "no_pull",
                {"pull": 0.2},
                ("right_arm",),
                ("right_elbow", "right_wrist"),
                "amplitude",
                "pull",
                "less",
            ),
            Mistake("short_step", {"step": 0.35}, _LEGS, _LEG_SEGMENTS, "amplitude", "step", "less"),
            Mistake("leaning", {"lean": 30}, ("trunk",), _TRUNK_SEGMENTS, "offset", "lean", "more"),
        ),
    ),
    Action(
        "hip_circle",
        "Hip circle",
        hip_circle,
        (*_LEGS, "trunk"),
        held_out=True,
        symmetric=False,
        small=True,
        cue="Only the hips travel, head and feet stay.",
        mistakes=(
            Mistake(
                "small",
                {"size": 0.3},
                (*_LEGS, "trunk"),
                (*_LEG_SEGMENTS, *_TRUNK_SEGMENTS),
                "amplitude",
                "travel",
                "less",
            ),
            Mistake("stiff", {"stiff": 1.0}, ("trunk",), _TRUNK_SEGMENTS, "amplitude", "lean", "less"),
            Mistake("knees_bent", {"knees": 1.0}, _LEGS, _LEG_SEGMENTS, "offset", "knee bend", "more"),
        ),
    ),
    Action(
        "breaststroke",
        "Breaststroke arms",
        breaststroke,
        _ARMS,
        held_out=True,
        own_reverse=False,
        cue="Stretch long, press outward, elbows high, hands in under the chin.",
        mistakes=(
            Mistake("short", {"reach": 0.35}, _ARMS, _ARM_SEGMENTS, "amplitude", "reach", "less"),
            Mistake("narrow", {"width": 0.35}, _ARMS, _ARM_SEGMENTS, "amplitude", "hands apart", "less"),
            Mistake("low", {"drop": 35}, _ARMS, _ARM_SEGMENTS, "offset", "elevation", "less"),
            Mistake(
                "left_short",
                {"asymmetry": 0.7},
                ("left_arm",),
                ("left_elbow", "left_wrist"),
                "amplitude",
                "reach",
                "less",
            ),
        ),
    ),
)
