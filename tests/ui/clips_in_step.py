"""Clips that play in step with whoever looks at them: however busy the machine is, no picture is missed."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from poseapp.pose import Box, Pose
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.frame import BgrImage, Frame
from poseapp.vision.sources.base import FrameSource, SourceInfo
from poseapp.vision.sources.file import FileSource
from poseapp.vision.sources.pace import Clock


class Reel:
    """Which picture was looked at last, and how far clips may play; shared by clips, models and the test."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._seen: BgrImage | None = None
        self._pictures = sys.maxsize

    def hold(self, pictures: int) -> None:
        """Let every clip stand still after so many pictures, whichever of them is opened."""
        with self._changed:
            self._pictures = pictures
            self._changed.notify_all()

    def release(self) -> None:
        """Let every clip play on to its end."""
        self.hold(sys.maxsize)

    def look(self, bgr: BgrImage) -> None:
        """A model is given `bgr`."""
        with self._changed:
            self._seen = bgr
            self._changed.notify_all()

    def nudge(self) -> None:
        """Look again whether a clip was interrupted."""
        with self._changed:
            self._changed.notify_all()

    def wait_for_turn(self, last: BgrImage | None, given: int, interrupted: Callable[[], bool]) -> None:
        """Wait until `last` was looked at and more than `given` pictures may be given, or for an interruption."""
        with self._changed:
            self._changed.wait_for(
                lambda: interrupted() or ((last is None or self._seen is last) and given < self._pictures)
            )

    def watch(self, estimator: PoseEstimator) -> Watched:
        """The same model, whose looking is noted here."""
        return Watched(estimator, self)


class Watched:
    """A model that says which picture it looks at."""

    def __init__(self, estimator: PoseEstimator, reel: Reel) -> None:
        self.name = estimator.name
        self.multi_person = estimator.multi_person
        self._estimator = estimator
        self._reel = reel

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        self._reel.look(bgr)
        return self._estimator.estimate(bgr, region)

    def close(self) -> None:
        self._estimator.close()


class OwnTime(Clock):
    """Time that passes only while it is waited for: whoever goes by it is never late, nor ahead of the world."""

    def __init__(self) -> None:
        super().__init__()
        self._now = time.monotonic()

    def now(self) -> float:
        return self._now

    def wait(self, seconds: float) -> None:
        super().wait(seconds)
        self._now += max(0.0, seconds)

    def reset(self) -> None:
        super().reset()
        self._now = time.monotonic()


class ClipInStep(FileSource):
    """A clip in its own time, whose next picture waits until the last one was looked at."""

    def __init__(self, path: Path, reel: Reel, *, loop: bool) -> None:
        super().__init__(path, paced=True, loop=loop, clock=OwnTime())
        self._reel = reel
        self._last: BgrImage | None = None
        self._given = 0

    def open(self) -> SourceInfo:
        self._last, self._given = None, 0
        return super().open()

    def read(self) -> Frame | None:
        self._reel.wait_for_turn(self._last, self._given, lambda: self._clock.interrupted)
        frame = super().read()
        if frame is not None:
            self._last = frame.bgr
            self._given += 1
        return frame

    def interrupt(self) -> None:
        super().interrupt()
        self._reel.nudge()


def play_in_step(monkeypatch: pytest.MonkeyPatch, reel: Reel, camera: FrameSource | None = None) -> None:
    """Let every clip that is chosen play in step, and every camera be `camera`."""
    make = SourceChoice.make

    def made(choice: SourceChoice, *, loop: bool, **options: object) -> FrameSource:
        if choice.camera is not None and camera is not None:
            return camera
        source = make(choice, loop=loop, **options)  # type: ignore[arg-type]
        return ClipInStep(Path(choice.spec), reel, loop=loop) if isinstance(source, FileSource) else source

    monkeypatch.setattr(SourceChoice, "make", made)
