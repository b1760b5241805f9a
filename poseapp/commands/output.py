"""The one way to standard output, and notes to standard error."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from poseapp.errors import OutputError

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "AnswerError",
    "ReaderGoneError",
    "emit",
    "emit_json",
    "emit_rich",
    "finish",
    "note",
    "printable",
    "use_utf8",
]


class ReaderGoneError(Exception):
    """Whoever read standard output has stopped reading, as ``| head`` does."""


class AnswerError(OutputError):
    """Standard output could not be written, so that no error can be told there either."""


def use_utf8() -> None:
    """Write UTF-8 whatever the locale, and never fail because of a sign: file names may hold anything.

    A standard output that was closed (``poseapp … >&-``) fails when something is written to it. Without a console,
    as on Windows, there is none, and what is written goes nowhere.
    """
    _keep_standard_descriptors()
    if sys.stdout is None:
        sys.stdout = _nowhere() if sys.platform == "win32" else _closed_stdout()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # replaced by something without an encoding
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _keep_standard_descriptors() -> None:
    """Take the numbers 0 to 2 where they are free: native code would print into whatever file gets one of them."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        while (taken := os.open(os.devnull, os.O_RDONLY)) <= 2:
            pass
        os.close(taken)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _closed_stdout() -> TextIO:
    """Descriptor 1 as a stream: it is open for reading only, so that writing to it fails."""
    return open(1, "w", encoding="utf-8", closefd=False)


def printable(name: object) -> str:
    """`name` as text that can be encoded; undecodable bytes of a file name become question marks."""
    text = str(name)
    try:
        # In whatever locale the name was decoded, its undecodable bytes are kept as surrogates.
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # Windows names may hold surrogates that stand for no byte
        return text.encode("utf-8", "replace").decode("utf-8")


def emit(text: str) -> None:
    """Write `text` to standard output as it is.

    Raises
    ------
    ReaderGoneError
        Nobody reads it any more.
    AnswerError
        It could not be written, such as to a full disk.
    """
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise _words(error) from error


def emit_json(document: dict[str, Any]) -> None:
    """Write `document` as indented UTF-8 JSON, keys in their order, NaN as null."""
    import msgspec

    emit(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def emit_rich(renderable: RenderableType) -> None:
    """Write tables and coloured text, as wide as the terminal; plain when it goes to a file."""
    from rich.console import Console

    terminal = Console(file=sys.stdout)
    # Rendered in memory first: rich ends the program itself when the reader has gone.
    memory = io.StringIO()
    console = Console(
        file=memory,
        width=terminal.width,
        force_terminal=terminal.is_terminal,
        color_system=None if terminal.legacy_windows else terminal.color_system,  # type: ignore[arg-type]
        highlight=False,
        markup=False,
    )
    console.print(renderable)
    emit(memory.getvalue())


def note(text: str) -> None:
    """Write a line to standard error, for people."""
    with suppress(OSError):  # a note that nobody can read must not stop the work
        sys.stderr.write(text + "\n")


def finish() -> None:
    """Hand everything to the system, so that a failure is met here and not after the exit code was decided.

    Raises
    ------
    ReaderGoneError, AnswerError
        As in :func:`emit`.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        _abandon_stdout()
        raise _words(error) from error


def _words(error: OSError) -> Exception:
    if isinstance(error, BrokenPipeError):
        return ReaderGoneError()
    reason = "standard output is closed" if error.errno == errno.EBADF else error.strerror or error
    return AnswerError(f"The answer could not be written: {reason}.", "Write it to another place.")


def _abandon_stdout() -> None:
    """What is still buffered would fail again when the interpreter exits; let it go nowhere instead."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
