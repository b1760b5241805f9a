"""Quantiles of many rows at once, each of the values that are known in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["quantiles"]


def quantiles(
    values: NDArray[np.float64], share: float, known: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Value below which a `share` of each row lies, linear between two neighbours, as ``np.quantile`` has it.

    Parameters
    ----------
    values : ndarray, shape (N, T)
        One row for each of what is measured.
    share : float
        0..1; a half for the median.
    known : ndarray, shape (N, T), bool, optional
        Which values count; all by default.

    Returns
    -------
    ndarray, shape (N,), float64
        0 where nothing is known.
    """
    if known is None:
        known = np.ones(values.shape, dtype=np.bool_)
    ordered = np.sort(np.where(known, values, np.inf), axis=1)  # what is unknown comes last
    last = np.maximum(known.sum(axis=1) - 1, 0)
    ordered[~known.any(axis=1)] = 0.0
    place = share * last
    below = place.astype(np.intp)
    row = np.arange(len(values))
    lower, upper = ordered[row, below], ordered[row, np.minimum(below + 1, last)]
    return np.asarray(lower + (place - below) * (upper - lower))
