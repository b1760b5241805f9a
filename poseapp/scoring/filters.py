"""Running filters along the first axis. Beyond an end the value at that end goes on.

They give what the functions of ``scipy.ndimage`` with ``mode="nearest"`` give (tests/scoring/test_filters.py compares
them); SciPy would be a tenth of the packaged application.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

__all__ = [
    "closed",
    "gaussian",
    "median_round",
    "running_maximum",
    "running_mean",
    "running_median",
    "running_minimum",
]

_WIDTH = 4.0  # standard deviations at which a Gaussian is cut off
_BLOCK = 1024  # samples


def gaussian(values: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Average weighted by a Gaussian.

    Parameters
    ----------
    values : ndarray, shape (T, ...)
    sigma : float
        Standard deviation in samples, above 0.
    """
    radius = int(_WIDTH * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    extended = _extended(values, radius)
    total = np.zeros(values.shape)
    for i, weight in enumerate(weights):  # a product with strided windows is four times slower
        total += weight * extended[i : i + len(values)]
    return total


def running_mean(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Mean of `window` samples, an odd number, round each one of `values`, shape (T, ...)."""
    return np.asarray(_windows(values, window).mean(axis=-1))


def running_median(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Median of `window` samples, an odd number, round each one of `values`, shape (T, ...)."""
    middle = window // 2
    around = _windows(values, window)
    # In blocks: all windows of a long clip at once would be hundreds of megabytes.
    blocks = [around[i : i + _BLOCK] for i in range(0, len(values), _BLOCK)]
    return np.concatenate([np.partition(block, middle, axis=-1)[..., middle] for block in blocks])


def median_round(values: NDArray[np.float64], window: int, where: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What :func:`running_median` finds, only `where` ``(T, K)`` says: shape (N, ...) of values ``(T, K, ...)``."""
    middle = window // 2
    around = _windows(values, window)
    rows, columns = np.nonzero(where)
    found = np.empty((len(rows), *values.shape[2:]))
    for i in range(0, len(rows), _BLOCK):
        some = slice(i, i + _BLOCK)
        found[some] = np.partition(around[rows[some], columns[some]], middle, axis=-1)[..., middle]
    return found


def closed(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Grey-scale closing: dips that are shorter than `window` samples, an odd number, are filled.

    Parameters
    ----------
    values : ndarray, shape (T, ...)
    window : int
    """
    return running_minimum(running_maximum(values, window), window)


def running_maximum(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Largest of `window` samples, an odd number, round each one of `values`, shape (T, ...)."""
    return _extreme(values, window, np.maximum)


def running_minimum(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Smallest of `window` samples, an odd number, round each one of `values`, shape (T, ...)."""
    return _extreme(values, window, np.minimum)


def _extreme(values: NDArray[np.float64], window: int, larger_or_smaller: np.ufunc) -> NDArray[np.float64]:
    extended = _extended(values, window // 2)
    found = extended[: len(values)].copy()
    for i in range(1, window):
        larger_or_smaller(found, extended[i : i + len(values)], out=found)
    return found


def _windows(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """View of shape (T, ..., window): what surrounds each sample."""
    return sliding_window_view(_extended(values, window // 2), window, axis=0)


def _extended(values: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """`values` with the first and the last one `by` times more; ``np.pad`` takes ten times as long."""
    return np.concatenate([np.repeat(values[:1], by, axis=0), values, np.repeat(values[-1:], by, axis=0)])
