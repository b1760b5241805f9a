"""One body at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT, MIRROR_ORDER, Keypoint

__all__ = ["MIN_CONFIDENCE", "Box", "Pose"]

#: Below this a keypoint is not drawn and not measured: "not seen is not guessed".
MIN_CONFIDENCE = 0.3


class Box(NamedTuple):
    """Axis-aligned rectangle in source pixels: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """17 keypoints of one person.

    Parameters
    ----------
    xy : array_like, shape (17, 2)
        Positions in source pixels, x right, y down; stored as read-only float32. Positions of keypoints with
        confidence 0 mean nothing, but must be finite.
    confidence : array_like, shape (17,)
        0 (not seen) .. 1 (certain); stored as read-only float32.

    Raises
    ------
    ValueError
        A shape is wrong, a value is not finite or a confidence lies outside 0..1.
    """

    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]

    def __init__(self, xy: ArrayLike, confidence: ArrayLike) -> None:
        xy_array = np.array(xy, dtype=np.float32)
        confidence_array = np.array(confidence, dtype=np.float32)
        if xy_array.shape != (KEYPOINT_COUNT, 2) or confidence_array.shape != (KEYPOINT_COUNT,):
            raise ValueError(
                f"a pose needs xy (17, 2) and confidence (17,), got {xy_array.shape} and {confidence_array.shape}"
            )
        if not np.isfinite(xy_array).all():
            raise ValueError("a pose's positions must be finite")
        if not ((confidence_array >= 0) & (confidence_array <= 1)).all():
            raise ValueError("a pose's confidences must lie within 0..1")
        xy_array.setflags(write=False)
        confidence_array.setflags(write=False)
        object.__setattr__(self, "xy", xy_array)
        object.__setattr__(self, "confidence", confidence_array)

    @property
    def score(self) -> float:
        """Mean confidence of the 17 keypoints, 0..1."""
        return float(self.confidence.mean())

    def seen(self, min_confidence: float = MIN_CONFIDENCE) -> NDArray[np.bool_]:
        """Mask ``(17,)`` of the keypoints with at least `min_confidence`."""
        return self.confidence >= min_confidence

    def box(self, min_confidence: float = 0.0) -> Box | None:
        """Bounding box in pixels of the keypoints with at least `min_confidence`, or None without any."""
        points = self.xy[self.confidence >= min_confidence]
        if not len(points):
            return None
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))

    def torso_length(self, min_confidence: float = MIN_CONFIDENCE) -> float | None:
        """Distance in pixels from mid-shoulder to mid-hip; one side serves when the other is not seen.

        None when no shoulder or no hip was seen.
        """
        shoulder = self._middle(Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER, min_confidence)
        hip = self._middle(Keypoint.LEFT_HIP, Keypoint.RIGHT_HIP, min_confidence)
        if shoulder is None or hip is None:
            return None
        return float(np.linalg.norm(shoulder - hip))

    def _middle(self, left: Keypoint, right: Keypoint, min_confidence: float) -> NDArray[np.float32] | None:
        seen = [k for k in (left, right) if self.confidence[k] >= min_confidence]
        return np.asarray(self.xy[seen].mean(axis=0), dtype=np.float32) if seen else None

    def mirrored(self, width: float) -> Pose:
        """The same pose in a picture `width` pixels wide flipped left to right, with left and right exchanged."""
        xy = self.xy[MIRROR_ORDER].copy()
        xy[:, 0] = width - xy[:, 0]
        return Pose(xy, self.confidence[MIRROR_ORDER])

    def scaled(self, factor: float) -> Pose:
        """The same pose in a picture resized by `factor`."""
        return Pose(self.xy * np.float32(factor), self.confidence)
