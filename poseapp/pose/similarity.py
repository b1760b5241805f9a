"""How alike two poses are, 0..1.

Two methods, both free of where the person stands and how large they appear:

classic
    Shift to the bounding box, divide by the L2 norm, cosine of the two 34-vectors: what the article that this
    program began with does, after Google's Move Mirror ("Move Mirror: An AI Experiment with Pose Estimation
    in the Browser", TensorFlow blog, July 2018). All coordinates are positive after the shift, so the cosine of
    two real poses rarely falls below 0.8.
weighted
    Move Mirror's confidence-weighted distance of the same normalised vectors (ibid.),
    ``D = (1 / sum_k c_k) sum_k c_k |a_k - b_k|_1``, brought to 0..1 by its largest possible value.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import Keypoint, keypoint_mask
from poseapp.pose.pose import Pose
from poseapp.pose.sequence import PoseSequence

__all__ = ["SimilarityMethod", "normalised", "similarity", "similarity_over_time"]


class SimilarityMethod(StrEnum):
    """Names of the methods, as on the command line and in the window."""

    CLASSIC = "classic"
    WEIGHTED = "weighted"


def normalised(xy: NDArray[np.float32]) -> NDArray[np.float64]:
    """Shift keypoints to their bounding box and divide by the L2 norm.

    Parameters
    ----------
    xy : ndarray, shape (K, 2)
        Positions in pixels.

    Returns
    -------
    ndarray, shape (K, 2), float64
        Coordinates >= 0 with an overall L2 norm of 1; all zero if the points coincide.
    """
    shifted = xy.astype(np.float64) - xy.min(axis=0)
    norm = np.linalg.norm(shifted)
    return np.asarray(shifted / norm if norm > 0 else shifted)


def similarity(
    pose: Pose,
    still: Pose,
    method: SimilarityMethod = SimilarityMethod.CLASSIC,
    keypoints: tuple[Keypoint, ...] | None = None,
) -> float | None:
    """Similarity of a pose to a still pose.

    Parameters
    ----------
    pose, still : Pose
        The two poses; the order does not matter.
    method : SimilarityMethod
        Classic uses every chosen keypoint wherever the model put it, as the original does; weighted leaves out
        what either pose did not see and weights the rest by the product of the two confidences.
    keypoints : tuple of Keypoint, optional
        The keypoints that count; all of them by default.

    Returns
    -------
    float or None
        0..1; 1 for the same pose at any place and size. None when nothing can be compared: fewer than two
        chosen keypoints seen (in both poses for weighted; in either alone for classic), or all in one point.
    """
    chosen = keypoint_mask(keypoints)
    seen_pose, seen_still = chosen & pose.seen(), chosen & still.seen()
    if min(seen_pose.sum(), seen_still.sum()) < 2:
        return None
    use = chosen if method is SimilarityMethod.CLASSIC else seen_pose & seen_still
    if use.sum() < 2:
        return None
    a, b = normalised(pose.xy[use]), normalised(still.xy[use])
    if not (a.any() and b.any()):
        return None
    if method is SimilarityMethod.CLASSIC:
        return float(np.clip((a * b).sum(), 0.0, 1.0))
    c = (pose.confidence[use] * still.confidence[use]).astype(np.float64)
    distance = (c[:, None] * np.abs(a - b)).sum() / c.sum()
    # |a - b|_2 <= sqrt(2) for unit vectors without negative parts, so by Cauchy-Schwarz
    # sum_k c_k |a_k - b_k|_1 <= sqrt(2 sum c^2) sqrt(2).
    largest = 2 * np.sqrt((c**2).sum()) / c.sum()
    return float(np.clip(1 - distance / largest, 0.0, 1.0))


def similarity_over_time(
    sequence: PoseSequence,
    still: Pose,
    method: SimilarityMethod = SimilarityMethod.CLASSIC,
    keypoints: tuple[Keypoint, ...] | None = None,
) -> NDArray[np.float64]:
    """Similarity of each pose of `sequence` to `still`, shape (T,), NaN where nothing could be compared."""
    values = (similarity(pose, still, method, keypoints) for pose in sequence)
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
