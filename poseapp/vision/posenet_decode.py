"""PoseNet's four heads to people: the multi-person decoder.

Greedy decoding as in Papandreou et al. 2018, "PersonLab: Person Pose Estimation and Instance Segmentation with a
Bottom-Up, Part-Based, Geometric Embedding Model", ECCV, section 3.1: every local maximum of every heatmap may be
the root of a person, the surest first; from the root, displacements lead from keypoint to keypoint along a tree, each
landing point refined by the offsets there; a root that lies near the same keypoint of a person found before belongs
to that person. The tree, the order of the displacement channels and the constants are those of Google's public
decoder (tensorflow/tfjs-models, posenet: ``keypoints.ts``, ``multi_pose/*.ts``, Apache-2.0).

There, one person is decoded after the other. Here all roots are followed at once, level by level of the tree, and
those that turn out to belong to a person found before are dropped afterwards: the result is the same, since no
person's chain depends on another's and the way from the root to a keypoint is unique in a tree.

What is found is then refined, see :mod:`poseapp.vision.posenet_refine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT, Keypoint
from poseapp.vision.posenet_refine import second_opinions, voted

__all__ = ["MAX_ROOTS", "DecodedPeople", "decode_people"]

#: Least confidence of a keypoint from which a person may be unfolded (``scoreThreshold``).
ROOT_CONFIDENCE: Final = 0.5
#: Input pixels within which the same keypoints of two people are one (``nmsRadius``).
NMS_RADIUS_PX: Final = 20.0
#: Cells on each side among which a root must be the surest (``kLocalMaximumRadius``).
LOCAL_MAXIMUM_RADIUS: Final = 1
#: How often a landing point is refined by the offset at it (``offsetRefineStep``).
REFINE_STEPS: Final = 2
#: Least score of a person (``minPoseConfidence`` of the public demo): see `DecodedPeople.score`.
MIN_SCORE: Final = 0.15
#: Roots followed at most, the surest ones: bounds the time for a picture full of noise.
MAX_ROOTS: Final = 170

_K = Keypoint

#: Edges of the tree in the order of the displacement channels, parent first (``poseChain``).
_EDGES: Final = (
    (_K.NOSE, _K.LEFT_EYE), (_K.LEFT_EYE, _K.LEFT_EAR), (_K.NOSE, _K.RIGHT_EYE), (_K.RIGHT_EYE, _K.RIGHT_EAR),
    (_K.NOSE, _K.LEFT_SHOULDER), (_K.LEFT_SHOULDER, _K.LEFT_ELBOW), (_K.LEFT_ELBOW, _K.LEFT_WRIST),
    (_K.LEFT_SHOULDER, _K.LEFT_HIP), (_K.LEFT_HIP, _K.LEFT_KNEE), (_K.LEFT_KNEE, _K.LEFT_ANKLE),
    (_K.NOSE, _K.RIGHT_SHOULDER), (_K.RIGHT_SHOULDER, _K.RIGHT_ELBOW), (_K.RIGHT_ELBOW, _K.RIGHT_WRIST),
    (_K.RIGHT_SHOULDER, _K.RIGHT_HIP), (_K.RIGHT_HIP, _K.RIGHT_KNEE), (_K.RIGHT_KNEE, _K.RIGHT_ANKLE),
)  # fmt: skip
EDGE_COUNT: Final = len(_EDGES)


_PARENT: Final = {int(child): (edge, int(parent)) for edge, (parent, child) in enumerate(_EDGES)}


def _levels() -> tuple[NDArray[np.intp], ...]:
    """Edges by distance from the nose, each level an array (3, edges) of channel, parent, child."""
    levels: list[NDArray[np.intp]] = []
    reached = {int(_K.NOSE)}
    while len(reached) < KEYPOINT_COUNT:
        level = [(edge, p, c) for c, (edge, p) in _PARENT.items() if p in reached and c not in reached]
        reached |= {child for _, _, child in level}
        levels.append(np.array(level, dtype=np.intp).T)
    return tuple(levels)


#: Outwards from the nose: forward displacements.
_OUTWARDS: Final = _levels()
#: From a keypoint to its parent (17, [channel, parent]): backward displacements; -1 at the nose.
_INWARDS: Final = np.array(
    [[_PARENT[k][0], _PARENT[k][1]] if k in _PARENT else [-1, -1] for k in range(KEYPOINT_COUNT)],
    dtype=np.intp,
)


def _below(keypoint: int) -> tuple[int, ...]:
    children = [child for child, (_, parent) in _PARENT.items() if parent == keypoint]
    return (*children, *(k for child in children for k in _below(child)))


#: For each keypoint, those that hang on it.
_BELOW: Final = tuple(_below(k) for k in range(KEYPOINT_COUNT))


@dataclass(frozen=True, slots=True, eq=False)
class DecodedPeople:
    """People in input pixels, the highest score first.

    Parameters
    ----------
    xy : ndarray, shape (P, 17, 2), float32
        Positions of pixel centres.
    confidence : ndarray, shape (P, 17), float32
        0..1.
    score : ndarray, shape (P,), float32
        Sum over 17 of the confidences of the keypoints not within `NMS_RADIUS_PX` of those of a person found before.
    """

    xy: NDArray[np.float32]
    confidence: NDArray[np.float32]
    score: NDArray[np.float32]


def decode_people(
    heatmap: NDArray[np.float32],
    offset: NDArray[np.float32],
    forward: NDArray[np.float32],
    backward: NDArray[np.float32],
    stride: int,
    *,
    min_score: float = MIN_SCORE,
) -> DecodedPeople:
    """Find the people in PoseNet's outputs.

    Parameters
    ----------
    heatmap : ndarray, shape (H, W, 17), float32
        Logits of the keypoints.
    offset : ndarray, shape (H, W, 34), float32
        Input pixels from a cell to the keypoint near it: 17 y, then 17 x.
    forward, backward : ndarray, shape (H, W, 32), float32
        Input pixels from a keypoint to its child in the tree and to its parent: 16 y, then 16 x.
    stride : int
        Input pixels from one cell to the next.
    min_score : float
        People with less are left out.

    Returns
    -------
    DecodedPeople
    """
    cell, kind = _roots(heatmap)
    if not len(cell):
        return DecodedPeople(np.zeros((0, 17, 2), np.float32), np.zeros((0, 17), np.float32), np.zeros(0, np.float32))
    chains = _Chains(offset, forward, backward, stride, cell, kind)
    chains.follow_inwards()
    chains.follow_outwards()
    logits = heatmap.reshape(-1, KEYPOINT_COUNT)
    confidence = _sigmoid(logits[chains.cells, np.arange(KEYPOINT_COUNT)])
    # A root keeps the confidence of its own cell, though its offset may lead into the next.
    everybody = np.arange(len(cell))
    confidence[everybody, kind] = _sigmoid(logits[cell, kind])
    yx = chains.yx * np.float32(stride)
    accepted, scores = _greedy(yx, confidence, yx[everybody, kind], kind)
    keep = [i for i in np.argsort(scores)[::-1] if scores[i] >= min_score]
    people = [accepted[i] for i in keep]
    places, sure = yx[people], confidence[people]
    rest = [i for i in accepted if i not in people]
    second_opinions(places, sure, [(int(kind[i]), yx[i], confidence[i]) for i in rest], _BELOW, NMS_RADIUS_PX)
    places = voted(places, heatmap, offset, stride)
    return DecodedPeople(places[:, :, ::-1], sure, np.array(scores, dtype=np.float32)[keep])


def _greedy(
    yx: NDArray[np.float32], confidence: NDArray[np.float32], root_yx: NDArray[np.float32], kind: NDArray[np.intp]
) -> tuple[list[int], list[float]]:
    """Candidates (the surest root first) that are not a person accepted before, and their scores."""
    radius = NMS_RADIUS_PX**2
    # same[i, j]: candidate j's root lies on candidate i's keypoint of that kind.
    same = ((yx[:, kind] - root_yx) ** 2).sum(axis=2) <= radius
    taken = np.zeros(len(kind), dtype=np.bool_)
    accepted: list[int] = []
    scores: list[float] = []
    for candidate in range(len(kind)):
        if taken[candidate]:
            continue
        taken |= same[candidate]
        overlapped = (((yx[accepted] - yx[candidate]) ** 2).sum(axis=2) <= radius).any(axis=0)
        score = float(confidence[candidate][~overlapped].sum()) / KEYPOINT_COUNT
        accepted.append(candidate)
        scores.append(score)
    return accepted, scores


def _roots(heatmap: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Cells and keypoints of the sure local maxima, the surest first."""
    threshold = np.float32(np.log(ROOT_CONFIDENCE / (1 - ROOT_CONFIDENCE)))
    largest = _largest_near(_largest_near(heatmap, 0), 1)
    row, column, kind = np.nonzero((heatmap >= largest) & (heatmap >= threshold))
    order = np.argsort(-heatmap[row, column, kind], kind="stable")[:MAX_ROOTS]
    return (row * heatmap.shape[1] + column)[order], kind[order]


