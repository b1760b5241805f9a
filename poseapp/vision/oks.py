"""How likely two poses are the same body: COCO's object keypoint similarity."""

from __future__ import annotations

from typing import Final

import numpy as np

from poseapp.pose import Pose
from poseapp.pose.keypoints import OKS_SIGMAS
from poseapp.pose.pose import MIN_CONFIDENCE

__all__ = ["body_scale", "object_keypoint_similarity"]

#: Area of a person's outline in that of the box round the keypoints, in the middle (pose evaluation without
#: segmentation in PoseTrack and MMPose uses this factor).
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
