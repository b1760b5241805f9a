"""What a scorer found: the one object that every screen, file and spoken sentence is read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint

__all__ = ["KeypointScore", "ScoreCard", "SimilarityTrace"]


@dataclass(frozen=True, slots=True)
class KeypointScore:
    """Judgement of one keypoint.

    Parameters
    ----------
    keypoint : Keypoint
        Which one.
    score : float or None
        0..100; None when it was seen too rarely to be judged ("not seen").
    seen : float
        Fraction of the frames, 0..1, in which it was seen, in the worse of the two clips.
    """

    keypoint: Keypoint
    score: float | None
    seen: float


@dataclass(frozen=True, slots=True, eq=False)
class SimilarityTrace:
    """Similarity of the attempt to a still pose over its time.

    Parameters
    ----------
    t : ndarray, shape (T,), float64
        Seconds from the start of the attempt.
    value : ndarray, shape (T,), float64
        0..1, NaN where nothing could be compared.
    """

    t: NDArray[np.float64]
    value: NDArray[np.float64]

    @property
    def best(self) -> tuple[float, float] | None:
        """Time in seconds and value of the best moment; None when nothing could be compared."""
        if not np.isfinite(self.value).any():
            return None
        i = int(np.nanargmax(self.value))
        return float(self.t[i]), float(self.value[i])


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCard:
    """Judgement of an attempt against a reference.

    Parameters
    ----------
    method : str
        Name of the scoring method.
    total : float or None
        0..100; None when too little was seen to judge, and then `reason` says so.
    keypoints : tuple of KeypointScore
        All 17, in keypoint order.
    reference_duration, attempt_duration : float
        Seconds.
    reason : str
        Why there is no total; empty when there is one.
    """

    method: str
    total: float | None
    keypoints: tuple[KeypointScore, ...]
    reference_duration: float
    attempt_duration: float
    reason: str = ""

    @property
    def worst_first(self) -> tuple[KeypointScore, ...]:
        """Keypoints by score, lowest first; those not seen come last."""
        return tuple(sorted(self.keypoints, key=lambda k: (k.score is None, k.score or 0.0, k.keypoint)))

    @property
    def seen_count(self) -> int:
        """How many of the 17 keypoints were judged."""
        return sum(k.score is not None for k in self.keypoints)
