"""Sums over x and y against NumPy's own."""

from __future__ import annotations

import numpy as np

from poseapp.scoring.planar import dots, norms, squares

_A, _B = np.random.default_rng(4).normal(size=(2, 5, 3, 2))


def test_as_numpy_has_them() -> None:
    np.testing.assert_allclose(dots(_A, _B), (_A * _B).sum(axis=-1), rtol=1e-14)
    np.testing.assert_allclose(squares(_A), (_A**2).sum(axis=-1), rtol=1e-14)
    np.testing.assert_allclose(norms(_A), np.linalg.norm(_A, axis=-1), rtol=1e-14)


def test_three_four_five() -> None:
    assert norms(np.array([3.0, -4.0])) == 5
    assert dots(np.array([3.0, -4.0]), np.array([4.0, 3.0])) == 0
