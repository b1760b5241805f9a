"""What was measured, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["Figure", "Section", "percentiles", "print_section"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity, measured in several runs.

    Parameters
    ----------
    name : str
    unit : str
    runs : tuple of float
        One value per run.
    at_most, at_least : float, optional
        The aim, for the median of the runs.
    digits : int
        After the decimal point.
    """

    name: str
    unit: str
    runs: tuple[float, ...]
    at_most: float | None = None
    at_least: float | None = None
    digits: int = 1

    @property
    def median(self) -> float:
        """Median of the runs."""
        return float(np.median(self.runs))

    @property
    def reached(self) -> bool | None:
        """Whether the median reaches the aim; None without one."""
        if self.at_most is not None:
            return self.median <= self.at_most
        if self.at_least is not None:
            return self.median >= self.at_least
        return None

    @property
    def aim(self) -> str:
        """The aim in words; empty without one."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""

    def document(self) -> dict[str, Any]:
        """All of it for JSON."""
        return asdict(self) | {"median": self.median, "reached": self.reached}


@dataclass(frozen=True, slots=True)
class Section:
    """A table.

    Parameters
    ----------
    title : str
    note : str
        How it was measured.
    figures : tuple of Figure
    """

    title: str
    note: str
    figures: tuple[Figure, ...]

    def document(self) -> dict[str, Any]:
        """All of it for JSON."""
        return {"title": self.title, "note": self.note, "figures": [f.document() for f in self.figures]}


def percentiles(name: str, runs: Sequence[Sequence[float]], *, p95: float | None, p99: float | None) -> list[Figure]:
    """Three figures in ms, each over all `runs`: median, 95th and 99th percentile, with the aims for the latter."""
    if any(not len(run) for run in runs):
        raise RuntimeError(f"nothing was measured for “{name}”")
    parts = {q: tuple(float(np.percentile(run, q)) for run in runs) for q in (50, 95, 99)}
    return [
        Figure(f"{name}, p50", "ms", parts[50]),
        Figure(f"{name}, p95", "ms", parts[95], at_most=p95),
        Figure(f"{name}, p99", "ms", parts[99], at_most=p99),
    ]


def print_section(console: Console, section: Section) -> None:
    """Print one table with its note."""
    table = Table(title=section.title, caption=section.note, title_justify="left", caption_justify="left")
    table.add_column("figure", min_width=34)
    for heading in ("median", "lowest", "highest"):
        table.add_column(heading, justify="right")
    table.add_column("unit")
    table.add_column("aim", justify="right")
    table.add_column("reached")
    for figure in section.figures:
        values = (f"{value:.{figure.digits}f}" for value in (figure.median, min(figure.runs), max(figure.runs)))
        reached = {True: "[green]yes[/]", False: "[red]no[/]", None: ""}[figure.reached]
        table.add_row(figure.name, *values, figure.unit, figure.aim, reached)
    console.print(table)
