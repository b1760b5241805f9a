"""The green path that a keypoint leaves behind."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import Keypoint
from poseapp.pose.pose import Pose

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
        self._last: tuple[float, Pose | None] | None = None
        # Per step of time, its end and the way of all 17 keypoints (17, 4), NaN where a trail is cut: worked out once
        # when a pose arrives, and good for any later choice of keypoints.
        self._steps: deque[tuple[float, NDArray[np.float32]]] = deque(maxlen=max_points)

    def clear(self) -> None:
        """Forget all trails; call it when another person or source is followed."""
        self._last = None
        self._steps.clear()

    def add(self, pose: Pose | None, t: float) -> None:
        """Append the pose seen at `t` seconds (None: nobody). Time running backwards clears the trails."""
        if self._last is not None:
            t_last, last = self._last
            if t <= t_last:
                self.clear()
            elif last is not None and pose is not None:
                self._steps.append((t, _way(last, pose, t - t_last)))
        self._last = (t, pose)
        while self._steps and t - self._steps[0][0] > self.seconds:
            self._steps.popleft()

    def segments(self) -> NDArray[np.float32]:
        """Straight pieces of all trails, oldest first.

        Returns
        -------
        ndarray, shape (N, 5), float32
            x0, y0, x1, y1 in source pixels and the age of the newer end as ``1`` = now .. ``0`` = oldest.
        """
        now = self._last[0] if self._last is not None else 0.0
        # A shorter length may have been set since the last pose.
        steps = [(t, way) for t, way in self._steps if now - t <= self.seconds]
        if not steps or not self.keypoints:
            return np.zeros((0, 5), dtype=np.float32)
        ways = np.stack([way for _, way in steps])[:, list(self.keypoints)]
        ages = 1 - (now - np.array([t for t, _ in steps])) / self.seconds
        ages = np.broadcast_to(ages.astype(np.float32)[:, None, None], (*ways.shape[:2], 1))
        pieces = np.concatenate((ways, ages), axis=2).reshape(-1, 5)
        return np.asarray(pieces[np.isfinite(pieces[:, 0])])


def _way(before: Pose, after: Pose, step_s: float) -> NDArray[np.float32]:
    """From and to of each keypoint, shape (17, 4), NaN where one was not seen or jumped."""
    way = np.hstack((before.xy, after.xy))
    torso = after.torso_length() or before.torso_length()
    reach = _JUMP_TORSOS_PER_S * step_s * torso if torso else np.inf
    far = np.hypot(*(after.xy - before.xy).T) > reach
    way[far | ~before.seen() | ~after.seen()] = np.nan
    return way
