"""The one way to standard output, and notes to standard error."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    """Write UTF-8 whatever the locale, and never fail because of a sign: file names may hold anything."""
    if sys.stdout is None:  # a program without a console on Windows
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
    if sys.stderr is None:
        sys.stderr = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # replaced by something without an encoding
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


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
    return AnswerError(f"The answer could not be written: {error.strerror or error}.", "Write it to another place.")


def _abandon_stdout() -> None:
    """What is still buffered would fail again when the interpreter exits; let it go nowhere instead."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
