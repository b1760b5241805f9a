"""Which limbs agree with the reference at the moment, steadily enough to colour them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring.cleaning import FPS
from poseapp.scoring.segments import HEAD, Segments

__all__ = ["AGREES_BELOW", "DIFFERS_ABOVE", "HELD_S", "LimbAgreement"]

#: Degrees beyond which a limb differs, and below which it agrees again.
DIFFERS_ABOVE, AGREES_BELOW = 18.0, 12.0
#: Seconds for which either must hold.
HELD_S = 0.2

_AROUND = round(0.15 * FPS)  # poses of the reference before and after: being a little early is no difference
_BELIEVED = 0.5


class LimbAgreement:
    """Compares segments with the reference near a moment of it.

    Parameters
    ----------
    reference : Segments
        The coach's movement.
    """

    def __init__(self, reference: Segments) -> None:
        self._vectors = reference.vectors
        self._known = reference.trust >= _BELIEVED
        self._known[:, list(HEAD)] = False  # a look aside is no fault
        self._lengths = reference.lengths
        self._differs = np.zeros(KEYPOINT_COUNT, dtype=np.bool_)
        self._since = np.full(KEYPOINT_COUNT, np.nan)

    def step(
        self, vectors: NDArray[np.float64], trust: NDArray[np.float64], at: int, t: float
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Degrees ``(17,)``, NaN where not known, and whether each differs ``(17,)``.

        Parameters
        ----------
        vectors, trust : ndarray, shapes (17, 2) and (17,)
            Of the person, now.
        at : int
            Frame of the reference.
        t : float
            Seconds.
        """
        near = slice(max(at - _AROUND, 0), at + _AROUND + 1)
        chord = np.linalg.norm(self._vectors[near] - vectors, axis=2)
        chord[~self._known[near]] = np.inf
        least = chord.min(axis=0) / self._lengths
        # The angle of a chord on a circle of radius 1, as in the score.
        degrees = np.degrees(2 * np.arcsin(np.minimum(least / 2, 1.0)))
        degrees[(trust < _BELIEVED) | np.isinf(least)] = np.nan
        self._hold(degrees, t)
        return degrees, self._differs.copy()

    def _hold(self, degrees: NDArray[np.float64], t: float) -> None:
        """Change a state only after `HELD_S` beyond the other limit; what is not known agrees."""
        other = np.where(self._differs, degrees < AGREES_BELOW, degrees > DIFFERS_ABOVE) | (
            self._differs & np.isnan(degrees)
        )
        self._since = np.where(other, np.where(np.isnan(self._since), t, self._since), np.nan)
        changed = other & (t - self._since >= HELD_S - 1e-9)
        self._differs = np.where(changed, ~self._differs, self._differs)
        self._since[changed] = np.nan
