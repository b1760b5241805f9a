"""Rotations of whole clips at once: matrices of shape (T, 3, 3), vectors of shape (T, 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.transform import Rotation

__all__ = ["about", "applied", "frame", "part_of", "swing", "unit"]

Array = NDArray[np.float64]


def unit(vectors: ArrayLike) -> Array:
    """The same directions with length 1."""
    v = np.asarray(vectors, dtype=np.float64)
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12))


def about(axis: ArrayLike, degrees: ArrayLike) -> Array:
    """Rotations by `degrees` (T,) about unit vectors `axis` (3,) or (T, 3)."""
    angles = np.deg2rad(np.asarray(degrees, dtype=np.float64))[..., None]
    return np.asarray(Rotation.from_rotvec(angles * np.asarray(axis, dtype=np.float64)).as_matrix())


def applied(turns: Array, vectors: ArrayLike) -> Array:
    """`vectors` (3,) or (T, 3) turned by `turns` (T, 3, 3)."""
    spread = np.broadcast_to(np.asarray(vectors, dtype=np.float64), (len(turns), 3))
    return np.asarray(np.einsum("tab,tb->ta", turns, spread))


def part_of(turns: Array, fraction: ArrayLike) -> Array:
    """Rotations about the same axes by `fraction` of the angle."""
    vectors = Rotation.from_matrix(turns).as_rotvec()
    return np.asarray(Rotation.from_rotvec(vectors * np.asarray(fraction, dtype=np.float64)[..., None]).as_matrix())


def frame(along: Array, beside: Array) -> Array:
    """Axes with the first along `along` and the second as near to `beside` as can be."""
    first = unit(along)
    second = unit(beside - first * (first * beside).sum(axis=-1, keepdims=True))
    return np.stack((first, second, np.cross(first, second)), axis=-1)


def swing(turns: Array, direction: Array) -> Array:
    """The smallest rotations that take `direction` (3,) to where `turns` take it; the rest is twist about it."""
    to = applied(turns, direction)
    axis = np.cross(np.broadcast_to(direction, to.shape), to)
    sine = np.linalg.norm(axis, axis=-1)
    return about(unit(axis), np.rad2deg(np.arctan2(sine, to @ direction)))
