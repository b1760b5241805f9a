"""Where arms and legs go: orientations of their bones from directions and targets, for whole clips at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .body import AvatarBody
from .turns import about, applied, frame, part_of, swing, unit

__all__ = ["ArmRest", "FootRest", "LegRest", "aim_arm", "aim_leg", "collar_turn", "foot_turns", "part_twisted"]

Array = NDArray[np.float64]

_HINT = 0.25  # how much the wished elbow direction counts when the arm is straight
_BENT = 0.7  # difference of the two directions (2 sin of half the bend) from which it no longer counts
_X, _Y, _Z = np.eye(3)


@dataclass(frozen=True, slots=True, eq=False)
class ArmRest:
    """Directions of the upper arm and the forearm in the rest pose, unit vectors."""

    upper: Array
    lower: Array

    @classmethod
    def of(cls, body: AvatarBody, side: str) -> ArmRest:
        """The arm on `side` ``L`` or ``R``."""
        shoulder, elbow, wrist = (body.head(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist"))
        return cls(unit(elbow - shoulder), unit(wrist - elbow))


def collar_turn(upper: Array, chest: Array, shrug: Array, protract: Array, sign: float) -> Array:
    """Turn of the collar bone against the chest: it rises and comes forward with the upper arm.

    The rhythm is that of `tools.motion.kinematics`, so that both put the shoulders at the same place.
    """
    inside = applied(np.swapaxes(chest, 1, 2), upper)
    elevation = np.rad2deg(np.arccos(np.clip(-inside[:, 2], -1, 1)))
    rise = 24 * np.clip((elevation - 45) / 135, -0.25, 1) + shrug
    forward = 12 * np.clip(-inside[:, 1], -1, 1) * np.sin(np.deg2rad(elevation)) + protract
    return about(_Y, -sign * rise) @ about(_Z, -sign * forward)


def aim_arm(upper: Array, lower: Array, elbow: Array, rest: ArmRest) -> tuple[Array, Array]:
    """Orientations ``(T, 3, 3)`` of upper arm and forearm along two directions ``(T, 3)``.

    `elbow` ``(T, 3)`` says where the elbow's point looks when the arm is straight.
    """
    bend = upper - lower
    size = np.linalg.norm(bend, axis=1, keepdims=True)
    outside = bend + _HINT * np.clip(1 - size / _BENT, 0, 1) * unit(elbow)
    hinge = np.cross(outside, upper)
    rest_hinge = np.cross(rest.upper, rest.lower)
    return (
        frame(upper, hinge) @ frame(rest.upper, rest_hinge).T,
        frame(lower, hinge) @ frame(rest.lower, rest_hinge).T,
    )


def part_twisted(orientation: Array, parent: Array, rest_direction: Array, part: float) -> Array:
    """The upper half of a limb: points like `orientation`, with only `part` of its twist against the `parent`."""
    relative = np.swapaxes(parent, 1, 2) @ orientation
    pointing = swing(relative, rest_direction)
    twisted = np.swapaxes(pointing, 1, 2) @ relative
    return np.asarray(parent @ pointing @ part_of(twisted, np.full(len(parent), part)))


@dataclass(frozen=True, slots=True, eq=False)
class LegRest:
    """The leg in the rest pose: unit vectors of thigh and shank, and their lengths in metres."""

    thigh: Array
    shank: Array
    thigh_length: float
    shank_length: float

    @classmethod
    def of(cls, body: AvatarBody, side: str) -> LegRest:
        """The leg on `side` ``L`` or ``R``."""
        hip, knee, ankle = (body.head(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot"))
        lengths = np.linalg.norm(knee - hip), np.linalg.norm(ankle - knee)
        return cls(unit(knee - hip), unit(ankle - knee), float(lengths[0]), float(lengths[1]))


def aim_leg(hip: Array, ankle: Array, pole: Array, rest: LegRest) -> tuple[Array, Array]:
    """Orientations ``(T, 3, 3)`` of thigh and shank from `hip` to `ankle` ``(T, 3)``, the knee towards `pole`.

    By the law of cosines. A leg that cannot reach is straight and points there.
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
    return frame(thigh, hinge) @ frame(rest.thigh, _X).T, frame(shank, hinge) @ frame(rest.shank, _X).T


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

    @classmethod
    def of(cls, body: AvatarBody, side: str) -> FootRest:
        """The foot on `side` ``L`` or ``R``."""
        ankle = body.head(f"foot.{side}")
        ball = np.mean([body.head(f"toe{toe}-1.{side}") for toe in "12345"], axis=0)
        ahead = ball - ankle
        across = float(np.hypot(ahead[0], ahead[1]))
        return cls(
            toes_out=float(np.rad2deg(np.arctan2(ahead[0] if side == "L" else -ahead[0], -ahead[1]))),
            ball=float(np.hypot(across, ahead[2])),
            slope=float(np.rad2deg(np.arctan2(-ahead[2], across))),
            ankle_height=float(ankle[2]),
            ball_height=float(ball[2]),
        )


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
