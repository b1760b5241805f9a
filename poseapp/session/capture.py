"""The capture thread's work: open, read, lose and find again."""

from __future__ import annotations

import threading
from collections import deque
from typing import Protocol

from poseapp.errors import CameraError, SourceError
from poseapp.session.mailbox import Mailbox
from poseapp.vision.frame import Frame
from poseapp.vision.sources.base import FrameSource, SourceInfo

__all__ = ["RETRY_S", "Capture", "CaptureReports"]

#: Pauses in seconds between attempts to reach a source; the last one repeats.
RETRY_S = (0.5, 1.0, 2.0, 4.0, 5.0)

_RATE_WINDOW_S = 2.0


class CaptureReports(Protocol):
    """Who hears how the capture goes; called in the capture thread."""

    def opened(self, info: SourceInfo) -> None:
        """Frames will come."""

    def lost(self, error: SourceError) -> None:
        """Frames came, now they do not; the source is tried again."""

    def failed(self, error: SourceError, retrying: bool) -> None:
        """The source could not be opened, or a file could not be read on."""


class Capture:
    """Reads a source to a mailbox until told to stop or until the source ends.

    Opens, reads and closes the source in the thread that calls :meth:`run`. A live source that cannot be opened
    or is lost is opened again for ever, with growing pauses; to find a camera that came back under another number
    is part of its opening.

    Parameters
    ----------
    source : FrameSource
        Where frames come from.
    frames : Mailbox of Frame
        Where they go.
    stop : threading.Event
        Set to end, followed by ``source.interrupt()`` (see :meth:`interrupt`).
    reports : CaptureReports
        Who hears how it goes.
    retry_s : tuple of float
        Pauses in seconds between attempts; the last one repeats.
    """

    def __init__(
        self,
        source: FrameSource,
        frames: Mailbox[Frame],
        stop: threading.Event,
        reports: CaptureReports,
        retry_s: tuple[float, ...] = RETRY_S,
    ) -> None:
        self._source = source
        self._frames = frames
        self._stop = stop
        self._reports = reports
        self._retry_s = retry_s
        self._times: deque[float] = deque()
        self.captured = 0
        self.fps = 0.0

    def interrupt(self) -> None:
        """Make a blocked read return soon; called from elsewhere, after `stop` was set."""
        self._source.interrupt()

    def run(self) -> None:
        """Read until the end; returns when `stop` was set, a file ended, or a file could not be read."""
        attempt = 0
        while not self._stop.is_set():
            error, frames = self._read_once()
            if error is None or self._stop.is_set():
                return
            if not self._source.live:
                self._reports.failed(error, retrying=False)
                return
            if self.captured:
                self._reports.lost(error)
            else:
                self._reports.failed(error, retrying=True)
            # A camera that opens but gives nothing does not shorten the pause.
            attempt = 0 if frames else attempt
            self._stop.wait(self._retry_s[min(attempt, len(self._retry_s) - 1)])
            attempt += 1

    def _read_once(self) -> tuple[SourceError | None, int]:
        """Open and read until something ends it: what it was (None: the end or a stop), and how many frames came."""
        before = self.captured
        try:
            try:
                self._reports.opened(self._source.open())
                while not self._stop.is_set():
                    frame = self._source.read()
                    if frame is None:
                        break
                    self._count(frame.captured_at)
                    self._frames.put(frame)
            finally:
                self._source.close()
        except SourceError as error:
            return error, self.captured - before
        if self._source.live and not self._stop.is_set():
            silent = CameraError(f"“{self._source.title}” gives no more pictures.", "I try again by myself.")
            return silent, self.captured - before
        return None, self.captured - before

    def _count(self, captured_at: float) -> None:
        times = self._times
        if times and captured_at - times[-1] > _RATE_WINDOW_S:
            times.clear()  # it was away: the rate is that of the pictures since
        times.append(captured_at)
        while captured_at - times[0] > _RATE_WINDOW_S:
            times.popleft()
        if len(times) > 1 and captured_at > times[0]:
            self.fps = (len(times) - 1) / (captured_at - times[0])
        self.captured += 1
