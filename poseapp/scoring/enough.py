"""Is there enough to judge by? What was asked for, and what was seen of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import KEYPOINTS, Keypoint
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.errors_along_path import PLAUSIBLE_NOISE, range_of_motion
from poseapp.scoring.planar import squares
from poseapp.scoring.presence import MOVING
from poseapp.scoring.segments import Segments, trusted
from poseapp.scoring.weights import keypoint_weights

__all__ = ["what_lacks"]

_COUNTS = 0.3  # of the weight must be seen for a total
_MOVES = 0.5  # of the energy of the reference's movement must lie in what is seen
# and as much of it at moments at which both were seen. Perfect repeats of a fast punch have .49 and more, good
# repetitions of real people .37; the arms of a clip in which they are seen only while they hang have .24.
_TOGETHER = 0.3
_POSES = 5  # of the reference
_LEAST_S = 0.25  # a fast punch
_HELD_S = 0.35  # a pose


def what_lacks(comparison: Comparison, keypoints: tuple[Keypoint, ...] | None) -> str:
    """Why there can be no total; empty when nothing lacks.

    A few poses are passed by in many movements, so that each of them would be a perfect attempt: a reference has to
    last as long as the fastest punch, and one that does not move a little longer.

    Parameters
    ----------
    comparison : Comparison
        Attempt and reference along their path.
    keypoints : tuple of Keypoint or None
        Those that the coach chose; None for all.
    """
    wanted = keypoint_weights(comparison.reference, np.ones(len(KEYPOINTS)), keypoints)
    if wanted.sum() <= 0:
        return "None of the keypoints that count is seen in the reference, so there is no score."
    if _asks_for_too_little(comparison.reference, wanted):
        return "The reference is too short: it takes a movement, or a pose held for a second. So there is no score."
    moves = wanted * comparison.reference.motion**2
    seen = comparison.weights > 0
    if (
        comparison.weights.sum() < _COUNTS * wanted.sum()
        or moves[seen].sum() < _MOVES * moves.sum()
        or _seen_together(comparison) < _TOGETHER
    ):
        return "Too little of what moves in this exercise was seen, so there is no score."
    return ""


def _asks_for_too_little(reference: Segments, wanted: NDArray[np.float64]) -> bool:
    seconds = float(reference.t[-1] - reference.t[0])
    if round(seconds * reference.fps) + 1 < _POSES or seconds < _LEAST_S:
        return True
    return seconds < _HELD_S and range_of_motion(reference, wanted > 0) < MOVING


def _seen_together(comparison: Comparison) -> float:
    """Share of the energy of the reference's movement, as far as it was seen there, at moments seen in both; 0..1.

    1 when the reference holds a pose.
    """
    reference, attempt, path = comparison.reference, comparison.attempt, comparison.path
    occurs = np.bincount(path.reference, minlength=len(reference))[path.reference]
    own = trusted(reference.confidence)
    both = np.minimum(own[path.reference], trusted(attempt.confidence)[path.attempt]) / occurs[:, None]
    middle = (own[:, :, None] * reference.vectors).sum(axis=0) / np.maximum(own.sum(axis=0), 1e-12)[:, None]
    jitter = 2 * np.minimum(reference.noise, PLAUSIBLE_NOISE) ** 2
    away = squares(reference.vectors - middle) - jitter
    energy = comparison.weights * np.maximum((own * away).sum(axis=0), 0.0)
    found = comparison.weights * np.maximum((both * away[path.reference]).sum(axis=0), 0.0)
    return float(found.sum() / energy.sum()) if energy.sum() > 0 else 1.0
