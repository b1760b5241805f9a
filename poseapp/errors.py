"""What can go wrong, in words a user can act on.

Every error that reaches a person is a :class:`PoseAppError`: a sentence saying what was wrong (and with which
file), a hint saying what to do, a stable ``code`` for programs and the exit code of the command line.
They are raised where the trouble is met and turned into text once, by the command line or the window.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "CameraError",
    "Cancelled",
    "ClipError",
    "HistoryError",
    "LibraryError",
    "ModelError",
    "NotEnoughSeenError",
    "OutputError",
    "PoseAppError",
    "SourceError",
    "UsageError",
]


class PoseAppError(Exception):
    """Base of all errors meant for a person.

    Parameters
    ----------
    sentence : str
        What was wrong, naming the file or device.
    hint : str, optional
        What the person can do about it.

    Attributes
    ----------
    code : str
        Stable identifier, the ``error`` field of JSON errors.
    exit_code : int
        Exit code of the command line.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class UsageError(PoseAppError):
    """The words on the command line do not fit together."""

    code = "usage"
    exit_code = 2


class SourceError(PoseAppError):
    """A picture source could not be opened or stopped giving pictures."""

    code = "source"
    exit_code = 3


class ClipError(SourceError):
    """A video or picture file is missing, unreadable or holds no picture."""

    code = "clip"
    exit_code = 3


class CameraError(SourceError):
    """A camera (local or on the network) is missing, busy, refused or lost."""

    code = "camera"
    exit_code = 4


class LibraryError(SourceError):
    """A reference of the library is missing or damaged, or one of that name exists already."""

    code = "library"
    exit_code = 3


class HistoryError(SourceError):
    """The history is damaged, in use or not one, or an attempt is not in it."""

    code = "history"
    exit_code = 3


class NotEnoughSeenError(PoseAppError):
    """Nobody, or too little of somebody, was seen to do what was asked."""

    code = "not_enough_seen"
    exit_code = 5


class ModelError(PoseAppError):
    """A model file is missing, damaged or not the one the manifest describes."""

    code = "model"
    exit_code = 6


class OutputError(PoseAppError):
    """A file could not be written; whatever stood there before is untouched."""

    code = "output"
    exit_code = 7


class Cancelled(PoseAppError):  # noqa: N818 - not a fault, but it travels as one
    """The person stopped a long piece of work."""

    code = "cancelled"
    exit_code = 130

    def __init__(self, sentence: str = "Stopped.", hint: str = "") -> None:
        super().__init__(sentence, hint)
