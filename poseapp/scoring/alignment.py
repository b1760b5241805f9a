"""Which moment of the attempt belongs to which moment of the reference: one warping path shared by all keypoints.

Dynamic time warping (Sakoe and Chiba 1978, "Dynamic programming algorithm optimization for spoken word
recognition") with dtaidistance's compiled matrix. The path is traced back here: the library's own tracing returns
one pair when open ends and a penalty meet.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from dtaidistance import dtw
from numpy.typing import NDArray

from poseapp.errors import PoseAppError

__all__ = ["MAX_CELLS", "MAX_PENALTY", "WarpingPath", "align", "check_library", "lowest_cost", "thinned"]

#: Highest cost, in torso lengths, of one clip waiting for the other for one pose.
MAX_PENALTY = 0.1

_OPEN_END = 0.35  # of the attempt may be idle before, and as much after
_LEAST = 4  # poses of the attempt that must be used
MAX_CELLS = 4_000_000  # of the cost matrix, 32 MB; above, a coarse path is refined piece by piece
_PIECE = 600  # reference poses


@dataclass(frozen=True, slots=True, eq=False)
class WarpingPath:
    """Pairs of frames that show the same moment of the movement.

    Parameters
    ----------
    reference, attempt : ndarray, shape (P,), int64
        Frame indices; both never fall, and every reference frame occurs.
    cost : float
        Sum of squared distances and penalties along the path, divided by the number of reference frames.
    """

    reference: NDArray[np.int64]
    attempt: NDArray[np.int64]
    cost: float

    def __post_init__(self) -> None:
        self.reference.setflags(write=False)
        self.attempt.setflags(write=False)

    def __len__(self) -> int:
        return len(self.reference)


def check_library() -> None:
    """Make sure that the compiled part of dtaidistance is there: its Python stand-in is 300 times slower.

    Raises
    ------
    PoseAppError
        It is missing.
    """
    # What dtw.try_import_c() finds out, without its prints to standard output.
    if dtw.dtw_cc is None:
        raise PoseAppError(
            "The compiled part of dtaidistance is missing, so attempts cannot be scored.",
            "Install poseapp again.",
        )


def align(reference: NDArray[np.float64], attempt: NDArray[np.float64], penalty: float = MAX_PENALTY) -> WarpingPath:
    """Find the cheapest path that uses the whole reference; the attempt may have idle parts at both ends.

    Parameters
    ----------
    reference : ndarray, shape (R, D)
        Features per pose in torso lengths.
    attempt : ndarray, shape (A, D)
        The same of the attempt.
    penalty : float
        Cost in torso lengths of one clip waiting for the other for one pose.

    Returns
    -------
    WarpingPath
        Memory is bounded: long clips are aligned coarsely, then piece by piece along the coarse path.
    """
    cells = len(reference) * len(attempt)
    if cells <= MAX_CELLS:
        return _align_whole(reference, attempt, *_slack(len(reference), len(attempt)), penalty)
    step = int(np.ceil(np.sqrt(cells / MAX_CELLS)))
    coarse = align(thinned(reference, step), thinned(attempt, step), penalty)
    return _refined(reference, attempt, coarse, step, penalty)


def lowest_cost(reference: NDArray[np.float64], attempt: NDArray[np.float64], penalty: float = MAX_PENALTY) -> float:
    """Cost of the path that :func:`align` finds, in half the time."""
    if len(reference) * len(attempt) > MAX_CELLS:
        return align(reference, attempt, penalty).cost
    begin, end = _slack(len(reference), len(attempt))
    cost = _cost_matrix(reference, attempt, begin, end, penalty)
    return float(cost[-1, _cheapest_end(cost, end)]) / len(reference)


def _slack(n_ref: int, n_att: int) -> tuple[int, int]:
    slack = max(0, min(max(int(_OPEN_END * n_att), n_att - n_ref), n_att - _LEAST))
    return slack, slack


def thinned(features: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    """Means of `step` poses each; a shorter rest is joined to the last."""
    whole = max(len(features) // step, 1)
    starts = np.arange(whole) * step
    counts = np.diff(np.append(starts, len(features)))
    return np.asarray(np.add.reduceat(features, starts, axis=0) / counts[:, None])


def _refined(
    reference: NDArray[np.float64], attempt: NDArray[np.float64], coarse: WarpingPath, step: int, penalty: float
) -> WarpingPath:
    """Follow a coarse path exactly, in pieces that meet on it."""
    pieces: list[WarpingPath] = []
    n_ref, n_att = len(reference), len(attempt)
    per_piece = max(_PIECE // step, 1)
    cuts = list(range(0, int(coarse.reference[-1]) + 1, per_piece))
    at = [int(coarse.attempt[np.searchsorted(coarse.reference, c)]) for c in cuts]
    spare = 2 * step
    first = max(at[0] * step - spare, 0)
    last = min((int(coarse.attempt[-1]) + 1) * step + spare, n_att)
    ref_edges = [c * step for c in cuts] + [n_ref]
    att_edges = [first] + [min(max(a * step, first + 1), n_att - 1) for a in at[1:]] + [last]
    for i, (r0, r1) in enumerate(itertools.pairwise(ref_edges)):
        a0, a1 = att_edges[i], max(att_edges[i + 1], att_edges[i] + 1)
        begin = min(2 * spare, a1 - a0 - 1) if i == 0 else 0
        end = min(2 * spare, a1 - a0 - 1) if i == len(cuts) - 1 else 0
        piece = _align_whole(reference[r0:r1], attempt[a0:a1], begin, end, penalty)
        pieces.append(WarpingPath(piece.reference + r0, piece.attempt + a0, piece.cost * (r1 - r0)))
    return WarpingPath(
        np.concatenate([p.reference for p in pieces]),
        np.concatenate([p.attempt for p in pieces]),
        sum(p.cost for p in pieces) / n_ref,
    )


def _align_whole(
    reference: NDArray[np.float64], attempt: NDArray[np.float64], begin: int, end: int, penalty: float
) -> WarpingPath:
    """One cost matrix; `begin` and `end` poses of the attempt may be left out."""
    n_ref = len(reference)
    cost = _cost_matrix(reference, attempt, begin, end, penalty)
    j = _cheapest_end(cost, end)
    pairs = _traced(cost, n_ref, j, begin, penalty)
    path = WarpingPath(pairs[:, 0].copy(), pairs[:, 1].copy(), float(cost[n_ref, j]) / n_ref)
    if path.reference[0] != 0:
        raise AssertionError("a warping path must use the whole reference")
    return path


def _cost_matrix(
    reference: NDArray[np.float64], attempt: NDArray[np.float64], begin: int, end: int, penalty: float
) -> NDArray[np.float64]:
    """Cost of the cheapest path to every pair, shape ``(R + 1, A + 1)``: with a border row and column."""
    _, cost = dtw.warping_paths_fast(
        np.ascontiguousarray(reference),
        np.ascontiguousarray(attempt),
        use_ndim=True,
        keep_int_repr=True,
        psi_neg=False,
        penalty=penalty,
        psi=(0, 0, begin, end),
    )
    return np.asarray(cost)


def _cheapest_end(cost: NDArray[np.float64], end: int) -> int:
    """Column in which the cheapest path ends."""
    first = int(cost.shape[1]) - 1 - end
    return first + int(np.argmin(cost[-1, first:]))


def _traced(cost: NDArray[np.float64], i: int, j: int, begin: int, penalty: float) -> NDArray[np.int64]:
    """Step back from cell ``(i, j)`` of the cost matrix (which has a border row and column) to the first row."""
    waiting = penalty**2
    item = cost.item
    steps = []
    while True:
        steps.append((i - 1, j - 1))
        diagonal = item(i - 1, j - 1)
        up = item(i - 1, j) + waiting
        left = item(i, j - 1) + waiting
        if i == 1 and (j == 1 or (j - 1 <= begin and diagonal <= left)):
            break
        if diagonal <= up and diagonal <= left:
            i, j = i - 1, j - 1
        elif up <= left:
            i -= 1
        else:
            j -= 1
    return np.array(steps[::-1], dtype=np.int64)
