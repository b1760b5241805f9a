"""A body as 17 vectors, each from a parent to a keypoint, in torso lengths: what is compared instead of positions.

A vector does not change when the person stands elsewhere or farther away, and an error in the shoulder does not
show again in elbow and wrist.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import KEYPOINT_COUNT, MIRROR_ORDER
from poseapp.scoring.cleaning import FPS, CleanClip
from poseapp.scoring.filters import closed
from poseapp.scoring.planar import norms, squares
from poseapp.scoring.quantiles import quantiles

__all__ = [
    "HEAD",
    "MIN_LENGTH",
    "MIN_SEEN",
    "PARENT",
    "SHOULDERS_OR_HIPS",
    "Segments",
    "mirrored",
    "segment_vectors",
    "trusted",
]

_K = Keypoint

#: Head keypoints; they hang on the middle of the shoulders.
HEAD: Final = (_K.NOSE, _K.LEFT_EYE, _K.RIGHT_EYE, _K.LEFT_EAR, _K.RIGHT_EAR)
#: Trunk keypoints; they hang on the middle of the hips.
SHOULDERS_OR_HIPS: Final = (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER, _K.LEFT_HIP, _K.RIGHT_HIP)
#: Keypoint -> the keypoint it hangs on.
PARENT: Final = MappingProxyType(
    {
        _K.LEFT_ELBOW: _K.LEFT_SHOULDER,
        _K.RIGHT_ELBOW: _K.RIGHT_SHOULDER,
        _K.LEFT_WRIST: _K.LEFT_ELBOW,
        _K.RIGHT_WRIST: _K.RIGHT_ELBOW,
        _K.LEFT_KNEE: _K.LEFT_HIP,
        _K.RIGHT_KNEE: _K.RIGHT_HIP,
        _K.LEFT_ANKLE: _K.LEFT_KNEE,
        _K.RIGHT_ANKLE: _K.RIGHT_KNEE,
    }
)
#: Shortest length, in torsos, by which an error is divided to become an angle.
MIN_LENGTH = 0.6
#: A keypoint seen in fewer of the frames of either clip is "not seen": it has no score and no weight.
MIN_SEEN = 0.3

_MIDDLE_SEEN = 0.7  # a middle is made of two keypoints that are both seen as often as that, or of the better one
_SHORT_GAP_S = 0.2  # on either side of a moment
_KNOWN_S = (0.2, 0.6)  # from when a segment was seen, until when nothing is known of it any more
_TRUSTED = (0.1, 0.3)  # confidence from nothing to full
_CHILDREN = np.array(list(PARENT), dtype=np.intp)
_PARENTS = np.array(list(PARENT.values()), dtype=np.intp)


@dataclass(frozen=True, eq=False)  # without slots: what follows from the vectors is measured once and kept
class Segments:
    """Segment vectors of one clip.

    Parameters
    ----------
    t : ndarray, shape (T,), float64
        Seconds in the clip's own time.
    vectors, rough : ndarray, shape (T, 17, 2), float64
        Parent to keypoint in torso lengths, x right, y down; smoothed, and before smoothing.
    confidence : ndarray, shape (T, 17), float64
        Lower one of the keypoint and its parent.
    noise, rough_noise : ndarray, shape (17,), float64
        Standard deviation in torso lengths per coordinate of the jitter of `vectors` and of `rough`.
    seen : ndarray, shape (17,), float64
        Fraction of the clip's frames in which the keypoint was seen.
    erratic : ndarray, shape (17,), float64
        Fraction of the keypoint's samples that were taken out as outliers.
    fps : float
        Poses per second of the clip before cleaning.
    """

    t: NDArray[np.float64]
    vectors: NDArray[np.float64]
    rough: NDArray[np.float64]
    confidence: NDArray[np.float64]
    noise: NDArray[np.float64]
    rough_noise: NDArray[np.float64]
    seen: NDArray[np.float64]
    erratic: NDArray[np.float64]
    fps: float = FPS

    def __post_init__(self) -> None:
        for array in (
            self.t, self.vectors, self.rough, self.confidence, self.noise, self.rough_noise, self.seen, self.erratic,
        ):  # fmt: skip
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.t)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """Lengths ``(17,)`` in torsos by which errors become angles: 95th percentile, at least `MIN_LENGTH`."""
        return _kept(np.maximum(quantiles(norms(self.vectors).T, 0.95), MIN_LENGTH))

    @cached_property
    def trust(self) -> NDArray[np.float64]:
        """How far each vector can be believed, ``(T, 17)``, 0..1: short gaps are bridged well, long ones are not."""
        return _kept(trusted(closed(self.confidence, 2 * int(_SHORT_GAP_S * FPS) + 1)))

    @cached_property
    def known(self) -> NDArray[np.float64]:
        """How far each vector can be believed in a path, ``(T, 17)``, 0..1, less with the time since it was seen.

        It fades rather than ends: a gap that is bridged in the coach's clip and lasts a little longer in a slower
        attempt would otherwise look like another pose, and the path would go round it.
        """
        sure, lost = _KNOWN_S
        seen = trusted(self.confidence)
        known = seen.copy()
        for frames in range(1, int(lost * FPS)):
            left = min(1.0, (lost - frames / FPS) / (lost - sure))
            np.maximum(known[frames:], left * seen[:-frames], out=known[frames:])
            np.maximum(known[:-frames], left * seen[frames:], out=known[:-frames])
        return _kept(known)

    @cached_property
    def mean(self) -> NDArray[np.float64]:
        """Mean of each vector over time, weighted by confidence, shape ``(17, 2)``."""
        weight = self.confidence + 1e-9
        total = (weight[:, :, None] * self.vectors).sum(axis=0)
        return _kept(total / weight.sum(axis=0)[:, None])

    @cached_property
    def motion(self) -> NDArray[np.float64]:
        """How far each vector strays from its mean, without its jitter: root mean square in torso lengths, ``(17,)``.

        Weighted by confidence, at least 0.
        """
        weight = self.confidence + 1e-9
        square = (weight * squares(self.vectors - self.mean)).sum(axis=0) / weight.sum(axis=0)
        return _kept(np.maximum(np.sqrt(square) - self.noise, 0.0))

    def part(self, start: int, stop: int) -> Segments:
        """The frames ``start <= i < stop``."""
        return Segments(
            self.t[start:stop],
            self.vectors[start:stop],
            self.rough[start:stop],
            self.confidence[start:stop],
            self.noise,
            self.rough_noise,
            self.seen,
            self.erratic,
            self.fps,
        )


def _kept(values: NDArray[np.float64]) -> NDArray[np.float64]:
    values.setflags(write=False)
    return values


def trusted(confidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far what has this `confidence` can be believed, 0..1."""
    low, high = _TRUSTED
    return np.asarray(np.clip((confidence - low) / (high - low), 0.0, 1.0))


