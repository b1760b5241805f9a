"""What a video file announces of its length, compared with what could be read of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from poseapp.shortfall import Shortfall
from poseapp.vision.sources.clip_check import printable_name, top_boxes

__all__ = ["find_shortfall"]


@dataclass(frozen=True, slots=True)
class _Tolerance:
    """What may be missing: a share of what was announced, and in any case so many seconds and pictures."""

    share: float
    seconds: float
    pictures: float

    def exceeded(self, missing_s: float, seconds: float, fps: float, pictures: int) -> bool:
        too_short = missing_s > max(self.share * seconds, self.seconds)
        return too_short and seconds * fps - pictures > max(self.share * seconds * fps, self.pictures)


#: For a file that ends in the middle of its own last part.
_CUT_OFF: Final = _Tolerance(0.03, 0.1, 1.5)
#: Where only the header says so. Headers count pictures that are not shown, such as those before the cut of an
#: editor, and the time of a sound that goes on after the pictures.
_WHOLE: Final = _Tolerance(0.2, 0.25, 3.5)

_EBML: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT: Final = b"\x18\x53\x80\x67"
#: A movie header says so where it does not know.
_UNKNOWN_DURATIONS: Final = (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)


def find_shortfall(path: Path, pictures: int, read_s: float, fps: float, announced_s: float) -> Shortfall | None:
    """Whether a clip gave markedly less than it announces.

    Both the pictures and the seconds must be missing: where the rate varies, or the last picture is held for long,
    one of them alone says nothing.

    Parameters
    ----------
    path : Path
        The file.
    pictures : int
        How many were read to its end.
    read_s : float
        Seconds from the clip's beginning to the end of the last one.
    fps, announced_s : float
        Rate and length in seconds, as the video stream announces them.

    Returns
    -------
    Shortfall or None
    """
    try:
        with path.open("rb") as file:
            length = os.fstat(file.fileno()).st_size
            tolerance = _CUT_OFF if _is_cut_off(file, length) else _WHOLE
            movie_s = _movie_seconds(file, length)
    except OSError:
        return None
    # An edit list shows less than the stream holds, and the movie header knows.
    expected_s = announced_s if movie_s is None else min(announced_s, movie_s)
    if tolerance.exceeded(expected_s - read_s, expected_s, fps, pictures):
        return Shortfall(printable_name(path), read_s, expected_s)
    return None


def _is_cut_off(file: BinaryIO, length: int) -> bool:
    """Whether the file ends before its own last part does, for MP4 and MOV, Matroska and WebM, and AVI."""
    file.seek(0)
    start = file.read(12)
    if start[4:8] == b"ftyp":
        return top_boxes(file, length)[1]
    if start[:4] == _EBML:
        return _segment_is_cut_off(file, length)
    if start[:4] == b"RIFF" and start[8:12] == b"AVI ":
        return int.from_bytes(start[4:8], "little") + 8 > length
    return False


def _segment_is_cut_off(file: BinaryIO, length: int) -> bool:
    """Matroska: the header and then one segment, each an id, a size and so many bytes (RFC 8794, section 4)."""
    file.seek(len(_EBML))
    header = _vint(file)
    if header is None or file.tell() + header > length:
        return False
    file.seek(header, os.SEEK_CUR)
    if file.read(len(_SEGMENT)) != _SEGMENT:
        return False
    size = _vint(file)
    return size is not None and file.tell() + size > length


def _vint(file: BinaryIO) -> int | None:
    """A variable-size integer; None when it says that the size is not known, as while it is being recorded."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    more = 8 - first[0].bit_length()
    value = int.from_bytes(bytes([first[0] & (0x7F >> more)]) + file.read(more), "big")
    return None if value == (1 << (7 * (more + 1))) - 1 else value


def _movie_seconds(file: BinaryIO, length: int) -> float | None:
    """How long an MP4 or MOV says it is shown, edit lists included (ISO/IEC 14496-12, section 8.2.2)."""
    boxes = dict(top_boxes(file, length)[0])
    if b"ftyp" not in boxes or b"moov" not in boxes:
        return None
    file.seek(boxes[b"moov"] + 8)
    # The movie header is the first box in it.
    box = file.read(8 + 32)
    if len(box) < 40 or box[4:8] != b"mvhd":
        return None
    wide = box[8] == 1
    scale = int.from_bytes(box[28:32] if wide else box[20:24], "big")
    duration = int.from_bytes(box[32:40] if wide else box[24:28], "big")
    return duration / scale if scale and duration not in _UNKNOWN_DURATIONS else None
