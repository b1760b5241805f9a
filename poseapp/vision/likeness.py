"""How likely two poses are the same body."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Pose
from poseapp.pose.keypoints import OKS_SIGMAS
from poseapp.pose.pose import MIN_CONFIDENCE

__all__ = ["NEAR", "body_centre", "body_scale", "change", "is_near", "object_keypoint_similarity", "same_body"]

#: How far, in body scales, a body may move from one picture to the next (the fastest movements: 0.15) ...
NEAR: Final = 0.35
#: ... and by what ratio it may change its size (the fastest movements: 1.16).
_SIZE_RATIO: Final = 1.3
#: With this share of its keypoints within the box of the followed body, a second skeleton is a part of that body.
_PART_SHARE: Final = 0.8
#: Or with this similarity to it: two bodies that stand apart have 0.
_TWICE_OKS: Final = 0.1

#: Area of a person's outline in that of the box, on average: the factor of xtcocotools for data without outlines.
_OUTLINE_IN_BOX: Final = 0.53
_MIN_SHARED: Final = 3


def body_scale(pose: Pose) -> float:
    """Size of a body in pixels: the square root of the area of its outline, estimated.

    A body seen from the side or in a squat has a narrow box; its torso's length then sets a floor. 0 when nothing
    was seen.
    """
    box = pose.box(MIN_CONFIDENCE)
    area = _OUTLINE_IN_BOX * box.area if box is not None else 0.0
    torso = pose.torso_length() or 0.0
    return float(np.sqrt(max(area, torso**2)))


def object_keypoint_similarity(pose: Pose, other: Pose) -> float:
    """Mean over the keypoints seen in both of ``exp(-d² / (2 s² k²))`` with ``k = 2 sigma``, 0..1.

    COCO keypoint evaluation (cocodataset.org, "Keypoint Evaluation"; pycocotools ``computeOks``), with the scale `s`
    estimated by :func:`body_scale`: the larger of the two, for a body seen in part looks small. 0 when fewer than
    three keypoints were seen in both.
    """
    shared = pose.seen() & other.seen()
    scale = max(body_scale(pose), body_scale(other))
    if np.count_nonzero(shared) < _MIN_SHARED or scale <= 0:
        return 0.0
    squared = ((pose.xy[shared] - other.xy[shared]).astype(np.float64) ** 2).sum(axis=1)
    k = 2 * np.asarray(OKS_SIGMAS[shared], dtype=np.float64)
    return float(np.exp(-squared / (2 * scale**2 * k**2)).mean())


def same_body(person: Pose, body: Pose) -> bool:
    """Whether a second skeleton lies upon a body: a limb, or all of it, found twice."""
    box, seen = body.box(MIN_CONFIDENCE), person.seen()
    if box is None or not seen.any():
        return False
    inside = [box.contains(float(x), float(y)) for x, y in person.xy[seen]]
    if sum(inside) >= _PART_SHARE * len(inside):
        return True
    return object_keypoint_similarity(body, person) >= _TWICE_OKS


def is_near(before: Pose, now: Pose, within: float = NEAR) -> bool:
    """Whether a body moved no farther than `within` body scales and kept its size."""
    leap, swell = change(before, now)
    return leap <= within and swell <= np.log(_SIZE_RATIO)


def change(before: Pose, now: Pose) -> tuple[float, float]:
    """How far a body moved, in body scales, and the absolute logarithm of how much it grew or shrank.

    Judged by the keypoints that were seen both times, for a body seen in part has another middle and size.
    """
    shared = before.seen() & now.seen()
    if np.count_nonzero(shared) >= 3:
        points = [pose.xy[shared] for pose in (before, now)]
        middles = [xy.mean(axis=0) for xy in points]
        sizes = [float(np.linalg.norm(xy - middle)) for xy, middle in zip(points, middles, strict=True)]
    else:
        middles = [body_centre(before), body_centre(now)]
        sizes = [body_scale(before), body_scale(now)]
    scale = max(body_scale(before), body_scale(now), 1.0)
    leap = float(np.linalg.norm(middles[1] - middles[0])) / scale
    return leap, abs(float(np.log(max(sizes[1], 1.0) / max(sizes[0], 1.0))))


def body_centre(pose: Pose) -> NDArray[np.float32]:
    """Middle of the torso or, when none was seen, of whatever was."""
    seen = pose.seen()
    torso = [k for k in (5, 6, 11, 12) if seen[k]]
    points = pose.xy[torso] if torso else pose.xy[seen] if seen.any() else pose.xy
    return np.asarray(points.mean(axis=0), dtype=np.float32)
