"""Hands between open and fist: how far each joint of each finger bends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .body import AvatarBody
from .turns import unit

__all__ = ["finger_bends"]

Array = NDArray[np.float64]

#: Degrees from the rest pose, in which the fingers are slightly bent, to a closed fist, from the knuckle outwards.
_FINGER = (72.0, 92.0, 60.0)
_THUMB = (16.0, 34.0, 46.0)


def finger_bends(body: AvatarBody, side: str) -> Iterator[tuple[int, Array, float]]:
    """Index of each finger's bone, the axis of its joint in the rest pose, and its bend in a fist in degrees.

    `side` is ``L`` or ``R``. Fingers bend about the line of the knuckles; the thumb lies across them.
    """
    wrist, middle = body.head(f"wrist.{side}"), body.head(f"finger3-1.{side}")
    across = unit(body.head(f"finger2-1.{side}") - body.head(f"finger5-1.{side}"))
    palm = np.cross(across, middle - wrist)  # towards the palm when bending about `across` closes the hand
    if palm @ (body.head(f"finger1-2.{side}") - wrist) < 0:
        across, palm = -across, -palm
    palm = unit(palm)
    for finger in "2345":
        for joint, degrees in enumerate(_FINGER, start=1):
            along = _along(body, f"finger{finger}", joint, side)
            yield body.bone(f"finger{finger}-{joint}.{side}"), unit(across - along * (across @ along)), degrees
    little = unit(body.head(f"finger5-1.{side}") - body.head(f"finger2-1.{side}"))
    for joint, degrees in enumerate(_THUMB, start=1):
        along = _along(body, "finger1", joint, side)
        towards = palm if joint == 1 else little
        yield body.bone(f"finger1-{joint}.{side}"), unit(np.cross(along, towards)), degrees


def _along(body: AvatarBody, finger: str, joint: int, side: str) -> Array:
    """Direction of a finger's bone; the last one goes on like the one before."""
    first = min(joint, 2)
    return unit(body.head(f"{finger}-{first + 1}.{side}") - body.head(f"{finger}-{first}.{side}"))
