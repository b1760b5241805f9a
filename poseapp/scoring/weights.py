"""How much each keypoint counts: what moves in the reference, what was seen, what the coach chose."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import keypoint_mask
from poseapp.scoring.segments import HEAD, MIN_SEEN, Segments

__all__ = ["between", "keypoint_weights", "sureness"]

_HEAD_SHARE = 0.25
_LOWEST = 0.5  # weight of a keypoint that stays still: keeping still may be what is asked
_SURE = 0.5  # mean confidence from which a keypoint counts fully


def between(value: float, limits: tuple[float, float]) -> float:
    """0 at the first limit, 1 at the second, straight between; the second may be the lower one."""
    nothing, full = limits
    return float(np.clip((value - nothing) / (full - nothing), 0.0, 1.0))


def sureness(confidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of its weight a keypoint has by its mean `confidence` over time: all of it from a half on."""
    return np.asarray(np.minimum(1.0, confidence / _SURE))


def keypoint_weights(
    reference: Segments, attempt_seen: NDArray[np.float64], keypoints: tuple[Keypoint, ...] | None = None
) -> NDArray[np.float64]:
    """Weights of the 17 keypoints in path and total.

    Parameters
    ----------
    reference : Segments
        The coach's movement.
    attempt_seen : ndarray, shape (17,)
        Fraction of the attempt's frames in which each keypoint was seen.
    keypoints : tuple of Keypoint, optional
        The coach's choice: the others weigh nothing.

    Returns
    -------
    ndarray, shape (17,), float64
        0..1; 0 where it was not seen in one of the clips.
    """
    moves = reference.motion
    most = float(np.sort(moves)[-3:].mean())
    weights = _LOWEST + (1 - _LOWEST) * np.minimum(1.0, moves / most if most > 0 else np.zeros_like(moves))
    weights[list(HEAD)] *= _HEAD_SHARE
    weights *= sureness(reference.confidence.mean(axis=0))
    weights[np.minimum(reference.seen, attempt_seen) < MIN_SEEN] = 0.0
    weights[~keypoint_mask(keypoints)] = 0.0
    return np.asarray(weights)
