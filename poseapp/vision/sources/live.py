"""What cameras on a cable and on the network have in common: reading, and knowing when one is lost."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, Protocol

import cv2
import numpy as np

from poseapp.errors import CameraError
from poseapp.vision.frame import BgrImage, Frame
from poseapp.vision.sources.base import FrameSource, SourceInfo
from poseapp.vision.sources.clip_check import MAX_SIDE_PX
from poseapp.vision.sources.pace import Clock

__all__ = ["Capture", "LiveSource", "Loss", "OpenCapture", "open_capture"]

#: Pause after a failed read; a device that is gone fails at once and would otherwise keep a core busy.
_PAUSE_S = 0.05
#: No new picture for this long and the camera counts as lost.
_PATIENCE_S = 2.0
_FASTEST_FPS = 1000.0
#: Every 64th row tells nearly all pairs of pictures apart, before all of them are compared.
_SAMPLED_ROWS = 64


class Capture(Protocol):
    """The part of ``cv2.VideoCapture`` that is used; tests script one."""

    def isOpened(self) -> bool: ...
    def grab(self) -> bool: ...
    def retrieve(self) -> tuple[bool, Any]: ...
    def get(self, prop: int, /) -> float: ...
    def set(self, prop: int, value: float, /) -> bool: ...
    def release(self) -> None: ...


#: Opens a device number or address with an OpenCV back end and its opening parameters.
OpenCapture = Callable[[int | str, int, Sequence[int]], Capture]


def open_capture(target: int | str, backend: int, params: Sequence[int]) -> Capture:
    """Open with OpenCV; the capture says by ``isOpened`` whether it worked."""
    if isinstance(target, int):
        return cv2.VideoCapture(target, backend, list(params))
    return cv2.VideoCapture(target, backend, list(params))


class Loss(Enum):
    """How a camera was lost."""

    FAILED = "failed"
    SILENT = "silent"
    REPEATS = "repeats"


class LiveSource(FrameSource):
    """A source of pictures that come when they come.

    Lost means: several reads in a row failed, or there was no new picture for two seconds. ``isOpened`` is no
    help, it stays true after the cable is pulled.

    Parameters
    ----------
    title : str
    failures : int
        Reads that may fail in a row; more and the camera is lost.
    first_picture_s : float
        How long a camera just opened may take for its first picture.
    watch_repeats : bool
        Whether pictures equal to the last bit count as no new picture. A sensor's noise makes that impossible, so
        that a driver which repeats its last picture is found out; a video codec sends a still scene unchanged.
    clock : Clock, optional
        For tests.

    Notes
    -----
    A read that is blocked in a driver cannot be interrupted, and releasing a capture under a blocked read crashes
    the process. So :meth:`interrupt` takes effect when the driver returns: at the next picture, or for V4L2 and the
    network after two seconds of silence. Wait that long for the reading thread, then leave it to end by itself.
    """

    def __init__(
        self, title: str, *, failures: int, first_picture_s: float, watch_repeats: bool, clock: Clock | None = None
    ) -> None:
        self.title = title
        self.live = True
        self._clock = clock or Clock()
        self._failures_allowed = failures
        self._first_picture_s = first_picture_s
        self._watch_repeats = watch_repeats
        self._capture: Capture | None = None
        self._first: Frame | None = None
        self._previous: BgrImage | None = None
        self._new_at = 0.0
        self._index = 0

    @abstractmethod
    def _connect(self) -> Capture:
        """Open and set up the device; CameraError with a sentence when that fails."""

    @abstractmethod
    def _no_first_picture(self) -> CameraError:
        """Say why an opened device gives no picture at all."""

    @abstractmethod
    def _lost(self, loss: Loss) -> CameraError:
        """Say how the camera was lost."""

    def open(self) -> SourceInfo:
        """Open the camera and read a first picture.

        Raises
        ------
        CameraError
            It is missing, busy, forbidden, refused, does not answer, or gives no picture.
        """
        self.close()
        self._clock.reset()
        self._index = 0
        try:
            self._capture = self._connect()
            self._first = first = self._read_first()
            fps = float(self._capture.get(cv2.CAP_PROP_FPS))
        except (CameraError, cv2.error) as error:
            self.close()
            if isinstance(error, cv2.error):
                raise self._no_first_picture() from error
            raise
        width, height = first.size
        return SourceInfo(self.title, width, height, fps if 0.0 < fps <= _FASTEST_FPS else None, live=True)

    def read(self) -> Frame | None:
        """The next picture, whatever its size; None only when interrupted.

        Raises
        ------
        CameraError
            The camera was lost. Close it before opening it again.
        """
        if self._capture is None:
            raise RuntimeError("read from a camera that is not open")
        failures = 0
        while not self._clock.interrupted:
            first, self._first = self._first, None
            frame = first or self._take()
            if self._clock.interrupted:
                return None
            now = self._clock.now()
            if frame is None:
                failures += 1
                if now - self._new_at >= _PATIENCE_S:
                    raise self._lost(Loss.SILENT)
                if failures > self._failures_allowed:
                    raise self._lost(Loss.FAILED)
                self._clock.wait(_PAUSE_S)
                continue
            if not (self._watch_repeats and _same(frame.bgr, self._previous)):
                self._new_at = now
            elif now - self._new_at >= _PATIENCE_S:
                raise self._lost(Loss.REPEATS)
            self._previous = frame.bgr
            return frame
        return None

    def close(self) -> None:
        """Release the camera. Only the thread that reads may call this."""
        capture, self._capture = self._capture, None
        self._first = self._previous = None
        if capture is not None:
            capture.release()

    def interrupt(self) -> None:
        """Make this and every later read return None as soon as the driver lets it, until the next :meth:`open`."""
        self._clock.interrupt()

    def _read_first(self) -> Frame:
        begun = self._clock.now()
        while (frame := self._take()) is None:
            if self._clock.interrupted or self._clock.now() - begun >= self._first_picture_s:
                raise self._no_first_picture()
            self._clock.wait(_PAUSE_S)
        return frame

    def _take(self) -> Frame | None:
        """One picture from the device; None when the device failed or gave something that is none."""
        assert self._capture is not None
        try:
            if not self._capture.grab():
                return None
            captured_at = self._clock.now()
            given, bgr = self._capture.retrieve()
        except cv2.error:
            # Drivers that change their size or format in the middle make OpenCV throw for one picture.
            return None
        if not given or bgr is None or bgr.ndim != 3 or bgr.size == 0 or max(bgr.shape) > MAX_SIDE_PX:
            return None
        frame = Frame(self._index, captured_at, np.asarray(bgr, dtype=np.uint8))
        self._index += 1
        return frame


def _same(bgr: BgrImage, previous: BgrImage | None) -> bool:
    if previous is None or bgr.shape != previous.shape:
        return False
    if not np.array_equal(bgr[::_SAMPLED_ROWS], previous[::_SAMPLED_ROWS]):
        return False
    return np.array_equal(bgr, previous)
