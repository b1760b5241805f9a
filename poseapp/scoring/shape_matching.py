"""One shape against many at once: all warping matrices are filled together, one diagonal after the other.

Dynamic time warping as in :mod:`poseapp.scoring.alignment`, here of short sequences against a whole library, where a
call for each pair would take longer than the pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.keypoint_matching import KeypointsCompared, Moments
from poseapp.scoring.shapes import FRAMES, KEYPOINT_SHARE, Shape

__all__ = ["Likeness", "ShapeStack"]

Array = NDArray[np.float32]

_SHAPE, _POSTURE = 0.25, 2.0  # cost of a motion of another shape, and of postures a torso length apart
_STILL = 0.001  # torso lengths squared, added to both: breathing is not blown up to a movement
_SPARE = 12  # frames of the attempt that may be left out at either end
_SPARE_COST = 0.05
_STEP = 2  # for the rough comparison of keypoints every second pose is enough
_BAND = FRAMES // 2
_UNSEEN = 0.05  # keeps pairs of frames that share nothing finite
_FAR = np.float32(1e6)
_HELD, _WAITED = 1, 2  # steps of a path beside 0, on in both: only in the library's shape, only in the attempt
_ODD, _LEAST_SAY = 0.1, 0.05  # torso lengths at which a keypoint has half its say; it never has less than that


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How like one shape some others are.

    Parameters
    ----------
    distance : ndarray, shape (L,)
        0 for the same movement: the cost of the path, how far keypoints are apart, and how much they move otherwise.
    amplitude : ndarray, shape (L,)
        Regression of its motion on theirs: 1 for a repeat, 0 for standing still.
    whiteness : ndarray, shape (L,)
        Its share of white noise where they move.
    elsewhere : ndarray, shape (L,)
        How far both arms or both legs are from where they should be, torso lengths; see
        :attr:`~poseapp.scoring.keypoint_matching.KeypointsCompared.pair_elsewhere`.
    """

    distance: NDArray[np.float64]
    amplitude: NDArray[np.float64]
    whiteness: NDArray[np.float64]
    elsewhere: NDArray[np.float64]


