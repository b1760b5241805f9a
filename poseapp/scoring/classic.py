"""The method this program began with, kept exactly, for comparison.

It is the method of the article "Human Pose Comparison and Action Scoring using Deep Learning, OpenCV &
Python" (Krishna Raj R, 2020). Per keypoint: the positions, each frame shifted to its bounding box, are laid
out as one interleaved series x0 y0 x1 y1 ..., divided by its L2 norm, and compared by one-dimensional DTW; the
score is ``int(100 - 100 d)`` and the total the mean of the 17 scores. Confidences are not used.

It does not tell right from wrong (standing still scores about 78), can fall below 0, and depends on the frame
rate. Those are properties of the method, so they are reproduced here and not mended.
"""

from __future__ import annotations

import numpy as np
from dtaidistance import dtw
from numpy.typing import NDArray

from poseapp.pose import KEYPOINTS, Keypoint, PoseSequence
from poseapp.pose.keypoints import keypoint_mask
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.scoring.alignment import check_library
from poseapp.scoring.card import KeypointScore, ScoreCard

__all__ = ["ClassicScorer", "interleaved_dtw", "shifted_to_box"]

#: A keypoint seen in fewer of the frames is "not seen" and has no score.
MIN_SEEN = 0.2


def shifted_to_box(xy: NDArray[np.float32]) -> NDArray[np.float64]:
    """Shift every frame so that its bounding box begins at 0, 0.

    Parameters
    ----------
    xy : ndarray, shape (T, 17, 2)
        Positions in pixels.

    Returns
    -------
    ndarray, shape (T, 17, 2), float64
        The box's corner is truncated to whole pixels first, as in the original.
    """
    corner = np.trunc(xy.astype(np.float64).min(axis=1, keepdims=True))
    return np.asarray(xy - corner, dtype=np.float64)


def interleaved_dtw(reference: NDArray[np.float64], attempt: NDArray[np.float64]) -> float:
    """DTW distance of one keypoint's two paths in the original's way.

    Parameters
    ----------
    reference : ndarray, shape (R, 2)
        Path in the reference.
    attempt : ndarray, shape (A, 2)
        Path in the attempt.

    Returns
    -------
    float
        Distance of the two interleaved, L2-normalised series; a path that is 0 throughout stays 0.
    """
    return float(dtw.distance(_unit(reference), _unit(attempt), use_c=True))


def _unit(path: NDArray[np.float64]) -> NDArray[np.float64]:
    series = np.ascontiguousarray(path, dtype=np.float64).reshape(-1)
    norm = np.linalg.norm(series)
    return np.asarray(series / norm if norm > 0 else series)


class ClassicScorer:
    """Interleaved 1-D DTW per keypoint and the mean of 17 scores.

    Frames in which nobody was found are left out, as the original could not represent them.
    """

    name = "classic"

    def __init__(self) -> None:
        check_library()

    def score(
        self,
        reference: PoseSequence,
        attempt: PoseSequence,
        keypoints: tuple[Keypoint, ...] | None = None,
    ) -> ScoreCard:
        """Compare two sequences; see :class:`poseapp.scoring.scorer.Scorer`."""
        ref_found = reference.confidence.any(axis=1)
        att_found = attempt.confidence.any(axis=1)
        seen = np.minimum(_seen(reference), _seen(attempt))
        reason = ""
        if ref_found.sum() < 2:
            reason = "Nobody was seen in the reference, so there is nothing to compare with."
        elif att_found.sum() < 2:
            reason = "Nobody was seen in the attempt, so there is no score."
        scores: list[KeypointScore] = []
        if reason:
            scores = [KeypointScore(k, None, float(seen[k])) for k in KEYPOINTS]
        else:
            ref, att = shifted_to_box(reference.xy[ref_found]), shifted_to_box(attempt.xy[att_found])
            for k in KEYPOINTS:
                judged = seen[k] >= MIN_SEEN
                value = int(100 - 100 * interleaved_dtw(ref[:, k], att[:, k])) if judged else None
                scores.append(KeypointScore(k, value, float(seen[k])))
        chosen = keypoint_mask(keypoints)
        judged_scores = [s.score for s in scores if s.score is not None and chosen[s.keypoint]]
        if not reason and not judged_scores:
            reason = "None of the keypoints that count was seen often enough, so there is no score."
        return ScoreCard(
            method=self.name,
            total=float(np.mean(judged_scores)) if judged_scores else None,
            keypoints=tuple(scores),
            reference_duration=reference.duration,
            attempt_duration=attempt.duration,
            reason=reason,
        )


def _seen(sequence: PoseSequence) -> NDArray[np.float64]:
    """Fraction of frames in which each keypoint was seen, shape (17,)."""
    if not len(sequence):
        return np.zeros(len(KEYPOINTS))
    return np.asarray((sequence.confidence >= MIN_CONFIDENCE).mean(axis=0), dtype=np.float64)
