"""One movement laid on another, as performed or by the other side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import MIRROR_ORDER
from poseapp.scoring.alignment import MAX_PENALTY, WarpingPath
from poseapp.scoring.cleaning import CleanClip
from poseapp.scoring.errors_along_path import (
    Matched,
    as_degrees,
    combined,
    match,
    naming_errors,
    range_divisor,
    score_errors,
)
from poseapp.scoring.presence import Presence, presence
from poseapp.scoring.segments import Segments, mirrored, segment_vectors
from poseapp.scoring.tempo import align_at_any_tempo
from poseapp.scoring.weights import keypoint_weights, sureness

__all__ = ["Comparison", "compare", "compare_either_side", "done", "realigned"]

_MIRROR_GAIN = 0.85
_MIRROR_SEEN = 0.8  # what is not seen has no error, and must not win by it
_LEAST_SEEN = 0.05  # mean confidence over the reference's time
_PENALTY_SHARE = 0.7
_MIN_PENALTY = 0.005
_FITS = 3.0  # degrees of total error below which nothing else is tried
_ROUNDS = 2
_ODD = 8.0  # degrees at which a segment has half its say
_LEAST_SAY = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What two movements look like side by side.

    Parameters
    ----------
    reference, attempt : Segments
        The movements; the attempt is turned round when `is_mirrored`.
    weights : ndarray, shape (17,), float64
        How much each keypoint counts.
    matched : Matched
        Both along the warping path.
    errors, named_errors : ndarray, shape (17,), float64
        Degrees, as they enter the score and as they name the fault.
    error : float
        The total error in degrees.
    divisor : float
        By what `errors` were divided: below 1 for small movements.
    is_mirrored : bool
        The attempt was performed by the other side.
    """

    reference: Segments
    attempt: Segments
    weights: NDArray[np.float64]
    matched: Matched
    errors: NDArray[np.float64]
    named_errors: NDArray[np.float64]
    error: float
    divisor: float
    is_mirrored: bool = False

    @property
    def judged(self) -> NDArray[np.bool_]:
        """Segments that were seen in both at the same moments, shape ``(17,)``, whether they count or not."""
        return np.asarray(self.matched.weight.sum(axis=0) >= _LEAST_SEEN * len(self.reference), dtype=np.bool_)

    @property
    def path(self) -> WarpingPath:
        """Which frames belong together."""
        return self.matched.path


