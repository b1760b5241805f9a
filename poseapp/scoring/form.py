"""The method that is used by default: form along one shared path, an honest zero, timing apart.

What it does, in order: clean both clips, describe them by segment vectors, find one warping path, measure errors
along it in degrees (also with the attempt turned round: a mirrored performance is not a mistake), ask whether the
movement was done at all, and turn the error into 0..100.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.errors import NotEnoughSeenError
from poseapp.pose import KEYPOINTS, Keypoint, PoseSequence
from poseapp.pose.keypoints import MIRROR_ORDER
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.scoring.alignment import check_library
from poseapp.scoring.card import KeypointScore, MatchedTimes, ScoreCard, Strictness
from poseapp.scoring.cleaning import clean
from poseapp.scoring.comparison import Comparison, compare_either_side
from poseapp.scoring.enough import what_lacks
from poseapp.scoring.feedback import feedback, own_sides
from poseapp.scoring.heat import heat_map
from poseapp.scoring.presence import Presence, presence
from poseapp.scoring.segments import MIN_SEEN
from poseapp.scoring.timing import timing

__all__ = ["DEFAULT_STRICTNESS", "TOLERANCES", "FormScorer", "score_of"]

#: Strictness -> factor on what is tolerated.
TOLERANCES: Final[MappingProxyType[Strictness, float]] = MappingProxyType(
    {"strict": 1.0, "normal": 1.5, "gentle": 2.0}
)

#: That of a coach; the goals of the benchmark hold for it.
DEFAULT_STRICTNESS: Final[Strictness] = "strict"

_HALF = 9.5  # degrees at which half of the score is gone
_STEEPNESS = 4  # 97 at 4°: estimators differ by as much; 80 at 6.7°, 20 at 13.4°
_PERFECT = 99.0  # nothing to change


def score_of(error: float, tolerance: float = 1.0) -> float:
    """Score 0..100 of an error in degrees."""
    return float(100 / (1 + (error / tolerance / _HALF) ** _STEEPNESS))


class FormScorer:
    """Judges form along one shared path and timing apart from it.

    Parameters
    ----------
    strictness : {"strict", "normal", "gentle"}
        How tolerant it is.

    Raises
    ------
    PoseAppError
        The compiled part of dtaidistance is missing.
    """

    name = "form"

    def __init__(self, strictness: Strictness = DEFAULT_STRICTNESS) -> None:
        check_library()
        self.strictness: Strictness = strictness

    def score(
        self,
        reference: PoseSequence,
        attempt: PoseSequence,
        keypoints: tuple[Keypoint, ...] | None = None,
    ) -> ScoreCard:
        """Compare two sequences; see :class:`poseapp.scoring.scorer.Scorer`."""
        if not _seen(reference).any():
            reason = "Nobody was seen in the reference, so there is nothing to compare with."
            return self._no_card(reference, attempt, reason)
        if not _seen(attempt).any():
            return self._no_card(reference, attempt, "Nobody was seen in the attempt, so there is no score.")
        try:
            wanted = clean(reference)
        except NotEnoughSeenError as error:
            reason = f"The reference cannot be compared with: {_lower(error.sentence)}"
            return self._no_card(reference, attempt, reason)
        try:
            shown = clean(attempt)
        except NotEnoughSeenError as error:
            return self._no_card(reference, attempt, f"{error.sentence} So there is no score.")
        comparison = compare_either_side(wanted, shown, keypoints)
        reason = what_lacks(comparison, keypoints)
        if reason:
            return self._no_card(reference, attempt, reason)
        return self._card(comparison, reference, attempt)

    def _card(self, comparison: Comparison, reference: PoseSequence, attempt: PoseSequence) -> ScoreCard:
        tolerance = TOLERANCES[self.strictness]
        done = presence(comparison.matched, comparison.reference, comparison.attempt, comparison.weights)
        form = score_of(comparison.error, tolerance)
        total = form * done.factor
        path = comparison.path
        return ScoreCard(
            method=self.name,
            total=total,
            keypoints=_keypoint_scores(comparison, done, tolerance),
            reference_duration=reference.duration,
            attempt_duration=attempt.duration,
            form=total,
            timing=timing(comparison) if done.factor > 0 else None,
            mirrored=comparison.is_mirrored,
            strictness=self.strictness,
            feedback=own_sides(feedback(comparison, done, tolerance, form / 100), mirrored=comparison.is_mirrored)
            if total < _PERFECT
            else (),
            heat=heat_map(comparison),
            path=MatchedTimes(comparison.reference.t[path.reference], comparison.attempt.t[path.attempt]),
        )

    def _no_card(self, reference: PoseSequence, attempt: PoseSequence, reason: str) -> ScoreCard:
        seen = np.minimum(_seen(reference), _seen(attempt))
        return ScoreCard(
            method=self.name,
            total=None,
            keypoints=tuple(KeypointScore(k, None, float(seen[k])) for k in KEYPOINTS),
            reference_duration=reference.duration,
            attempt_duration=attempt.duration,
            reason=reason,
            strictness=self.strictness,
        )


def _keypoint_scores(comparison: Comparison, done: Presence, tolerance: float) -> tuple[KeypointScore, ...]:
    """Scores of all 17, named by the person's own sides.

    A keypoint is zeroed with the movement by as much as it takes part in it: legs that stand still as they should
    keep their score when the arms did nothing.
    """
    moves = comparison.reference.motion
    part = np.minimum(1.0, moves / max(float(np.sort(moves)[-3:].mean()), 1e-9))
    factor = 1 - part * (1 - done.as_a_whole)
    seen = np.minimum(comparison.reference.seen, comparison.attempt.seen)
    judged = (seen >= MIN_SEEN) & comparison.judged
    scores = [
        score_of(float(comparison.errors[k]), tolerance) * float(factor[k]) if judged[k] else None for k in KEYPOINTS
    ]
    order = MIRROR_ORDER if comparison.is_mirrored else np.arange(len(KEYPOINTS))
    return tuple(KeypointScore(k, scores[order[k]], float(seen[order[k]])) for k in KEYPOINTS)


def _seen(sequence: PoseSequence) -> NDArray[np.float64]:
    """Fraction of frames in which each keypoint was seen, shape (17,)."""
    if not len(sequence):
        return np.zeros(len(KEYPOINTS))
    return np.asarray((sequence.confidence >= MIN_CONFIDENCE).mean(axis=0), dtype=np.float64)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
