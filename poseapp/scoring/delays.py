"""Is a limb late? Shift it against the rest of the body and see whether it then fits."""

from __future__ import annotations

import numpy as np

from poseapp.pose import Keypoint
from poseapp.scoring.cleaning import FPS
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.planar import squares

__all__ = ["delay_of"]

_LONGEST_S = 0.8
_LEAST_S = 0.1
_CUTS_TO = 0.6  # of the error; otherwise the limb is wrong, not late


def delay_of(comparison: Comparison, joints: tuple[Keypoint, ...]) -> float | None:
    """Seconds by which the segments ending in `joints` lag the rest of the attempt.

    Returns
    -------
    float or None
        Positive when late, negative when early; None when no shift explains the difference.
    """
    matched, used = comparison.matched, [k for k in joints if comparison.weights[k] > 0]
    if not used:
        return None
    weight = matched.weight[:, used]
    wanted, shown = matched.reference[:, used], matched.whole_attempt[:, used]
    last = len(matched.whole_attempt) - 1
    shifts = np.arange(-int(_LONGEST_S * FPS), int(_LONGEST_S * FPS) + 1)
    error = np.empty(len(shifts))
    for i, shift in enumerate(shifts):
        at = np.clip(comparison.path.attempt + shift, 0, last)
        error[i] = float((weight * squares(wanted - shown[at])).sum())
    now = error[len(shifts) // 2]
    best = int(error.argmin())
    late = float(shifts[best]) / FPS
    if now <= 0 or abs(late) < _LEAST_S or np.sqrt(error[best] / now) > _CUTS_TO:
        return None
    return late
