"""What is wrong with a file that gives no pictures, in a sentence."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from poseapp.errors import ClipError

__all__ = [
    "MAX_SIDE_PX",
    "check_file",
    "printable_name",
    "shown_name",
    "too_large",
    "top_boxes",
    "why_no_picture",
]

#: Larger pictures are refused: 8192 x 8192 takes 200 MB for one picture, and no camera or phone records more.
MAX_SIDE_PX = 8192

#: Box headers read at most when looking for the index of an MP4; real files have fewer than ten at the top.
_MAX_BOXES = 64


def shown_name(path: Path) -> str:
    """Return the name of a file in the quotes of a sentence, without characters that no screen can show."""
    return f"“{printable_name(path)}”"


def printable_name(path: Path) -> str:
    """Return the name of a file without characters that no screen can show."""
    readable = path.name.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "?" for c in readable)


def check_file(path: Path) -> None:
    """Make sure that ``path`` is an ordinary file with something in it that may be read.

    Raises
    ------
    ClipError
        It is missing, a folder, a pipe or device, empty, or may not be read.
    """
    name = shown_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ClipError(f"{name} is a folder, not a file.", "Choose a file inside it.")
        if not stat.S_ISREG(status.st_mode):
            # Opening a pipe waits for somebody to write into it, for ever.
            raise ClipError(f"{name} is not an ordinary file.", "Choose a video or a picture.")
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ClipError(f"There is no file {name}.", "Check its name and its folder.") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ClipError(f"{name} cannot be opened: {reason}.", "Check that you may read it.") from error
    if status.st_size == 0:
        raise ClipError(f"{name} is empty (0 bytes).", "Copy or record it again.")


def too_large(path: Path, width: int, height: int) -> ClipError:
    """Say that the pictures of a file are larger than anything that is read here."""
    return ClipError(
        f"The pictures of {shown_name(path)} are {width} × {height} pixels; "
        f"more than {MAX_SIDE_PX} on a side cannot be read.",
        "Save it in a smaller size.",
    )


def why_no_picture(path: Path, codec: str | None) -> ClipError:
    """Say why a file that can be opened gives no picture.

    Parameters
    ----------
    path : Path
    codec : str or None
        FOURCC of the video stream when one was found.
    """
    name = shown_name(path)
    if _lacks_its_index(path):
        return ClipError(f"{name} is cut off: its end is missing.", "Copy or record it again.")
    if codec is None:
        return ClipError(f"{name} has no video that can be read.", "Try MP4 or MOV.")
    kind = {"av01": "AV1", "vp09": "VP9", "hvc1": "HEVC", "hev1": "HEVC"}.get(codec.lower(), codec.strip())
    in_words = f" ({kind})" if kind.isprintable() and kind.isascii() and kind else ""
    return ClipError(
        f"The video in {name} cannot be decoded{in_words}.", "Try MP4 or MOV with H.264, which every phone can save."
    )


def _lacks_its_index(path: Path) -> bool:
    """Whether this is an MP4 or MOV without ``moov``: a recording that was broken off or half a download."""
    try:
        with path.open("rb") as file:
            kinds = [kind for kind, _ in top_boxes(file, path.stat().st_size)[0]]
    except OSError:
        return False
    return bool(kinds) and kinds[0] == b"ftyp" and b"moov" not in kinds


def top_boxes(file: BinaryIO, length: int) -> tuple[list[tuple[bytes, int]], bool]:
    """Return kind and place of the whole boxes at the top of an MP4 or MOV, and whether one runs past the end.

    Boxes are a 32-bit size and a type; size 1 means a 64-bit size follows, 0 means up to the end (ISO/IEC 14496-12,
    section 4.2).
    """
    boxes: list[tuple[bytes, int]] = []
    at = 0
    while at + 8 <= length and len(boxes) < _MAX_BOXES:
        file.seek(at)
        header = file.read(16)
        size = int.from_bytes(header[:4], "big")
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        elif size == 0:
            size = length - at
        if size < 8 or at + size > length:
            # Runs past the end: whatever it is, it is not whole.
            return boxes, size >= 8
        boxes.append((header[4:8], at))
        at += size
    return boxes, 0 < length - at < 8
