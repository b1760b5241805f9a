"""Errors into words, once: a sentence on standard error, or a JSON object on standard output."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from poseapp.commands import output
from poseapp.errors import PoseAppError

__all__ = ["UnexpectedError", "error_document", "report"]


class UnexpectedError(PoseAppError):
    """A fault of the program itself.

    Parameters
    ----------
    error : Exception
        What happened.
    log_file : Path or None
        Where the details are; None when they could not be written.
    """

    code = "unexpected"
    exit_code = 1

    def __init__(self, error: Exception, log_file: Path | None) -> None:
        where = f"Details are in {log_file}." if log_file else "The details could not be written to a log file."
        super().__init__(f"Something went wrong that should not have ({type(error).__name__}).", where)


def error_document(error: PoseAppError) -> dict[str, Any]:
    """`error` as the fields of a JSON answer."""
    return {
        "error": error.code,
        "message": output.printable(error.sentence),
        "hint": output.printable(error.hint) or None,
        "exit_code": error.exit_code,
    }


def report(error: PoseAppError, as_json: bool) -> int:
    """Tell `error` and return its exit code."""
    if as_json and not isinstance(error, output.AnswerError):
        # When standard output fails only now, the exit code is all that is left to say it.
        with suppress(output.AnswerError, output.ReaderGoneError):
            output.emit_json(error_document(error))
    else:
        output.note("\n".join(output.printable(line) for line in (error.sentence, error.hint) if line))
    return error.exit_code
