"""The green path that a keypoint leaves behind."""

from __future__ import annotations

import itertools
from collections import deque

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import Keypoint
from poseapp.pose.pose import MIN_CONFIDENCE, Pose

__all__ = ["Trails"]

_JUMP_TORSOS_PER_S = 25.0  # faster than any limb: the model jumped, the person did not


class Trails:
    """Recent positions of chosen keypoints, cut where a keypoint was not seen or jumped.

    Parameters
    ----------
    keypoints : tuple of Keypoint
        Those that leave a trail.
    seconds : float
        Length of a trail.
    max_points : int
        Bound on what is kept per keypoint.
    """

    def __init__(
        self,
        keypoints: tuple[Keypoint, ...] = (Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST),
        seconds: float = 0.9,
        max_points: int = 240,
    ) -> None:
        self.keypoints = keypoints
        self.seconds = seconds
        self._history: deque[tuple[float, Pose | None]] = deque(maxlen=max_points)

    def clear(self) -> None:
        """Forget all trails; call it when another person or source is followed."""
        self._history.clear()

    def add(self, pose: Pose | None, t: float) -> None:
        """Append the pose seen at `t` seconds (None: nobody). Time running backwards clears the trails."""
        if self._history and t <= self._history[-1][0]:
            self.clear()
        self._history.append((t, pose))
        while self._history and t - self._history[0][0] > self.seconds:
            self._history.popleft()

    def segments(self) -> NDArray[np.float32]:
        """Straight pieces of all trails, oldest first.

        Returns
        -------
        ndarray, shape (N, 5), float32
            x0, y0, x1, y1 in source pixels and the age of the newer end as ``1`` = now .. ``0`` = oldest.
        """
        history = list(self._history)
        pieces: list[tuple[float, float, float, float, float]] = []
        now = history[-1][0] if history else 0.0
        for (t0, before), (t1, after) in itertools.pairwise(history):
            if before is None or after is None:
                continue
            torso = after.torso_length() or before.torso_length()
            reach = _JUMP_TORSOS_PER_S * (t1 - t0) * torso if torso else np.inf
            age = 1 - (now - t1) / self.seconds
            for k in self.keypoints:
                if min(before.confidence[k], after.confidence[k]) < MIN_CONFIDENCE:
                    continue
                (x0, y0), (x1, y1) = before.xy[k], after.xy[k]
                if np.hypot(x1 - x0, y1 - y0) <= reach:
                    pieces.append((float(x0), float(y0), float(x1), float(y1), age))
        return np.array(pieces, dtype=np.float32).reshape(-1, 5)
