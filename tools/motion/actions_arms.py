"""Actions of the arms and shoulders."""

from __future__ import annotations

import numpy as np

from .action import Action, Mistake
from .channels import STANDING, Value, changed
from .timeline import Timeline

__all__ = ["ACTIONS"]

_ARMS = ("left_arm", "right_arm")
_ELBOWS = ("left_elbow", "right_elbow")
_WRISTS = ("left_wrist", "right_wrist")
_GRIP = changed(STANDING, fist=0.9)


def _swing(degrees: float, outward: float = 0.06) -> tuple[float, float, float]:
    """Direction of an arm swung forward from hanging."""
    a = np.deg2rad(degrees)
    return (outward, float(np.sin(a)), -float(np.cos(a)))


def front_raise(*, top: float = 1.0, asymmetry: float = 0.0, swing: float = 0.0, bend: float = 0.0) -> Timeline:
    """Raise both straight arms forward to shoulder height.

    `top`: fraction of the height; `asymmetry`: by how much less the right arm; `swing`: degrees the back leans
    behind; `bend`: degrees both elbows are bent.
    """

    def at(part: float) -> dict[str, Value]:
        left, right = 92 * top * part, 92 * (top - asymmetry) * part
        return {
            "upper_arm_l": _swing(left),
            "forearm_l": _swing(left + 4 * part + bend),
            "upper_arm_r": _swing(right),
            "forearm_r": _swing(right + 4 * part + bend),
            "spine": (0, -3 - (1 + swing) * part, 0),
        }

    return Timeline.of(_GRIP, (0.5, at(0.5)), (1.0, at(1.0)), (1.25, {}), (1.8, at(0.5)), (2.35, None))


def lateral_raise(*, top: float = 1.0, bend: float = 0.0, asymmetry: float = 0.0, shrug: float = 0.0) -> Timeline:
    """Raise both arms sideways to shoulder height, elbows soft.

    `top`: fraction of the height; `bend`: degrees the forearms hang forward; `asymmetry`: by how much less the
    left arm; `shrug`: degrees the shoulders are pulled up.
    """

    def direction(degrees: float, forward: float) -> tuple[float, float, float]:
        a = np.deg2rad(degrees)
        return (float(np.sin(a)), forward, -float(np.cos(a)))

    def at(part: float) -> dict[str, Value]:
        changes: dict[str, Value] = {"shrug": shrug * part}
        for side, less in (("l", asymmetry), ("r", 0.0)):
            degrees = 10 + 78 * (top - less) * part
            changes[f"upper_arm_{side}"] = direction(degrees, 0.10 * part)
            changes[f"forearm_{side}"] = direction(degrees - 4 * part, 0.22 + np.tan(np.deg2rad(bend)) * part)
        return changes

    return Timeline.of(_GRIP, (0.5, at(0.5)), (0.95, at(1.0)), (1.2, {}), (1.75, at(0.5)), (2.3, None))


