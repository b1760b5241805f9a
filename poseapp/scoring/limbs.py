"""Did each part of the body do its share, and did a part that is not asked for do something else?

The movement as a whole is decided by what moves far: arms that swing overhead hide that the legs stood still, and who
squats with the arms forward does the arms of a front raise. So arms, legs and trunk are asked each for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.card import PARTS
from poseapp.scoring.errors_along_path import PLAUSIBLE_NOISE, Matched, as_degrees
from poseapp.scoring.planar import dots, squares
from poseapp.scoring.segments import MIN_SEEN, Segments
from poseapp.scoring.weights import between, sureness

__all__ = ["Limbs", "limbs"]

_GROUPS = (
    (*PARTS["left_arm"], *PARTS["right_arm"]),
    (*PARTS["left_leg"], *PARTS["right_leg"]),
    PARTS["trunk"],
)
# Degrees of motion (RMS) of a part. Trunks of real people sway by up to 4; beyond 5 every part of a good repetition
# goes along (amplitude .67 and more). Seen from the front, the legs of a jumping jack move by 6.
_ASKED = (5.0, 8.0)  # from nothing to all of what standing still costs
# What nobody asked for moves by up to 3 in real people, the legs of a shallow squat by 11.
_BESIDES = (5.0, 10.0)  # from a fidget to another movement
# Amplitude of a part that stands still, and from which it only does less; two fifths of the way may look like .16.
_DONE = (0.05, 0.35)
_AS_MUCH = 2.0  # times the reference's motion: so much is still what the reference does there


@dataclass(frozen=True, slots=True)
class Limbs:
    """What single parts of the body left undone or did besides.

    Parameters
    ----------
    undone : float
        0..1: 0 when every part that clearly moves in the reference moves along, 1 when one that moves far stands
        still.
    besides : float
        0..1: 0 when what the coach did not choose moves about as in the reference, 1 when a part of it travels far
        that stands still there.
    """

    undone: float
    besides: float


def limbs(matched: Matched, reference: Segments, attempt: Segments, weights: NDArray[np.float64]) -> Limbs:
    """Measure it for arms, legs and trunk, each left and right together.

    Parameters
    ----------
    matched : Matched
        Both along the warping path.
    reference, attempt : Segments
        The movements that were matched.
    weights : ndarray, shape (17,)
        How much each keypoint counts; those of no weight were not chosen or not seen.
    """
    total = matched.weight.sum(axis=0)
    by = matched.weight / np.maximum(total, 1e-12)
    ref = matched.reference - (by[:, :, None] * matched.reference).sum(axis=0)
    att = matched.attempt - (by[:, :, None] * matched.attempt).sum(axis=0)
    square = matched.lengths**2
    jitter_ref = 2 * np.minimum(reference.noise, PLAUSIBLE_NOISE) ** 2
    jitter_att = 2 * np.minimum(attempt.noise, PLAUSIBLE_NOISE) ** 2
    wanted = np.maximum((by * squares(ref)).sum(axis=0) - jitter_ref, 0.0) / square
    shown = np.maximum((by * squares(att)).sum(axis=0) - jitter_att, 0.0) / square
    common = (by * dots(ref, att)).sum(axis=0) / square
    known = sureness(total / len(reference))
    known[np.minimum(reference.seen, attempt.seen) < MIN_SEEN] = 0.0  # no weight, but not for the coach's choice
    done, alone = 1.0, 1.0
    for group in (list(g) for g in _GROUPS):
        for chosen in (True, False):
            say = np.where((weights[group] > 0) == chosen, known[group], 0.0)
            sure = float(say.max())
            if sure <= 0:
                continue
            share = say / say.sum()
            moves, moves_att = float(share @ wanted[group]), float(share @ shown[group])
            if chosen:
                amplitude = float(share @ common[group]) / max(moves, 1e-12)
                done *= 1 - sure * between(_degrees(moves), _ASKED) * (1 - between(amplitude, _DONE))
            else:
                alone *= 1 - sure * between(_degrees(max(moves_att - _AS_MUCH**2 * moves, 0.0)), _BESIDES)
    return Limbs(undone=1 - done, besides=1 - alone)


def _degrees(mean_square: float) -> float:
    """Degrees of a motion whose squared chord in lengths is this."""
    return float(as_degrees(np.sqrt(mean_square)))
