"""Left and right exchanged by the estimator for a few frames: found by the jump, and exchanged back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint

__all__ = ["unswapped"]

_K = Keypoint
_PAIRS = (
    (_K.LEFT_ELBOW, _K.RIGHT_ELBOW),
    (_K.LEFT_WRIST, _K.RIGHT_WRIST),
    (_K.LEFT_KNEE, _K.RIGHT_KNEE),
    (_K.LEFT_ANKLE, _K.RIGHT_ANKLE),
)
_JUMP = 0.25  # torsos that both keypoints jump at least
_BETTER = 3.0  # times that the exchange makes the step shorter at least
_LONGEST_S = 0.5  # a longer one is not a slip of the estimator


def unswapped(
    xy: NDArray[np.float64], confidence: NDArray[np.float64], t: NDArray[np.float64], scale: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exchange left and right where they were mistaken for each other for a moment.

    A moment begins and ends with a step in which both keypoints of a pair jump to where the other one was. Limbs
    that cross do not jump, so they are left alone.

    Parameters
    ----------
    xy : ndarray, shape (T, 17, 2)
        Positions in pixels.
    confidence : ndarray, shape (T, 17)
        0..1.
    t : ndarray, shape (T,)
        Seconds.
    scale : float
        Torso length in pixels.

    Returns
    -------
    xy, confidence : ndarray
        Copies when something was exchanged, else the arguments.
    """
    copied = False
    for left, right in _PAIRS:
        pair = xy[:, [left, right]]
        seen = confidence[:, [left, right]].min(axis=1) > 0
        for start, end in _moments(pair, _exchanges(pair, seen, scale), t):
            if not copied:
                xy, confidence, copied = xy.copy(), confidence.copy(), True
            xy[start:end, [left, right]] = xy[start:end, [right, left]]
            confidence[start:end, [left, right]] = confidence[start:end, [right, left]]
    return xy, confidence


def _exchanges(pair: NDArray[np.float64], seen: NDArray[np.bool_], scale: float) -> NDArray[np.intp]:
    """Frames at which both keypoints of `pair` ``(T, 2, 2)`` take each other's place."""
    before, after = pair[:-1], pair[1:]
    as_is = np.linalg.norm(after - before, axis=2)
    crossed = np.linalg.norm(after[:, ::-1] - before, axis=2)
    jump = (as_is.min(axis=1) > _JUMP * scale) & (as_is.sum(axis=1) > _BETTER * crossed.sum(axis=1))
    return np.flatnonzero(jump & seen[1:] & seen[:-1]) + 1


def _moments(pair: NDArray[np.float64], steps: NDArray[np.intp], t: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Frames ``start <= i < end`` in which left and right are exchanged: two steps not far apart, each used once."""
    i = 0
    while i + 1 < len(steps):
        start, end = int(steps[i]), int(steps[i + 1])
        if t[end] - t[start] <= _LONGEST_S and _returns(pair, start, end):
            yield start, end
            i += 1
        i += 1


def _returns(pair: NDArray[np.float64], start: int, end: int) -> bool:
    """Whether each keypoint is, after the exchange, nearer to where it was before it than to the other's place."""
    before, after = pair[start - 1], pair[end]
    stayed = np.linalg.norm(after - before, axis=1).sum()
    crossed = np.linalg.norm(after[::-1] - before, axis=1).sum()
    return bool(stayed < crossed)
