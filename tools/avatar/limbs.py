"""Where arms and legs go: orientations of their bones from directions and targets, for whole clips at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .turns import about, applied, frame, part_of, swing, unit

__all__ = ["ArmAim", "ArmRest", "FootRest", "LegAim", "LegRest", "aim_arm", "aim_leg", "collar_turn", "foot_turns"]

Array = NDArray[np.float64]

_HINT = 0.25  # how much the wished elbow direction counts when the arm is straight
_BENT = 0.7  # difference of the two directions (2 sin of half the bend) from which it no longer counts
_UPPER_TWIST = 0.45  # the shoulder's half of the upper arm takes less than half of its twist
_THIGH_TWIST = 0.5
_X, _Y, _Z = np.eye(3)


@dataclass(frozen=True, slots=True, eq=False)
class ArmRest:
    """Directions of the upper arm and the forearm in the rest pose, unit vectors."""

    upper: Array
    lower: Array


@dataclass(frozen=True, slots=True, eq=False)
class ArmAim:
    """Orientations ``(T, 3, 3)`` of the upper arm, the forearm and the direction ``(T, 3)`` of the forearm."""

    upper: Array
    lower: Array
    direction: Array


def collar_turn(upper: Array, chest: Array, shrug: Array, protract: Array, sign: float) -> Array:
    """Turn of the collar bone against the chest: it rises and comes forward with the upper arm.

    The rhythm is that of `tools.motion.kinematics`, so that both put the shoulders at the same place.
    """
    inside = applied(np.swapaxes(chest, 1, 2), upper)
    elevation = np.rad2deg(np.arccos(np.clip(-inside[:, 2], -1, 1)))
    rise = 24 * np.clip((elevation - 45) / 135, -0.25, 1) + shrug
    forward = 12 * np.clip(-inside[:, 1], -1, 1) * np.sin(np.deg2rad(elevation)) + protract
    return about(_Y, -sign * rise) @ about(_Z, -sign * forward)


def aim_arm(upper: Array, lower: Array, elbow: Array, rest: ArmRest) -> ArmAim:
    """Orient the arm along two directions ``(T, 3)``; `elbow` says where its point looks when the arm is straight."""
    bend = upper - lower
    size = np.linalg.norm(bend, axis=1, keepdims=True)
    outside = bend + _HINT * np.clip(1 - size / _BENT, 0, 1) * unit(elbow)
    hinge = np.cross(outside, upper)
    rest_hinge = np.cross(rest.upper, rest.lower)
    return ArmAim(
        frame(upper, hinge) @ frame(rest.upper, rest_hinge).T, frame(lower, hinge) @ frame(rest.lower, rest_hinge).T,
        lower,
    )  # fmt: skip


def half_twisted(orientation: Array, parent: Array, rest_direction: Array, twist: float) -> Array:
    """The upper half of a limb: points like `orientation`, but is twisted only in part against its parent."""
    relative = np.swapaxes(parent, 1, 2) @ orientation
    pointing = swing(relative, rest_direction)
    twisted = np.swapaxes(pointing, 1, 2) @ relative
    return np.asarray(parent @ pointing @ part_of(twisted, np.full(len(parent), twist)))


def upper_arm_half(aim: ArmAim, parent: Array, rest: ArmRest) -> Array:
    """Orientation of the half of the upper arm next to the shoulder."""
    return half_twisted(aim.upper, parent, rest.upper, _UPPER_TWIST)


def thigh_half(aim: LegAim, parent: Array, rest: LegRest) -> Array:
    """Orientation of the half of the thigh next to the hip."""
    return half_twisted(aim.thigh, parent, rest.thigh, _THIGH_TWIST)


@dataclass(frozen=True, slots=True, eq=False)
class LegRest:
    """The leg in the rest pose: unit vectors of thigh and shank, and their lengths in metres."""

    thigh: Array
    shank: Array
    thigh_length: float
    shank_length: float


@dataclass(frozen=True, slots=True, eq=False)
class LegAim:
    """Orientations ``(T, 3, 3)`` of thigh and shank."""

    thigh: Array
    shank: Array


def aim_leg(hip: Array, ankle: Array, pole: Array, rest: LegRest) -> LegAim:
    """Two bones from `hip` to `ankle` ``(T, 3)``, the knee towards `pole` (law of cosines).

    A leg that cannot reach is straight and points there.
    """
    a, b = rest.thigh_length, rest.shank_length
    way = ankle - hip
    distance = np.linalg.norm(way, axis=1, keepdims=True)
    reach = np.clip(distance, abs(a - b) + 0.02 * (a + b), (a + b) * 0.9995)
    along = way / np.maximum(distance, 1e-9)
    forward = unit(pole - along * (pole * along).sum(axis=1, keepdims=True))
    cosine = np.clip((a * a + reach**2 - b * b) / (2 * a * reach), -1, 1)
    thigh = cosine * along + np.sqrt(1 - cosine**2) * forward
    shank = unit(along * reach - a * thigh)
    hinge = np.cross(forward, along)  # at rest: forward -y, along -z, so the hinge is +x
    return LegAim(frame(thigh, hinge) @ frame(rest.thigh, _X).T, frame(shank, hinge) @ frame(rest.shank, _X).T)


@dataclass(frozen=True, slots=True, eq=False)
class FootRest:
    """The foot in the rest pose, flat on the floor.

    Parameters
    ----------
    toes_out : float
        Degrees.
    ball : float
        Metres from the ankle to the ball of the foot, joint to joint.
    slope : float
        Degrees by which the ball's joint lies lower, seen from the ankle.
    ankle_height, ball_height : float
        Metres above the floor.
    """

    toes_out: float
    ball: float
    slope: float
    ankle_height: float
    ball_height: float


def foot_turns(ankle: Array, shank: Array, foot: Array, sign: float, rest: FootRest) -> tuple[Array, Array]:
    """Orientations of the foot and bends of the toes, degrees.

    Parameters
    ----------
    ankle : ndarray, shape (T, 3)
        Where the ankle is.
    shank : ndarray, shape (T, 3, 3)
        Orientation of the shank.
    foot : ndarray, shape (T, 3)
        Channel ``foot``: toes out, heel raised, flat.
    sign : float
        1 left, -1 right.
    rest : FootRest
        Whose.

    Returns
    -------
    orientation : ndarray, shape (T, 3, 3)
    toe_bend : ndarray, shape (T,)
        How far the toes bend up against the foot, so that they stay flat on the floor.

    Notes
    -----
    The heel is raised as asked, but no further than puts the ball of the foot on the floor: with the ankle at height
    z, the foot tips until ``z - ball_height = ball sin(heel + slope)``.
    """
    out, heel, flat = foot.T
    sine = np.clip((ankle[:, 2] - rest.ball_height) / rest.ball, -1, 1)
    most = np.clip(np.rad2deg(np.arcsin(sine)) - rest.slope, 0, 75)
    raised = np.minimum(heel, most)
    level = about(_Z, sign * out) @ about(_X, raised) @ about(_Z, np.full(len(out), -sign * rest.toes_out))
    hanging = shank @ about(_X, heel)
    orientation = hanging @ part_of(np.swapaxes(hanging, 1, 2) @ level, flat)
    above_floor = rest.ball * (sine - np.sin(np.deg2rad(raised + rest.slope)))
    return np.asarray(orientation), raised * flat * np.clip(1 - above_floor / 0.04, 0, 1)
