"""Running filters along the first axis. Beyond an end the value at that end goes on.

They give what the functions of ``scipy.ndimage`` with ``mode="nearest"`` give (tests/scoring/test_filters.py compares
them); SciPy would be a tenth of the packaged application.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

__all__ = ["closed", "gaussian", "running_mean", "running_median"]

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
    around = _windows(values, 2 * radius + 1)
    total = np.zeros(values.shape)
    for i, weight in enumerate(weights):  # a product with strided windows is four times slower
        total += weight * around[..., i]
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


def closed(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Grey-scale closing: dips that are shorter than `window` samples, an odd number, are filled.

    Parameters
    ----------
    values : ndarray, shape (T, ...)
    window : int
    """
    return np.asarray(_windows(_windows(values, window).max(axis=-1), window).min(axis=-1))


def _windows(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """View of shape (T, ..., window): what surrounds each sample."""
    half = window // 2
    ends = [(half, half)] + [(0, 0)] * (values.ndim - 1)
    return sliding_window_view(np.pad(values, ends, mode="edge"), window, axis=0)