def overhead_press(*, top: float = 1.0, lean: float = 0.0, asymmetry: float = 0.0) -> Timeline:
    """Press two dumbbells from the shoulders overhead.

    `top`: fraction of the way; `lean`: degrees the back leans behind; `asymmetry`: by how much less the left arm.
    """
    start = changed(_GRIP, upper_arm=(0.62, 0.40, -0.85), forearm=(0.02, 0.12, 1), elbow=(0.6, -0.6, -0.4), fist=1)

    def between(part: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
        angle = np.deg2rad(-45 + 128 * part)
        out, forward = float(np.cos(angle)), 0.35 * (1 - part)
        return (out, forward, float(np.sin(angle))), (0.10 - 0.22 * np.sin(np.pi * part * 0.9), 0.10 * (1 - part), 1)

    def at(part: float) -> dict[str, Value]:
        right, left = between(top * part), between((top - asymmetry) * part)
        return {
            "upper_arm_r": right[0],
            "forearm_r": right[1],
            "upper_arm_l": left[0],
            "forearm_l": left[1],
            "spine": (0, -3 - lean * part, 0),
        }

    return Timeline.of(
        start, (0.30, at(0.35)), (0.60, at(0.7)), (0.95, at(1.0)), (1.15, {}), (1.55, at(0.7)), (1.9, at(0.35)),
        (2.3, None),
    )  # fmt: skip


def biceps_curl(*, top: float = 1.0, swing: float = 0.0, elbow: float = 0.0, asymmetry: float = 0.0) -> Timeline:
    """Bend both elbows fully with the upper arms still.

    `top`: fraction of the bend; `swing`: degrees the back leans behind; `elbow`: degrees the upper arms drift
    forward; `asymmetry`: by how much less the left elbow bends.
    """
    start = changed(_GRIP, upper_arm=(0.12, 0.02, -1), forearm=(0.07, 0.16, -1), palm=75)

    def at(part: float) -> dict[str, Value]:
        return {
            "upper_arm": _swing(1 + elbow * part, 0.12),
            "forearm_l": _swing(9 + 131 * (top - asymmetry) * part, 0.02),
            "forearm_r": _swing(9 + 131 * top * part, 0.02),
            "spine": (0, -3 - swing * part, 0),
        }

    return Timeline.of(
        start, (0.35, at(0.35)), (0.65, at(0.72)), (0.95, at(1.0)), (1.15, {}), (1.6, at(0.72)), (2.0, at(0.35)),
        (2.4, None),
    )  # fmt: skip


def shoulder_shrug(*, top: float = 1.0, bend: float = 0.0, asymmetry: float = 0.0, nod: float = 0.0) -> Timeline:
    """Pull both shoulders straight up with the arms hanging.

    `top`: fraction of the height; `bend`: degrees the elbows bend; `asymmetry`: by how much less the left shoulder;
    `nod`: degrees the head drops forward.
    """
    hang = _swing(12 + bend, 0.10)

    def at(part: float) -> dict[str, Value]:
        return {
            "shrug_l": 26 * (top - asymmetry) * part,
            "shrug_r": 26 * top * part,
            "forearm": _swing(12 + bend * part, 0.10) if bend else hang,
            "head": (0, nod * part, 0),
        }

    start = changed(_GRIP, shrug=-3, forearm=_swing(12, 0.10))
    return Timeline.of(start, (0.55, at(1.0)), (0.85, {}), (1.5, None))


def outward_rotation(*, turn: float = 1.0, elbows: float = 0.0, asymmetry: float = 0.0) -> Timeline:
    """Elbows bent square at the sides, turn both forearms outward and back: a small movement for the shoulder.

    `turn`: fraction of the turn; `elbows`: degrees the elbows leave the sides; `asymmetry`: by how much less the
    left forearm.
    """

    def level(degrees: float) -> tuple[float, float, float]:
        a = np.deg2rad(degrees)
        return (float(np.sin(a)), float(np.cos(a)), 0.02)

    away = np.deg2rad(6 + elbows)
    upper = (float(np.sin(away)), 0.05, -float(np.cos(away)))
    start = changed(_GRIP, upper_arm=upper, forearm=level(-15))
    out: dict[str, Value] = {
        "forearm_l": level(-15 + 65 * (turn - asymmetry)),
        "forearm_r": level(-15 + 65 * turn),
    }
    return Timeline.of(start, (0.7, out), (0.95, {}), (1.7, None))


def arm_circle(*, size: float = 1.0, bend: float = 0.0, asymmetry: float = 0.0) -> Timeline:
    """Swing both straight arms forward, up and down again at the sides: a full circle.

    `size`: how far up the arms come; `bend`: degrees the elbows are bent; `asymmetry`: by how much less the right.
    """
    places = ((0.12, 1.0, -0.35), (0.12, 1.0, 0.35), (0.14, 0.30, 1.0), (0.75, -0.15, 0.75), (1.0, -0.25, -0.05))
    hang = np.array([0.17, 0.0, -1.0])

    def arm(place: tuple[float, ...], amount: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
        target = np.array(place) / np.linalg.norm(place)
        if amount < 1:  # a smaller circle: the same way round, but the arms stay lower
            target[2] = -1 + (target[2] + 1) * amount
        upper = target / np.linalg.norm(target)
        lower = upper + np.tan(np.deg2rad(bend)) * np.array([-0.3, 0.9, 0.3])
        return tuple(upper), tuple(lower + 0.02 * hang)

    steps: list[tuple[float, dict[str, Value] | None]] = []
    for t, place in zip((0.45, 0.8, 1.2, 1.55, 1.9), places, strict=True):
        left, right = arm(place, size), arm(place, size - asymmetry)
        steps.append(
            (t, {"upper_arm_l": left[0], "forearm_l": left[1], "upper_arm_r": right[0], "forearm_r": right[1]})
        )
    return Timeline.of(STANDING, *steps, (2.5, None))


ACTIONS = (
    Action(
        "front_raise",
        "Front raise",
        front_raise,
        _ARMS,
        held_out=True,
        cue="Straight arms, up to shoulder height.",
        mistakes=(
            Mistake("low", {"top": 0.6}, _ARMS, _ELBOWS, "amplitude", "elevation", "less"),
            Mistake(
                "right_low", {"asymmetry": 0.4}, ("right_arm",), ("right_elbow",), "amplitude", "elevation", "less"
            ),
            Mistake("bent", {"bend": 45}, _ARMS, _WRISTS, "offset", "elbow bend", "more"),
        ),
    ),
    Action(
        "lateral_raise",
        "Lateral raise",
        lateral_raise,
        _ARMS,
        cue="Lead with the elbows, up to shoulder height.",
        mistakes=(
            Mistake("low", {"top": 0.55}, _ARMS, _ELBOWS, "amplitude", "elevation", "less"),
            Mistake(
                "left_low", {"asymmetry": 0.45}, ("left_arm",), ("left_elbow",), "amplitude", "elevation", "less"
            ),
            Mistake("bent", {"bend": 55}, _ARMS, _WRISTS, "offset", "elbow bend", "more"),
        ),
    ),
    Action(
        "overhead_press",
        "Overhead press",
        overhead_press,
        _ARMS,
        cue="Press straight up beside the ears.",
        mistakes=(
            Mistake("half", {"top": 0.5}, _ARMS, _ELBOWS, "amplitude", "elevation", "less"),
            Mistake(
                "left_half", {"asymmetry": 0.5}, ("left_arm",), ("left_elbow",), "amplitude", "elevation", "less"
            ),
        ),
    ),
    Action(
        "biceps_curl",
        "Biceps curl",
        biceps_curl,
        _ARMS,
        cue="Upper arms still, bend all the way.",
        mistakes=(
            Mistake("half", {"top": 0.5}, _ARMS, _WRISTS, "amplitude", "elbow bend", "less"),
            Mistake(
                "left_half", {"asymmetry": 0.5}, ("left_arm",), ("left_wrist",), "amplitude", "elbow bend", "less"
            ),
            Mistake("elbows_forward", {"elbow": 40}, _ARMS, _ELBOWS, "offset", "elevation", "more"),
        ),
    ),
    Action(
        "shoulder_shrug",
        "Shoulder shrug",
        shoulder_shrug,
        _ARMS,
        held_out=True,
        small=True,
        cue="Shoulders straight up to the ears, arms hang.",
        mistakes=(
            Mistake(
                "low",
                {"top": 0.35},
                ("left_arm", "right_arm", "trunk"),
                ("left_shoulder", "right_shoulder"),
                "amplitude",
                "shoulder height",
                "less",
            ),
            Mistake("bent", {"bend": 50}, _ARMS, _WRISTS, "offset", "elbow bend", "more"),
        ),
    ),
    Action(
        "outward_rotation",
        "Outward rotation",
        outward_rotation,
        _ARMS,
        small=True,
        cue="Elbows stay at the ribs, only the forearms turn.",
        mistakes=(
            Mistake("short", {"turn": 0.35}, _ARMS, _WRISTS, "amplitude", "turn", "less"),
            Mistake("left_short", {"asymmetry": 0.7}, ("left_arm",), ("left_wrist",), "amplitude", "turn", "less"),
            Mistake("elbows_out", {"elbows": 30}, _ARMS, _ELBOWS, "offset", "elevation", "more"),
        ),
    ),
    Action(
        "arm_circle",
        "Arm circle",
        arm_circle,
        _ARMS,
        own_reverse=False,
        cue="A big circle, arms long.",
        mistakes=(
            Mistake("small", {"size": 0.6}, _ARMS, _ELBOWS, "amplitude", "elevation", "less"),
            Mistake(
                "right_small", {"asymmetry": 0.45}, ("right_arm",), ("right_elbow",), "amplitude", "elevation", "less"
            ),
        ),
    ),
)
