"""Contact sheets: a few pictures of each clip in a row, to be looked at."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from .clip import Truth

__all__ = ["contact_sheet", "row"]

Picture = NDArray[np.uint8]
_BONES = (
    (5, 7), (7, 9), (6, 8), (8, 10), (5, 6), (5, 11), (6, 12), (11, 12), (11, 13), (13, 15), (12, 14), (14, 16),
)  # fmt: skip
_SEEN, _HIDDEN, _BONE = (255, 60, 0), (0, 0, 255), (60, 220, 60)  # BGR


def _skeleton(picture: Picture, xy: NDArray[np.float32], visible: NDArray[np.bool_]) -> Picture:
    out = picture.copy()
    points = [(round(float(x)), round(float(y))) for x, y in xy]
    for a, b in _BONES:
        cv2.line(out, points[a], points[b], _BONE, 2, cv2.LINE_AA)
    for k, point in enumerate(points):
        cv2.circle(out, point, 4, _SEEN if visible[k] else _HIDDEN, -1, cv2.LINE_AA)
    return out


def row(clip: Path, columns: int = 8, width: int = 180, skeleton: bool = False) -> Picture:
    """Pictures of a clip, evenly spread over its time, side by side.

    Parameters
    ----------
    clip : Path
        An mp4 with its truth in an npz beside it.
    columns, width : int
        How many pictures, and how wide each is in pixels.
    skeleton : bool
        Draw the truth over them; hidden keypoints are red.

    Raises
    ------
    ValueError
        The clip cannot be read.
    """
    capture = cv2.VideoCapture(str(clip))
    count = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    wanted = set(np.linspace(0, count - 1, columns).round().astype(int).tolist()) if count > 0 else set()
    truth = Truth.load(clip.with_suffix(".npz")) if skeleton else None
    cells: list[Picture] = []
    for number in range(count):
        ok, picture = capture.read()
        if not ok:
            break
        if number in wanted:
            whole = np.asarray(picture, dtype=np.uint8)
            if truth is not None:
                whole = _skeleton(whole, truth.xy[number], truth.visible[number])
            size = width, round(width * whole.shape[0] / whole.shape[1])
            cells.append(np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8))
    capture.release()
    if not cells:
        raise ValueError(f"no pictures in {clip}")
    return np.hstack(cells)


def contact_sheet(clips: list[Path], columns: int = 8, width: int = 180, skeleton: bool = False) -> Picture:
    """One row per clip, its name written into it."""
    rows = []
    for clip in clips:
        one = row(clip, columns, width, skeleton)
        cv2.putText(one, clip.stem, (4, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40), 1, cv2.LINE_AA)
        rows.append(one)
    return np.vstack(rows)
