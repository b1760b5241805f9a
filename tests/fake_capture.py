"""A webcam that does what a script says, and a clock that only moves when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from poseapp.vision.frame import BgrImage
from poseapp.vision.sources.pace import Clock

import cv2  # isort: skip - after the room that sets its environment

__all__ = ["FAIL", "FakeDevices", "ScriptedCapture", "ScriptedClock", "Step"]


class _Fail:
    """One read that fails."""


FAIL = _Fail()
#: What one grab does: give a picture, fail, or first do something (wait for an event, let time pass) and then either.
Step = BgrImage | _Fail | Callable[[], "BgrImage | _Fail"]


class ScriptedClock(Clock):
    """Starts at 100 s; waiting moves it on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 100.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        if not self.interrupted:
            self.waits.append(seconds)
            self.time += max(0.0, seconds)


class ScriptedCapture:
    """Stands in for ``cv2.VideoCapture``; after the last step every grab fails.

    Parameters
    ----------
    steps : iterable of Step
    opened : bool
    properties : dict, optional
        What is read back; else what was set.
    """

    def __init__(
        self, steps: Iterable[Step] = (), *, opened: bool = True, properties: dict[int, float] | None = None
    ) -> None:
        self._steps: Iterator[Step] = iter(steps)
        self._opened = opened
        self._properties = properties or {}
        self._grabbed: BgrImage | None = None
        self.set_calls: list[tuple[int, float]] = []
        self.read_by: set[int] = set()
        self.released_by: list[int] = []

    def isOpened(self) -> bool:
        return self._opened

    def grab(self) -> bool:
        assert not self.released_by, "read after release"
        self.read_by.add(threading.get_ident())
        step = next(self._steps, FAIL)
        if callable(step):
            step = step()
        self._grabbed = None if isinstance(step, _Fail) else step
        return self._grabbed is not None

    def retrieve(self) -> tuple[bool, Any]:
        # As OpenCV does: new memory each time.
        return self._grabbed is not None, None if self._grabbed is None else self._grabbed.copy()

    def get(self, prop: int, /) -> float:
        return self._properties.get(prop, dict(self.set_calls).get(prop, 0.0))

    def set(self, prop: int, value: float, /) -> bool:
        self.set_calls.append((prop, value))
        return True

    def release(self) -> None:
        self.released_by.append(threading.get_ident())

    def names_set(self) -> list[str]:
        """Names of the properties that were set, in their order."""
        names = {
            cv2.CAP_PROP_FOURCC: "fourcc",
            cv2.CAP_PROP_FRAME_WIDTH: "width",
            cv2.CAP_PROP_FRAME_HEIGHT: "height",
            cv2.CAP_PROP_FPS: "fps",
        }
        return [names[prop] for prop, _ in self.set_calls]


class FakeDevices:
    """Opens one scripted capture after the other, and remembers what it was asked for."""

    def __init__(self, *captures: ScriptedCapture) -> None:
        self._captures = iter(captures)
        self.asked: list[tuple[int | str, int]] = []

    def __call__(self, target: int | str, backend: int, params: Sequence[int]) -> ScriptedCapture:
        self.asked.append((target, backend))
        return next(self._captures)
