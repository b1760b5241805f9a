"""One shape against many at once: roughly against a whole library, exactly against the few that are nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.keypoint_matching import KeypointsCompared, Moments
from poseapp.scoring.shape_costs import Seen, costs, our_side, squared
from poseapp.scoring.shape_warping import paths, warped
from poseapp.scoring.shapes import KEYPOINT_SHARE, Shape

__all__ = ["Likeness", "ShapeStack"]

Array = NDArray[np.float64]

_STEP = 2  # for the rough comparison every second pose is enough
_CUT = 3  # poses that the first path leaves out, from which on it is asked whether they are no part of the movement
_BESIDE = 0.03  # farther, times the share that is left out then: it is rather a part than none
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
    left_out : ndarray, shape (L,)
        Share of its time, at the beginning and at the end, in which it does none of theirs.
    """

    distance: Array
    amplitude: Array
    whiteness: Array
    elsewhere: Array
    left_out: Array


class ShapeStack:
    """Shapes prepared for comparison.

    Parameters
    ----------
    shapes : sequence of Shape
        At least one.
    """

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._all = _seen(shapes)._replace(weight=np.stack([s.trust for s in shapes]) * KEYPOINT_SHARE)
        self._sparse = _sparse(self._all)
        self._side = our_side(self._sparse)
        self._weighted = self._sparse.weight[..., None] * self._sparse.vectors
        self._squares = self._sparse.weight * squared(self._sparse.vectors)

    def __len__(self) -> int:
        return len(self._all.weight)

    def distances(self, shape: Shape) -> Array:
        """Roughly how far each is from `shape`, ``(L,)``: keypoints are compared at equal times, not along the path.

        The path's cost alone would lose the right one among many when a limb is far from where it should be.
        """
        theirs = _sparse(_seen([shape]))
        trust, other = theirs.weight[0], theirs.vectors[0]
        cost = warped(costs(self._sparse, self._side, theirs))[0].astype(np.float64) / len(trust)
        at, moving = "ltk,tk->lk", trust[..., None] * other
        moments = Moments(
            share=np.einsum(at, self._sparse.weight, trust),
            ours=np.einsum(at, self._squares, trust),
            theirs=np.einsum(at, self._sparse.weight, trust * squared(other)),
            common=np.einsum("ltkd,tkd->lk", self._weighted, moving),
            our_sum=np.einsum("ltkd,tk->lkd", self._weighted, trust),
            their_sum=np.einsum("ltk,tkd->lkd", self._sparse.weight, moving),
            start=self._all.vectors[:, 0],
        )
        return moments.compared(cost, np.full(len(cost), (KEYPOINT_SHARE * trust**2).sum())).distance

    def likeness(self, shape: Shape, which: NDArray[np.intp]) -> Likeness:
        """Exactly how like `shape` those with the indices `which` are."""
        return self.likeness_of([shape], np.zeros(len(which), dtype=np.intp), which)

    def likeness_of(self, shapes: Sequence[Shape], nearest: NDArray[np.intp], which: NDArray[np.intp]) -> Likeness:
        """As :meth:`likeness`, each of `which` with that of several `shapes` which `nearest` ``(L,)`` says.

        In two rounds. A limb that does something else bends the path for the whole body and makes the others look
        wrong too, so in the second it has less to say about path and cost (Cauchy's weight function). And who raises
        the arms into the start position moves more than is asked for: where the first path leaves something out, the
        motion of what it does not leave out is compared too, and the nearer of the two counts.
        """
        ours, theirs = _chosen(self._all, which), _chosen(_seen(shapes), nearest)
        first, along = _compared(ours, theirs)
        say = np.maximum(1 / (1 + first.apart / _ODD**2), _LEAST_SAY)
        used: NDArray[np.bool_] = np.asarray(along.any(axis=1))
        cut = np.flatnonzero((~used).sum(axis=1) >= _CUT)
        parts = _chosen(theirs, cut).only(used[cut])
        twice = np.concatenate((np.arange(len(which)), cut))
        theirs = Seen(*(np.concatenate(pair) for pair in zip(theirs, parts, strict=True)))
        found, along = _compared(_chosen(ours, twice), theirs, say[twice], first.scale[twice])

        left_out = 1 - along.any(axis=1).mean(axis=1)
        distance = found.distance
        distance[len(which) :] += _BESIDE * left_out[len(which) :]
        better = np.arange(len(which))
        nearer = distance[len(which) :] < distance[cut]
        better[cut[nearer]] = len(which) + np.flatnonzero(nearer)
        whiteness = np.stack([s.whiteness for s in shapes])[nearest][twice]
        share, motion = found.share, np.maximum(found.ours, 0)
        both_move = np.minimum(motion, np.maximum(found.theirs, 0))
        return Likeness(
            distance=distance[better],
            amplitude=(found.common.sum(axis=1) / (motion.sum(axis=1) + 1e-4 * share.sum(axis=1)))[better],
            # An arm that is held still has nothing but jitter, and makes the movement of the other no jitter.
            whiteness=((both_move * whiteness).sum(axis=1) / np.maximum(both_move.sum(axis=1), 1e-9))[better],
            elsewhere=found.pair_elsewhere[better],
            left_out=left_out[better],
        )


def _seen(shapes: Sequence[Shape]) -> Seen:
    parts = ((s.vectors, s.departure, s.trust, s.energy) for s in shapes)
    return Seen(*(np.stack(part) for part in zip(*parts, strict=True)))


def _sparse(seen: Seen) -> Seen:
    vectors, departure, weight = (np.ascontiguousarray(part[:, ::_STEP]) for part in seen[:3])
    return Seen(vectors, departure, weight, seen.energy)


def _chosen(seen: Seen, which: NDArray[np.intp]) -> Seen:
    return Seen(*(part[which] for part in seen))


def _compared(
    ours: Seen, theirs: Seen, say: Array | None = None, scale: Array | None = None
) -> tuple[KeypointsCompared, Array]:
    """Each with each keypoint by keypoint along the cheapest path, and the paths ``(L, n, m)``, rows summing to 1.

    With `say` ``(L, 17)`` keypoints count by that much more or less for the path; with `scale` ``(L, 17)`` those of
    `theirs` are made longer by it.
    """
    cost, cells = warped(costs(ours, our_side(ours, say), theirs, say, scale), keep=True)
    along = paths(cells)
    count, poses = along.shape[:2]
    trust = theirs.weight
    believed = along @ trust
    moving = (along @ (trust[..., None] * theirs.vectors).reshape(count, poses, -1)).reshape(ours.vectors.shape)
    squares = along @ (trust * squared(theirs.vectors))
    seen = ours.weight * believed
    moments = Moments(
        share=seen.sum(axis=1),
        ours=(seen * squared(ours.vectors)).sum(axis=1),
        theirs=(ours.weight * squares).sum(axis=1),
        common=np.einsum("ltk,ltkd,ltkd->lk", ours.weight, ours.vectors, moving),
        our_sum=np.einsum("ltk,ltkd->lkd", seen, ours.vectors),
        their_sum=np.einsum("ltk,ltkd->lkd", ours.weight, moving),
        start=ours.vectors[:, 0],
    )
    found = moments.compared(cost.astype(np.float64) / poses, (KEYPOINT_SHARE * believed**2).sum(axis=(1, 2)))
    return found, along
