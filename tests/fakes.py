"""Scripted stand-ins that several rooms' tests share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from poseapp.pose import Box, Pose
from poseapp.vision.frame import BgrImage

__all__ = ["ScriptedEstimator", "moved", "picture"]


class ScriptedEstimator:
    """A `PoseEstimator` that plays its part from a script.

    Every picture carries its number (see :func:`picture`); the people of `script` with that number are in it. As a
    real model does, it finds those of them whose middle lies in the region that is looked at.

    Attributes
    ----------
    looks : list of (int, Box or None)
        Number of the picture and region of every call so far.
    closed : bool
    """

    def __init__(
        self, script: Sequence[Sequence[Pose]], *, multi_person: bool = True, name: str = "scripted"
    ) -> None:
        self.name = name
        self.multi_person = multi_person
        self.looks: list[tuple[int, Box | None]] = []
        self.closed = False
        self._script = script

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        """The people of the picture's number in `region`; the surest one alone if not `multi_person`."""
        number = int(bgr[0, 0, 0])
        self.looks.append((number, region))
        people = [person for person in self._script[number] if region is None or _is_in(person, region)]
        people.sort(key=lambda person: -person.score)
        return tuple(people if self.multi_person else people[:1])

    def close(self) -> None:
        """Note it."""
        self.closed = True


def picture(number: int, width: int = 640, height: int = 480) -> BgrImage:
    """A black picture that carries `number` (0..255) in its first pixel."""
    bgr = np.zeros((height, width, 3), dtype=np.uint8)
    bgr[0, 0] = number
    return bgr


def moved(pose: Pose, dx: float, dy: float = 0.0, *, scale: float = 1.0, confidence: float | None = None) -> Pose:
    """`pose` scaled about the origin, then shifted by pixels; all its keypoints with `confidence` if given."""
    sure = pose.confidence if confidence is None else np.full(17, confidence)
    return Pose(pose.xy * scale + (dx, dy), sure)


def _is_in(person: Pose, region: Box) -> bool:
    box = person.box()
    assert box is not None
    return region.contains(*box.centre)
