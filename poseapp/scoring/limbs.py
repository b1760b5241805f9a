"""Did each part of the body do its share, and did a part that is not asked for do something else?

The movement as a whole is decided by what moves far: arms that swing overhead hide that the legs stood still, and who
squats with the arms forward does the arms of a front raise. So arms, legs and trunk are asked each for itself. Within
an arm that does move the same holds: the forearms of a curl and of a front raise look alike from the front, and what
the upper arms do tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.scoring.card import PARTS
from poseapp.scoring.errors_along_path import PLAUSIBLE_NOISE, Matched, as_degrees
from poseapp.scoring.planar import dots, squares
from poseapp.scoring.segments import MIN_SEEN, Segments
from poseapp.scoring.weights import between, sureness

__all__ = ["Limbs", "limbs"]

_K = Keypoint
_GROUPS = MappingProxyType(
    {
        "arms": (*PARTS["left_arm"], *PARTS["right_arm"]),
        "legs": (*PARTS["left_leg"], *PARTS["right_leg"]),
        "trunk": PARTS["trunk"],
    }
)
_SEGMENTS = (
    (_K.LEFT_ELBOW, _K.RIGHT_ELBOW),
    (_K.LEFT_WRIST, _K.RIGHT_WRIST),
    (_K.LEFT_KNEE, _K.RIGHT_KNEE),
    (_K.LEFT_ANKLE, _K.RIGHT_ANKLE),
    (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER),
)
# Degrees of motion (RMS) of a part. Trunks of real people sway by up to 4; beyond 5 every part of a good repetition
# goes along (amplitude .67 and more). Seen from the front, the legs of a jumping jack move by 6.
_ASKED = (5.0, 8.0)  # from nothing to all of what standing still costs
# What nobody asked for moves by up to 3 in real people, the legs of a shallow squat by 11.
_BESIDES = (5.0, 10.0)  # from a fidget to another movement
# Amplitude of a part that stands still, and from which it only does less; two fifths of the way may look like .16.
_DONE = (0.05, 0.35)
_AS_MUCH = 2.0  # times the reference's motion: so much is still what the reference does there
# The same for single segments, left and right together. Upper arms of real people that curl stray by up to 4; what is
# seen of three tenths of the way still correlates by .7 where it is to be asked for.
_SEGMENT_ASKED = (8.0, 12.0)
_ALONG = (0.5, 0.7)  # correlation with the reference's motion, from another motion to less of the same
_ASTRAY = (7.0, 12.0)


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
    otherwise : float
        0..1: 0 when upper arms, forearms, thighs, lower legs and shoulders that the coach chose each move where the
        reference moves them and rest where it rests them, 1 when one of them does clearly another thing.
    idle : str
        ``arms``, ``legs`` or ``trunk``: what is undone most; empty when nothing is.
    busy : str
        The same of what is done besides.
    """

    undone: float
    besides: float
    otherwise: float = 0.0
    idle: str = ""
    busy: str = ""


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
    motion = _motion(matched, reference, attempt)
    undone, besides, otherwise = {"": 0.0}, {"": 0.0}, []
    for name, group in _GROUPS.items():
        chosen, rest = motion.of(group, weights > 0), motion.of(group, weights <= 0)
        if chosen is not None:
            asked = between(_degrees(chosen.wanted), _ASKED)
            undone[name] = chosen.sure * asked * (1 - between(chosen.amplitude, _DONE))
        if rest is not None:
            besides[name] = rest.sure * between(rest.beyond, _BESIDES)
    for pair in _SEGMENTS:
        segment = motion.of(pair, weights > 0)
        if segment is not None:
            asked = between(_degrees(segment.wanted), _SEGMENT_ASKED) * (1 - between(segment.correlation, _ALONG))
            otherwise.append(segment.sure * asked * (1 - between(segment.amplitude, _DONE)))
            otherwise.append(segment.sure * between(segment.beyond, _ASTRAY))
    return Limbs(
        undone=_any(undone.values()),
        besides=_any(besides.values()),
        otherwise=_any(otherwise),
        idle=max(undone, key=lambda name: undone[name]),
        busy=max(besides, key=lambda name: besides[name]),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Mean squares of some segments' motion, and how well they are known, 0..1."""

    wanted: float
    shown: float
    shown_with_jitter: float
    common: float
    sure: float

    @property
    def amplitude(self) -> float:
        return self.common / max(self.wanted, 1e-12)

    @property
    def correlation(self) -> float:
        """With jitter: what hardly moves has none, rather than a chance one."""
        return self.common / max(float(np.sqrt(self.wanted * self.shown_with_jitter)), 1e-12)

    @property
    def beyond(self) -> float:
        """Degrees of motion beyond what the reference does there."""
        return _degrees(max(self.shown - _AS_MUCH**2 * self.wanted, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class _Motion:
    """Mean squares of all segments ``(17,)`` in their lengths, and how well each is known."""

    wanted: NDArray[np.float64]
    shown: NDArray[np.float64]
    shown_with_jitter: NDArray[np.float64]
    common: NDArray[np.float64]
    known: NDArray[np.float64]

    def of(self, group: tuple[Keypoint, ...], counts: NDArray[np.bool_]) -> _Part | None:
        """Those of a group that count; None when nothing is known of them."""
        joints = list(group)
        say = np.where(counts[joints], self.known[joints], 0.0)
        sure = float(say.max())
        if sure <= 0:
            return None
        share = say / say.sum()
        wanted, shown, with_jitter, common = (
            float(share @ squares[joints])
            for squares in (self.wanted, self.shown, self.shown_with_jitter, self.common)
        )
        return _Part(wanted, shown, with_jitter, common, sure)


def _motion(matched: Matched, reference: Segments, attempt: Segments) -> _Motion:
    total = matched.weight.sum(axis=0)
    by = matched.weight / np.maximum(total, 1e-12)
    ref = matched.reference - (by[:, :, None] * matched.reference).sum(axis=0)
    att = matched.attempt - (by[:, :, None] * matched.attempt).sum(axis=0)
    square = matched.lengths**2
    jitter_ref = 2 * np.minimum(reference.noise, PLAUSIBLE_NOISE) ** 2
    jitter_att = 2 * np.minimum(attempt.noise, PLAUSIBLE_NOISE) ** 2
    shown = (by * squares(att)).sum(axis=0)
    known = sureness(total / len(reference))
    known[np.minimum(reference.seen, attempt.seen) < MIN_SEEN] = 0.0  # no weight, but not for the coach's choice
    return _Motion(
        wanted=np.maximum((by * squares(ref)).sum(axis=0) - jitter_ref, 0.0) / square,
        shown=np.maximum(shown - jitter_att, 0.0) / square,
        shown_with_jitter=shown / square,
        common=(by * dots(ref, att)).sum(axis=0) / square,
        known=known,
    )


def _any(costs: Iterable[float]) -> float:
    """1 less the product of what each of them leaves."""
    return 1 - float(np.prod([1 - cost for cost in costs]))


def _degrees(mean_square: float) -> float:
    """Degrees of a motion whose squared chord in lengths is this."""
    return float(as_degrees(np.sqrt(mean_square)))
