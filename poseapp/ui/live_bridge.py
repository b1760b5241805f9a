"""From the session's threads to the GUI thread, and nothing else.

Callbacks of the session and of jobs run in their own threads. They only emit the signals of an object that lives
in the GUI thread; the slots are methods of QObjects, because a plain function connected to a signal would run in
the thread that emits it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from poseapp.errors import CameraError, Cancelled, PoseAppError
from poseapp.session.jobs import Job, Progress
from poseapp.session.live import LiveSession
from poseapp.session.status import LiveStatus
from poseapp.vision.sources.base import FrameSource

__all__ = ["LiveBridge", "Task"]

_log = logging.getLogger(__name__)


class LiveBridge(QObject):
    """The live session as a QObject, whose signals arrive in the GUI thread.

    Parameters
    ----------
    session_factory : callable
        Makes the session from ``on_update`` and ``on_status``.
    """

    #: A `PoseUpdate` to show.
    updated = Signal(object)
    #: A `LiveStatus`, the newest: what is over by the time the GUI thread looks is not told.
    status_changed = Signal(object)

    _update_waits = Signal()
    _status_waits = Signal()

    def __init__(
        self, session_factory: Callable[..., LiveSession] = LiveSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._update_waits.connect(self._take)
        # Queued even from the GUI thread: who starts a source is not interrupted by the news of it.
        self._status_waits.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._told: tuple[object, ...] = ()
        self._closed = False
        self.session = session_factory(on_update=self._update_waits.emit, on_status=self._hear)

    def start(self, source: FrameSource, model: str, *, record: bool = False) -> None:
        """Show `source` instead of what is shown now, recording from its first frame if `record`."""
        self._told = ()
        self.session.start(source, model, record=record)

    def halt(self) -> None:
        """Show nothing, and wait until the source is released."""
        self._told = ()
        try:
            self.session.stop()
        except CameraError as error:
            # Whatever is chosen next waits for it in a thread of its own.
            _log.warning("%s", error)

    @Slot(int, int)
    def set_screen_size(self, width: int, height: int) -> None:
        """Real pixels that the picture is shown in."""
        self.session.set_screen_size(width, height)

    @Slot(bool)
    def set_mirrored(self, on: bool) -> None:
        """Whether the picture is shown as in a mirror."""
        self.session.set_mirrored(on)

    @Slot(float, float)
    def lock(self, x: float, y: float) -> None:
        """Follow the person at this point of the source."""
        self.session.lock(x, y)

    def close(self) -> None:
        """Stop the session and wait for its threads; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self.session.stop()
        except CameraError as error:
            # The program ends now and takes the hanging driver's thread with it.
            _log.warning("%s", error)

    def _hear(self, _status: LiveStatus) -> None:
        self._status_waits.emit()

    @Slot()
    def _take(self) -> None:
        update = self.session.take()
        if update is not None and not self._closed:
            self.updated.emit(update)

    @Slot()
    def _tell(self) -> None:
        status = self.session.status()
        if status.tells() != self._told and not self._closed:
            self._told = status.tells()
            self.status_changed.emit(status)


class Task(QObject):
    """One piece of long work at a time, told in the GUI thread. Starting another one forgets the one before."""

    #: Done so far and the total, or None while it is unknown.
    progressed = Signal(int, object)
    done = Signal(object)
    #: A `PoseAppError`; not sent when the work was cancelled.
    failed = Signal(object)
    cancelled = Signal()

    _told = Signal(int, str, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._generation = 0
        self._jobs: list[Job[Any]] = []
        self._busy = False
        self._told.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether work was started that has neither ended nor been cancelled."""
        return self._busy

    def start(self, work: Callable[[Progress, Callable[[], bool]], Any]) -> None:
        """Run ``work(progress, cancelled)`` in a thread of its own, after telling the former one to stop."""
        self._forget()
        self._busy = True
        generation = self._generation

        def tell(kind: str) -> Callable[[Any], None]:
            return lambda what: self._told.emit(generation, kind, what)

        self._jobs.append(
            Job(
                work,
                lambda done, total: self._told.emit(generation, "progress", (done, total)),
                tell("done"),
                tell("failed"),
                name=self._name,
            )
        )

    def cancel(self) -> None:
        """Stop the work; `cancelled` follows at once and nothing else does."""
        if self._busy:
            self._forget()
            self.cancelled.emit()

    def close(self) -> None:
        """Cancel and wait for the thread."""
        self._forget()
        for job in self._jobs:
            job.join()
        self._jobs.clear()

    def _forget(self) -> None:
        self._generation += 1
        self._busy = False
        self._jobs = [job for job in self._jobs if job.running]
        for job in self._jobs:
            job.cancel()

    @Slot(int, str, object)
    def _tell(self, generation: int, kind: str, what: Any) -> None:
        if generation != self._generation:
            return
        if kind == "progress":
            self.progressed.emit(*what)
            return
        self._busy = False
        if kind == "done":
            self.done.emit(what)
        elif isinstance(what, Cancelled):
            self.cancelled.emit()
        elif isinstance(what, PoseAppError):
            self.failed.emit(what)
