"""Quantiles of many rows against NumPy's, of one row at a time."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.scoring.quantiles import quantiles

_VALUES = np.random.default_rng(5).normal(size=(6, 41))


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 0.95, 1.0])
def test_of_all_values(share: float) -> None:
    np.testing.assert_allclose(quantiles(_VALUES, share), np.quantile(_VALUES, share, axis=1), rtol=1e-14)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9, 1.0])
def test_of_those_that_are_known(share: float) -> None:
    known = np.arange(41) < np.array([1, 2, 3, 10, 40, 41])[:, None]
    known = np.random.default_rng(6).permuted(known, axis=1)
    expected = [np.quantile(row[which], share) for row, which in zip(_VALUES, known, strict=True)]
    np.testing.assert_allclose(quantiles(_VALUES, share, known), expected, rtol=1e-14)


def test_nothing_known_is_nothing() -> None:
    known = np.ones(_VALUES.shape, dtype=bool)
    known[2] = False
    assert quantiles(_VALUES, 0.5, known)[2] == 0
    assert quantiles(_VALUES, 0.5, known)[3] == np.median(_VALUES[3])
