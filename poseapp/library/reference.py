"""A coach's example."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from poseapp.pose import Keypoint, PoseSequence

__all__ = ["Reference"]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """An example to practise against.

    Parameters
    ----------
    name : str
        For a person, such as ``squat_left``.
    clip : Path
        The video it was made from.
    poses : PoseSequence
        The coach's poses, in pixels of the clip, `t` in the clip's own time.
    frame_size : tuple of int
        Width and height of the clip in pixels.
    model : str
        Name of the model that made the poses.
    keypoints : tuple of Keypoint, optional
        Those that matter; None: all.
    """

    name: str
    clip: Path
    poses: PoseSequence
    frame_size: tuple[int, int]
    model: str
    keypoints: tuple[Keypoint, ...] | None = None

    @property
    def key_moment(self) -> float:
        """Seconds of the pose that differs most from the first: a good still to begin with.

        Distance is the mean over keypoints of the movement since the first pose in which the person was seen, less
        the movement of the whole body, both weighted by the lower of the two confidences.
        """
        return _key_moment(self.poses)


def _key_moment(poses: PoseSequence) -> float:
    found = np.flatnonzero(poses.confidence.any(axis=1))
    if not len(found):
        return float(poses.t[0]) if len(poses) else 0.0
    first = found[0]
    weight = np.minimum(poses.confidence, poses.confidence[first])
    total = np.maximum(weight.sum(axis=1), 1e-6)
    moved = poses.xy - poses.xy[first]
    walked = (weight[:, :, None] * moved).sum(axis=1, keepdims=True) / total[:, None, None]
    changed = np.linalg.norm(moved - walked, axis=2)
    mean = (weight * changed).sum(axis=1) / total
    return float(poses.t[int(mean.argmax())])
