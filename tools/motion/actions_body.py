"""Actions of the whole body: jumping, bending, turning and slow forms."""

from __future__ import annotations

from collections.abc import Mapping

from .action import Action, Mistake
from .channels import STANDING, Posture, Value, changed, mixed
from .timeline import Timeline

__all__ = ["ACTIONS"]

_ARMS = ("left_arm", "right_arm")
_SHOULDERS = ("left_shoulder", "right_shoulder")


def jumping_jack(*, arms: float = 1.0, legs: float = 1.0) -> Timeline:
    """Jump the feet apart while the arms swing overhead, and back.

    `arms`, `legs`: fraction of the way they go.
    """
    start = changed(STANDING, ankle=(-0.03, 0, 0), knee=(0.2, 1, 0))
    level: dict[str, Value] = {"upper_arm": (1, 0.06, -0.05), "forearm": (1, 0.12, 0.05)}
    top: dict[str, Value] = {"upper_arm": (0.42, 0.03, 1), "forearm": (0.05, 0.05, 1)}
    if arms < 1:  # the swing ends lower on the same way
        level = {"upper_arm": (0.75, 0.05, -0.75), "forearm": (0.7, 0.15, -0.7)}
        high = 2.2 * arms - 1.1
        top = {"upper_arm": (1, 0.05, high), "forearm": (1, 0.12, high + 0.1)}
    hop: dict[str, Value] = {"ankle": (0.10 * legs - 0.01, 0, 0.075), "foot": (9, 14, 1)}
    return Timeline.of(
        start,
        (0.14, {"root": (0, 0, -0.06), "spine": (0, 0, 0)}),
        (0.30, {"root": (0, 0, 0.05), **level, **hop}),
        (0.46, {"root": (0, 0, -0.035), **top, "ankle": (0.29 * legs - 0.03, 0, 0), "foot": (14, 0, 1)}),
        (0.58, {"root": (0, 0, -0.07)}),
        (0.76, {"root": (0, 0, 0.04), **level, **hop}),
        (0.94, {**{k: start[f"{k}_l"] for k in ("upper_arm", "forearm", "ankle", "foot")}, "root": (0, 0, -0.05)}),
        (1.1, None),
    )


def side_bend(*, amount: float = 1.0, forward: float = 0.0, elbow: float = 0.0) -> Timeline:
    """Right arm overhead, bend the trunk to the left, come up and lower the arm.

    `amount`: fraction of the bend; `forward`: degrees the trunk falls forward; `elbow`: how far the upper arm's
    elbow bends.
    """
    start = changed(STANDING, foot=(12, 0, 1))
    side: dict[str, Value] = {"upper_arm_r": (1, 0.05, 0.15), "forearm_r": (1, 0.08, 0.25), "spine": (0, -3, 0)}
    over: dict[str, Value] = {
        "upper_arm_r": (0.16, 0.04, 1), "forearm_r": (-0.22 - 0.9 * elbow, 0.06, 1), "spine": (0, -3, 3),
    }  # fmt: skip
    bent: dict[str, Value] = {
        "root": (-0.045 * amount, 0, -0.008), "pelvis": (0, 3, 5 * amount), "spine": (0, -3 + forward, 32 * amount),
        "head_level": 0.25, "world_l": 1, "upper_arm_l": (0.30, 0.02, -1), "forearm_l": (0.16, 0.16, -1),
        "upper_arm_r": (0.08, 0.04, 1), "forearm_r": (-0.38 - 0.9 * elbow, 0.08, 1),
    }  # fmt: skip
    up: dict[str, Value] = {
        **over, "root": (0, 0, -0.006), "pelvis": (0, 3, 0), "head_level": 0.8,
        "world_l": 0, "upper_arm_l": (0.17, 0, -1), "forearm_l": (0.10, 0.22, -1),
    }  # fmt: skip
    return Timeline.of(
        start, (0.35, side), (0.7, over), (1.45, bent), (1.75, {}), (2.4, up), (2.75, side), (3.1, None)
    )


