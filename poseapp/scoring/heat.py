"""Where and when the attempt differs: the error by body part over the reference's time."""

from __future__ import annotations

import numpy as np

from poseapp.scoring.card import PARTS, HeatMap
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.errors_along_path import as_degrees, without_posture
from poseapp.scoring.planar import norms

__all__ = ["COLUMNS", "heat_map"]

#: Columns of a heat map.
COLUMNS = 60
_OTHER_SIDE = [0, 2, 1, 3, 5, 4]  # of the rows
_SEEN = 0.1  # confidence of a pair below which its error means nothing


def heat_map(comparison: Comparison) -> HeatMap:
    """Worst angle within each body part for `COLUMNS` equal stretches of the reference; NaN where not seen."""
    matched = comparison.matched
    length = len(comparison.reference)
    size = norms(without_posture(matched)) / matched.lengths
    degrees = as_degrees(size)
    occurs = np.bincount(comparison.path.reference, minlength=length)[comparison.path.reference]
    seen = (matched.weight * occurs[:, None] >= _SEEN) & (comparison.weights > 0)
    degrees = np.where(seen, degrees, np.nan)
    edges = np.linspace(0, length, COLUMNS + 1)
    column = np.clip(np.searchsorted(edges, comparison.path.reference, side="right") - 1, 0, COLUMNS - 1)
    rows = np.full((len(PARTS), COLUMNS), np.nan)
    for row, joints in enumerate(PARTS.values()):
        worst = np.fmax.reduce(degrees[:, list(joints)], axis=1)
        np.fmax.at(rows[row], column, worst)
    if comparison.is_mirrored:
        rows = rows[_OTHER_SIDE]
    step = (comparison.reference.t[-1] - comparison.reference.t[0]) / COLUMNS
    return HeatMap(tuple(PARTS), comparison.reference.t[0] + (np.arange(COLUMNS) + 0.5) * step, rows)
