"""Actions of the legs."""

from __future__ import annotations

from .action import Action, Mistake
from .channels import STANDING, Value, changed
from .timeline import Timeline

__all__ = ["ACTIONS"]

_LEGS = ("left_leg", "right_leg")
_KNEES = ("left_knee", "right_knee", "left_ankle", "right_ankle")
_LEG_SEGMENTS = (*_KNEES, "left_hip", "right_hip")


def squat(*, depth: float = 1.0, lean: float = 0.0, knees: float = 0.0, arms: float = 1.0) -> Timeline:
    """Sit down between the heels until the thighs are nearly level, arms forward for balance, and stand up.

    `depth`: fraction of the way; `lean`: degrees the back leans further forward; `knees`: how far they fall inward;
    `arms`: fraction of the arms' lift.
    """
    start = changed(STANDING, foot=(16, 0, 1), knee=(0.28, 1, 0))
    down: dict[str, Value] = {
        "root": (0, -0.24 * depth, -0.46 * depth),
        "pelvis": (0, 3 + 36 * depth + lean, 0),
        "spine": (0, -3 - 6 * depth, 0),
        "head_level": 0.8,
        "upper_arm": (0.10, arms, -1.02 + arms),
        "forearm": (0.04, arms, -0.94 + arms),
        "world": 1,
        "protract": 5,
        "knee": (0.30 - knees, 1, 0),
    }
    return Timeline.of(start, (1.1, down), (1.35, {}), (2.4, None))


def lunge(*, depth: float = 1.0, lean: float = 0.0, step: float = 1.0) -> Timeline:
    """Step forward with the right leg, sink until both knees are square, and push back.

    `depth`: fraction of the way down; `lean`: degrees the trunk leans forward; `step`: length of the step.
    """
    start = changed(STANDING, upper_arm=(0.64, -0.22, -0.74), forearm=(-0.62, 0.62, -0.30), fist=0.5)  # hands on hips
    lift: dict[str, Value] = {
        "root": (0.03, 0.10 * step, -0.03),
        "ankle_r": (0, 0.42 * step, 0.20),
        "knee_r": (0.05, 1, 0),
        "foot_r": (4, 0, 0.6),
    }
    plant: dict[str, Value] = {
        "root": (0, 0.42 * step, -0.12 - 0.06 * depth),
        "ankle_r": (0, 0.96 * step, 0),
        "foot_r": (4, 0, 1),
        "ankle_l": (0, 0.03, 0.06),
        "foot_l": (4, 30, 1),
        "spine": (0, -3 + lean * 0.6, 0),
    }
    low: dict[str, Value] = {
        "root": (0, 0.47 * step, -0.16 - 0.24 * depth),
        "pelvis": (0, 3 + lean * 0.4, 0),
        "spine": (0, -3 + lean * 0.6, 0),
        "ankle_l": (0, 0.075, 0.095),
        "foot_l": (4, 55, 1),
    }
    back = {"ankle_l": (0, 0, 0), "foot_l": (9, 0, 1), "pelvis": (0, 3, 0), "spine": (0, -3, 0), **lift}
    return Timeline.of(
        start, (0.40, lift), (0.75, plant), (1.35, low), (1.55, {}), (2.05, plant), (2.4, back), (2.85, None)
    )


def knee_raise(*, height: float = 1.0, lean: float = 0.0, left: float = 1.0) -> Timeline:
    """Lift the right knee to hip height, then the left, arms swinging as in walking.

    `height`: fraction of the lift; `lean`: degrees the back leans behind while lifting; `left`: fraction for the left
    knee only.
    """

    def lifted(side: str, amount: float) -> dict[str, Value]:
        other = "l" if side == "r" else "r"
        shift = 0.035 if side == "r" else -0.035
        return {
            "root": (shift, 0, -0.004),
            "pelvis": (0, 3 - 6 * amount, 0),
            "spine": (0, -3 - lean, 0),
            f"ankle_{side}": (-0.03, 0.40 * amount, 0.50 * amount),
            f"knee_{side}": (0.05, 1, 0.3),
            f"foot_{side}": (0, 15, 0),
            f"air_{side}": 1,
            f"upper_arm_{side}": (0.12, -0.35, -1),
            f"forearm_{side}": (0.02, 0.55, -0.8),
            f"upper_arm_{other}": (0.10, 0.55, -0.9),
            f"forearm_{other}": (-0.15, 0.9, 0.65),
        }

    return Timeline.of(
        STANDING, (0.55, lifted("r", height)), (0.7, {}), (1.2, None),
        (1.35, {}), (1.9, lifted("l", height * left)), (2.05, {}), (2.55, None),
    )  # fmt: skip


