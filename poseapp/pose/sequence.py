"""Poses over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.pose.pose import Pose

__all__ = ["PoseSequence"]


@dataclass(frozen=True, slots=True, eq=False)
class PoseSequence:
    """One person's poses over time. A frame in which the person was not found has confidence 0 throughout.

    Parameters
    ----------
    xy : array_like, shape (T, 17, 2)
        Positions in source pixels (undistorted: no aspect-changing resize), read-only float32, finite.
    confidence : array_like, shape (T, 17)
        0..1, read-only float32.
    t : array_like, shape (T,)
        Seconds, strictly increasing, read-only float64.

    Raises
    ------
    ValueError
        Shapes do not fit, a value is not finite, a confidence is outside 0..1 or `t` does not increase.
    """

    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]
    t: NDArray[np.float64]

    def __init__(self, xy: ArrayLike, confidence: ArrayLike, t: ArrayLike) -> None:
        xy_array = np.array(xy, dtype=np.float32)
        confidence_array = np.array(confidence, dtype=np.float32)
        t_array = np.array(t, dtype=np.float64)
        frames = len(t_array) if t_array.ndim == 1 else -1
        if xy_array.shape != (frames, KEYPOINT_COUNT, 2) or confidence_array.shape != (
            frames,
            KEYPOINT_COUNT,
        ):
            raise ValueError(
                "a pose sequence needs xy (T, 17, 2), confidence (T, 17) and t (T,), got "
                f"{xy_array.shape}, {confidence_array.shape} and {t_array.shape}"
            )
        if not (np.isfinite(xy_array).all() and np.isfinite(t_array).all()):
            raise ValueError("positions and times of a pose sequence must be finite")
        if not ((confidence_array >= 0) & (confidence_array <= 1)).all():
            raise ValueError("confidences of a pose sequence must lie within 0..1")
        if not (np.diff(t_array) > 0).all():
            raise ValueError("times of a pose sequence must increase")
        for name, array in (("xy", xy_array), ("confidence", confidence_array), ("t", t_array)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def from_poses(cls, poses: Sequence[Pose | None], t: ArrayLike) -> PoseSequence:
        """Stack `poses` taken at `t` seconds; None (nobody found) becomes confidence 0."""
        xy = np.zeros((len(poses), KEYPOINT_COUNT, 2), dtype=np.float32)
        confidence = np.zeros((len(poses), KEYPOINT_COUNT), dtype=np.float32)
        for i, pose in enumerate(poses):
            if pose is not None:
                xy[i], confidence[i] = pose.xy, pose.confidence
        return cls(xy, confidence, t)

    def __len__(self) -> int:
        return len(self.t)

    def __getitem__(self, index: int) -> Pose:
        return Pose(self.xy[index], self.confidence[index])

    def __iter__(self) -> Iterator[Pose]:
        return (self[i] for i in range(len(self)))

    @property
    def duration(self) -> float:
        """Seconds from the first to the last pose, 0 for fewer than two."""
        return float(self.t[-1] - self.t[0]) if len(self) > 1 else 0.0

    @property
    def fps(self) -> float:
        """Median poses per second, 0 for fewer than two."""
        return float(1 / np.median(np.diff(self.t))) if len(self) > 1 else 0.0

    def between(self, start: float, end: float) -> PoseSequence:
        """The poses with ``start <= t <= end`` seconds."""
        keep = (self.t >= start) & (self.t <= end)
        return PoseSequence(self.xy[keep], self.confidence[keep], self.t[keep])

    def nearest(self, t: float) -> int:
        """Index of the pose nearest to `t` seconds.

        Raises
        ------
        ValueError
            The sequence is empty.
        """
        if not len(self):
            raise ValueError("an empty sequence has no nearest pose")
        return int(np.abs(self.t - t).argmin())