def torso_twist(*, turn: float = 1.0, hands: float = 0.0, lean: float = 0.0) -> Timeline:
    """Arms level in front of the chest, turn the trunk to the left, then to the right, feet planted.

    `turn`: fraction of the turn; `hands`: how far the elbows have dropped; `lean`: degrees the trunk leans forward.
    """
    start = changed(
        STANDING, upper_arm=mixed((0.80, 0.60, -0.10), (0.35, 0.2, -1), hands), forearm=(-0.85, 0.55, 0.02), fist=0.7,
        ankle=(0.05, 0, 0), spine=(0, -3 + lean, 0),
    )  # fmt: skip

    def turned(way: float) -> dict[str, Value]:
        return {"pelvis": (16 * way, 3, 0), "spine": (42 * way, -3 + lean, 0), "head": (38 * way, 0, 0)}

    return Timeline.of(start, (0.6, turned(turn)), (0.8, {}), (1.8, turned(-turn)), (2.0, {}), (2.6, None))


def tai_chi(*, height: float = 1.0, sink: float = 1.0, step: float = 1.0) -> Timeline:
    """Float both arms up, press them down sinking, hold the ball, step left and part the hands; back to standing.

    `height`: of the floating arms and of the upper hand; `sink`: how much the knees bend; `step`: length of the step.
    """
    start = changed(STANDING, ankle=(0.02, 0, 0), upper_arm=(0.22, 0.08, -1), forearm=(0.05, 0.35, -1))
    lifted: dict[str, Value] = {
        "upper_arm": (0.12, 1.0, -0.95 + 0.85 * height), "forearm": (0.02, 1.0, -0.75 + 0.75 * height),
    }  # fmt: skip
    pressed: dict[str, Value] = {
        "root": (0, -0.05, -0.13 * sink), "pelvis": (0, 6, 0),
        "upper_arm": (0.25, 0.25, -1), "forearm": (0.08, 1, -0.12),
    }  # fmt: skip
    ball: dict[str, Value] = {
        "root": (-0.10, -0.03, -0.14 * sink), "pelvis": (-22, 6, 0), "spine": (-14, -3, 0), "head": (-25, 0, 0),
        "upper_arm_r": (0.55, 0.62, -0.30), "forearm_r": (-0.9, 0.45, 0.05),
        "upper_arm_l": (0.15, 0.30, -1), "forearm_l": (-0.75, 0.75, -0.1),
        "ankle_l": (-0.03, 0.05, 0.04), "foot_l": (9, 25, 1),
    }  # fmt: skip
    part: dict[str, Value] = {
        "root": (0.16 * step, 0.22 * step, -0.16 * sink), "pelvis": (10, 6, 0), "spine": (14, -3, 0),
        "head": (16, 0, 0),
        "upper_arm_l": (0.25, 0.95, -0.75 + 0.5 * height), "forearm_l": (-0.20, 0.85, 0.1 + 0.55 * height),
        "upper_arm_r": (0.45, -0.05, -1), "forearm_r": (0.15, 0.65, -0.75),
        "ankle_l": (0.10, 0.55 * step, 0), "foot_l": (14, 0, 1), "foot_r": (35, 0, 1),
    }  # fmt: skip
    # The stepping foot travels through the air, not along the floor.
    step_out = _halfway(changed(start, **lifted | pressed | ball), part) | {"ankle_l": (0.03, 0.30 * step, 0.07)}
    step_back = _halfway(changed(start, **lifted | pressed | ball | part), start)
    step_back |= {"ankle_l": (0.05, 0.25 * step, 0.06)}
    return Timeline.of(
        start, (1.2, lifted), (2.3, pressed), (3.2, ball), (3.75, step_out), (4.3, part), (4.6, {}),
        (5.25, step_back), (5.9, None),
    )  # fmt: skip


def _halfway(before: Posture, after: Mapping[str, Value]) -> dict[str, Value]:
    """Every channel that changes from one posture to the next, half way there."""
    target = changed(before, **after)
    pairs = ((name, value, target[name]) for name, value in before.items())
    return {
        name: mixed(start, end, 0.5)
        for name, start, end in pairs
        if isinstance(start, tuple) and isinstance(end, tuple) and start != end
    }


