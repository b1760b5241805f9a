"""Long work beside the screen: loading a clip, scoring an attempt."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from poseapp.errors import Cancelled, PoseAppError

__all__ = ["Job", "Progress"]

T = TypeVar("T")

#: Called with what is done and the total, or None while the total is unknown.
Progress = Callable[[int, int | None], None]

_log = logging.getLogger(__name__)


class Job(Generic[T]):
    """Runs a function in a thread of its own, which starts at once.

    Exactly one of `on_done` and `on_error` is called, once, as the last thing. All callbacks run in the job's
    thread.

    Parameters
    ----------
    work : callable
        Called as ``work(progress, cancelled)``; it should call ``progress(done, total)`` as often as it likes and
        raise :class:`Cancelled` soon after ``cancelled()`` has become true.
    on_progress : callable
        Receives ``(done, total)`` at most every `progress_interval_s`; the first and the completed one always.
    on_done : callable
        Receives the result.
    on_error : callable
        Receives a :class:`PoseAppError`: :class:`Cancelled` after :meth:`cancel`, even when the work was completed
        meanwhile. An error that is not meant for a person is logged and becomes one that is.
    name : str
        Name of the thread, and what the log calls the work.
    progress_interval_s : float
        Shortest time between two calls of `on_progress` in seconds.
    """

    def __init__(
        self,
        work: Callable[[Progress, Callable[[], bool]], T],
        on_progress: Progress,
        on_done: Callable[[T], None],
        on_error: Callable[[PoseAppError], None],
        *,
        name: str = "job",
        progress_interval_s: float = 0.05,
    ) -> None:
        self._work = work
        self._on_progress = on_progress
        self._on_done = on_done
        self._on_error = on_error
        self._interval_s = progress_interval_s
        self._told_at = -float("inf")
        self._cancel = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop; returns at once."""
        self._cancel.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait up to `timeout` seconds (None: for ever) for the end; True when it was reached."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def running(self) -> bool:
        """Whether the thread is at work."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            result = self._work(self._progress, self._cancel.is_set)
            if self._cancel.is_set():
                raise Cancelled
        except PoseAppError as error:
            self._on_error(error)
        except Exception as error:  # noqa: BLE001 - a thread's top frame
            _log.exception("%s failed", self._thread.name)
            self._on_error(_unexpected(error))
        else:
            self._on_done(result)

    def _progress(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._told_at >= self._interval_s or done == total:
            self._told_at = now
            self._on_progress(done, total)


def _unexpected(error: Exception) -> PoseAppError:
    return PoseAppError(
        f"Something unexpected went wrong: {type(error).__name__}: {error}.",
        "Try again; if it happens again, report it with the log.",
    )
