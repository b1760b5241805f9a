"""Did the attempt go the reference's way? What of it was left out, and what was done instead.

A warping path may wait on one pose of the attempt while the reference goes somewhere and comes back, and it may leave
out what the attempt does before and after. Both are needed: people pause, and clips are cut where they happen to be.
But what is left out in the middle was not done, and who does something else while a part is missing did not do
that part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.errors_along_path import PLAUSIBLE_NOISE, Matched
from poseapp.scoring.planar import dots, squares
from poseapp.scoring.segments import Segments

__all__ = ["Course", "course"]

_FOLLOWED = 0.25  # of the reference's displacement, along its direction
_COUNTS = 0.15  # of the reference's largest displacement; below, it rests
_PERCENTILE = 98.0
_HALF = 0.5  # less is missed of a step that counts as followed
_BY_CHANCE = 0.2  # of a stretch that was not done may seem to be followed
_LONGEST = 1 / 3  # of the reference


@dataclass(frozen=True, slots=True)
class Course:
    """How the attempt goes along where the reference goes.

    Parameters
    ----------
    left_out : float
        Share of the time in which the reference moves and the matched attempt does not go along, between the first
        and the last moment in which it does; 0..1. A clip that begins later or ends earlier leaves out nothing.
    instead : float
        The smaller one of two shares of the reference's travel: what the matched attempt does not go along with,
        wherever, and what the attempt travels outside of what was matched; 0..1. A clip that only lacks a part, or
        only has more than asked for, does nothing instead.
    unfinished : float
        Share of the reference's travel after the last moment in which the attempt goes along; or what is missed of
        the longest last stretch of which it misses four fifths: a step by chance finishes nothing; 0..1.
    """

    left_out: float
    instead: float
    unfinished: float


def course(matched: Matched, reference: Segments, attempt: Segments, weights: NDArray[np.float64]) -> Course:
    """Measure it in steps in which the reference goes on by about a radian of its swing.

    The attempt goes along with a step when the regression of its own displacement between the two matched moments
    on the reference's is a quarter or more; independent jitter does not change that on average.

    Parameters
    ----------
    matched : Matched
        Both along the warping path.
    reference, attempt : Segments
        The movements that were matched.
    weights : ndarray, shape (17,)
        How much each keypoint counts.
    """
    frames = len(reference)
    share = weights / max(float(weights.sum()), 1e-12)
    step = min(_radian(reference.vectors * np.sqrt(share)[:, None]), int(frames * _LONGEST))
    if step < 1:
        return Course(0.0, 0.0, 0.0)
    starts = np.searchsorted(matched.path.reference, np.arange(frames))
    pairs = np.diff(np.append(starts, len(matched.path)))
    shown = np.add.reduceat(matched.attempt, starts, axis=0) / pairs[:, None, None]
    seen = np.add.reduceat(matched.weight, starts, axis=0)
    by = share * np.minimum(seen[step:], seen[:-step])
    wanted, found = reference.vectors[step:] - reference.vectors[:-step], shown[step:] - shown[:-step]
    square = (by * squares(wanted)).sum(axis=1)
    along = (by * dots(wanted, found)).sum(axis=1) / np.maximum(square, 1e-12)
    jitter = 4 * (by * np.minimum(reference.noise, PLAUSIBLE_NOISE) ** 2).sum(axis=1)
    travel = np.sqrt(np.maximum(square - jitter, 0.0))
    least = _COUNTS * float(np.sqrt(np.percentile(square, _PERCENTILE)))
    counts = travel > least
    if not counts.any():
        return Course(0.0, 0.0, 0.0)
    missed = 1 - np.clip(along[counts] / _FOLLOWED, 0.0, 1.0)
    total = float(travel[counts].sum())
    travel = travel[counts] / total
    followed = np.flatnonzero(missed < _HALF)
    first, last = (int(followed[0]), int(followed[-1]) + 1) if len(followed) else (0, 0)
    return Course(
        left_out=float(missed[first:last].sum()) / len(missed),
        instead=min(float((travel * missed).sum()), _outside(matched, attempt, share, step, least) / total, 1.0),
        unfinished=max(float(travel[last:].sum()), _unfinished(travel, missed)),
    )


def _unfinished(travel: NDArray[np.float64], missed: NDArray[np.float64]) -> float:
    """What is missed of `travel` in the longest last stretch of which nearly all is `missed`, both ``(N,)``."""
    to_the_end, left = (np.cumsum(values[::-1]) for values in (travel, travel * missed))
    stretches = np.flatnonzero(left >= (1 - _BY_CHANCE) * to_the_end)
    return float(left[stretches[-1]]) if len(stretches) else 0.0


def _radian(movement: NDArray[np.float64]) -> int:
    """Frames in which a movement ``(T, 17, 2)`` goes on by a radian of its swing; 0 when it never moves."""
    flat = movement.reshape(len(movement), -1)
    pace = float((np.diff(flat, axis=0) ** 2).mean()) if len(flat) > 1 else 0.0
    return max(1, round(float(np.sqrt(flat.var(axis=0).mean() / pace)))) if pace > 0 else 0


def _outside(matched: Matched, attempt: Segments, share: NDArray[np.float64], step: int, least: float) -> float:
    """Travel of the attempt before and after what was matched, torso lengths, in steps of more than `least`."""
    first, last = int(matched.path.attempt[0]), int(matched.path.attempt[-1])
    total = 0.0
    for part in (slice(0, first + 1), slice(last, len(attempt))):
        vectors, seen = matched.whole_attempt[part], attempt.confidence[part]
        if len(vectors) > step:
            by = share * np.minimum(seen[step:], seen[:-step])
            travel = np.sqrt((by * squares(vectors[step:] - vectors[:-step])).sum(axis=1))
            total += float(travel[travel > least].sum())
    return total
