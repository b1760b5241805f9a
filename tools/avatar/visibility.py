"""Which keypoints a camera can see, told from the depth of what it sees."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["THICKNESS", "visible"]

#: Metres that each COCO keypoint may lie below the surface that is seen of it: it is inside the limb.
THICKNESS: Final = np.array(
    [.05, .05, .05, .06, .06, .13, .13, .09, .09, .06, .06, .20, .20, .11, .11, .08, .08]
)  # fmt: skip


def visible(
    xy: NDArray[np.float64], depth: NDArray[np.float64], seen: NDArray[np.float32], scale: float
) -> NDArray[np.bool_]:
    """Whether nothing lies clearly in front of each keypoint.

    Parameters
    ----------
    xy : ndarray, shape (17, 2)
        Pixels of the picture.
    depth : ndarray, shape (17,)
        Metres along the camera's axis to the keypoints.
    seen : ndarray, shape (h, w)
        Metres along the camera's axis to what is seen.
    scale : float
        Pixels of `seen` for one of the picture.

    Returns
    -------
    ndarray, shape (17,), bool
        Keypoints outside of the picture are not visible.
    """
    column, row = np.floor(xy * scale).astype(int).T
    height, width = seen.shape
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    surface = seen[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
    return np.asarray(inside & (depth - surface <= THICKNESS))
