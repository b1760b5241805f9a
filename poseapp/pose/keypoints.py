"""The 17 COCO keypoints, their order, sides and connections.

Order and names are those of the COCO keypoint task (Lin et al. 2014, "Microsoft COCO: Common Objects in
Context"); left and right are the person's own.
"""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BODY_PARTS",
    "KEYPOINTS",
    "KEYPOINT_COUNT",
    "LIMBS",
    "MIRROR_ORDER",
    "OKS_SIGMAS",
    "Keypoint",
    "keypoint_mask",
]


class Keypoint(IntEnum):
    """Index of a keypoint in every array of this program."""

    NOSE = 0
    LEFT_EYE = 1
    RIGHT_EYE = 2
    LEFT_EAR = 3
    RIGHT_EAR = 4
    LEFT_SHOULDER = 5
    RIGHT_SHOULDER = 6
    LEFT_ELBOW = 7
    RIGHT_ELBOW = 8
    LEFT_WRIST = 9
    RIGHT_WRIST = 10
    LEFT_HIP = 11
    RIGHT_HIP = 12
    LEFT_KNEE = 13
    RIGHT_KNEE = 14
    LEFT_ANKLE = 15
    RIGHT_ANKLE = 16

    @property
    def key(self) -> str:
        """Name in files and JSON, such as ``left_wrist``."""
        return self.name.lower()

    @property
    def words(self) -> str:
        """English name for a person, such as ``left wrist``."""
        return self.key.replace("_", " ")


KEYPOINTS: Final = tuple(Keypoint)
KEYPOINT_COUNT: Final = len(KEYPOINTS)

_K = Keypoint

#: Pairs of keypoints that are joined by a bone or an outline of the trunk.
LIMBS: Final[tuple[tuple[Keypoint, Keypoint], ...]] = (
    (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER),
    (_K.LEFT_SHOULDER, _K.LEFT_HIP),
    (_K.RIGHT_SHOULDER, _K.RIGHT_HIP),
    (_K.LEFT_HIP, _K.RIGHT_HIP),
    (_K.LEFT_SHOULDER, _K.LEFT_ELBOW),
    (_K.LEFT_ELBOW, _K.LEFT_WRIST),
    (_K.RIGHT_SHOULDER, _K.RIGHT_ELBOW),
    (_K.RIGHT_ELBOW, _K.RIGHT_WRIST),
    (_K.LEFT_HIP, _K.LEFT_KNEE),
    (_K.LEFT_KNEE, _K.LEFT_ANKLE),
    (_K.RIGHT_HIP, _K.RIGHT_KNEE),
    (_K.RIGHT_KNEE, _K.RIGHT_ANKLE),
)

#: Groups that people choose and talk about.
BODY_PARTS: Final = MappingProxyType(
    {
        "head": (_K.NOSE, _K.LEFT_EYE, _K.RIGHT_EYE, _K.LEFT_EAR, _K.RIGHT_EAR),
        "arms": (
            _K.LEFT_SHOULDER, _K.RIGHT_SHOULDER, _K.LEFT_ELBOW, _K.RIGHT_ELBOW, _K.LEFT_WRIST, _K.RIGHT_WRIST,
        ),
        "trunk": (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER, _K.LEFT_HIP, _K.RIGHT_HIP),
        "legs": (_K.LEFT_HIP, _K.RIGHT_HIP, _K.LEFT_KNEE, _K.RIGHT_KNEE, _K.LEFT_ANKLE, _K.RIGHT_ANKLE),
    }
)  # fmt: skip


def _frozen(array: NDArray[np.generic]) -> NDArray[np.generic]:
    array.setflags(write=False)
    return array


#: Permutation that exchanges left and right: ``xy[MIRROR_ORDER]``.
MIRROR_ORDER: Final = _frozen(np.array([0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]))

#: Per-keypoint constants of COCO's object keypoint similarity (``sigmas`` of cocoeval.py, pycocotools).
OKS_SIGMAS: Final = _frozen(
    np.array([26, 25, 25, 35, 35, 79, 79, 72, 72, 62, 62, 107, 107, 87, 87, 89, 89], dtype=np.float64) / 1000
)


def keypoint_mask(keypoints: tuple[Keypoint, ...] | None = None) -> NDArray[np.bool_]:
    """Boolean mask ``(17,)`` that is true for `keypoints`; all of them when `keypoints` is None."""
    if keypoints is None:
        return np.ones(KEYPOINT_COUNT, dtype=np.bool_)
    mask = np.zeros(KEYPOINT_COUNT, dtype=np.bool_)
    mask[list(keypoints)] = True
    return mask