def warrior(*, depth: float = 1.0, arms: float = 1.0, lean: float = 0.0) -> Timeline:
    """Yoga's second warrior: wide stance, left knee bends over the foot, arms level, eyes over the left hand.

    `depth`: fraction of the bend; `arms`: fraction of the arms' lift; `lean`: degrees the trunk leans to the left.
    """
    start = changed(
        STANDING, ankle=(0.45, 0, 0), foot_l=(30, 0, 1), foot_r=(8, 0, 1), knee=(0.5, 1, 0), root=(0, 0, -0.1)
    )
    level: dict[str, Value] = {"upper_arm": (1, 0.02, -0.95 + 0.97 * arms), "forearm": (1, 0.04, -0.97 + arms)}
    low: dict[str, Value] = {
        "root": (0.20 * depth, 0, -0.10 - 0.24 * depth), "knee_l": (1, 0.55, 0), "foot_l": (80, 0, 1),
        "spine": (0, -3, lean), "head": (65, 0, 0), "world": 1,
    }  # fmt: skip
    return Timeline.of(start, (0.9, level), (1.9, low), (2.5, {}), (3.4, changed(start, **level)), (4.2, None))


ACTIONS = (
    Action(
        "jumping_jack",
        "Jumping jack",
        jumping_jack,
        (*_ARMS, "left_leg", "right_leg"),
        held_out=True,
        cue="Hands meet overhead, land softly.",
        mistakes=(
            Mistake(
                "low_arms", {"arms": 0.5}, _ARMS, ("left_elbow", "right_elbow"), "amplitude", "elevation", "less"
            ),
            Mistake(
                "narrow",
                {"legs": 0.25},
                ("left_leg", "right_leg"),
                ("left_knee", "right_knee", "left_ankle", "right_ankle"),
                "amplitude",
                "feet apart",
                "less",
            ),
        ),
    ),
    Action(
        "side_bend",
        "Side bend",
        side_bend,
        ("trunk", "right_arm"),
        symmetric=False,
        cue="Long arm, bend to the side only.",
        mistakes=(
            Mistake("small", {"amount": 0.35}, ("trunk",), _SHOULDERS, "amplitude", "lean", "less"),
            Mistake("bent_elbow", {"elbow": 0.9}, ("right_arm",), ("right_wrist",), "offset", "elbow bend", "more"),
        ),
    ),
    Action(
        "torso_twist",
        "Torso twist",
        torso_twist,
        ("trunk",),
        held_out=True,
        symmetric=False,
        cue="Turn from the waist, elbows level.",
        mistakes=(
            Mistake(
                "small",
                {"turn": 0.4},
                ("trunk", *_ARMS),
                (*_SHOULDERS, "left_elbow", "right_elbow", "left_wrist", "right_wrist"),
                "amplitude",
                "turn",
                "less",
            ),
            Mistake(
                "elbows_down", {"hands": 0.7}, _ARMS, ("left_elbow", "right_elbow"), "offset", "elevation", "less"
            ),
        ),
    ),
    Action(
        "tai_chi",
        "Tai chi opening",
        tai_chi,
        (*_ARMS, "left_leg", "right_leg", "trunk"),
        held_out=True,
        symmetric=False,
        own_reverse=False,
        cue="Slowly, shoulders sunk, weight changes from foot to foot.",
        mistakes=(
            Mistake(
                "low_arms",
                {"height": 0.4},
                _ARMS,
                ("left_elbow", "right_elbow", "left_wrist", "right_wrist"),
                "amplitude",
                "elevation",
                "less",
            ),
            Mistake(
                "no_step",
                {"step": 0.2},
                ("left_leg", "right_leg"),
                ("left_knee", "right_knee", "left_ankle", "right_ankle", "left_hip", "right_hip"),
                "amplitude",
                "step",
                "less",
            ),
        ),
    ),
    Action(
        "warrior",
        "Second warrior",
        warrior,
        (*_ARMS, "left_leg", "right_leg"),
        held_out=True,
        symmetric=False,
        includes=("lateral_raise",),
        cue="Knee over the foot, trunk upright, arms level.",
        mistakes=(
            Mistake(
                "high",
                {"depth": 0.35},
                ("left_leg", "right_leg"),
                ("left_knee", "right_knee", "left_ankle", "right_ankle", "left_hip", "right_hip"),
                "amplitude",
                "knee bend",
                "less",
            ),
            Mistake(
                "low_arms", {"arms": 0.6}, _ARMS, ("left_elbow", "right_elbow"), "amplitude", "elevation", "less"
            ),
            Mistake("leaning", {"lean": 22}, ("trunk",), _SHOULDERS, "offset", "lean", "more"),
        ),
    ),
)
