"""A camera and a model that do what the test says."""

from __future__ import annotations

import threading
import time

import numpy as np

from poseapp.errors import CameraError
from poseapp.pose import Box, Pose
from poseapp.vision.cameras import CameraInfo
from poseapp.vision.frame import BgrImage, Frame
from poseapp.vision.sources.base import FrameSource, SourceInfo
from tests.ui.clips_in_step import Reel

WEBCAM = CameraInfo(0, "Scripted webcam")
SIZE = (400, 400)


class ScriptedCamera(FrameSource):
    """Gives a frame for every call of :meth:`give`; can be unplugged."""

    live = True
    title = WEBCAM.name

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: list[Frame] = []
        self._gone = False
        self._interrupted = False
        self.given = 0
        # Ahead of the clock, so that no picture is older than the moment at which a recording was started.
        self._now = time.monotonic() + 3600

    def give(self) -> int:
        """One more picture, a thirtieth of a second after the last; returns its number."""
        with self._changed:
            # In the camera's own time: a test need not wait for a second to pass.
            self._now += 1 / 30
            picture = np.full((SIZE[1], SIZE[0], 3), 90, dtype=np.uint8)
            self._due.append(Frame(self.given, self._now, picture))
            self.given += 1
            self._changed.notify_all()
            return self.given - 1

    def set_plugged(self, on: bool) -> None:
        with self._changed:
            self._gone = not on
            self._due.clear()
            self._changed.notify_all()

    def open(self) -> SourceInfo:
        with self._changed:
            self._interrupted = False
            if self._gone:
                raise CameraError("The camera is not there.", "Plug it in.")
        return SourceInfo(self.title, *SIZE, 30.0, True)

    def read(self) -> Frame | None:
        with self._changed:
            # However long a test does without pictures: a camera that fell silent would be a lost one.
            self._changed.wait_for(lambda: self._due or self._gone or self._interrupted)
            if self._gone:
                raise CameraError("The camera was unplugged.", "Plug it back in.")
            return self._due.pop(0) if self._due else None

    def interrupt(self) -> None:
        with self._changed:
            self._interrupted = True
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing to release."""


class ScriptedModel:
    """Sees `pose` in every picture; nobody when it is None."""

    multi_person = False

    def __init__(self, pose: Pose | None, reel: Reel) -> None:
        self.name = "scripted"
        self.pose = pose
        self._reel = reel

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        self._reel.look(bgr)
        return () if self.pose is None else (self.pose,)

    def close(self) -> None:
        """Nothing to free."""
