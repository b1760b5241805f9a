"""The cheapest warping paths of one short sequence through many at once, one diagonal after the other.

Dynamic time warping as in :mod:`poseapp.scoring.alignment`, here of short sequences against a whole library, where a
call for each pair would take longer than the pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["paths", "warped"]

Array = NDArray[np.float32]

_BAND = 0.5  # of the poses, by which two that belong together may be apart
_SPARE = 0.375  # of the attempt's poses may be left out at either end
_SPARE_COST = 0.05
_FAR = np.float32(1e6)
_HELD, _WAITED = 1, 2  # steps of a path beside 0, on in both: only in the library's shape, only in the attempt


def warped(cost: Array, *, keep: bool = False) -> tuple[Array, Array]:
    """Cost ``(L,)`` of the cheapest paths, and with `keep` all cells ``(n + 1, m + 1, L)`` for :func:`paths`.

    All poses of the library's shapes are used; at both ends of the attempt some may be left out.

    Parameters
    ----------
    cost : ndarray, shape (n, m, L), float32
        Of every pair of a pose of the library's shapes and one of the attempt; C-contiguous.
    keep : bool
        Without it the cells are empty.
    """
    n, m, count = cost.shape
    spare, band = round(_SPARE * m), round(_BAND * n)
    pairs = cost.reshape(n * m, count)
    before = np.full((n + 1, count), _FAR, dtype=np.float32)
    last = before.copy()
    ends = np.full((m, count), _FAR, dtype=np.float32)
    cells = np.full((n + 1, m + 1, count) if keep else (0, 0, 0), _FAR, dtype=np.float32)
    flat = cells.reshape(-1, count)
    if keep:
        cells[0, : spare + 1] = np.arange(spare + 1, dtype=np.float32)[:, None] * _SPARE_COST
    for d in range(n + m - 1):
        low, high = max(0, d - m + 1, (d - band + 1) // 2), min(n - 1, d, (d + band) // 2)
        best = np.minimum(last[low : high + 1], last[low + 1 : high + 2])
        np.minimum(best, before[low : high + 1], out=best)
        if low == 0 and d <= spare:
            np.minimum(best[0], np.float32(d * _SPARE_COST), out=best[0])
        now = np.full((n + 1, count), _FAR, dtype=np.float32)
        # Along a diagonal one pose more of one is one pose less of the other.
        now[low + 1 : high + 2] = pairs[d + low * (m - 1) : d + high * (m - 1) + 1 : m - 1]
        now[low + 1 : high + 2] += best
        if keep:
            flat[d + 2 + low * m + m : d + 2 + high * m + m + 1 : m] = now[low + 1 : high + 2]
        if high == n - 1:
            ends[d - n + 1] = now[n]
        before, last = last, now
    return (ends[m - 1 - spare :] + _spared(spare)).min(axis=0), cells


def paths(cells: Array) -> NDArray[np.float64]:
    """The cheapest paths through the `cells` of :func:`warped` as weights ``(L, n, m)``.

    Each row, one pose of the library's shape, sums to 1.
    """
    n, m, count = cells.shape[0] - 1, cells.shape[1] - 1, cells.shape[2]
    spare = round(_SPARE * m)
    end = m - spare + (cells[n, m - spare :] + _spared(spare)).argmin(axis=0)
    steps = np.stack((cells[:-1, :-1], cells[:-1, 1:], cells[1:, :-1])).argmin(axis=0)
    along = np.zeros((count, n, m))
    # A walk through bytes: a few hundred steps, each of which would be an array of ten for numpy.
    passed: list[int] = []
    for k, back in enumerate(np.ascontiguousarray(steps.transpose(2, 0, 1), dtype=np.uint8).reshape(count, -1)):
        step_at = back.tobytes()
        at = (n - 1) * m + int(end[k]) - 1
        step = step_at[at]
        passed.append(k * n * m + at)
        while at >= m or step == _WAITED:
            at -= (m + 1, m, 1)[step]
            step = step_at[at]
            passed.append(k * n * m + at)
    along.reshape(-1)[passed] = 1.0
    return np.asarray(along / along.sum(axis=2, keepdims=True))


def _spared(spare: int) -> Array:
    """What it costs to leave out as many poses as that, and fewer, to none; shape ``(spare + 1, 1)``."""
    return np.arange(spare, -1, -1, dtype=np.float32)[:, None] * np.float32(_SPARE_COST)
