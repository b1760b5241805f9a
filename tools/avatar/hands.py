"""Hands between open and fist: how each joint of each finger turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from .body import AvatarBody
from .turns import unit

__all__ = ["FingerJoint", "finger_joints"]

Array = NDArray[np.float64]

#: Degrees from the rest pose, in which the fingers are slightly bent, to a closed fist, from the knuckle outwards.
_FINGER: Final = (70.0, 92.0, 66.0)
#: Directions of the thumb's bones in a fist, across the other fingers: forward, towards the palm, towards the little
#: finger.
_THUMB: Final = ((0.62, 0.64, -0.46), (0.86, 0.50, 0.08), (0.40, 0.10, 0.91))
_TOGETHER = 0.6  # the rest pose spreads the fingers; so much of that is taken back


@dataclass(frozen=True, slots=True, eq=False)
class FingerJoint:
    """One joint of a finger.

    Parameters
    ----------
    bone : int
        The bone that it moves.
    always : ndarray, shape (3, 3)
        Turn that holds the fingers together.
    closing : ndarray, shape (3,)
        Rotation vector from open to fist, radians.
    """

    bone: int
    always: Array
    closing: Array

    def turns(self, fist: Array) -> Array:
        """Turns ``(T, 3, 3)`` against the bone before, for `fist` ``(T,)`` from 0 open to 1 closed."""
        return np.asarray(Rotation.from_rotvec(fist[:, None] * self.closing).as_matrix() @ self.always)


@dataclass(frozen=True, slots=True, eq=False)
class _Hand:
    """Axes of a hand in the rest pose: forward, out of the palm, towards the little finger."""

    forward: Array
    palm: Array
    little: Array


def finger_joints(body: AvatarBody, side: str) -> Iterator[FingerJoint]:
    """Joints of one hand, ``L`` or ``R``: four fingers that bend about the line of the knuckles, and the thumb."""
    hand = _hand(body, side)
    middle = _along(body, "finger3", 1, side)
    for finger in "2345":
        for joint, degrees in enumerate(_FINGER, start=1):
            along = _along(body, f"finger{finger}", joint, side)
            axis = unit(np.cross(along, hand.palm - along * (along @ hand.palm)))
            together = _side_turn(along, middle, hand.palm) if joint == 1 else np.eye(3)
            yield FingerJoint(body.bone(f"finger{finger}-{joint}.{side}"), together, np.deg2rad(degrees) * axis)
    before = np.eye(3)
    for joint, way in enumerate(_THUMB, start=1):
        along = _along(body, "finger1", joint, side)
        target = unit(way) @ np.stack((hand.forward, hand.palm, hand.little))
        turn = _shortest(along, before.T @ target)
        before = before @ Rotation.from_rotvec(turn).as_matrix()
        yield FingerJoint(body.bone(f"finger1-{joint}.{side}"), np.eye(3), turn)


def _hand(body: AvatarBody, side: str) -> _Hand:
    wrist = body.head(f"wrist.{side}")
    forward = unit(body.head(f"finger3-1.{side}") - wrist)
    across = body.head(f"finger5-1.{side}") - body.head(f"finger2-1.{side}")
    little = unit(across - forward * (across @ forward))
    palm = np.cross(forward, little)
    if palm @ (body.head(f"finger1-2.{side}") - wrist) < 0:  # the thumb is on the palm's side
        palm = -palm
    return _Hand(forward, palm, little)


def _along(body: AvatarBody, finger: str, joint: int, side: str) -> Array:
    """Direction of a finger's bone; the last one goes on like the one before."""
    first = min(joint, 2)
    return unit(body.head(f"{finger}-{first + 1}.{side}") - body.head(f"{finger}-{first}.{side}"))


def _side_turn(along: Array, middle: Array, palm: Array) -> Array:
    """Turn about `palm` that brings a finger nearer to the direction of the middle one."""
    flat, aim = (unit(v - palm * (v @ palm)) for v in (along, middle))
    return np.asarray(Rotation.from_rotvec(_TOGETHER * _shortest(flat, aim)).as_matrix())


def _shortest(start: Array, end: Array) -> Array:
    """Smallest rotation vector from one unit vector to another."""
    axis = np.cross(start, end)
    return np.asarray(unit(axis) * np.arctan2(np.linalg.norm(axis), start @ end))
