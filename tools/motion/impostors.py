"""What must not score: sequences that are not the movement, made from one that is (or from another one)."""

from __future__ import annotations

import numpy as np

from poseapp.pose import PoseSequence

from .nuisances import noisy

__all__ = ["backwards", "noise_only", "shuffled", "still_first", "still_median"]

Rng = np.random.Generator


def still_first(sequence: PoseSequence, rng: Rng, percent: float = 1.0) -> PoseSequence:
    """The first pose held for as long, with estimator's noise."""
    frozen = PoseSequence(
        np.repeat(sequence.xy[:1], len(sequence), axis=0),
        np.repeat(sequence.confidence[:1], len(sequence), axis=0),
        sequence.t,
    )
    return noisy(frozen, rng, percent)


def still_median(sequence: PoseSequence, rng: Rng, percent: float = 1.0) -> PoseSequence:
    """The median pose held for as long, with estimator's noise."""
    frozen = PoseSequence(
        np.repeat(np.median(sequence.xy, axis=0)[None], len(sequence), axis=0),
        np.repeat(np.median(sequence.confidence, axis=0)[None], len(sequence), axis=0),
        sequence.t,
    )
    return noisy(frozen, rng, percent)


def noise_only(sequence: PoseSequence, rng: Rng) -> PoseSequence:
    """Every keypoint anywhere within the sequence's own box, anew in every frame."""
    low, high = sequence.xy.min(axis=(0, 1)), sequence.xy.max(axis=(0, 1))
    return PoseSequence(rng.uniform(low, high, sequence.xy.shape), sequence.confidence, sequence.t)


def shuffled(sequence: PoseSequence, rng: Rng) -> PoseSequence:
    """The right poses in a random order."""
    order = rng.permutation(len(sequence))
    return PoseSequence(sequence.xy[order], sequence.confidence[order], sequence.t)


def backwards(sequence: PoseSequence) -> PoseSequence:
    """Played from the end to the beginning."""
    t = sequence.t[0] + (sequence.t[-1] - sequence.t[::-1])
    return PoseSequence(sequence.xy[::-1], sequence.confidence[::-1], t)