class ShapeStack:
    """Shapes prepared for comparison.

    Parameters
    ----------
    shapes : sequence of Shape
        At least one.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._vectors = np.stack([s.vectors for s in shapes])
        self._departure = np.stack([s.departure for s in shapes])
        self._energy = np.stack([s.energy for s in shapes])
        self._weight = np.stack([s.trust for s in shapes]) * KEYPOINT_SHARE
        self._seen = self._weight.mean(axis=1)
        weight, pairs = self._weight[..., None], (len(shapes), FRAMES, -1)
        self._parts: tuple[Array, ...] = tuple(
            np.ascontiguousarray(part.reshape(pairs), dtype=np.float32)
            for part in (
                weight[..., 0] * (self._departure**2).sum(axis=3),
                weight[..., 0],
                weight[..., 0] * (self._vectors**2).sum(axis=3),
                weight * self._departure,
                weight * self._vectors,
            )
        )
        weight, vectors = self._weight[:, ::_STEP], self._vectors[:, ::_STEP]
        seen = weight[..., None] * vectors
        self._sparse = tuple(np.ascontiguousarray(a) for a in (weight, (seen * vectors).sum(axis=3), seen))

    def __len__(self) -> int:
        return len(self._vectors)

    def distances(self, shape: Shape) -> NDArray[np.float64]:
        """Roughly how far each is from `shape`, ``(L,)``: keypoints are compared at equal times, not along the path.

        The path's cost alone would lose the right one among many when a limb is far from where it should be.
        """
        cost = _warped(self._costs(shape, slice(None)))[0].astype(np.float64) / FRAMES
        weight, energy, vectors = self._sparse
        trust, other = shape.trust[::_STEP], shape.vectors[::_STEP]
        at, moving = "ltk,tk->lk", trust[..., None] * other
        moments = Moments(
            share=np.einsum(at, weight, trust),
            ours=np.einsum(at, energy, trust),
            theirs=np.einsum(at, weight, trust * (other**2).sum(axis=2)),
            common=np.einsum("ltkd,tkd->lk", vectors, moving),
            our_sum=np.einsum("ltkd,tk->lkd", vectors, trust),
            their_sum=np.einsum("ltk,tkd->lkd", weight, moving),
        )
        return moments.compared(cost, np.full(len(cost), (KEYPOINT_SHARE * trust**2).sum())).distance

    def likeness(self, shape: Shape, which: NDArray[np.intp]) -> Likeness:
        """Exactly how like `shape` those with the indices `which` are.

        In two rounds: a limb that does something else bends the path for the whole body and makes the others look
        wrong too, so in the second it has less to say about path and cost (Cauchy's weight function).
        """
        first = self._compared(shape, which)
        say = np.maximum(1 / (1 + first.apart / _ODD**2), _LEAST_SAY)
        found = self._compared(shape, which, say, first.scale)
        share, motion = found.share, np.maximum(found.ours, 0)
        both_move = np.minimum(motion, np.maximum(found.theirs, 0))
        return Likeness(
            distance=found.distance,
            amplitude=found.common.sum(axis=1) / (motion.sum(axis=1) + 1e-4 * share.sum(axis=1)),
            # An arm that is held still has nothing but jitter, and makes the movement of the other no jitter.
            whiteness=(both_move * shape.whiteness).sum(axis=1) / np.maximum(both_move.sum(axis=1), 1e-9),
            elsewhere=found.pair_elsewhere,
        )

    def likeness_of(self, shapes: Sequence[Shape], nearest: NDArray[np.intp], which: NDArray[np.intp]) -> Likeness:
        """As :meth:`likeness`, each of `which` with that of several `shapes` which `nearest` ``(L,)`` says."""
        found = np.empty((4, len(which)))
        for i, shape in enumerate(shapes):
            its = nearest == i
            if its.any():
                one = self.likeness(shape, which[its])
                found[:, its] = one.distance, one.amplitude, one.whiteness, one.elsewhere
        return Likeness(*found)

    def _compared(
        self,
        shape: Shape,
        which: NDArray[np.intp],
        say: NDArray[np.float64] | None = None,
        scale: NDArray[np.float64] | None = None,
    ) -> KeypointsCompared:
        """Both keypoint by keypoint along the cheapest path."""
        costs, cells = _warped(self._costs(shape, which, say, scale), keep=True)
        return self._measured(shape, which, costs.astype(np.float64) / FRAMES, _paths(cells))

    def _costs(
        self,
        shape: Shape,
        which: slice | NDArray[np.intp],
        say: NDArray[np.float64] | None = None,
        scale: NDArray[np.float64] | None = None,
    ) -> Array:
        """Cost of every pair of frames, shape (FRAMES of the library, FRAMES of `shape`, L).

        With `say` ``(L, 17)`` keypoints count by that much more or less; with `scale` ``(L, 17)`` those of `shape`
        are made longer by it.

        Both motions are brought to the same energy, over what both see; then it is a matrix product.
        """
        trust = shape.trust
        share = self._seen[which] * trust.mean(axis=0) * (1.0 if say is None else say)
        total = np.maximum(share.sum(axis=1), 1e-9)
        ours = 1 / np.sqrt((share * self._energy[which]).sum(axis=1) * 2 / total + _STILL)
        energy = shape.energy if scale is None else shape.energy * scale**2
        theirs = 1 / np.sqrt((share * energy).sum(axis=1) * 2 / total + _STILL)
        own_motion, weight, own_posture, departure, vectors = (part[which] for part in self._parts)
        if say is not None:
            once = say[:, None].astype(np.float32)
            twice = np.repeat(once, 2, axis=2)
            own_motion, weight, own_posture = own_motion * once, weight * once, own_posture * once
            departure, vectors = departure * twice, vectors * twice
        of_theirs = weight
        if scale is not None:
            once = scale[:, None].astype(np.float32)
            twice = np.repeat(once, 2, axis=2)
            of_theirs = weight * once**2
            departure, vectors = departure * twice, vectors * twice

        def by(factor: NDArray[np.float64]) -> Array:
            return np.asarray(factor[:, None, None], dtype=np.float32)

        left = np.concatenate(
            (
                by(_SHAPE * ours**2) * own_motion + np.float32(_POSTURE) * own_posture,
                by(_SHAPE * theirs**2) * of_theirs,
                np.float32(_POSTURE) * of_theirs,
                by(-2 * _SHAPE * ours * theirs) * departure,
                np.float32(-2 * _POSTURE) * vectors,
            ),
            axis=2,
        )
        flat = (FRAMES, -1)
        right = np.concatenate(
            (
                trust,
                trust * (shape.departure**2).sum(axis=2),
                trust * (shape.vectors**2).sum(axis=2),
                (trust[..., None] * shape.departure).reshape(flat),
                (trust[..., None] * shape.vectors).reshape(flat),
            ),
            axis=1,
        ).astype(np.float32)
        # A product for each shape, small enough for one thread: beside a camera and a model two wait for each other.
        cost = left @ right.T
        both = weight @ trust.T.astype(np.float32)
        cost = np.maximum(cost, 0) / (both + np.float32(_UNSEEN))
        return np.ascontiguousarray(cost.transpose(1, 2, 0))

    def _measured(
        self, shape: Shape, which: NDArray[np.intp], cost: NDArray[np.float64], along: NDArray[np.float64]
    ) -> KeypointsCompared:
        """Compare keypoint by keypoint along the paths `along` ``(L, FRAMES, FRAMES)``, rows of which sum to 1."""
        weight, vectors, trust = self._weight[which], self._vectors[which], shape.trust
        believed = along @ trust
        theirs = (along @ (trust[..., None] * shape.vectors).reshape(FRAMES, -1)).reshape(vectors.shape)
        squares = along @ (trust * (shape.vectors**2).sum(axis=2))
        seen = weight * believed
        return Moments(
            share=seen.sum(axis=1),
            ours=(seen * (vectors**2).sum(axis=3)).sum(axis=1),
            theirs=(weight * squares).sum(axis=1),
            common=np.einsum("ltk,ltkd,ltkd->lk", weight, vectors, theirs),
            our_sum=np.einsum("ltk,ltkd->lkd", seen, vectors),
            their_sum=np.einsum("ltk,ltkd->lkd", weight, theirs),
        ).compared(cost, (KEYPOINT_SHARE * believed**2).sum(axis=(1, 2)))


def _warped(cost: Array, *, keep: bool = False) -> tuple[Array, Array]:
    """Cost ``(L,)`` of the cheapest paths through `cost` ``(n, m, L)``, and with `keep` the cells ``(n+1, m+1, L)``.

    All frames of the library's shape are used; at both ends of the attempt some may be left out.
    """
    n, m, count = cost.shape
    rows, columns = np.arange(n)[:, None], np.arange(m)[None]
    cost[np.abs(rows - columns) > _BAND] = _FAR
    before = np.full((n + 1, count), _FAR, dtype=np.float32)
    last = before.copy()
    ends = np.full((m, count), _FAR, dtype=np.float32)
    cells = np.full((n + 1, m + 1, count) if keep else (0, 0, 0), _FAR, dtype=np.float32)
    if keep:
        cells[0, : _SPARE + 1] = np.arange(_SPARE + 1, dtype=np.float32)[:, None] * _SPARE_COST
    for d in range(n + m - 1):
        low, high = max(0, d - m + 1), min(n - 1, d)
        i = np.arange(low, high + 1)
        best = np.minimum(last[low : high + 1], last[low + 1 : high + 2])
        np.minimum(best, before[low : high + 1], out=best)
        if low == 0 and d <= _SPARE:
            np.minimum(best[0], np.float32(d * _SPARE_COST), out=best[0])
        now = np.full((n + 1, count), _FAR, dtype=np.float32)
        now[low + 1 : high + 2] = cost[i, d - i] + best
        if keep:
            cells[i + 1, d - i + 1] = now[low + 1 : high + 2]
        if high == n - 1:
            ends[d - n + 1] = now[n]
        before, last = last, now
    spared = np.arange(_SPARE, -1, -1, dtype=np.float32)[:, None] * np.float32(_SPARE_COST)
    return (ends[m - 1 - _SPARE :] + spared).min(axis=0), cells


def _paths(cells: Array) -> NDArray[np.float64]:
    """The cheapest paths through filled `cells` as weights ``(L, n, m)``.

    Each row, one frame of the library's shape, sums to 1.
    """
    n, m, count = cells.shape[0] - 1, cells.shape[1] - 1, cells.shape[2]
    spared = np.arange(_SPARE, -1, -1, dtype=np.float32)[:, None] * np.float32(_SPARE_COST)
    end = m - _SPARE + (cells[n, m - _SPARE :] + spared).argmin(axis=0)
    steps = np.stack((cells[:-1, :-1], cells[:-1, 1:], cells[1:, :-1])).argmin(axis=0)
    along = np.zeros((count, n, m))
    # A walk through plain lists: a few hundred steps, each of which would be an array of ten for numpy.
    for k, back in enumerate(steps.transpose(2, 0, 1).tolist()):
        i, j = n - 1, int(end[k]) - 1
        along[k, i, j] = 1.0
        while i or back[i][j] == _WAITED:
            step = back[i][j]
            i -= step != _WAITED
            j -= step != _HELD
            along[k, i, j] = 1.0
    return np.asarray(along / along.sum(axis=2, keepdims=True))
