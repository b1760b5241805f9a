"""Pictures read from files, fitted to the screen and made ready for a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from poseapp.errors import ClipError
from poseapp.pose import Box
from poseapp.vision.frame import BgraImage, BgrImage
from poseapp.vision.sources.clip_check import check_file

__all__ = ["ModelInput", "Placement", "fit_inside", "for_screen", "read_picture"]

#: Longest side of a picture that was read; larger ones are scaled down, models see far less anyway.
_LONGEST_SIDE: Final = 3840
_LARGEST_FILE_BYTES: Final = 200_000_000


def read_picture(path: Path) -> BgrImage:
    """Read a photo, upright (EXIF orientation applied), scaled down when it is larger than 3840 pixels.

    Returns
    -------
    ndarray, shape (height, width, 3), uint8, BGR

    Raises
    ------
    ClipError
        The file is missing, not an ordinary one, cannot be read or holds no picture.
    """
    hint = "Choose a JPEG, PNG, WebP, BMP or TIFF picture."
    check_file(path)
    try:
        if path.stat().st_size > _LARGEST_FILE_BYTES:
            raise ClipError(f"“{path.name}” is too large for a picture.", hint)
        # Not cv2.imread: on Windows it cannot open names outside the code page.
        content = path.read_bytes()
    except OSError as error:
        raise ClipError(f"“{path}” cannot be read: {error.strerror}.", "Choose another picture.") from error
    try:
        bgr = cv2.imdecode(np.frombuffer(content, dtype=np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise ClipError(f"“{path.name}” holds a picture that is too large or damaged.", hint) from error
    if bgr is None:
        raise ClipError(f"“{path.name}” is not a picture this program can read.", hint)
    return fit_inside(np.asarray(bgr, dtype=np.uint8), _LONGEST_SIDE, _LONGEST_SIDE)


def fit_inside(bgr: BgrImage, width: int, height: int) -> BgrImage:
    """Scale a picture down until it fits into `width` × `height` pixels; its aspect is kept, it never grows.

    Returns
    -------
    ndarray, uint8, BGR
        `bgr` itself when it fits already.
    """
    factor = min(width / bgr.shape[1], height / bgr.shape[0], 1.0)
    if factor >= 1.0:
        return bgr
    size = max(1, round(bgr.shape[1] * factor)), max(1, round(bgr.shape[0] * factor))
    return _resized(bgr, size)


def _halved(bgr: BgrImage, scale: float) -> tuple[BgrImage, int]:
    """Halve a picture until less than half of `scale` is left; the picture and what it was divided by.

    Averaging two by two is quick (OpenCV has vector code for it and for no other whole number) and does not alias.
    An odd last row or column is dropped.
    """
    divisor = 1
    while scale >= 2 * divisor and min(bgr.shape[:2]) >= 2:
        even = bgr[: bgr.shape[0] // 2 * 2, : bgr.shape[1] // 2 * 2]
        size = even.shape[1] // 2, even.shape[0] // 2
        bgr = np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        divisor *= 2
    return bgr, divisor


def for_screen(bgr: BgrImage, width: int, height: int, *, mirrored: bool = False) -> BgraImage:
    """Make a picture that a widget only has to copy: fits `width` × `height` pixels, aspect kept.

    Done here because OpenCV does it without holding up the other threads, while Qt would in the window's.

    Returns
    -------
    ndarray, shape (h, w, 4), uint8, BGRA
        A new picture; sides of at most 3840 pixels.
    """
    factor = min(min(width, _LONGEST_SIDE) / bgr.shape[1], min(height, _LONGEST_SIDE) / bgr.shape[0])
    size = max(1, round(bgr.shape[1] * factor)), max(1, round(bgr.shape[0] * factor))
    enlarges = size[0] > bgr.shape[1]
    if mirrored and enlarges:
        bgr = _turned(bgr)
    if size != (bgr.shape[1], bgr.shape[0]):
        bgr = _resized(bgr, size)
    if mirrored and not enlarges:
        bgr = _turned(bgr)
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA), dtype=np.uint8)


def _turned(bgr: BgrImage) -> BgrImage:
    return np.asarray(cv2.flip(bgr, 1), dtype=np.uint8)


def _resized(bgr: BgrImage, size: tuple[int, int]) -> BgrImage:
    """Resize to `size` (width, height), halved as often as it stays larger, then interpolated."""
    bgr, _ = _halved(bgr, min(bgr.shape[1] / size[0], bgr.shape[0] / size[1]))
    if (bgr.shape[1], bgr.shape[0]) == size:
        return bgr
    return np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a region of a picture lies in a model's input.

    Parameters
    ----------
    scale : float
        Picture pixels per input pixel, the same in both directions.
    x, y : float
        Corner of the input in picture pixels.
    """

    scale: float
    x: float
    y: float

    def to_picture(self, xy: NDArray[np.float32]) -> NDArray[np.float32]:
        """Positions (..., 2) of pixel centres in the input as positions of pixel centres in the picture."""
        corner = np.array([self.x, self.y], dtype=np.float32)
        return np.asarray((xy + np.float32(0.5)) * np.float32(self.scale) + corner - np.float32(0.5))


