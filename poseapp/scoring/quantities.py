"""Angles that people talk about, from segment vectors: how far a knee is bent, how high an arm is, how far one leans.

All are angles in the picture, in degrees, ``(N,)`` for vectors ``(N, 17, 2)``; x right, y down, torso lengths.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.scoring.segments import HEAD, Segments

__all__ = ["QUANTITIES", "Facing", "facing", "side_of"]

_K = Keypoint
Vectors = NDArray[np.float64]
_FROM_THE_SIDE = 0.45  # width of the shoulders in torsos below which a body is seen from the side

#: 0: towards the camera or away from it; 1: to the right of the picture; -1: to the left.
Facing = int


def facing(reference: Segments) -> Facing:
    """To which side of the picture the person of the reference looks."""
    weight = reference.confidence[:, [_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER]].min(axis=1)
    width = np.abs(reference.vectors[:, _K.LEFT_SHOULDER, 0] - reference.vectors[:, _K.RIGHT_SHOULDER, 0])
    if weight.sum() > 0.3 * len(reference) and float(np.average(width, weights=weight)) > _FROM_THE_SIDE:
        return 0
    head = reference.confidence[:, list(HEAD)]
    if head.sum() <= 0:
        return 0
    # Seen from the side the nose is ahead of the shoulders, and the ears are not.
    ahead = float((head * reference.vectors[:, list(HEAD), 0]).sum() / head.sum())
    return 1 if ahead > 0 else -1


def side_of(keypoint: Keypoint) -> str:
    """``left``, ``right`` or nothing (nose)."""
    return keypoint.key.partition("_")[0] if "_" in keypoint.key else ""


def _angle_between(a: Vectors, b: Vectors) -> NDArray[np.float64]:
    cross = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return np.asarray(np.degrees(np.abs(np.arctan2(cross, (a * b).sum(axis=-1)))))


def _joint_angle(vectors: Vectors, upper: Keypoint, lower: Keypoint) -> NDArray[np.float64]:
    """Angle in a joint: 180 is straight."""
    return 180 - _angle_between(vectors[:, upper], vectors[:, lower])


def _height(vectors: Vectors, keypoint: Keypoint) -> NDArray[np.float64]:
    """Angle of a limb from hanging straight down: 90 is level."""
    return _angle_between(vectors[:, keypoint], np.array([0.0, 1.0]))


def _lean(vectors: Vectors) -> NDArray[np.float64]:
    """Angle of the trunk from upright, positive to the right of the picture."""
    up = (vectors[:, _K.LEFT_SHOULDER] + vectors[:, _K.RIGHT_SHOULDER]) / 2
    return np.asarray(np.degrees(np.arctan2(up[:, 0], -up[:, 1])))


def _shoulder_height(vectors: Vectors) -> NDArray[np.float64]:
    """Height of the shoulders over the hips in torso lengths."""
    return np.asarray(-(vectors[:, _K.LEFT_SHOULDER, 1] + vectors[:, _K.RIGHT_SHOULDER, 1]) / 2)


def _head_tilt(vectors: Vectors) -> NDArray[np.float64]:
    """Angle of the head over the shoulders from upright, positive to the right of the picture."""
    up = vectors[:, list(HEAD)].mean(axis=1)
    return np.asarray(np.degrees(np.arctan2(up[:, 0], -up[:, 1])))


#: Quantity -> its value over time, for a keypoint at the far end of the segment.
QUANTITIES: Final[MappingProxyType[str, Callable[[Vectors, Keypoint], NDArray[np.float64]]]] = MappingProxyType(
    {
        "elbow_bend": lambda v, k: _joint_angle(v, Keypoint(k - 2), k),
        "knee_bend": lambda v, k: _joint_angle(v, Keypoint(k - 2), k),
        "arm_height": _height,
        "thigh_height": _height,
        "lean": lambda v, _: _lean(v),
        "shoulder_height": lambda v, _: _shoulder_height(v),
        "head_tilt": lambda v, _: _head_tilt(v),
    }
)
