"""The cheapest path through many cost matrices at once, against the definition."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.scoring.shape_warping import paths, warped

_POSES, _SPARE, _SPARE_COST, _BAND = 16, 6, 0.05, 8


def _costs(seed: int, count: int = 5) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((_POSES, _POSES, count), dtype=np.float32) ** 2


def _by_definition(cost: NDArray[np.float32]) -> float:
    """Cell by cell, of one matrix."""
    n, m = cost.shape
    cells = np.full((n + 1, m + 1), np.inf)
    cells[0, : _SPARE + 1] = np.arange(_SPARE + 1) * _SPARE_COST
    for i in range(n):
        for j in range(m):
            if abs(i - j) <= _BAND:
                cells[i + 1, j + 1] = cost[i, j] + min(cells[i, j], cells[i, j + 1], cells[i + 1, j])
    return float(min(cells[n, m - k] + k * _SPARE_COST for k in range(_SPARE + 1)))


@pytest.mark.parametrize("seed", range(4))
def test_the_cost_is_that_of_the_definition(seed: int) -> None:
    cost = _costs(seed)
    found, cells = warped(cost)
    assert cells.size == 0
    assert found == pytest.approx([_by_definition(cost[..., k]) for k in range(cost.shape[2])], rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_path_has_the_cost_that_is_said(seed: int) -> None:
    cost = _costs(seed)
    found, cells = warped(cost, keep=True)
    along = paths(cells)
    np.testing.assert_allclose(along.sum(axis=2), 1, atol=1e-12)
    for k in range(cost.shape[2]):
        on = along[k] > 0
        used = np.flatnonzero(on.any(axis=0))
        assert list(used) == list(range(used[0], used[-1] + 1))
        spared = used[0] + _POSES - 1 - used[-1]
        assert float(cost[..., k][on].sum()) + spared * _SPARE_COST == pytest.approx(float(found[k]), rel=1e-5)
        steps = np.diff(np.argwhere(on), axis=0)
        assert set(map(tuple, steps.tolist())) <= {(0, 1), (1, 0), (1, 1)}


def test_the_same_follows_the_diagonal_and_what_lies_beside_it_is_left_out() -> None:
    here = np.linspace(0, 3, _POSES)
    alike = ((here[:, None] - here[None]) ** 2).astype(np.float32)
    later = ((here[:, None] - (np.arange(_POSES)[None] - 3) * 0.3) ** 2).astype(np.float32)
    found, cells = warped(np.stack((alike, later), axis=2), keep=True)
    assert found[0] == pytest.approx(0, abs=1e-6)
    same, shifted = paths(cells)
    np.testing.assert_array_equal(same, np.eye(_POSES))
    assert np.flatnonzero(shifted.any(axis=0))[0] == 3
