"""From what a pose model reported to a movement that can be compared: outliers out, gaps bridged, one frame rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.errors import NotEnoughSeenError
from poseapp.pose import Keypoint, PoseSequence
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.scoring.filters import gaussian, median_round, running_maximum, running_median, running_minimum
from poseapp.scoring.planar import norms
from poseapp.scoring.quantiles import quantiles
from poseapp.scoring.swaps import unswapped

__all__ = ["FPS", "MAX_SECONDS", "SMOOTHING_S", "CleanClip", "body_scale", "clean"]

#: Poses per second after cleaning, whatever the clip had.
FPS = 30.0
#: Standard deviation in seconds of the Gaussian that takes the jitter out.
SMOOTHING_S = 0.06
#: Longest clip that is compared; a longer one has a wrong clock or was not cut.
MAX_SECONDS = 3600.0

_MISSING_BELOW = 0.15
_OUTLIER_WINDOW_S = 0.3
_OUTLIER_FLOOR = 0.12  # of the torso
_MIN_FRAMES = 3
_MAX_CLIP_FPS = 1000.0  # a clock that runs faster is broken, and windows in seconds would be endless

_K = Keypoint
# Length of a limb over that of the torso, for bodies whose shoulders or hips are out of the picture. Means of
# Drillis and Contini 1966 ("Body segment parameters"), torso = shoulder to hip joint, 0.288 of the stature.
_LIMB_PER_TORSO = (
    ((_K.LEFT_SHOULDER, _K.LEFT_ELBOW), 0.65),
    ((_K.RIGHT_SHOULDER, _K.RIGHT_ELBOW), 0.65),
    ((_K.LEFT_ELBOW, _K.LEFT_WRIST), 0.51),
    ((_K.RIGHT_ELBOW, _K.RIGHT_WRIST), 0.51),
    ((_K.LEFT_HIP, _K.LEFT_KNEE), 0.85),
    ((_K.RIGHT_HIP, _K.RIGHT_KNEE), 0.85),
    ((_K.LEFT_KNEE, _K.LEFT_ANKLE), 0.85),
    ((_K.RIGHT_KNEE, _K.RIGHT_ANKLE), 0.85),
    ((_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER), 0.90),
)
_LIMB_ENDS = np.array([ends for ends, _ in _LIMB_PER_TORSO], dtype=np.intp)
_LIMB_RATIOS = np.array([ratio for _, ratio in _LIMB_PER_TORSO])
_LONG = 0.9  # of the lengths seen over time are below the one that counts


@dataclass(frozen=True, slots=True, eq=False)
class CleanClip:
    """One person's movement at `FPS` poses per second without gaps.

    Parameters
    ----------
    t : ndarray, shape (T,), float64
        Seconds in the clip's own time, evenly spaced.
    xy : ndarray, shape (T, 17, 2), float64
        Smoothed positions in source pixels; bridged linearly where a keypoint was missing.
    rough_xy : ndarray, shape (T, 17, 2), float64
        The same before smoothing.
    confidence : ndarray, shape (T, 17), float64
        0..1, falling to 0 where a position was bridged.
    scale : float
        Length of the torso in pixels.
    rough_noise, noise : ndarray, shape (17,), float64
        Standard deviation in pixels per coordinate of the jitter before and after smoothing.
    seen : ndarray, shape (17,), float64
        Fraction of the clip's own frames in which the keypoint was seen.
    erratic : ndarray, shape (17,), float64
        Fraction of the keypoint's samples that were taken out as outliers.
    fps : float
        Poses per second before cleaning.
    """

    t: NDArray[np.float64]
    xy: NDArray[np.float64]
    rough_xy: NDArray[np.float64]
    confidence: NDArray[np.float64]
    scale: float
    rough_noise: NDArray[np.float64]
    noise: NDArray[np.float64]
    seen: NDArray[np.float64]
    erratic: NDArray[np.float64]
    fps: float = FPS

    def __post_init__(self) -> None:
        for array in (
            self.t, self.xy, self.rough_xy, self.confidence, self.rough_noise, self.noise, self.seen, self.erratic,
        ):  # fmt: skip
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.t)


def clean(sequence: PoseSequence) -> CleanClip:
    """Remove outliers, bridge gaps, resample to `FPS` and smooth.

    Parameters
    ----------
    sequence : PoseSequence
        As estimated, at any and also at a varying frame rate.

    Returns
    -------
    CleanClip
        From the first to the last pose of `sequence`, idle parts included.

    Raises
    ------
    NotEnoughSeenError
        Fewer than three frames, or no frame with enough of a body to tell its size; or a clip over `MAX_SECONDS`.
    """
    if len(sequence) < _MIN_FRAMES:
        raise NotEnoughSeenError("There are too few pictures to compare a movement.", "Record for longer.")
    if sequence.duration > MAX_SECONDS:
        raise NotEnoughSeenError("The clip is longer than an hour.", "Cut out the part that matters.")
    xy = sequence.xy.astype(np.float64)
    confidence = sequence.confidence.astype(np.float64)
    present = confidence >= _MISSING_BELOW
    scale = body_scale(xy, present)
    if scale is None:
        raise NotEnoughSeenError(
            "Too little of the body was seen to compare a movement.", "Step back until shoulders and hips are in."
        )
    t, fps = sequence.t, min(max(sequence.fps, 1e-3), _MAX_CLIP_FPS)
    xy, confidence = unswapped(xy, confidence, t, scale)
    present = confidence >= _MISSING_BELOW
    xy = _bridged(t, xy, present, t)
    outlier = present & _outliers(xy, fps, scale)
    kept = present & ~outlier
    rough_noise = _jitter(xy, kept)
    seen = np.asarray((kept & (confidence >= MIN_CONFIDENCE)).mean(axis=0), dtype=np.float64)

    grid = t[0] + np.arange(int(sequence.duration * FPS + 1e-6) + 1) / FPS
    rough = _bridged(t, xy, kept, grid)
    frames = max(SMOOTHING_S * fps, 0.3)
    left = min(1.0, 1 / np.sqrt(2 * np.sqrt(np.pi) * frames))  # of white noise after a Gaussian of that width
    return CleanClip(
        t=grid,
        xy=gaussian(rough, SMOOTHING_S * FPS),
        rough_xy=rough,
        confidence=_between(t, np.where(kept, confidence, 0.0), grid),
        scale=scale,
        rough_noise=rough_noise,
        noise=rough_noise * left,
        seen=seen,
        erratic=np.asarray(outlier.sum(axis=0) / np.maximum(present.sum(axis=0), 1)),
        fps=fps,
    )


def body_scale(xy: NDArray[np.float64], present: NDArray[np.bool_]) -> float | None:
    """Length of the torso in pixels.

    Parameters
    ----------
    xy : ndarray, shape (T, 17, 2)
        Positions in pixels.
    present : ndarray, shape (T, 17), bool
        Which of them may be used.

    Returns
    -------
    float or None
        90th percentile over time of the distance from mid-shoulder to mid-hip (one side where the other is never
        present), estimated from the longest limb by mean human proportions when no torso is present in a tenth of
        the frames; None when that fails too.
    """
    shoulder, shoulder_ok = _middle(xy, present, _K.LEFT_SHOULDER, _K.RIGHT_SHOULDER)
    hip, hip_ok = _middle(xy, present, _K.LEFT_HIP, _K.RIGHT_HIP)
    both = shoulder_ok & hip_ok
    if both.sum() >= max(_MIN_FRAMES, 0.1 * len(xy)):
        scale = float(quantiles(norms(shoulder[both] - hip[both])[None], _LONG)[0])
        return scale if scale > 0 else None
    ok = present[:, _LIMB_ENDS[:, 0]] & present[:, _LIMB_ENDS[:, 1]]
    lengths = norms(xy[:, _LIMB_ENDS[:, 0]] - xy[:, _LIMB_ENDS[:, 1]])
    guesses = (quantiles(lengths.T, _LONG, ok.T) / _LIMB_RATIOS)[ok.sum(axis=0) >= _MIN_FRAMES]
    # A limb only ever looks shorter than it is.
    return float(guesses.max()) if guesses.any() else None


def _middle(
    xy: NDArray[np.float64], present: NDArray[np.bool_], left: Keypoint, right: Keypoint
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Middle of a left and a right keypoint and where it is known; one alone serves if the other never is."""
    if present[:, left].any() and present[:, right].any():
        return (xy[:, left] + xy[:, right]) / 2, present[:, left] & present[:, right]
    only = left if present[:, left].any() else right
    return xy[:, only], present[:, only]


