"""An attempt at another even tempo, laid on the reference as if it had the reference's.

Waiting costs in a warping path, else it would bend until anything fits. An attempt at half the tempo would have to
wait in every second pose, and be punished for it by a worse path, or by one that leaves out half of the movement. So
the attempt is brought to the tempo at which it fits best first, and only departures from that one cost.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.alignment import MAX_CELLS, WarpingPath, align, lowest_cost, thinned

__all__ = ["TEMPI", "align_at_any_tempo", "fitting_tempo"]

#: Tempi that are tried, as poses of the attempt per pose of the reference; then those nearer to the best.
TEMPI: Final = tuple(float(2 ** (k / 2)) for k in range(-2, 3))
_NEARER = (2**0.25, 2**0.125)
_COARSE = 4  # poses that are taken together while tempi are tried
_LEAST = 16  # such poses
_SAME = 0.1  # of one waiting per pose of the reference; with so little waiting the tempo is off by a tenth at most
_BETTER = 0.75  # of the cost at its own tempo; else the attempt is left as it is


def align_at_any_tempo(reference: NDArray[np.float64], attempt: NDArray[np.float64], penalty: float) -> WarpingPath:
    """Align `attempt` with `reference` after bringing it to the tempo at which it fits best.

    Parameters
    ----------
    reference, attempt : ndarray, shapes (R, D) and (A, D)
        Features per pose.
    penalty : float
        See :func:`poseapp.scoring.alignment.align`.

    Returns
    -------
    WarpingPath
        In frames of `attempt` as it was given; from one pair to the next the attempt may go on by several.
    """
    tempo = fitting_tempo(reference, attempt, penalty)
    if tempo == 1.0:
        return align(reference, attempt, penalty)
    path = align(reference, _at_tempo(attempt, tempo), penalty)
    frames = np.minimum(np.rint(path.attempt * tempo), len(attempt) - 1).astype(np.int64)
    return WarpingPath(path.reference, frames, path.cost)


def fitting_tempo(reference: NDArray[np.float64], attempt: NDArray[np.float64], penalty: float) -> float:
    """Poses of the attempt per pose of the reference at which the cheapest path is cheapest; parameters as above."""
    step = int(np.clip(len(reference) // _LEAST, 1, _COARSE))
    step = max(step, int(np.ceil(np.sqrt(len(reference) * len(attempt) / MAX_CELLS))))
    coarse = thinned(reference, step)

    def cost(tempo: float) -> float:
        return lowest_cost(coarse, thinned(_at_tempo(attempt, tempo), step), penalty)

    own = cost(1.0)
    if own < _SAME * penalty**2:
        return 1.0
    tried = {1.0: own} | {tempo: cost(tempo) for tempo in TEMPI if tempo != 1.0}
    for nearer in _NEARER:
        best = min(tried, key=tried.__getitem__)
        tried |= {tempo: cost(tempo) for tempo in (best / nearer, best * nearer)}
    best = min(tried, key=tried.__getitem__)
    return best if tried[best] < _BETTER * own else 1.0


def _at_tempo(features: NDArray[np.float64], tempo: float) -> NDArray[np.float64]:
    """Poses `tempo` apart, linear between those that there are."""
    if tempo == 1.0 or len(features) < 2:
        return features
    at = np.arange(0, len(features) - 1 + 1e-9, tempo)
    before = np.minimum(at.astype(np.intp), len(features) - 2)
    part = (at - before)[:, None]
    return np.asarray((1 - part) * features[before] + part * features[before + 1])
