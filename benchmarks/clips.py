"""Clips to measure with, made from one that ships with the program."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from poseapp.vision.sources.file import FileSource

__all__ = ["DEMO_CLIP", "FPS", "make_clip"]

DEMO_CLIP = Path(__file__).resolve().parent.parent / "assets" / "references" / "side_bend" / "front" / "clip.mp4"
FPS = 30


def make_clip(folder: Path, width: int, height: int, seconds: float) -> Path:
    """Write the shipped clip at another size, forwards and backwards until it is long enough.

    The person keeps the clip's full height in the middle; a blurred enlargement fills the sides, so that decoding has
    something to do.

    Returns
    -------
    Path
        An mp4 of 30 pictures per second.
    """
    with FileSource(DEMO_CLIP) as source:
        once = [frame.bgr for frame in source]
    pictures = [_widened(bgr, width, height) for bgr in once]
    path = folder / f"{width}x{height}_{seconds:g}s.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (width, height))
    if not writer.isOpened():
        raise RuntimeError("OpenCV cannot write mp4 clips here")
    there_and_back = pictures + pictures[-2:0:-1]
    for i in range(round(seconds * FPS)):
        writer.write(there_and_back[i % len(there_and_back)])
    writer.release()
    return path


def _widened(bgr: np.ndarray, width: int, height: int) -> np.ndarray:
    rows, columns = bgr.shape[:2]
    cover = max(width / columns, height / rows)
    large = cv2.resize(bgr, None, fx=cover, fy=cover)
    y, x = (large.shape[0] - height) // 2, (large.shape[1] - width) // 2
    picture = cv2.blur(large[y : y + height, x : x + width], (31, 31))
    fit = height / rows
    person = cv2.resize(bgr, (round(columns * fit), height))
    left = (width - person.shape[1]) // 2
    picture[:, left : left + person.shape[1]] = person
    return picture
