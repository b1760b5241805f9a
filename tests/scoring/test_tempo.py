"""The even tempo at which an attempt fits."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.scoring.tempo import align_at_any_tempo, fitting_tempo


def _wave(tempo: float) -> NDArray[np.float64]:
    """Three seconds of the reference's time at 30 poses/s, gone through at `tempo`."""
    t = np.arange(0, 3, tempo / 30)[:, None]
    return np.asarray(0.3 * np.sin(t * (1 + np.arange(6) / 3) + np.arange(6)))


@pytest.mark.parametrize("tempo", [0.5, 0.7, 1.0, 1.4, 2.0])
def test_another_even_tempo_is_found_and_costs_nothing(tempo: float) -> None:
    reference, attempt = _wave(1.0), _wave(tempo)
    assert fitting_tempo(reference, attempt, 0.1) == pytest.approx(1 / tempo, rel=0.1)
    path = align_at_any_tempo(reference, attempt, 0.1)
    assert set(path.reference) == set(range(len(reference)))
    assert (np.diff(path.attempt) >= 0).all()
    assert path.attempt.max() < len(attempt)
    assert np.abs(path.attempt * tempo - path.reference).max() <= 4  # frames of the reference


def test_an_attempt_that_fits_as_it_is_keeps_its_tempo() -> None:
    noise = np.random.default_rng(0).normal(0, 0.02, (90, 6))
    assert fitting_tempo(_wave(1.0), _wave(1.0) + noise, 0.1) == 1.0


@pytest.mark.parametrize("frames", [3, 5, 40])
def test_few_poses(frames: int) -> None:
    path = align_at_any_tempo(_wave(1.0)[:frames], _wave(0.5)[: 2 * frames], 0.1)
    assert set(path.reference) == set(range(frames))
