"""Names of references in a library: one or two parts, such as ``squat/left`` or ``My squat``.

A name is also where the reference lies below the library's folder, on every system, so a name from a stranger must
neither lead out of that folder nor mean something else on another system.
"""

from __future__ import annotations

import re
from typing import Final

from poseapp.errors import LibraryError

__all__ = ["MAX_PART", "checked_name", "is_name_part"]

#: Characters of a part; short enough for every file system in UTF-8.
MAX_PART: Final = 60
#: Letters and digits of any script first, then also blanks and a few signs; neither a dot nor a blank at the end.
_PART: Final = re.compile(r"[^\W_](?:[\w .,()+-]*[\w)+-])?")
#: Windows keeps these for devices, whatever follows a dot.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def is_name_part(text: str) -> bool:
    """Whether `text` may be the name of a folder of a library."""
    # A letter of some scripts takes four bytes, and folders get a suffix while they are written.
    fits = len(text) <= MAX_PART and len(text.encode("utf-8", "replace")) <= 200
    return fits and _PART.fullmatch(text) is not None and _DEVICES.fullmatch(text) is None


def checked_name(name: str) -> str:
    """`name` itself, when a reference may be called so.

    Raises
    ------
    LibraryError
        It has no part or more than two, or a part that is not allowed.
    """
    parts = name.split("/")
    if len(parts) <= 2 and all(is_name_part(part) for part in parts):
        return name
    raise LibraryError(
        f"A reference cannot be called “{name[:200]}”.",
        f"Use letters, digits, blanks and - _ . , ( ) +, at most {MAX_PART} of them, "
        "with one stroke at most, such as squat/left.",
    )
