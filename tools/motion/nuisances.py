"""What changes from one correct performance to the next and from one camera to the next, and is no mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import PoseSequence
from poseapp.pose.keypoints import MIRROR_ORDER

from .camera import Camera
from .perform import perform
from .skeleton import BODIES

__all__ = ["NUISANCES", "Nuisance", "dropped", "mirrored", "moved", "noisy", "swapped"]

Rng = np.random.Generator


def _trunk_px(sequence: PoseSequence) -> float:
    """Trunk length in pixels, as the estimator's error is given in it."""
    xy = sequence.xy.astype(np.float64)
    trunk = np.linalg.norm(xy[:, 5:7].mean(axis=1) - xy[:, 11:13].mean(axis=1), axis=1)
    return float(np.percentile(trunk, 90))


def noisy(sequence: PoseSequence, rng: Rng, percent: float = 1.0) -> PoseSequence:
    """Gaussian position noise of `percent` of the trunk; three times as much where the keypoint is hidden."""
    size = percent / 100 * _trunk_px(sequence)
    spread = np.where(sequence.confidence < 0.3, 3.0, 1.0)[..., None] * size
    return PoseSequence(sequence.xy + rng.normal(0, 1, sequence.xy.shape) * spread, sequence.confidence, sequence.t)


def dropped(sequence: PoseSequence, rng: Rng, rate: float = 0.05, frames: int = 3) -> PoseSequence:
    """Keypoints are lost for a few frames, and now and then the whole person."""
    confidence = sequence.confidence.copy()
    lost = rng.random(confidence.shape) < rate / frames
    lost |= rng.random((len(confidence), 1)) < rate / frames / 3
    for shift in range(frames):
        confidence[shift:][lost[: len(lost) - shift]] = 0
    return PoseSequence(sequence.xy, confidence, sequence.t)


def moved(
    sequence: PoseSequence, scale: float = 1.0, shift: tuple[float, float] = (0.0, 0.0), roll: float = 0.0
) -> PoseSequence:
    """The picture scaled, shifted (pixels) and rolled (degrees, clockwise)."""
    a = np.deg2rad(roll)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) * scale
    return PoseSequence(sequence.xy @ turn + np.array(shift), sequence.confidence, sequence.t)


def mirrored(sequence: PoseSequence, width: float = 640.0) -> PoseSequence:
    """The picture flipped left to right; the estimator then calls the left hand right."""
    xy: NDArray[np.float64] = sequence.xy[:, MIRROR_ORDER].astype(np.float64)
    xy[..., 0] = width - xy[..., 0]
    return PoseSequence(xy, sequence.confidence[:, MIRROR_ORDER], sequence.t)


def swapped(sequence: PoseSequence, rng: Rng, rate: float = 0.04, frames: int = 3) -> PoseSequence:
    """The estimator confuses left and right of the arms or of the legs for a few frames."""
    xy, confidence = sequence.xy.copy(), sequence.confidence.copy()
    for pairs in (((7, 8), (9, 10)), ((13, 14), (15, 16))):
        start = rng.random(len(xy)) < rate / frames
        where = np.convolve(start, np.ones(frames), mode="full")[: len(xy)] > 0
        for a, b in pairs:
            xy[where, a], xy[where, b] = xy[where, b], xy[where, a].copy()
            confidence[where, a], confidence[where, b] = confidence[where, b], confidence[where, a].copy()
    return PoseSequence(xy, confidence, sequence.t)


@dataclass(frozen=True, slots=True)
class Nuisance:
    """One kind of change.

    Parameters
    ----------
    name : str
        For tables.
    conditions : callable
        Random generator to keyword arguments of :func:`tools.motion.perform`.
    spoil : callable
        What happens to the keypoints afterwards; 1 % noise is always added.
    """

    name: str
    conditions: Callable[[Rng], dict[str, Any]] = lambda rng: {}  # noqa: ARG005
    spoil: Callable[[PoseSequence, Rng], PoseSequence] = lambda sequence, rng: sequence  # noqa: ARG005

    def perform(self, action: str, view: str, seed: int, **how: Any) -> PoseSequence:
        """A performance under this nuisance; `how` goes to :func:`tools.motion.perform` too."""
        rng = np.random.default_rng((seed, sum(map(ord, self.name))))
        performance = perform(action, view=view, **{"seed": seed, **self.conditions(rng), **how})
        return self.spoil(noisy(performance.sequence(), rng, 1.0), rng)


def _near_or_far(rng: Rng) -> dict[str, Any]:
    return {"camera": Camera(distance=rng.uniform(2.6, 7), height=rng.uniform(0.7, 1.5))}


def _idle(rng: Rng) -> dict[str, Any]:
    return {"before": rng.uniform(0.8, 2.5), "after": rng.uniform(0.8, 2.5), "relaxed": bool(rng.random() < 0.5)}


def _all(rng: Rng) -> dict[str, Any]:
    return {
        "tempo": rng.uniform(0.7, 1.4), "local_tempo": 0.2, "body": BODIES["average"].varied(rng),
        "fps": float(rng.choice([15, 24, 30])), **_near_or_far(rng), **_idle(rng),
    }  # fmt: skip


_LIST = (
    Nuisance("same again"),
    Nuisance("tempo 0.6-1.6", lambda rng: {"tempo": rng.uniform(0.6, 1.6)}),
    Nuisance("local tempo 20-40 %", lambda rng: {"local_tempo": rng.uniform(0.2, 0.4)}),
    Nuisance("proportions", lambda rng: {"body": BODIES["average"].varied(rng, 0.12)}),
    Nuisance("another body", lambda rng: {"body": str(rng.choice([b for b in BODIES if b != "average"]))}),
    Nuisance("distance", _near_or_far),
    Nuisance(
        "place, scale, roll 5",
        spoil=lambda s, rng: moved(s, rng.uniform(0.4, 2.5), tuple(rng.uniform(-300, 300, 2)), rng.uniform(-5, 5)),
    ),
    Nuisance("noise 2 %", spoil=lambda s, rng: noisy(s, rng, 1.7)),
    Nuisance("noise 3 %", spoil=lambda s, rng: noisy(s, rng, 2.8)),
    Nuisance("dropouts", spoil=lambda s, rng: dropped(s, rng, 0.08)),
    Nuisance("15 fps", lambda rng: {"fps": 15.0}),  # noqa: ARG005
    Nuisance("60 fps", lambda rng: {"fps": 60.0}),  # noqa: ARG005
    Nuisance("idle before and after", _idle),
    Nuisance("mirrored", spoil=lambda s, rng: mirrored(s)),  # noqa: ARG005
    Nuisance("yaw 15", lambda rng: {"yaw": rng.uniform(-15, 15)}),
    Nuisance("left-right swaps", spoil=swapped),
    Nuisance("all at once", _all, lambda s, rng: dropped(s, rng, 0.03)),
)

#: All nuisances by name.
NUISANCES: Final = MappingProxyType({nuisance.name: nuisance for nuisance in _LIST})