def _bridged(
    t: NDArray[np.float64], xy: NDArray[np.float64], known: NDArray[np.bool_], grid: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Positions at `grid` seconds, linear between known samples, held before the first and after the last."""
    out = xy.copy() if grid is t else _between(t, xy, grid)
    for k in np.flatnonzero(~known.all(axis=0)):
        samples = known[:, k]
        for axis in (0, 1):
            out[:, k, axis] = np.interp(grid, t[samples], xy[samples, k, axis]) if samples.any() else 0.0
    return out


def _between(t: NDArray[np.float64], values: NDArray[np.float64], grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values ``(G, ...)`` at `grid` seconds, linear between the samples ``(T, ...)``, held before and after them."""
    before = np.clip(np.searchsorted(t, grid, side="right") - 1, 0, len(t) - 2)
    part = np.clip((grid - t[before]) / (t[before + 1] - t[before]), 0.0, 1.0)
    start = values[before]
    return np.asarray(start + part.reshape(-1, *[1] * (values.ndim - 1)) * (values[before + 1] - start))


def _outliers(xy: NDArray[np.float64], fps: float, scale: float) -> NDArray[np.bool_]:
    """Samples far from the running median, compared with how far samples usually are at that time."""
    window = max(5, 2 * int(_OUTLIER_WINDOW_S * fps / 2) + 1)
    least = _OUTLIER_FLOOR * scale
    found = np.zeros(xy.shape[:2], dtype=np.bool_)
    # Medians take long, and few keypoints have an outlier. A median lies between the extremes of any samples that are
    # more than half: what is not far from those of the samples around it is not far from the median.
    inner = 2 * ((window // 2 + 1) // 2) + 1
    doubtful = norms(np.maximum(running_maximum(xy, inner) - xy, xy - running_minimum(xy, inner))) > least
    if not doubtful.any():
        return found
    away_there = norms(xy[doubtful] - median_round(xy, window, doubtful))
    far = np.unique(np.nonzero(doubtful)[1][away_there > least])
    if not len(far):
        return found
    away = norms(xy[:, far] - running_median(xy[:, far], window))
    usual = 1.4826 * running_median(away, window)
    found[:, far] = away > np.maximum(3 * usual, least)
    return found


def _jitter(xy: NDArray[np.float64], kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Standard deviation per coordinate of white noise, from second differences; shape (17,), pixels.

    A second difference of white noise has 6 times its variance, one of a smooth movement nearly none; the
    median makes it robust (Rousseeuw and Croux 1993: 1.4826 x MAD).
    """
    second = np.abs(xy[2:] - 2 * xy[1:-1] + xy[:-2])
    usable = kept[2:] & kept[1:-1] & kept[:-2]
    # A row for each keypoint: first all x, then all y.
    median = quantiles(second.transpose(1, 2, 0).reshape(KEYPOINT_COUNT, -1), 0.5, np.tile(usable.T, 2))
    return np.asarray(1.4826 * median / np.sqrt(6))