def front_kick(*, height: float = 1.0, lean: float = 0.0, snap: float = 1.0) -> Timeline:
    """Chamber the right knee, snap the foot forward at belt height, chamber again and set down; guard stays up.

    `height`: fraction of the height; `lean`: degrees the trunk falls back; `snap`: how far the knee straightens.
    """
    guard: dict[str, Value] = {
        "upper_arm": (0.35, 0.35, -1), "forearm": (-0.25, 0.8, 0.9), "elbow": (0.6, -0.2, -1), "fist": 1,
    }  # fmt: skip
    start = changed(
        STANDING, root=(0, 0, -0.04), head_level=1, ankle_l=(-0.06, 0.06, 0), ankle_r=(-0.05, -0.14, 0.02),
        foot_r=(9, 8, 1), **guard,
    )  # fmt: skip
    chamber: dict[str, Value] = {
        "root": (0.05, 0, -0.03), "pelvis": (0, -10 - lean, 3), "spine": (0, 10, 0),
        "ankle_r": (-0.14, 0.10, 0.36 + 0.22 * height), "knee_r": (0.05, 1, 0.4), "foot_r": (0, 20, 0), "air_r": 1,
        "foot_l": (25, 0, 1),
    }  # fmt: skip
    y, z = 0.10 + (0.56 + 0.34 * height) * snap, 0.30 + 0.58 * height * (0.7 + 0.3 * snap)
    hit: dict[str, Value] = {
        "root": (0.06, 0.03, -0.02), "pelvis": (0, -20 - lean, 4), "spine": (0, 9, 0), "ankle_r": (-0.15, y, z),
        "upper_arm_r": (0.55, -0.1, -1), "forearm_r": (0.1, 0.5, -1),
    }  # fmt: skip
    again = {**chamber, "upper_arm_r": guard["upper_arm"], "forearm_r": guard["forearm"]}
    return Timeline.of(start, (0.35, chamber), (0.58, hit), (0.66, {}), (0.92, again), (1.4, None))


ACTIONS = (
    Action(
        "squat",
        "Squat",
        squat,
        (*_LEGS, "left_arm", "right_arm"),
        cue="Sit back, heels down, thighs nearly level.",
        mistakes=(
            Mistake("shallow", {"depth": 0.5}, _LEGS, _LEG_SEGMENTS, "amplitude", "knee bend", "less"),
            Mistake(
                "leaning",
                {"lean": 24},
                ("trunk",),
                ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
                "offset",
                "lean",
                "more",
            ),
            Mistake("knees_in", {"knees": 0.6}, _LEGS, _KNEES, "offset", "knees apart", "less"),
        ),
    ),
    Action(
        "lunge",
        "Lunge",
        lunge,
        _LEGS,
        held_out=True,
        symmetric=False,
        cue="Long step, trunk upright, both knees square.",
        mistakes=(
            Mistake("shallow", {"depth": 0.3}, _LEGS, _LEG_SEGMENTS, "amplitude", "knee bend", "less"),
            Mistake(
                "leaning",
                {"lean": 30},
                ("trunk",),
                ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
                "offset",
                "lean",
                "more",
            ),
        ),
    ),
    Action(
        "knee_raise",
        "Knee raise",
        knee_raise,
        (*_LEGS, "left_arm", "right_arm"),
        symmetric=False,
        cue="Knees to hip height, stand tall.",
        mistakes=(
            Mistake("low", {"height": 0.45}, _LEGS, _KNEES, "amplitude", "knee height", "less"),
            Mistake(
                "left_low",
                {"left": 0.35},
                ("left_leg",),
                ("left_knee", "left_ankle"),
                "amplitude",
                "knee height",
                "less",
            ),
        ),
    ),
    Action(
        "front_kick",
        "Front kick",
        front_kick,
        ("right_leg",),
        held_out=True,
        symmetric=False,
        cue="Knee up first, snap, knee back, guard stays.",
        mistakes=(
            Mistake(
                "low",
                {"height": 0.3},
                ("right_leg",),
                ("right_knee", "right_ankle"),
                "amplitude",
                "knee height",
                "less",
            ),
            Mistake(
                "no_snap", {"snap": 0.25}, ("right_leg",), ("right_ankle",), "amplitude", "knee extension", "less"
            ),
            Mistake(
                "leaning_back",
                {"lean": 22},
                ("trunk",),
                ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
                "offset",
                "lean",
                "less",
            ),
        ),
    ),
)