class ModelInput:
    """Fits a region of a picture into a model's input: aspect kept, centred, black where there is no picture.

    Parameters
    ----------
    width, height : int
        Size of the input.
    dtype : str
        Name of its NumPy type.
    low, high : float
        What 0 and 255 become; integers take them as they are.
    """

    def __init__(self, width: int, height: int, dtype: str, low: float, high: float) -> None:
        self.width = width
        self.height = height
        self._factor = np.float32((high - low) / 255)
        self._low = np.float32(low)
        self._floats: NDArray[np.float32] | None = None
        self._tensor: NDArray[np.generic] = np.zeros((1, height, width, 3), dtype=dtype)
        if self._tensor.dtype == np.float32:
            self._floats = np.asarray(self._tensor[0], dtype=np.float32)
        elif (low, high) != (0, 255):
            raise ValueError(f"integer inputs take 0..255, got {low}..{high}")

    def place(self, bgr: BgrImage, region: Box | None = None) -> tuple[NDArray[np.generic], Placement]:
        """Make the model's input from `region` of a picture (all of it by default).

        Returns
        -------
        tensor : ndarray, shape (1, height, width, 3)
            RGB; it is written to again by the next call.
        placement : Placement
            The way back.
        """
        rows, columns = bgr.shape[:2]
        box = region or Box(0, 0, columns, rows)
        scale = max(box.width / self.width, box.height / self.height, 1e-3)
        x = box.centre[0] - scale * self.width / 2
        y = box.centre[1] - scale * self.height / 2
        small = self._warped(bgr, Placement(scale, x, y))
        rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
        if self._floats is None:
            self._tensor[0] = rgb
        else:
            np.multiply(rgb, self._factor, out=self._floats)
            np.add(self._floats, self._low, out=self._floats)
        return self._tensor, Placement(scale, x, y)

    def _warped(self, bgr: BgrImage, placement: Placement) -> BgrImage:
        """The input's picture, uint8 BGR."""
        rows, columns = bgr.shape[:2]
        scale, x, y = placement.scale, placement.x, placement.y
        left, top = (int(np.clip(np.floor(at), 0, limit - 1)) for at, limit in ((x, columns), (y, rows)))
        right = int(np.clip(np.ceil(x + scale * self.width), left + 1, columns))
        bottom = int(np.clip(np.ceil(y + scale * self.height), top + 1, rows))
        part, shrink = _halved(bgr[top:bottom, left:right], scale)
        # From pixel centres of the input to pixel centres of the part.
        step = scale / shrink
        matrix = np.array(
            [
                [step, 0, (x - left) / shrink + step / 2 - 0.5],
                [0, step, (y - top) / shrink + step / 2 - 0.5],
            ]
        )
        return np.asarray(
            cv2.warpAffine(
                part,
                matrix,
                (self.width, self.height),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_CONSTANT,
            ),
            dtype=np.uint8,
        )