def features(segments: Segments, rest: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the path is found by, shape ``(T, 34)``: segment vectors times the root of their share.

    A vector that cannot be believed moves towards its `rest` ``(17, 2)``, the same in both clips: what is hidden for
    long would otherwise pull the path to wherever the gap was bridged.
    """
    share = np.sqrt(weights / max(float(weights.sum()), 1e-12))
    believed = rest + segments.known[:, :, None] * (segments.vectors - rest)
    return np.ascontiguousarray((believed * share[:, None]).reshape(len(segments), -1))


def _penalty(wanted: NDArray[np.float64]) -> float:
    """Cost of waiting, in proportion to the movement: else a shrug at another tempo would rather be cut short."""
    motion = float(np.sqrt(wanted.var(axis=0).sum()))
    return float(np.clip(_PENALTY_SHARE * motion, _MIN_PENALTY, MAX_PENALTY))


def compare(
    reference: Segments,
    attempt: Segments,
    keypoints: tuple[Keypoint, ...] | None = None,
    *,
    is_mirrored: bool = False,
) -> Comparison:
    """Align `attempt` with `reference` and measure the errors.

    Parameters
    ----------
    reference, attempt : Segments
        The two movements.
    keypoints : tuple of Keypoint, optional
        Those that count; all by default.
    is_mirrored : bool
        Whether the attempt was turned round by the caller.
    """
    weights = keypoint_weights(reference, attempt.seen, keypoints)
    return _measured(reference, attempt, weights, weights, is_mirrored)


def realigned(comparison: Comparison) -> Comparison:
    """The same with what is wrong having less to say about the path.

    A limb that is wrong bends a shared path, and then its healthy neighbours look wrong as well. Errors are turned
    into weights (Beaton and Tukey 1974, iteratively reweighted least squares, here with Cauchy's weight function)
    while that makes the errors fewer.
    """
    best, best_cost = comparison, _robust_cost(comparison)
    for _ in range(_ROUNDS):
        say = np.maximum(1 / (1 + (best.named_errors / _ODD) ** 2), _LEAST_SAY)
        new = _measured(best.reference, best.attempt, best.weights, best.weights * say, best.is_mirrored)
        cost = _robust_cost(new)
        if cost >= best_cost:
            break
        best, best_cost = new, cost
    return best


def _robust_cost(comparison: Comparison) -> float:
    """Sum of weighted squared errors in which a large one counts little more than a middling one."""
    square = comparison.named_errors**2
    return float((comparison.weights * square / (square + _ODD**2)).sum())


def _measured(
    reference: Segments,
    attempt: Segments,
    weights: NDArray[np.float64],
    path_weights: NDArray[np.float64],
    is_mirrored: bool,
) -> Comparison:
    rest = reference.mean
    wanted = features(reference, rest, path_weights)
    shown, penalty = features(attempt, rest, path_weights), _penalty(wanted)
    # What has no weight would add nothing to any distance; when nothing has, any path is as good.
    used = np.repeat((path_weights > 0) | (path_weights.max() <= 0), 2)
    path = align_at_any_tempo(wanted[:, used], shown[:, used], penalty)
    matched = match(reference, attempt, path, path_weights)
    # A segment whose parent was never seen together with it has no error, which must not count as none.
    together = matched.weight.sum(axis=0) / len(reference)
    weights = np.where(together >= _LEAST_SEEN, weights, 0.0)
    divisor = range_divisor(reference, weights > 0)
    errors = as_degrees(score_errors(matched)) / divisor
    return Comparison(
        reference=reference,
        attempt=attempt,
        weights=weights,
        matched=matched,
        errors=errors,
        named_errors=as_degrees(naming_errors(matched)),
        # An arm that came out from behind the body now and then in both is not known as well as the other one.
        error=combined(errors, weights * sureness(together)),
        divisor=divisor,
        is_mirrored=is_mirrored,
    )


def compare_either_side(
    reference: CleanClip, attempt: CleanClip, keypoints: tuple[Keypoint, ...] | None = None
) -> Comparison:
    """Compare as performed and turned round; the turned one is taken when it fits clearly better.

    Parameters
    ----------
    reference, attempt : CleanClip
        The two clips.
    keypoints : tuple of Keypoint, optional
        Those that count; all by default.
    """
    seen = np.minimum(reference.seen, attempt.seen)
    straight = compare(segment_vectors(reference, seen), segment_vectors(attempt, seen), keypoints)
    if straight.error < _FITS:
        return straight
    seen = np.minimum(reference.seen, attempt.seen[MIRROR_ORDER])
    turned_attempt = mirrored(segment_vectors(attempt, seen[MIRROR_ORDER]))
    turned = compare(segment_vectors(reference, seen), turned_attempt, keypoints, is_mirrored=True)
    return realigned(turned if _is_turned(straight, turned) else straight)


def _is_turned(straight: Comparison, turned: Comparison) -> bool:
    """Whether the attempt fits clearly better turned round, as much of it being seen and the movement being done."""
    if turned.error >= _MIRROR_GAIN * straight.error:
        return False
    if turned.weights.sum() < _MIRROR_SEEN * straight.weights.sum():
        return False
    factor = done(turned).factor
    return factor > 0 and factor >= done(straight).factor


def done(comparison: Comparison) -> Presence:
    """How much of the reference's movement is in the attempt."""
    return presence(comparison.matched, comparison.reference, comparison.attempt, comparison.weights)
