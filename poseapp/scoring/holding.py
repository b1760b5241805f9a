"""Was a pose held as long as the coach holds it? Asked where the reference does not move.

A path through a pose that is held may wait on one moment of the attempt: whoever passes by would have held it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.cleaning import FPS
from poseapp.scoring.errors_along_path import Matched, as_degrees, combined
from poseapp.scoring.filters import closed
from poseapp.scoring.segments import Segments

__all__ = ["held"]

_NEAR_DEGREES = 6.0  # of the pose; people who sway by a tenth of the torso stay in it
_SLIP_S = 0.2  # a shorter slip out of it does not end it


def held(matched: Matched, reference: Segments, attempt: Segments, weights: NDArray[np.float64]) -> float:
    """Longest time for which the attempt stays in the pose that was matched, over the reference's.

    Parameters
    ----------
    matched : Matched
        Both along the warping path.
    reference, attempt : Segments
        The movements that were matched.
    weights : ndarray, shape (17,)
        How much each keypoint counts.
    """
    by = matched.weight[:, :, None]
    pose = (by * matched.attempt).sum(axis=0) / np.maximum(by.sum(axis=0), 1e-12)
    away = as_degrees(np.linalg.norm(matched.whole_attempt - pose, axis=2) / matched.lengths)
    say = weights * attempt.confidence
    near = np.array([combined(errors, counts) <= _NEAR_DEGREES for errors, counts in zip(away, say, strict=True)])
    stays = closed(near[:, None].astype(np.float64), 2 * int(_SLIP_S * FPS) + 1)[:, 0] > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], stays, [False]))))
    runs = edges[1::2] - edges[::2]
    return float(runs.max() / len(reference)) if len(runs) else 0.0
