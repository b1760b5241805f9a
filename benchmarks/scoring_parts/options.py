"""What the person at the terminal asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.scoring_parts.table import Cell
from poseapp.pose import PoseSequence
from poseapp.scoring import ScoreCard, Scorer

__all__ = ["Options", "auc", "cell_of", "total_or_zero"]


@dataclass(frozen=True, slots=True)
class Options:
    """How much to measure, and with what.

    Parameters
    ----------
    quick : bool
        A sample of the cases.
    methods : mapping of str to Scorer
        The methods that are compared.
    sets : tuple of str
        Sets of movements of our own, by name.
    shared : Path
        Folder with the measuring data that is no part of the project.
    cache : Path
        Folder for poses of clips.
    say : callable
        Tells the person what is going on.
    """

    quick: bool
    methods: Mapping[str, Scorer]
    sets: tuple[str, ...]
    shared: Path
    cache: Path
    say: Callable[[str], None]

    def cards(self, reference: PoseSequence, attempt: PoseSequence) -> dict[str, ScoreCard]:
        """What every method says."""
        return {name: scorer.score(reference, attempt) for name, scorer in self.methods.items()}


def total_or_zero(card: ScoreCard) -> float:
    """The total; no total gives no points."""
    return 0.0 if card.total is None else card.total


def cell_of(card: ScoreCard) -> Cell:
    """The total, or that there is none."""
    return Cell((total_or_zero(card),), note="no score" if card.total is None else "")


def auc(right: list[float], wrong: list[float]) -> float:
    """Probability that a right one scores higher than a wrong one, ties count half (Mann-Whitney U)."""
    if not right or not wrong:
        return float("nan")
    from scipy.stats import rankdata

    ranks = rankdata(np.concatenate((right, wrong)))
    u = ranks[: len(right)].sum() - len(right) * (len(right) + 1) / 2
    return float(u / (len(right) * len(wrong)))