def segment_vectors(clip: CleanClip, seen: NDArray[np.float64] | None = None) -> Segments:
    """Segment vectors of a cleaned clip: head from mid-shoulder, trunk from mid-hip, limbs from their joint.

    Parameters
    ----------
    clip : CleanClip
        The movement.
    seen : ndarray, shape (17,), optional
        Fraction of frames in which each keypoint was seen; the clip's own by default. From the side one shoulder
        and one hip often stand for the middle: two clips to be compared must decide alike, so give both the lower
        of their fractions.
    """
    both = clip.seen if seen is None else seen
    confidence = clip.confidence
    shoulder, shoulder_confidence = _middle(clip, both, _K.LEFT_SHOULDER, _K.RIGHT_SHOULDER)
    hip, hip_confidence = _middle(clip, both, _K.LEFT_HIP, _K.RIGHT_HIP)
    parents = np.zeros((KEYPOINT_COUNT, KEYPOINT_COUNT))  # row k: weights of the keypoints that make up its parent
    parents[list(HEAD)] = shoulder
    parents[list(SHOULDERS_OR_HIPS)] = hip
    parents[_CHILDREN, _PARENTS] = 1.0
    difference = np.eye(KEYPOINT_COUNT) - parents

    parent_confidence = np.empty_like(confidence)
    parent_confidence[:, list(HEAD)] = shoulder_confidence[:, None]
    parent_confidence[:, list(SHOULDERS_OR_HIPS)] = hip_confidence[:, None]
    parent_confidence[:, _CHILDREN] = confidence[:, _PARENTS]
    return Segments(
        t=clip.t,
        vectors=difference @ clip.xy / clip.scale,
        rough=difference @ clip.rough_xy / clip.scale,
        confidence=np.minimum(confidence, parent_confidence),
        noise=np.sqrt(2) * clip.noise / clip.scale,
        rough_noise=np.sqrt(2) * clip.rough_noise / clip.scale,
        seen=clip.seen.copy(),
        erratic=clip.erratic.copy(),
        fps=clip.fps,
    )


def mirrored(segments: Segments) -> Segments:
    """The same movement by the other side: x turned round, left and right exchanged."""
    turn = np.array([-1.0, 1.0])
    return Segments(
        segments.t,
        segments.vectors[:, MIRROR_ORDER] * turn,
        segments.rough[:, MIRROR_ORDER] * turn,
        segments.confidence[:, MIRROR_ORDER],
        segments.noise[MIRROR_ORDER],
        segments.rough_noise[MIRROR_ORDER],
        segments.seen[MIRROR_ORDER],
        segments.erratic[MIRROR_ORDER],
        segments.fps,
    )


def _middle(
    clip: CleanClip, seen: NDArray[np.float64], left: Keypoint, right: Keypoint
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights ``(17,)`` of the middle of two keypoints, and its confidence ``(T,)``: the better of the two.

    Made of those that are seen by `seen` (of one alone when the other is often hidden), or by this clip alone when
    neither is, or else of both.
    """
    used = [left, right]
    for by in (seen, clip.seen):
        enough = [k for k in (left, right) if by[k] >= MIN_SEEN]
        # Where the far shoulder was hidden it was bridged, differently in both clips, and the head would be blamed.
        often = [k for k in enough if by[k] >= _MIDDLE_SEEN]
        if enough:
            used = often or enough
            break
    weights = np.zeros(KEYPOINT_COUNT)
    weights[used] = 1 / len(used)
    return weights, clip.confidence[:, used].max(axis=1)
