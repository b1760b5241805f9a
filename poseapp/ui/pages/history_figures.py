"""What the history's page shows, worked out of the attempts at one movement. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np

from poseapp.library.history import AttemptRecord
from poseapp.scoring.card import PARTS

__all__ = ["Change", "PartFigures", "best_attempt", "change", "judged", "part_figures"]

_TOLD: Final = 30  # attempts that the small curves tell of


@dataclass(frozen=True, slots=True)
class Change:
    """How much more or less the last score is than one before.

    Parameters
    ----------
    points : int
        Of 100, as the rounded scores that are shown differ.
    since : date or None
        The day of the one before; None: it was the time before, on the same day.
    """

    points: int
    since: date | None


@dataclass(frozen=True, slots=True)
class PartFigures:
    """One part of the body.

    Parameters
    ----------
    part : str
        A key of :data:`poseapp.scoring.card.PARTS`.
    score : float or None
        Mean of the scores of its keypoints in the last attempt that was judged, 0..100; None: none of them was seen.
    values : tuple of float
        That of the last thirty attempts, of those in which it was seen, oldest first.
    """

    part: str
    score: float | None
    values: tuple[float, ...]


def judged(attempts: Sequence[AttemptRecord]) -> list[tuple[AttemptRecord, float]]:
    """Those of `attempts` (newest first) that have a total, with it, oldest first."""
    return [(attempt, attempt.total) for attempt in reversed(attempts) if attempt.total is not None]


def change(days: Sequence[date], totals: Sequence[float]) -> Change | None:
    """The last of `totals` against the last one of the day before on which there was one, or the time before.

    Parameters
    ----------
    days : sequence of date
        The day of each, rising.
    totals : sequence of float
        As many, 0..100.

    Returns
    -------
    Change or None
        None when there is nothing before.
    """
    if len(totals) < 2:
        return None
    earlier = [number for number, day in enumerate(days) if day < days[-1]]
    number = earlier[-1] if earlier else len(totals) - 2
    return Change(round(totals[-1]) - round(totals[number]), days[number] if earlier else None)


def best_attempt(attempts: Sequence[AttemptRecord]) -> int | None:
    """Number of the attempt with the highest total as it is shown; of several the newest. None when none has one."""
    best: tuple[int, datetime] | None = None
    found: int | None = None
    for attempt in attempts:
        if attempt.total is None:
            continue
        rank = (round(attempt.total), attempt.ended_at)
        if best is None or rank > best:
            best, found = rank, attempt.id
    return found


def part_figures(attempts: Sequence[AttemptRecord]) -> tuple[PartFigures, ...]:
    """The six parts of the body, from `attempts`, newest first; those without a total tell nothing."""
    told = [attempt for attempt, _ in judged(attempts)[-_TOLD:]]
    figures = []
    for part, keypoints in PARTS.items():
        of_part = [attempt.keypoint_scores[list(keypoints)] for attempt in told]
        means = [float(np.nanmean(scores)) if np.isfinite(scores).any() else None for scores in of_part]
        values = tuple(mean for mean in means if mean is not None)
        figures.append(PartFigures(part, means[-1] if means else None, values))
    return tuple(figures)
