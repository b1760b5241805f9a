"""The warping path: its cost, its ends, its bounds."""

from __future__ import annotations

import numpy as np
import pytest
from dtaidistance import dtw
from numpy.typing import NDArray

from poseapp.errors import PoseAppError
from poseapp.scoring import scorer
from poseapp.scoring.alignment import MAX_PENALTY, WarpingPath, align, lowest_cost

Array = NDArray[np.float64]


def _cost(path: WarpingPath, a: Array, b: Array) -> float:
    """Cost by its definition: squared distances, and the squared penalty for every step that is not diagonal."""
    distances = ((a[path.reference] - b[path.attempt]) ** 2).sum()
    waits = (np.diff(path.reference) + np.diff(path.attempt) == 1).sum()
    return float((distances + waits * MAX_PENALTY**2) / len(a))


def _wave(frames: int, columns: int = 6) -> Array:
    t = np.arange(frames)[:, None] / 30
    return np.asarray(0.3 * np.sin(t * (1 + np.arange(columns) / 3) + np.arange(columns)))


@pytest.mark.parametrize("seed", range(30))
def test_path_has_the_cost_of_the_matrix_and_uses_the_whole_reference(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = (rng.normal(size=(int(n), 3)).cumsum(axis=0) for n in rng.integers(3, 50, 2))
    path = align(a, b)
    assert path.cost == pytest.approx(_cost(path, a, b), rel=1e-12, abs=1e-12)
    assert lowest_cost(a, b) == path.cost
    assert set(path.reference) == set(range(len(a)))
    assert set(zip(np.diff(path.reference), np.diff(path.attempt), strict=True)) <= {(0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize("seed", range(10))
def test_path_is_the_cheapest_of_all(seed: int) -> None:
    """Against a plain search over every path of two short series."""
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
    d = ((a[:, None] - b[None]) ** 2).sum(axis=2)

    def cheapest(i: int, j: int) -> float:
        if i == len(a) - 1:
            ends = [0.0] if j >= len(b) - 2 else []  # one pose of five may be left out at each end
            ahead = [cheapest(i, j + 1) + MAX_PENALTY**2] if j + 1 < len(b) else []
            return float(d[i, j]) + min(ends + ahead)
        steps = [(1, 1, 0.0), (1, 0, MAX_PENALTY**2), (0, 1, MAX_PENALTY**2)]
        found = [cheapest(i + di, j + dj) + p for di, dj, p in steps if j + dj < len(b)]
        return float(d[i, j]) + min(found)

    assert align(a, b).cost * len(a) == pytest.approx(min(cheapest(0, 0), cheapest(0, 1)))


def test_identity_is_the_diagonal() -> None:
    wave = _wave(80)
    path = align(wave, wave)
    np.testing.assert_array_equal(path.reference, path.attempt)
    assert path.cost == 0


def test_idle_before_and_after_is_left_out() -> None:
    wave = _wave(90)
    attempt = np.concatenate([wave[:1].repeat(25, axis=0) + 2, wave, wave[-1:].repeat(30, axis=0) + 2])
    path = align(wave, attempt)
    np.testing.assert_array_equal(path.attempt - path.reference, 25)
    assert path.cost == 0


@pytest.mark.parametrize("lag", [0, 40])
def test_a_long_clip_is_aligned_piece_by_piece(lag: int) -> None:
    """Four minutes against four minutes would need 400 MB in one matrix."""
    wave = _wave(7200)
    path = align(wave, np.concatenate([wave[:lag], wave]))
    assert set(path.reference) == set(range(7200))
    inside = (path.reference > 700) & (path.reference < 6500)
    assert np.abs(path.attempt - path.reference - lag)[inside].max() <= 1
    assert (np.diff(path.attempt) >= 0).all()


def test_a_missing_compiled_part_is_said_and_not_worked_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dtw, "dtw_cc", None)
    for method in ("form", "classic"):
        with pytest.raises(PoseAppError, match="compiled part of dtaidistance"):
            scorer(method)