def _largest_near(values: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """Largest value within `LOCAL_MAXIMUM_RADIUS` cells along an axis."""
    largest = values.copy()
    for shift in range(1, LOCAL_MAXIMUM_RADIUS + 1):
        for here, there in ((slice(shift, None), slice(None, -shift)), (slice(None, -shift), slice(shift, None))):
            along = (slice(None),) * axis
            np.maximum(largest[(*along, here)], values[(*along, there)], out=largest[(*along, here)])
    return largest


class _Chains:
    """One chain of keypoints for each root, in units of cells.

    Attributes
    ----------
    yx : ndarray, shape (N, 17, 2), float32
        Places of the keypoints reached so far.
    cells : ndarray, shape (N, 17), intp
        The cells nearest to them, counted row by row.
    """

    def __init__(
        self,
        offset: NDArray[np.float32],
        forward: NDArray[np.float32],
        backward: NDArray[np.float32],
        stride: int,
        cell: NDArray[np.intp],
        kind: NDArray[np.intp],
    ) -> None:
        rows, self._columns = offset.shape[:2]
        self._last = np.array([rows - 1, self._columns - 1], dtype=np.float32)
        self._per_pixel = np.float32(1 / stride)
        self._offset = offset.reshape(-1, 2, KEYPOINT_COUNT)
        self._moves = (forward.reshape(-1, 2, EDGE_COUNT), backward.reshape(-1, 2, EDGE_COUNT))
        self._everybody = np.arange(len(cell))
        self.yx = np.zeros((len(cell), KEYPOINT_COUNT, 2), dtype=np.float32)
        self.cells = np.zeros((len(cell), KEYPOINT_COUNT), dtype=np.intp)
        self._reached = np.zeros((len(cell), KEYPOINT_COUNT), dtype=np.bool_)
        self._kind = kind
        row, column = np.divmod(cell, self._columns)
        root = np.stack((row, column), axis=-1) + self._offset[cell, :, kind] * self._per_pixel
        self._put(self._everybody, kind, root.astype(np.float32))

    def follow_inwards(self) -> None:
        """From each root to the nose."""
        who, at = self._everybody, self._kind
        while True:
            on = np.flatnonzero(_INWARDS[at, 0] >= 0)
            if not len(on):
                return
            who, at = who[on], at[on]
            channel, parent = _INWARDS[at].T
            self._step(self._moves[1], channel, who, at, parent)
            at = parent

    def follow_outwards(self) -> None:
        """From the nose to all that was not met on the way in."""
        for channel, parent, child in _OUTWARDS:
            who, edge = np.nonzero(~self._reached[:, child])
            self._step(self._moves[0], channel[edge], who, parent[edge], child[edge])

    def _step(
        self,
        moves: NDArray[np.float32],
        channel: NDArray[np.intp],
        who: NDArray[np.intp],
        start: NDArray[np.intp],
        end: NDArray[np.intp],
    ) -> None:
        place = self.yx[who, start] + moves[self.cells[who, start], :, channel] * self._per_pixel
        for _ in range(REFINE_STEPS):
            near, cell = self._nearest(place)
            place = near + self._offset[cell, :, end] * self._per_pixel
        self._put(who, end, place)

    def _put(self, who: NDArray[np.intp], keypoint: NDArray[np.intp], yx: NDArray[np.float32]) -> None:
        self.yx[who, keypoint] = yx
        self.cells[who, keypoint] = self._nearest(yx)[1]
        self._reached[who, keypoint] = True

    def _nearest(self, yx: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """Row and column of the cells nearest to places (N, 2), as floats, and their numbers."""
        near = np.rint(yx)
        np.maximum(near, 0, out=near)
        np.minimum(near, self._last, out=near)
        return near, (near[:, 0] * self._columns + near[:, 1]).astype(np.intp)


def _sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    # A logit below -80 is 0 in float32 and would only overflow on the way.
    return np.asarray(1 / (1 + np.exp(-np.maximum(logits, -80))), dtype=np.float32)
