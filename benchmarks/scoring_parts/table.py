"""Rows of the one table: a quantity, its goal, and what each method reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["Cell", "Goal", "Part", "Row", "at_least", "at_most", "print_part", "spread"]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach; the last of several numbers is meant (median, 90th percentile, *maximum*)."""

    sign: str
    value: float

    def reached(self, number: float) -> bool:
        """Whether `number` is good enough; nothing measured never is."""
        if not np.isfinite(number):
            return False
        return number >= self.value if self.sign == "≥" else number <= self.value

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"


def at_least(value: float) -> Goal:
    """`value` or more."""
    return Goal("≥", value)


def at_most(value: float) -> Goal:
    """`value` or less."""
    return Goal("≤", value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One or more numbers of one method on one set, and how many cases they come from."""

    numbers: tuple[float, ...]
    digits: int = 1
    cases: int | None = None
    note: str = ""

    def __str__(self) -> str:
        words = " / ".join("–" if not np.isfinite(x) else f"{x:.{self.digits}f}" for x in self.numbers)
        return words + (f" ({self.note})" if self.note else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity.

    Parameters
    ----------
    name : str
        What was measured.
    cells : mapping of str to Cell
        By column.
    goal : Goal, optional
        For the last number of every cell.
    """

    name: str
    cells: Mapping[str, Cell]
    goal: Goal | None = None

    def reached(self, column: str) -> bool | None:
        """Whether the goal was reached in a column; None without a goal or a figure."""
        if self.goal is None or column not in self.cells:
            return None
        return self.goal.reached(self.cells[column].numbers[-1])

    def document(self) -> dict[str, Any]:
        """For JSON; what is not a number becomes null."""
        return {
            "name": self.name,
            "goal": None if self.goal is None else str(self.goal),
            "cells": {
                column: {
                    "numbers": [float(x) if np.isfinite(x) else None for x in cell.numbers],
                    "cases": cell.cases,
                    "note": cell.note,
                    "reached": self.reached(column),
                }
                for column, cell in self.cells.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together.

    Parameters
    ----------
    title : str
        Of the part.
    rows : sequence of Row
        What was measured.
    note : str
        How.
    missing : tuple of str
        What could not be measured, and why, in words.
    """

    title: str
    rows: Sequence[Row]
    note: str = ""
    missing: tuple[str, ...] = field(default_factory=tuple)

    def document(self) -> dict[str, Any]:
        """For JSON."""
        rows = [row.document() for row in self.rows]
        return {"title": self.title, "note": self.note, "missing": list(self.missing), "rows": rows}


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, 90th percentile and maximum; not a number without values."""
    if not len(values):
        return (np.nan,) * 3
    return float(np.median(values)), float(np.percentile(values, 90)), float(np.max(values))


def print_part(console: Console, part: Part) -> None:
    """Print one part; what reached its goal is green, what did not is red and marked."""
    table = Table(title=part.title, caption=part.note or None, title_justify="left", caption_justify="left")
    table.add_column("quantity", min_width=38)
    table.add_column("goal", justify="right")
    columns = list(dict.fromkeys(column for row in part.rows for column in row.cells))
    for column in columns:
        table.add_column(column, justify="right")
    for row in part.rows:
        shown = []
        for column in columns:
            cell = row.cells.get(column)
            colour = {True: "green", False: "red", None: "default"}[row.reached(column)]
            missed = " ✗" if row.reached(column) is False else ""
            shown.append("" if cell is None else f"[{colour}]{cell}{missed}[/]")
        table.add_row(row.name, "" if row.goal is None else str(row.goal), *shown)
    if part.rows:
        console.print(table)
    for words in part.missing:
        console.print(f"not measured: {words}", style="yellow", highlight=False)
