"""One picture on its way through the program."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["BgrImage", "BgraImage", "Frame"]

#: Picture of shape (height, width, 3), uint8, channels blue, green, red.
BgrImage = NDArray[np.uint8]

#: Picture of shape (height, width, 4), uint8, channels blue, green, red, 255: what screens hold in memory.
BgraImage = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture and when it was taken. The picture is never written to once it is in a frame.

    Parameters
    ----------
    index : int
        Number of the picture within its source, from 0; gaps mean pictures that were dropped.
    captured_at : float
        Monotonic seconds (``time.monotonic``), taken at capture.
    bgr : ndarray, shape (height, width, 3), uint8
        The picture, upright (rotation metadata applied).
    media_time : float or None
        Seconds from the start of a file by the container's clock; None for live sources.
    """

    index: int
    captured_at: float
    bgr: BgrImage
    media_time: float | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.bgr.shape[1]), int(self.bgr.shape[0])
