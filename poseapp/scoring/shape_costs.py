"""What it costs to take one pose of a movement for one of another: all pairs of poses, many movements at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["OurSide", "Seen", "costs", "our_side", "squared"]

Array = NDArray[np.float32]

_SHAPE, _POSTURE = 0.25, 2.0  # cost of a motion of another shape, and of postures a torso length apart
_STILL = 0.001  # torso lengths squared, added to both: breathing is not blown up to a movement
_UNSEEN = 0.05  # keeps pairs of poses that share nothing finite


class Seen(NamedTuple):
    """L shapes.

    Parameters
    ----------
    vectors, departure : ndarray, shape (L, n, 17, 2)
        As in :class:`~poseapp.scoring.shapes.Shape`.
    weight : ndarray, shape (L, n, 17)
        How far each vector can be believed, or how much it says.
    energy : ndarray, shape (L, 17)
        Mean square of `departure`.
    """

    vectors: NDArray[np.float64]
    departure: NDArray[np.float64]
    weight: NDArray[np.float64]
    energy: NDArray[np.float64]

    def only(self, used: NDArray[np.bool_]) -> Seen:
        """The same with motion about the mean of the poses `used` ``(L, n)``: what lies beside them is no part of it.

        Their energy is that of these poses too.
        """
        weight = (used[..., None] * self.weight + 1e-6)[..., None]
        total = weight.sum(axis=1)
        departure = self.vectors - ((weight * self.vectors).sum(axis=1) / total)[:, None]
        energy = (weight[..., 0] * squared(departure)).sum(axis=1) / total[..., 0]
        return Seen(self.vectors, departure, self.weight, energy)


class OurSide(NamedTuple):
    """The library's half of the products of which costs are made, each of shape (L, n, ...), float32."""

    weight: Array
    own_motion: Array
    motion: Array
    posture: Array


def squared(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squares of the lengths of `vectors` ``(..., 2)``; a sum over so short an axis takes several times as long."""
    return np.asarray(vectors[..., 0] ** 2 + vectors[..., 1] ** 2)


def our_side(ours: Seen, say: NDArray[np.float64] | None = None) -> OurSide:
    """Prepare shapes for :func:`costs`.

    Parameters
    ----------
    ours : Seen
        The library's.
    say : ndarray, shape (L, 17), optional
        By how much more or less each keypoint counts.
    """
    weight = ours.weight if say is None else ours.weight * say[:, None]
    pairs = (*weight.shape[:2], -1)
    own_posture = weight * squared(ours.vectors)
    posed = (weight[..., None] * ours.vectors).reshape(pairs)
    sides = (
        weight,
        weight * squared(ours.departure),
        (weight[..., None] * ours.departure).reshape(pairs),
        np.concatenate((own_posture, weight, posed), axis=2),
    )
    return OurSide(*(np.ascontiguousarray(side, dtype=np.float32) for side in sides))


def costs(
    ours: Seen,
    side: OurSide,
    theirs: Seen,
    say: NDArray[np.float64] | None = None,
    scale: NDArray[np.float64] | None = None,
) -> Array:
    """Cost of every pair of poses, shape (n of `ours`, m of `theirs`, L), float32.

    Both motions are brought to the same energy, over what both see; then it is a product of matrices.

    Parameters
    ----------
    ours : Seen
        L shapes of the library.
    side : OurSide
        They, prepared with the same `say`.
    theirs : Seen
        As many, or one that is held against all of them.
    say, scale : ndarray, shape (L, 17), optional
        By how much more or less each keypoint counts, and by what those of `theirs` are made longer.
    """
    vectors, departure, energy = theirs.vectors, theirs.departure, theirs.energy
    if scale is not None:
        longer = scale[:, None, :, None]
        vectors, departure, energy = vectors * longer, departure * longer, energy * scale**2
    share = ours.weight.mean(axis=1) * theirs.weight.mean(axis=1)
    if say is not None:
        share = share * say
    total = np.maximum(share.sum(axis=1), 1e-9)
    by_ours = 1 / np.sqrt((share * ours.energy).sum(axis=1) * 2 / total + _STILL)
    by_theirs = 1 / np.sqrt((share * energy).sum(axis=1) * 2 / total + _STILL)

    trust, pairs = theirs.weight, (*theirs.weight.shape[:2], -1)
    posed = (trust[..., None] * vectors).reshape(pairs)
    their_posture = np.concatenate((trust, trust * squared(vectors), -2 * posed), axis=2)
    their_motion = (trust[..., None] * departure).reshape(pairs)

    # A product for each shape, small enough for one thread: beside a camera and a model two wait for each other.
    def product(left: Array, right: NDArray[np.float64], factor: NDArray[np.float64] | float = 1.0) -> Array:
        by = np.asarray(factor, dtype=np.float32).reshape(-1, 1, 1)
        return np.asarray(by * (left @ right.astype(np.float32).transpose(0, 2, 1)))

    cost = product(side.posture, their_posture, _POSTURE)
    cost += product(side.own_motion, trust, _SHAPE * by_ours**2)
    cost += product(side.weight, trust * squared(departure), _SHAPE * by_theirs**2)
    cost += product(side.motion, their_motion, -2 * _SHAPE * by_ours * by_theirs)
    both = product(side.weight, trust)
    np.maximum(cost, 0, out=cost)
    cost /= both + np.float32(_UNSEEN)
    return np.ascontiguousarray(cost.transpose(1, 2, 0))
