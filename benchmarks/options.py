"""What the person at the terminal asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """How long and how often to measure.

    Parameters
    ----------
    runs : int
        How often each figure is measured.
    seconds : float
        Length of one run in real time.
    minutes : float
        Length of the soak.
    model : str
        Name of the model.
    folder : Path
        For clips that are made; removed afterwards.
    say : callable
        Tells the person what is going on.
    """

    runs: int
    seconds: float
    minutes: float
    model: str
    folder: Path
    say: Callable[[str], None]
