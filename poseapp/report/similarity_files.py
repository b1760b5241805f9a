"""Similarity over time as JSON, as CSV and for terminals."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from poseapp.report.numbers import rounded
from poseapp.scoring import SimilarityTrace

__all__ = ["FORMAT", "VERSION", "similarity_csv", "similarity_document", "similarity_text"]

#: Value of the ``format`` field, and its version: raised when a reader of the old one would be misled.
FORMAT = "poseapp-similarity"
VERSION = 1

_BLOCKS = "▁▂▃▄▅▆▇█"
_CELLS = 60


def similarity_document(trace: SimilarityTrace) -> dict[str, Any]:
    """The trace as plain dictionaries, lists and numbers, in a fixed order; what was not compared is None."""
    best = trace.best
    return {
        "format": FORMAT,
        "version": VERSION,
        "best": None if best is None else {"t": rounded(best[0], 4), "similarity": rounded(best[1], 4)},
        "compared_count": int(np.isfinite(trace.value).sum()),
        "t": [rounded(float(t), 4) for t in trace.t],
        "similarity": [rounded(float(value), 4) for value in trace.value],
    }


def similarity_csv(trace: SimilarityTrace) -> str:
    """Lines of ``t,similarity`` under a heading; the second is empty where nothing could be compared."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("t", "similarity"))
    for t, value in zip(trace.t, trace.value, strict=True):
        writer.writerow((f"{t:.4f}", f"{value:.4f}" if np.isfinite(value) else ""))
    return stream.getvalue()


def similarity_text(trace: SimilarityTrace) -> RenderableType:
    """The best moment and a curve in one line of blocks, from the lowest value to the highest.

    Gaps in the curve are moments in which nothing could be compared.
    """
    best = trace.best
    if best is None:
        return Text("Nothing could be compared.", style="bold")
    values = trace.value[np.isfinite(trace.value)]
    low, high = float(values.min()), float(values.max())
    return Group(
        Text.assemble("Best ", (f"{best[1]:.3f}", "bold green"), f" at {best[0]:.2f} s"),
        Text(
            f"{len(values)} of {len(trace.t)} poses compared; {low:.3f} to {high:.3f}, mean {values.mean():.3f}.",
            style="dim",
        ),
        Text(),
        Text(_curve(trace, low, high), style="green", no_wrap=True),
        Text(f"{trace.t[0]:<{_CELLS - 8}.2f}{trace.t[-1]:>6.2f} s", style="dim", no_wrap=True),
    )


def _curve(trace: SimilarityTrace, low: float, high: float) -> str:
    """The highest value in each of 60 equal spans of time as a block; a span without any is left blank."""
    span = float(trace.t[-1] - trace.t[0]) or 1.0
    cell = np.minimum(((trace.t - trace.t[0]) / span * _CELLS).astype(int), _CELLS - 1)
    signs = []
    for i in range(_CELLS):
        here = trace.value[(cell == i) & np.isfinite(trace.value)]
        if not len(here):
            signs.append(" ")
            continue
        share = (float(here.max()) - low) / (high - low) if high > low else 1.0
        signs.append(_BLOCKS[round(share * (len(_BLOCKS) - 1))])
    return "".join(signs)
