"""The log file, and the place for what native libraries print without being asked."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from poseapp.faults import LogFormatter
from poseapp.paths import log_dir

__all__ = ["LogFile", "logging_to_file", "native_chatter_logged"]

_LOG_BYTES = 500_000


class LogFile(RotatingFileHandler):
    """A log file that appears with its first line and whose own troubles disturb nobody."""

    def __init__(self) -> None:
        self.usable = True
        super().__init__(log_dir() / "poseapp.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True)
        self.setFormatter(LogFormatter())

    @property
    def path(self) -> Path | None:
        """Where the lines went; None when they could not be written."""
        return Path(self.baseFilename) if self.usable else None

    def _open(self) -> io.TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - logging's name
        """A full disk or a read-only home must not add a traceback to what the user sees."""
        self.usable = False


@contextmanager
def logging_to_file() -> Iterator[LogFile]:
    """Send the log records of all libraries and of this program to the log file instead of the terminal."""
    root = logging.getLogger()
    handler, level = LogFile(), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


@contextmanager
def native_chatter_logged() -> Iterator[None]:
    """Send what native code writes to file descriptor 2 (LiteRT and FFmpeg do, unasked) to a log file.

    Python's own ``sys.stderr`` keeps going to where it went.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console on Windows has none
        yield
        return
    python_stderr, own_stderr = sys.stderr, None
    if _is_descriptor_2(python_stderr):
        own_stderr = os.fdopen(os.dup(kept), "w", buffering=1, encoding="utf-8", errors="replace")
        sys.stderr = own_stderr
    chatter = _open_chatter_file()
    os.dup2(chatter, 2)
    os.close(chatter)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        if own_stderr is not None:
            sys.stderr = python_stderr
            own_stderr.close()


def _is_descriptor_2(stream: object) -> bool:
    try:
        return isinstance(stream, io.TextIOBase) and stream.fileno() == 2
    except (OSError, ValueError):
        return False


def _open_chatter_file() -> int:
    path = log_dir() / "native.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        full = path.exists() and path.stat().st_size > _LOG_BYTES
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | (os.O_TRUNC if full else 0), 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
