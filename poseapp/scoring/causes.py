"""Which body part is at fault: from the segment with the largest error up to the one that carries it along."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import MIRROR_ORDER
from poseapp.scoring.card import PARTS
from poseapp.scoring.segments import HEAD, PARENT

__all__ = ["Cause", "causes", "part_of"]

_K = Keypoint
_SHOULDERS = (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER)
_TO_PARENT = 0.5  # the parent is at fault when its error is this much of the largest
_TO_TRUNK = 0.35
_HEAD_SHARE = 0.7  # a head that is turned a little moves its five keypoints far
_NEXT = 0.2  # a further fault has at least this much of the first one's error,
_NEXT_DEGREES = 10.0  # or is clear in itself
_BOTH = 0.72  # both sides are at fault when the other has this much of the error
_CARRIED = 1.6  # arms and head go with a trunk that leans; beyond this they are at fault themselves


@dataclass(frozen=True, slots=True)
class Cause:
    """A segment that is at fault itself.

    Parameters
    ----------
    joint : Keypoint
        Its far end.
    error : float
        Its naming error in degrees, or the largest of what it carries along.
    other_side : bool
        The segment of the other side differs as much.
    """

    joint: Keypoint
    error: float
    other_side: bool


def part_of(joint: Keypoint) -> str:
    """Key in `PARTS` of the part that the segment ending in `joint` belongs to."""
    return next(name for name, joints in PARTS.items() if joint in joints)


def causes(errors: NDArray[np.float64], counts: NDArray[np.bool_], least: float, most: int = 3) -> tuple[Cause, ...]:
    """Segments at fault, largest error first, each in another body part (or pair of parts).

    Parameters
    ----------
    errors : ndarray, shape (17,)
        Naming errors in degrees.
    counts : ndarray, shape (17,), bool
        Keypoints that were seen and that matter.
    least : float
        Smallest error in degrees that is worth a word.
    most : int
        How many at most.
    """
    left = np.where(counts, errors, 0.0)
    left[list(HEAD)] *= _HEAD_SHARE
    whole = left.copy()
    found: list[Cause] = []
    while len(found) < most:
        top = Keypoint(int(left.argmax()))
        size = float(left[top])
        if size < least or (found and size < min(_NEXT * found[0].error, _NEXT_DEGREES)):
            break
        joint = _origin(top, whole, left)
        other = Keypoint(int(MIRROR_ORDER[joint]))
        paired = other != joint and joint not in PARTS["trunk"] and bool(left[other] >= _BOTH * left[joint])
        found.append(Cause(joint, size, paired))
        for name in {part_of(joint), part_of(other) if paired else part_of(joint)}:
            left[list(PARTS[name])] = 0.0
        if joint in PARTS["trunk"]:
            carried = left[: _K.LEFT_HIP] <= _CARRIED * whole[joint]
            left[: _K.LEFT_HIP][carried] = 0.0
    return tuple(found)


def _origin(top: Keypoint, errors: NDArray[np.float64], left: NDArray[np.float64]) -> Keypoint:
    """Walk from the largest error towards the trunk while what carries it differs too."""
    size = errors[top]
    joint = top
    while joint in PARENT and left[PARENT[joint]] > 0:
        parent = PARENT[joint]
        if parent in _SHOULDERS:
            if errors[list(_SHOULDERS)].max() < _TO_TRUNK * size:
                break
            return max(_SHOULDERS, key=lambda k: float(errors[k]))
        if errors[parent] < _TO_PARENT * size:
            break
        joint = parent
    if joint in HEAD:
        if left[list(_SHOULDERS)].max() >= _TO_PARENT * size:
            return max(_SHOULDERS, key=lambda k: float(errors[k]))
        return max((k for k in HEAD), key=lambda k: float(errors[k]))
    return joint
