"""What the live session says of itself, told in order to whoever listens."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from poseapp.errors import PoseAppError
from poseapp.session.update import LiveState
from poseapp.shortfall import Shortfall
from poseapp.vision.sources.base import SourceInfo

__all__ = ["LiveStatus", "StatusBoard"]


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """State of the live session at one instant.

    Parameters
    ----------
    state : LiveState
        What the session does about its source.
    title : str
        What the source is called; empty before the first start.
    info : SourceInfo or None
        What the source said when it was opened last.
    error : PoseAppError or None
        Why the state is ``LOST`` or ``FAILED``.
    retrying : bool
        Whether the source is tried again by itself, as cameras are and files are not.
    recording : bool
        Whether what is captured from now on is recorded.
    recorded_s : float
        Length in seconds of the recording, running or kept.
    recording_kept : bool
        The recording ended by itself (source lost, ended or changed, or the bound reached) and waits for
        ``stop_recording``.
    recording_full : bool
        It ended because the bound was reached.
    shortfall : Shortfall or None
        Once a clip was read to its end, though it may play again: that it gave less than it announces.
    """

    state: LiveState = LiveState.STOPPED
    title: str = ""
    info: SourceInfo | None = None
    error: PoseAppError | None = None
    retrying: bool = False
    recording: bool = False
    recorded_s: float = 0.0
    recording_kept: bool = False
    recording_full: bool = False
    shortfall: Shortfall | None = None

    def tells(self) -> tuple[object, ...]:
        """All that is worth a message: two statuses that tell the same are announced once."""
        error = (type(self.error), str(self.error))
        recording = (self.recording, self.recording_kept, self.recording_full)
        return (self.state, self.title, self.info, error, self.retrying, *recording, self.shortfall)


class StatusBoard:
    """Calls a listener with every change, in order and one at a time, from whichever thread is there.

    No lock is held during the call, so the listener may ask the session anything.

    Parameters
    ----------
    listener : callable
        Receives each status.
    """

    def __init__(self, listener: Callable[[LiveStatus], None]) -> None:
        self._listener = listener
        self._lock = threading.Lock()
        self._waiting: deque[LiveStatus] = deque()
        self._last = LiveStatus().tells()
        self._telling = False

    def announce(self, look: Callable[[], LiveStatus]) -> None:
        """Tell the status that `look` gives, unless nothing has changed.

        `look` is called under the board's lock, so that statuses are in the order in which they were true. When
        another thread is telling, it tells this one too.
        """
        with self._lock:
            status = look()
            if status.tells() == self._last:
                return
            self._last = status.tells()
            self._waiting.append(status)
            if self._telling:
                return
            self._telling = True
        while (next_status := self._next()) is not None:
            try:
                self._listener(next_status)
            except BaseException:
                with self._lock:
                    self._telling = False
                raise

    def _next(self) -> LiveStatus | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._telling = False
            return None
