"""Faults of the program itself: each one goes to the log, with nothing in it that says who uses the program.

What is meant for a person is a :class:`~poseapp.errors.PoseAppError` and never comes here.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from poseapp.paths import log_dir
from poseapp.scrubbing import scrubbed

__all__ = ["CRASH_FILE", "Fault", "LogFormatter", "crashes_kept", "faults_logged"]

#: Below the log directory: where Python writes when the process itself dies, as in a segmentation fault.
CRASH_FILE = "crash.log"

_log = logging.getLogger(__name__)
_CRASH_CHARACTERS = 20_000  # of an earlier crash that are kept


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception that nobody expected.

    Parameters
    ----------
    summary : str
        Its kind, such as ``ZeroDivisionError``.
    details : str
        Versions and traceback, scrubbed: what a person may send to somebody.
    """

    summary: str
    details: str


Tell = Callable[[Fault], None]


class LogFormatter(logging.Formatter):
    """Formats records for the log file, scrubbed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


class _Watch:
    """Logs a fault at its first, tenth, hundredth … time: one in a paint event comes sixty times a second."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell
        self._times: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, where: str
    ) -> None:
        """Take an exception that came to the top of the thread called `where`."""
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return
        last = traceback.extract_tb(trace)[-1:]
        at = f"{last[0].filename}:{last[0].lineno}" if last else ""
        with self._lock:
            times = self._times[kind.__name__, at] = self._times.get((kind.__name__, at), 0) + 1
        if times == 1:
            _log.error("unexpected, in the thread “%s”", where, exc_info=(kind, error or kind(), trace))
            if self._tell is not None:
                self._tell(Fault(kind.__name__, _details(kind, error, trace, where)))
        elif str(times).strip("0") == "1":
            _log.error("unexpected for the %dth time: %s at %s", times, kind.__name__, at)


@contextmanager
def faults_logged(tell: Tell | None = None) -> Iterator[None]:
    """Log what reaches the top of a thread, or of a slot or event handler of Qt, instead of printing it.

    Parameters
    ----------
    tell : callable, optional
        Called with each new :class:`Fault`, in the thread in which it happened.
    """
    watch = _Watch(tell)

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            watch.exception(kind, error, trace, threading.current_thread().name)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        thread = args.thread.name if args.thread is not None else "?"
        watch.exception(args.exc_type, args.exc_value, args.exc_traceback, thread)

    def nowhere(args: sys.UnraisableHookArgs) -> None:
        # From a destructor: nothing was interrupted, so it is logged but nobody is told.
        _log.error(
            "ignored: %s",
            args.err_msg or "exception in a destructor",
            exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback),
        )

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = in_main, in_thread, nowhere
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


@contextmanager
def crashes_kept(folder: Path | None = None) -> Iterator[None]:
    """Have the stacks of all threads written to :data:`CRASH_FILE` if the process dies.

    Those of an earlier crash are moved into the log, scrubbed: at the moment of the crash nothing can be.
    A fault handler that somebody has switched on already is left alone, and so is a folder that cannot be written.

    Parameters
    ----------
    folder : Path, optional
        Where the file is; the log directory by default.
    """
    path = (folder or log_dir()) / CRASH_FILE
    if faulthandler.is_enabled():
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _move_to_log(path)
        file = path.open("a", encoding="utf-8")
    except OSError:
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
    with suppress(OSError):
        if not path.stat().st_size:
            path.unlink()


def _move_to_log(path: Path) -> None:
    if path.exists() and path.stat().st_size:
        with path.open(encoding="utf-8", errors="replace") as file:
            _log.error("the last time the program crashed:\n%s", file.read(_CRASH_CHARACTERS))
        # Emptied, not deleted: another window of the program may be writing to it.
        path.open("w").close()


def _details(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, where: str) -> str:
    from poseapp import __version__

    stack = "".join(traceback.format_exception(kind, error, trace))
    versions = f"poseapp {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return scrubbed(f"{versions}\nThread “{where}”\n\n{stack}")
