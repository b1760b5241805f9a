"""A set of repetitions, each judged like an attempt of its own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring.card import ScoreCard
from poseapp.scoring.repetitions import Repetition, find_repetitions
from poseapp.scoring.scorer import Scorer

__all__ = ["ScoredRepetition", "ScoredSet", "score_repetitions"]

_BEYOND_S = 0.2  # of the pictures before and after a repetition go with it: idle parts are free, missing ones are not
_LEAST_FOR_TREND = 3


@dataclass(frozen=True, slots=True)
class ScoredRepetition:
    """One repetition and its judgement.

    Parameters
    ----------
    repetition : Repetition
        From when to when, in seconds of the attempt.
    card : ScoreCard
        Of this repetition; its total is None when too little was seen.
    """

    repetition: Repetition
    card: ScoreCard


@dataclass(frozen=True, slots=True)
class ScoredSet:
    """All repetitions of an attempt in the order of time.

    Parameters
    ----------
    repetitions : tuple of ScoredRepetition
        None when the attempt stands still.
    """

    repetitions: tuple[ScoredRepetition, ...]

    @property
    def totals(self) -> tuple[float | None, ...]:
        """Total of each repetition; of an unfinished one it says how much of the movement is missing."""
        return tuple(r.card.total for r in self.repetitions)

    @property
    def best(self) -> int | None:
        """Index of the best whole repetition, the first one among equals; None without any that was judged."""
        judged = self._judged()
        return max(judged, key=lambda i: judged[i]) if judged else None

    @property
    def worst(self) -> int | None:
        """Index of the worst whole repetition, the first one among equals; None without any that was judged."""
        judged = self._judged()
        return min(judged, key=lambda i: judged[i]) if judged else None

    @property
    def mean(self) -> float | None:
        """Mean total of the whole ones; None without any."""
        judged = self._judged()
        return float(np.mean(list(judged.values()))) if judged else None

    @property
    def trend(self) -> float | None:
        """Points by which the total changes from one repetition to the next.

        The median of the slopes between all pairs (Sen 1968, "Estimates of the regression coefficient based on
        Kendall's tau"): one slip is no trend. None for fewer than three.
        """
        judged = self._judged()
        if len(judged) < _LEAST_FOR_TREND:
            return None
        pairs = itertools.combinations(judged.items(), 2)
        return float(np.median([(b - a) / (j - i) for (i, a), (j, b) in pairs]))

    def _judged(self) -> dict[int, float]:
        """Totals of what can be compared: seen, and not cut short by the clip's end or beginning."""
        return {
            i: total
            for i, total in enumerate(self.totals)
            if total is not None and self.repetitions[i].repetition.is_whole
        }


def score_repetitions(
    reference: PoseSequence, attempt: PoseSequence, scorer: Scorer, keypoints: tuple[Keypoint, ...] | None = None
) -> ScoredSet:
    """Judge every repetition of an attempt.

    Parameters
    ----------
    reference : PoseSequence
        The coach's movement; when it is repeated there, the repetition of middle duration is the example.
    attempt : PoseSequence
        The trainee's.
    scorer : Scorer
        Judges each repetition by the example.
    keypoints : tuple of Keypoint, optional
        Those that count; all by default.

    Raises
    ------
    NotEnoughSeenError
        Too little of a body was seen in one of them.
    """
    example = reference
    shown = find_repetitions(reference)
    whole = sorted((r for r in shown if r.is_whole), key=lambda r: r.duration)
    if len(shown) > 1 and whole:
        example = _with_margin(reference, whole[len(whole) // 2])
    found = find_repetitions(attempt)
    return ScoredSet(
        tuple(ScoredRepetition(r, scorer.score(example, _with_margin(attempt, r), keypoints)) for r in found)
    )


def _with_margin(sequence: PoseSequence, repetition: Repetition) -> PoseSequence:
    return sequence.between(repetition.start - _BEYOND_S, repetition.end + _BEYOND_S)
