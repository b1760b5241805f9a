"""Several references of one movement: the take that fits best judges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from poseapp.errors import UsageError
from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring.card import ScoreCard
from poseapp.scoring.scorer import Scorer, scorer

__all__ = ["score_takes"]


def score_takes(
    references: Sequence[PoseSequence],
    attempt: PoseSequence,
    keypoints: tuple[Keypoint, ...] | None = None,
    *,
    judge: Scorer | None = None,
) -> ScoreCard:
    """Score `attempt` against each reference and keep the best.

    Taking the best of several right ones widens what counts as right; averaging them, or learning tolerances from
    them, told good from bad less well.

    Parameters
    ----------
    references : sequence of PoseSequence
        Takes of the same movement, at least one.
    attempt : PoseSequence
        The trainee's movement.
    keypoints : tuple of Keypoint, optional
        Those that count for the total; all of them by default.
    judge : Scorer, optional
        The method; the default one otherwise.

    Returns
    -------
    ScoreCard
        Of the take with the highest total; `take` is its index.

    Raises
    ------
    UsageError
        There is no reference.
    """
    if not references:
        raise UsageError("There is no reference to compare with.", "Choose one.")
    judge = judge or scorer()
    cards = [judge.score(reference, attempt, keypoints) for reference in references]
    # Any total is better than none, even one below zero, which the classic method knows.
    totals = [-math.inf if card.total is None else card.total for card in cards]
    best = max(range(len(cards)), key=totals.__getitem__)
    return replace(cards[best], take=best)
