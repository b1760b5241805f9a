"""How far the attempt is from the reference, keypoint by keypoint, along the warping path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring.alignment import WarpingPath
from poseapp.scoring.planar import dots, norms, squares
from poseapp.scoring.segments import Segments

__all__ = [
    "PLAUSIBLE_NOISE",
    "Matched",
    "as_degrees",
    "combined",
    "match",
    "naming_errors",
    "range_divisor",
    "range_of_motion",
    "score_errors",
]

#: Torso lengths after smoothing; more jitter than that is not a model's but a wrong movement.
PLAUSIBLE_NOISE = 0.05

_MAX_ROLL = np.radians(5.0)
_LIMB_SCALE = (0.85, 1.15)
_FORGIVEN_OFFSET = 0.1  # of a segment's length: people differ in posture, and models in what a shoulder is
_ANOTHER_POSTURE = (0.2, 0.25)  # of it; an offset as large (11.5° to 14.4°) is no longer a difference between people
_WORST_HALF = 0.5
# The worse half of white noise of standard deviation 1 in x and in y has a mean square of 2 (1 + ln 2).
_NOISE_FLOOR = np.sqrt(2 * (1 + np.log(2)))
_PLAUSIBLE_NOISE = 0.05  # torso lengths; more jitter than that is not a model's but a wrong movement
_SMALL_RANGE = (15.0, 0.3)  # degrees below which errors weigh more, and the least divisor
_HIDDEN = (1.5, 3.0)  # degrees of motion; below, a pose is held or the view hides the movement
_POWER = 4

_K = Keypoint
_HALVES = (slice(0, _K.LEFT_HIP), slice(_K.LEFT_HIP, KEYPOINT_COUNT))
_ENOUGH = 0.15  # of what is seen must be legs and hips to tell a lean from a camera
_PAIRS = tuple((k, k + 1) for k in range(_K.LEFT_SHOULDER, KEYPOINT_COUNT, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Reference and attempt pose by pose along the path, the attempt turned and scaled onto the reference.

    Parameters
    ----------
    path : WarpingPath
        Which frames belong together.
    reference, attempt : ndarray, shape (P, 17, 2), float64
        Segment vectors in torso lengths.
    whole_attempt : ndarray, shape (A, 17, 2), float64
        All of the attempt, turned and scaled alike.
    weight : ndarray, shape (P, 17), float64
        Confidence of the pair, divided by how often its reference frame occurs: reference time counts once.
    lengths : ndarray, shape (17,), float64
        Lengths by which errors become angles.
    noise : ndarray, shape (17,), float64
        Standard deviation per coordinate of the jitter of ``reference - attempt``.
    """

    path: WarpingPath
    reference: NDArray[np.float64]
    attempt: NDArray[np.float64]
    whole_attempt: NDArray[np.float64]
    weight: NDArray[np.float64]
    lengths: NDArray[np.float64]
    noise: NDArray[np.float64]

    @property
    def difference(self) -> NDArray[np.float64]:
        """Reference minus attempt, shape ``(P, 17, 2)``, torso lengths."""
        return self.reference - self.attempt


def match(reference: Segments, attempt: Segments, path: WarpingPath, weights: NDArray[np.float64]) -> Matched:
    """Lay the attempt on the reference along `path`.

    A camera held askew (one angle, at most 5°) and limbs of other proportions (a factor per left and right pair,
    0.85 to 1.15) are taken out.

    Parameters
    ----------
    reference, attempt : Segments
        The two movements.
    path : WarpingPath
        Their alignment.
    weights : ndarray, shape (17,)
        How much each keypoint has to say about the angle.
    """
    ref, att = reference.vectors[path.reference], attempt.vectors[path.attempt]
    occurs = np.bincount(path.reference, minlength=len(reference))[path.reference]
    weight = np.minimum(reference.confidence[path.reference], attempt.confidence[path.attempt]) / occurs[:, None]

    roll = _roll(ref, att, weight * weights)
    turn = np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    size_ref = (weight * squares(ref)).sum(axis=0)
    size_att = (weight * squares(att)).sum(axis=0)
    scale = np.ones(KEYPOINT_COUNT)
    for pair in (list(p) for p in _PAIRS):
        total = size_att[pair].sum()
        if total > 0:
            scale[pair] = np.clip(np.sqrt(size_ref[pair].sum() / total), *_LIMB_SCALE)
    whole = (attempt.vectors @ turn) * scale[:, None]
    noise = np.minimum(np.hypot(reference.noise, attempt.noise), PLAUSIBLE_NOISE)
    return Matched(path, ref, whole[path.attempt], whole, weight, reference.lengths, noise)


