"""What a movement looks like, whoever does it, how fast and how far: the form in which movements are recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT, MIRROR_ORDER
from poseapp.scoring.cleaning import FPS
from poseapp.scoring.filters import gaussian
from poseapp.scoring.segments import HEAD, MIN_SEEN, Segments

__all__ = ["FRAMES", "KEYPOINT_SHARE", "Shape", "active_part", "shape_of"]

#: Poses to which every movement is brought.
FRAMES: Final = 32

_HEAD_SHARE = 0.2
_SMOOTHING = 0.1  # seconds
_ACTIVE = 0.15  # of the highest speed
_MARGIN = 2  # poses
_LEAST_FRAMES = 8


def _shares() -> NDArray[np.float64]:
    share = np.ones(KEYPOINT_COUNT)
    share[list(HEAD)] = _HEAD_SHARE
    share.setflags(write=False)
    return share


#: How much each keypoint says about which movement it is, shape ``(17,)``: the head little.
KEYPOINT_SHARE: Final = _shares()


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One movement from its first to its last motion, as `FRAMES` poses.

    Parameters
    ----------
    vectors : ndarray, shape (FRAMES, 17, 2), float64
        Segment vectors in torso lengths.
    departure : ndarray, shape (FRAMES, 17, 2), float64
        `vectors` minus their mean over time.
    trust : ndarray, shape (FRAMES, 17), float64
        How far each can be believed, 0..1.
    energy : ndarray, shape (17,), float64
        Mean square of `departure`, torso lengths squared.
    whiteness : ndarray, shape (17,), float64
        Share of white noise in the motion of each keypoint: near 0 for a movement, 1 for pictures in any order.
    """

    vectors: NDArray[np.float64]
    departure: NDArray[np.float64]
    trust: NDArray[np.float64]
    energy: NDArray[np.float64]
    whiteness: NDArray[np.float64]

    def __post_init__(self) -> None:
        for array in (self.vectors, self.departure, self.trust, self.energy, self.whiteness):
            array.setflags(write=False)

    def mirrored(self) -> Shape:
        """The same movement by the other side: x turned round, left and right exchanged."""
        turn = np.array([-1.0, 1.0])
        return Shape(
            self.vectors[:, MIRROR_ORDER] * turn,
            self.departure[:, MIRROR_ORDER] * turn,
            self.trust[:, MIRROR_ORDER],
            self.energy[MIRROR_ORDER],
            self.whiteness[MIRROR_ORDER],
        )


def active_part(segments: Segments) -> tuple[int, int]:
    """First and one beyond the last frame of the motion; standing before and after is left out."""
    return _active_part(segments.vectors, segments.trust)


def _active_part(vectors: NDArray[np.float64], trust: NDArray[np.float64]) -> tuple[int, int]:
    share = KEYPOINT_SHARE * trust.mean(axis=0)
    smooth = gaussian(vectors, _SMOOTHING * FPS)
    if len(smooth) < 2:
        return 0, len(smooth)
    speed = np.sqrt((share[:, None] * np.gradient(smooth, axis=0) ** 2).sum(axis=(1, 2)))
    moving = np.flatnonzero(speed > _ACTIVE * np.percentile(speed, 95))
    if not len(moving):
        return 0, len(smooth)
    return max(int(moving[0]) - _MARGIN, 0), min(int(moving[-1]) + 1 + _MARGIN, len(smooth))


def shape_of(segments: Segments) -> Shape:
    """The shape of a movement.

    Parameters
    ----------
    segments : Segments
        Of a whole clip, idle parts included; at least one frame.
    """
    believed = segments.trust
    start, stop = _active_part(segments.vectors, believed)
    vectors = _resampled(segments.vectors, start, stop)
    trust = _resampled(believed, start, stop) * (segments.seen >= MIN_SEEN)
    weight = trust[:, :, None] + 1e-6
    departure = vectors - (weight * vectors).sum(axis=0) / weight.sum(axis=0)
    energy = (weight * departure**2).sum(axis=(0, 2)) / weight.sum(axis=(0, 2))
    return Shape(vectors, departure, trust, energy, _whiteness(segments, start, stop))


def _resampled(values: NDArray[np.float64], start: int, stop: int) -> NDArray[np.float64]:
    place = np.linspace(start, stop - 1, FRAMES)
    low = np.minimum(place.astype(np.intp), len(values) - 1)
    high = np.minimum(low + 1, len(values) - 1)
    part = (place - low).reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray(values[low] * (1 - part) + values[high] * part)


def _whiteness(segments: Segments, start: int, stop: int) -> NDArray[np.float64]:
    """Variance of second differences over that of white noise, which has 6 times its variance.

    They are taken at the clip's own frame rate: interpolated poses would look smooth.
    """
    lag = max(1, round(FPS / segments.fps))
    if stop - start < max(_LEAST_FRAMES, 3 * lag):
        start, stop = 0, len(segments)
    rough = segments.rough[start:stop]
    if len(rough) <= 2 * lag:
        return np.zeros(KEYPOINT_COUNT)
    second = ((rough[2 * lag :] - 2 * rough[lag:-lag] + rough[: -2 * lag]) ** 2).mean(axis=0).sum(axis=1) / 6
    return np.asarray(second / np.maximum(rough.var(axis=0).sum(axis=1), 1e-9))
