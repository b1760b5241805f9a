"""Saved poses as CSV: a line per frame, ``t``, then x, y and confidence of each keypoint (empty: nobody found)."""

from __future__ import annotations

import csv
import io
from typing import Final

import numpy as np

from poseapp.library.saved_poses import MAX_FRAMES, DamagedPosesError, SavedPoses, checked_poses
from poseapp.pose import KEYPOINTS

__all__ = ["COLUMNS", "decode", "encode"]

#: The first line of the file.
COLUMNS: Final = ("t", *(f"{k.key}_{part}" for k in KEYPOINTS for part in ("x", "y", "confidence")))


def encode(saved: SavedPoses) -> bytes:
    """The UTF-8 text of `saved`: times to 1 µs, positions to 0.01 pixel, confidences to 0.0001."""
    poses = saved.poses
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for t, xy, confidence in zip(poses.t, poses.xy, poses.confidence, strict=True):
        row = [f"{t:.6f}"]
        if confidence.any():
            for (x, y), c in zip(xy, confidence, strict=True):
                row += [f"{x:.2f}", f"{y:.2f}", f"{c:.4f}"]
        else:
            row += [""] * (len(COLUMNS) - 1)
        writer.writerow(row)
    return stream.getvalue().encode("utf-8")


def decode(content: bytes) -> SavedPoses:
    """What such a text holds. A byte order mark, as spreadsheets write it, is skipped.

    Raises
    ------
    DamagedPosesError
        It is not such a text.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DamagedPosesError("it is not text") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[float]] = []
    try:
        if tuple(next(lines, ())) != COLUMNS:
            raise DamagedPosesError("its first line is not that of saved poses")
        for row in lines:
            if row:
                rows.append(_numbers(row, lines.line_num))
            if len(rows) > MAX_FRAMES:
                raise DamagedPosesError(f"it has more than {MAX_FRAMES} poses")
    except csv.Error as error:
        raise DamagedPosesError(f"line {lines.line_num} is not CSV") from error
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(COLUMNS))
    points = table[:, 1:].reshape(len(rows), len(KEYPOINTS), 3)
    return checked_poses(points[:, :, :2], points[:, :, 2], table[:, 0])


def _numbers(row: list[str], line: int) -> list[float]:
    if len(row) != len(COLUMNS):
        raise DamagedPosesError(f"line {line} has {len(row)} values, not {len(COLUMNS)}")
    values = row if any(row[1:]) else [row[0], *["0"] * (len(COLUMNS) - 1)]
    try:
        return [float(value) for value in values]
    except ValueError as error:
        raise DamagedPosesError(f"line {line} holds something other than numbers") from error
