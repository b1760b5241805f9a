"""Punches out of a boxing guard."""

from __future__ import annotations

from .action import Action, Mistake
from .channels import STANDING, Value, changed, mixed
from .timeline import Timeline

__all__ = ["ACTIONS"]

_ARMS = ("left_arm", "right_arm")
_SHOULDERS = ("left_shoulder", "right_shoulder")
_UP_L, _UP_R = (0.22, 0.45, -1.0), (0.30, 0.05, -1.0)  # upper arms in guard
_FIST_L, _FIST_R = (-0.30, 0.75, 1.05), (-0.28, 0.62, 1.05)  # forearms in guard
_GUARD = changed(
    STANDING, root=(0, 0, -0.05), pelvis=(-32, 3, 0), spine=(-5, 4, 0), head_level=1,
    upper_arm_l=_UP_L, forearm_l=_FIST_L, upper_arm_r=_UP_R, forearm_r=_FIST_R,
    elbow=(0.6, -0.2, -1), world=1, fist=1,
    ankle_l=(-0.05, 0.20, 0), ankle_r=(0, -0.20, 0.02), foot_l=(-1, 0, 1), foot_r=(39, 12, 1),
)  # fmt: skip


def _cross(reach: float) -> dict[str, Value]:
    """The rear hand at full reach, hip and heel turned in."""
    return {
        "pelvis": (-32 + 50 * reach, 3, 0), "spine": (-5 + 19 * reach, 8, 0), "root": (0, 0.06 * reach, -0.065),
        "upper_arm_r": mixed(_UP_R, (-0.02, 1, -0.02), reach), "forearm_r": mixed(_FIST_R, (-0.10, 1, 0.04), reach),
        "protract_r": 12 * reach, "foot_r": (10, 32, 1), "ankle_r": (0, -0.20, 0.055),
    }  # fmt: skip


def punch(*, reach: float = 1.0, guard: float = 0.0, lean: float = 0.0) -> Timeline:
    """A straight punch of the rear (right) hand out of a boxing guard, twice as fast out as back.

    `reach`: how far the arm straightens; `guard`: how far the left hand has dropped; `lean`: degrees the trunk falls
    forward.
    """
    dropped: dict[str, Value] = {
        "upper_arm_l": mixed(_UP_L, (0.2, 0.1, -1), guard),
        "forearm_l": mixed(_FIST_L, (-0.05, 1, -0.55), guard),
    }
    start = changed(_GUARD, spine=(-5, 4 + 0.4 * lean, 0), **dropped)
    hit = _cross(reach)
    hit["spine"] = (-5 + 19 * reach, 8 + lean, 0)
    return Timeline.of(
        start, (0.18, {"root": (0, -0.01, -0.06), "pelvis": (-37, 3, 0)}), (0.42, hit), (0.50, {}), (0.85, None)
    )


def jab_cross(*, jab: float = 1.0, cross: float = 1.0, guard: float = 0.0) -> Timeline:
    """Left straight, back to the chin, right straight, back to the chin.

    `jab`, `cross`: reach of the two punches; `guard`: how far the right hand drops while the left one punches.
    """
    left: dict[str, Value] = {
        "pelvis": (-38, 3, 0), "spine": (-10, 5, 0), "root": (0, 0.05 * jab, -0.06),
        "upper_arm_l": mixed(_UP_L, (0.05, 1, 0), jab), "forearm_l": mixed(_FIST_L, (-0.05, 1, 0.05), jab),
        "protract_l": 12 * jab,
        "upper_arm_r": mixed(_UP_R, (0.2, -0.1, -1), guard), "forearm_r": mixed(_FIST_R, (0, 1, -0.6), guard),
    }  # fmt: skip
    return Timeline.of(
        _GUARD, (0.25, left), (0.31, {}), (0.56, None), (0.62, {}), (0.88, _cross(cross)), (0.95, {}), (1.3, None)
    )


ACTIONS = (
    Action(
        "punch",
        "Straight punch",
        punch,
        ("right_arm", "trunk"),
        symmetric=False,
        own_reverse=True,
        cue="Hip and heel turn, arm straight, left hand at the chin.",
        mistakes=(
            Mistake(
                "short", {"reach": 0.5}, ("right_arm",), ("right_elbow", "right_wrist"), "amplitude", "reach", "less"
            ),
            Mistake(
                "guard_down",
                {"guard": 1.0},
                ("left_arm",),
                ("left_wrist", "left_elbow"),
                "offset",
                "elbow bend",
                "less",
            ),
            Mistake("leaning", {"lean": 25}, ("trunk",), _SHOULDERS, "offset", "lean", "more"),
        ),
    ),
    Action(
        "jab_cross",
        "Jab and cross",
        jab_cross,
        _ARMS,
        held_out=True,
        symmetric=False,
        own_reverse=False,
        includes=("punch",),  # the cross is that punch
        cue="One hand out, the other at the chin.",
        mistakes=(
            Mistake(
                "short_cross",
                {"cross": 0.4},
                ("right_arm",),
                ("right_elbow", "right_wrist"),
                "amplitude",
                "reach",
                "less",
            ),
            Mistake(
                "short_jab", {"jab": 0.4}, ("left_arm",), ("left_elbow", "left_wrist"), "amplitude", "reach", "less"
            ),
        ),
    ),
)