def _roll(ref: NDArray[np.float64], att: NDArray[np.float64], by: NDArray[np.float64]) -> float:
    """Angle in radians by which the attempt's camera was held askew, at most `_MAX_ROLL`.

    A camera turns all of the body, a lean only the upper part: where both halves are seen, only the turn that they
    share counts.
    """
    cross = (by * (att[..., 0] * ref[..., 1] - att[..., 1] * ref[..., 0])).sum(axis=0)
    dot = (by * dots(att, ref)).sum(axis=0)
    upper, lower = (float(np.arctan2(cross[half].sum(), dot[half].sum())) for half in _HALVES)
    if not dot[_HALVES[1]].sum() > _ENOUGH * dot.sum():
        shared = upper
    elif upper * lower <= 0:
        shared = 0.0
    else:
        shared = min(upper, lower, key=abs)
    return float(np.clip(shared, -_MAX_ROLL, _MAX_ROLL))


def score_errors(matched: Matched) -> NDArray[np.float64]:
    """Errors of the score, shape (17,), chord over length: a small constant offset of posture is forgiven."""
    return _worst_half(without_posture(matched), matched)


def without_posture(matched: Matched) -> NDArray[np.float64]:
    """The difference less a small constant offset of each segment, shape ``(P, 17, 2)``.

    A large offset, such as the other foot in front, is a fault in full.
    """
    difference = matched.difference
    offset = _weighted_mean(difference, matched.weight)
    size = norms(offset) / matched.lengths
    small, large = _ANOTHER_POSTURE
    allowed = _FORGIVEN_OFFSET * np.clip((large - size) / (large - small), 0.0, 1.0)
    forgiven = np.minimum(1.0, allowed / np.maximum(size, 1e-12))
    return np.asarray(difference - offset * forgiven[:, None])


def naming_errors(matched: Matched) -> NDArray[np.float64]:
    """Errors by which the body part at fault is found, shape (17,): nothing is forgiven."""
    return _worst_half(matched.difference, matched)


def as_degrees(error: NDArray[np.float64]) -> NDArray[np.float64]:
    """Angle of a chord `error` on a circle of radius 1, in degrees; a chord over 2 is half a turn."""
    return np.asarray(np.degrees(2 * np.arcsin(np.minimum(error / 2, 1.0))))


def range_of_motion(reference: Segments, counts: NDArray[np.bool_]) -> float:
    """Mean of the two largest RMS motions among the reference's segments that count ``(17,)``, degrees."""
    moves = as_degrees(reference.motion / reference.lengths)[counts]
    return float(np.sort(moves)[-2:].mean()) if len(moves) else 0.0


def range_divisor(reference: Segments, counts: NDArray[np.bool_]) -> float:
    """What score errors are divided by: a small movement (a shrug) is judged more strictly than a kick.

    A pose that is held, or a movement that this view hides, is not a small movement: there it is 1.
    """
    full, least = _SMALL_RANGE
    degrees = range_of_motion(reference, counts)
    nothing, small = _HIDDEN
    part = float(np.clip((degrees - nothing) / (small - nothing), 0.0, 1.0))
    return part * float(np.clip(degrees / full, least, 1.0)) + (1 - part)


def combined(errors: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Power mean (4) of the keypoints' errors: one limb that is quite wrong is not averaged away."""
    total = weights.sum()
    return float(((weights * errors**_POWER).sum() / total) ** (1 / _POWER)) if total > 0 else 0.0


def _weighted_mean(values: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    total = np.maximum(weight.sum(axis=0), 1e-12)
    return np.asarray((weight[:, :, None] * values).sum(axis=0) / total[:, None])


def _worst_half(difference: NDArray[np.float64], matched: Matched) -> NDArray[np.float64]:
    """RMS over the worst half of the time, in lengths of the segment, jitter taken off in quadrature; shape (17,)."""
    size = norms(difference) / matched.lengths
    order = np.argsort(-size, axis=0)
    size = np.take_along_axis(size, order, axis=0)
    weight = np.take_along_axis(matched.weight, order, axis=0)
    before = np.cumsum(weight, axis=0) - weight
    half = _WORST_HALF * weight.sum(axis=0)
    used = np.clip(half - before, 0.0, weight)
    square = (used * size**2).sum(axis=0) / np.maximum(half, 1e-12)
    floor = _NOISE_FLOOR * matched.noise / matched.lengths
    return np.asarray(np.sqrt(np.maximum(square - floor**2, 0.0)))
