"""Segment vectors of a person in front of the camera, pose by pose; what is hidden for a moment is held."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint, Pose
from poseapp.pose.keypoints import KEYPOINT_COUNT, MIRROR_ORDER
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.scoring.cleaning import body_scale
from poseapp.scoring.segments import HEAD, MIN_SEEN, PARENT, SHOULDERS_OR_HIPS

__all__ = ["LiveSegments", "RecentChange"]

Array = NDArray[np.float64]

_K = Keypoint
_HELD_S = 0.4
_REMEMBERED = 150  # poses by which the size of the body is told
_SIZE_EVERY = 10  # poses; a person does not grow
_MEAN_S = 0.08
_JUMP = 0.4  # torso lengths in one picture; farther is another person's arm or a slip


class LiveSegments:
    """Turns poses into segment vectors in torso lengths, in bounded time and memory.

    Parameters
    ----------
    seen : ndarray, shape (17,)
        Fraction of the reference's frames in which each keypoint was seen: the middles of shoulders and hips are
        made of the same ones.
    mirrored : bool
        The person performs by the other side than the reference: every pose is turned round.
    """

    def __init__(self, seen: Array, *, mirrored: bool = False) -> None:
        parents = np.zeros((KEYPOINT_COUNT, KEYPOINT_COUNT))
        parents[list(HEAD)] = _middle(seen, _K.LEFT_SHOULDER, _K.RIGHT_SHOULDER)
        parents[list(SHOULDERS_OR_HIPS)] = _middle(seen, _K.LEFT_HIP, _K.RIGHT_HIP)
        for child, parent in PARENT.items():
            parents[child, parent] = 1.0
        self._difference = np.eye(KEYPOINT_COUNT) - parents
        self._parents = parents > 0
        self._mirrored = mirrored
        self._poses: deque[tuple[Array, NDArray[np.bool_]]] = deque(maxlen=_REMEMBERED)
        self._count = 0
        self._scale: float | None = None
        self._xy = np.zeros((KEYPOINT_COUNT, 2))
        self._seen_at = np.full(KEYPOINT_COUNT, -np.inf)
        self._jumped = np.zeros(KEYPOINT_COUNT, dtype=np.bool_)

    def step(self, pose: Pose, t: float) -> tuple[Array, Array]:
        """Segment vectors ``(17, 2)`` in torso lengths, and how far each can be believed ``(17,)``, 0..1.

        Parameters
        ----------
        pose : Pose
            Of the newest picture.
        t : float
            Its time in seconds.
        """
        xy, confidence = pose.xy.astype(np.float64), pose.confidence
        if self._mirrored:
            xy, confidence = xy[MIRROR_ORDER] * (-1.0, 1.0), confidence[MIRROR_ORDER]
        present = confidence >= MIN_CONFIDENCE
        self._measure(xy, present)
        if self._scale is None:
            return np.zeros((KEYPOINT_COUNT, 2)), np.zeros(KEYPOINT_COUNT)
        taken = present & ~self._slips(xy, present, t)
        self._xy[taken] = xy[taken]
        self._seen_at[taken] = t
        fresh = np.clip(1 - (t - self._seen_at) / _HELD_S, 0.0, 1.0)
        parent = np.where(self._parents, fresh, np.inf).min(axis=1)
        return self._difference @ self._xy / self._scale, np.minimum(fresh, np.minimum(parent, 1.0))

    def _measure(self, xy: Array, present: NDArray[np.bool_]) -> None:
        """Keep the size of the body up to date."""
        self._poses.append((xy, present))
        if self._scale is None or self._count % _SIZE_EVERY == 0:
            many, known = zip(*self._poses, strict=True)
            self._scale = body_scale(np.stack(many), np.stack(known)) or self._scale
        self._count += 1

    def _slips(self, xy: Array, present: NDArray[np.bool_], t: float) -> NDArray[np.bool_]:
        """Keypoints that have just jumped; a second picture in the new place makes it true."""
        assert self._scale is not None
        far = np.linalg.norm(xy - self._xy, axis=1) > _JUMP * self._scale
        jumped = present & far & (t - self._seen_at < _HELD_S)
        slips = jumped & ~self._jumped
        self._jumped = jumped
        return np.asarray(slips)


class RecentChange:
    """How segment vectors have changed within a short time; means of a few poses, because poses jitter.

    Parameters
    ----------
    lag : float
        Seconds.
    """

    def __init__(self, lag: float) -> None:
        self._lag = lag
        self._kept: deque[tuple[float, Array, Array]] = deque()

    def step(self, vectors: Array, trust: Array, t: float) -> tuple[Array, Array]:
        """Change of the vectors ``(17, 2)`` against `lag` seconds ago, and how far it can be believed ``(17,)``.

        Parameters
        ----------
        vectors, trust : ndarray, shapes (17, 2) and (17,)
            The newest.
        t : float
            Their time in seconds.
        """
        self._kept.append((t, vectors, trust))
        while t - self._kept[0][0] > self._lag + _MEAN_S:
            self._kept.popleft()
        since = self._kept[0][0]
        before = [(v, c) for at, v, c in self._kept if at - since < _MEAN_S]
        now = [(v, c) for at, v, c in self._kept if t - at < _MEAN_S]
        change = np.mean([v for v, _ in now], axis=0) - np.mean([v for v, _ in before], axis=0)
        return change, np.asarray(np.min([c for _, c in (*now, *before)], axis=0))


def _middle(seen: Array, left: Keypoint, right: Keypoint) -> Array:
    """Weights ``(17,)`` of the middle of two keypoints, as :mod:`poseapp.scoring.segments` has it."""
    used = [k for k in (left, right) if seen[k] >= MIN_SEEN] or [left, right]
    weights = np.zeros(KEYPOINT_COUNT)
    weights[used] = 1 / len(used)
    return weights
