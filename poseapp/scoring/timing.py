"""Tempo, hurrying and hesitating, read from the warping path."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.card import Span, Timing
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.planar import squares

__all__ = ["timing"]

_FREE_S = 0.05  # departure that costs nothing: as much comes from the path itself
_HALF_S = 0.1  # further departure at which half of the score is gone
_WORTH_A_WORD = 90.0  # score below which it is said where the time was gained or lost, and from which it is not
_NOTABLE_S = 0.25  # gained or lost; in proportion more when the whole attempt is slower
_REACHED = 1.9  # of the root mean square; a mean of 0 goes twice as far from end to end at least
_MOVING = 0.15  # of the reference's highest speed; where it rests, any pairing fits
_TEMPI = (0.25, 4.0)  # beyond it a short stretch was taken for the movement, and its timing means nothing


def timing(comparison: Comparison) -> Timing | None:
    """Judge how evenly the attempt ran through the reference.

    Returns
    -------
    Timing or None
        None when the reference moves too little to tell, or at four times the tempo of either.
    """
    ref_t = comparison.reference.t[comparison.path.reference]
    att_t = comparison.attempt.t[comparison.path.attempt]
    moving = _moving(comparison)[comparison.path.reference]
    if moving.sum() < 4 or np.ptp(ref_t[moving]) <= 0:
        return None
    ref_m, att_m = ref_t[moving], att_t[moving]
    # The line through the path that departs least in both directions: its main axis.
    a, b = ref_m - ref_m.mean(), att_m - att_m.mean()
    angle = 0.5 * np.arctan2(2 * (a * b).mean(), (a * a).mean() - (b * b).mean())
    slope = float(np.tan(angle))  # attempt seconds per reference second
    if not _TEMPI[0] <= slope <= _TEMPI[1]:
        return None
    late = b - slope * a
    departure = float(np.sqrt(np.mean(late**2)))
    score = 100 / (1 + (max(0.0, departure - _FREE_S) / _HALF_S) ** 2)
    hesitated: tuple[Span, ...] = ()
    hurried: tuple[Span, ...] = ()
    if score < _WORTH_A_WORD:
        # So that there always is a reason.
        notable = min(_NOTABLE_S * max(1.0, slope), _REACHED * departure)
        hesitated, hurried = _runs(late, ref_m, att_m, notable)
    return Timing(
        score=score,
        tempo_ratio=1 / slope,
        departure_s=departure,
        hurried=hurried,
        hesitated=hesitated,
    )


def _moving(comparison: Comparison) -> NDArray[np.bool_]:
    """Frames of the reference in which it moves, shape ``(R,)``."""
    segments = comparison.reference
    if len(segments) < 2:
        return np.zeros(len(segments), dtype=np.bool_)
    change = np.gradient(segments.vectors, axis=0)
    speed = np.sqrt((comparison.weights * segments.trust * squares(change)).sum(axis=1))
    return np.asarray(speed > _MOVING * np.percentile(speed, 98), dtype=np.bool_)


def _runs(
    late: NDArray[np.float64], ref_t: NDArray[np.float64], att_t: NDArray[np.float64], notable_s: float
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Stretches in which lateness rises, and in which it falls, by a notable amount."""
    rises: list[Span] = []
    falls: list[Span] = []
    for start, end in itertools.pairwise(_turns(late, notable_s)):
        span = Span(float(ref_t[start]), float(ref_t[end]), float(att_t[start]), float(att_t[end]))
        (rises if late[end] > late[start] else falls).append(span)
    return tuple(rises), tuple(falls)


def _turns(late: NDArray[np.float64], notable_s: float) -> list[int]:
    """Indices between which lateness runs one way by `notable_s` or more; none when it never does."""
    turns: list[int] = []
    way, low, high, extreme = 0, 0, 0, 0
    for i, value in enumerate(late):
        if way == 0:
            low = i if value < late[low] else low
            high = i if value > late[high] else high
            if value - late[low] >= notable_s:
                way, extreme, turns = 1, i, [low]
            elif late[high] - value >= notable_s:
                way, extreme, turns = -1, i, [high]
        elif way * (value - late[extreme]) > 0:
            extreme = i
        elif way * (late[extreme] - value) >= notable_s:
            turns.append(extreme)
            way, extreme = -way, i
    return [*turns, extreme] if way else turns
