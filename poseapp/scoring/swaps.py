"""Left and right exchanged by the estimator for a few frames: found by the jump, and exchanged back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.scoring.planar import norms

__all__ = ["unswapped"]

_K = Keypoint
_PAIRS = (
    (_K.LEFT_ELBOW, _K.RIGHT_ELBOW),
    (_K.LEFT_WRIST, _K.RIGHT_WRIST),
    (_K.LEFT_KNEE, _K.RIGHT_KNEE),
    (_K.LEFT_ANKLE, _K.RIGHT_ANKLE),
)
_BOTH = np.array(_PAIRS, dtype=np.intp)
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
    pairs, seen = xy[:, _BOTH], confidence[:, _BOTH] > 0
    exchanges = _exchanges(pairs, seen[..., 0] & seen[..., 1], scale)
    for i, (left, right) in enumerate(_PAIRS):
        for start, end in _moments(pairs[:, i], np.flatnonzero(exchanges[:, i]) + 1, t):
            if not copied:
                xy, confidence, copied = xy.copy(), confidence.copy(), True
            xy[start:end, [left, right]] = xy[start:end, [right, left]]
            confidence[start:end, [left, right]] = confidence[start:end, [right, left]]
    return xy, confidence


def _exchanges(pairs: NDArray[np.float64], seen: NDArray[np.bool_], scale: float) -> NDArray[np.bool_]:
    """Steps ``(T - 1, 4)`` in which both keypoints of a pair ``(T, 4, 2, 2)`` take each other's place."""
    before, after = pairs[:-1], pairs[1:]
    left, right = norms(after - before).transpose(2, 0, 1)
    left_crossed, right_crossed = norms(after[:, :, ::-1] - before).transpose(2, 0, 1)
    jump = (np.minimum(left, right) > _JUMP * scale) & (left + right > _BETTER * (left_crossed + right_crossed))
    return np.asarray(jump & seen[1:] & seen[:-1])


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
