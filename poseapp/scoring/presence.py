"""Was the movement done at all? What makes a zero honest.

A distance alone cannot tell: a shrug moves the shoulders by a tenth of the torso, so that standing still is never far
from it, and the pictures of a clip in any order hold every pose of it. Asked here instead is whether the attempt
*moves* as the reference does, over time and beyond its own jitter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.cleaning import FPS
from poseapp.scoring.course import Course, course
from poseapp.scoring.errors_along_path import PLAUSIBLE_NOISE, Matched, range_of_motion
from poseapp.scoring.filters import gaussian
from poseapp.scoring.holding import held
from poseapp.scoring.limbs import Limbs, limbs
from poseapp.scoring.planar import dots, squares
from poseapp.scoring.segments import Segments
from poseapp.scoring.weights import between

__all__ = ["MOVING", "Presence", "presence"]

#: Degrees of motion from which a reference fully is a movement; below 0.8 a pose is held, and none is asked for.
MOVING: Final = 1.3

_MAX_GAIN = 2.0  # a movement half as large is still the movement; its amplitude is judged elsewhere
# Where each of them goes from nothing to full. Measured: perfect repeats (noise to 3 % of the torso, 15 to
# 60 poses/s, 0.6 to 1.6 of the tempo) stay beyond the second value, standing still, noise and shuffled pictures
# below the first, for large movements and for a shrug.
_AMPLITUDE = (0.18, 0.38)
_EXPLAINED = (0.05, 0.25)
# What is left of a shrug may be another body; what is left of a large movement is another one. Good repetitions of
# real people that move by more than 7 degrees have .51 and more, perfect repeats .97.
_EXPLAINED_WELL = (0.35, 0.55)
_LARGE = (5.0, 8.0)  # degrees of motion of the reference
_COHERENT = (0.03, 0.35)  # two fifths of the way leave more than the first, standing still at most 0.022
_STEADY = (0.20, 0.40)
_BROKEN = 3  # samples that an outlier keeps from running on: itself and both neighbours
_DISORDER = (0.42, 0.20)
_JITTER = (0.14, 0.08)
# Good repetitions of real people have up to .43, .25 and .17 (95 %: .38, .17 and .03), perfect repeats .25, .11, .05;
# 95 of 100 movements that were broken off at half or before leave .41 and more unfinished.
_LEFT_OUT = (0.45, 0.30)
_INSTEAD = (0.40, 0.20)
_UNFINISHED = (0.40, 0.20)
_MOVING = (0.8, MOVING)
_HELD = (0.3, 0.6)  # of the time for which the reference holds its pose
_COMPONENTS = 3
_ITERATIONS = 8
_LEAST_FRAMES = 8
_RADIANS = 0.5  # of a swing, by which a movement is smoothed to tell it from what does not run on
_TEMPI = (0.6, 2.0)
_WIDTHS = (1.0, 8.0)  # poses; more would leave too few that are independent
_SLOWEST = 8.0


@dataclass(frozen=True, slots=True)
class Presence:
    """How much of the reference's movement is in the attempt.

    Parameters
    ----------
    amplitude : float
        Regression of the attempt's movement on the reference's along the path: 1 for a repeat, 0 for standing
        still; independent noise does not change it.
    explained : float
        Share of the reference's movement (variance) that the attempt explains, at most twice magnified, jitter
        taken off; 0..1.
    coherent : float
        Share of the reference's movement (variance) that is in what was matched of the attempt and runs on from one
        picture to the next; 0..1. Independent jitter changes nothing.
    steady : float
        Share of what the whole attempt moves along the reference's principal directions that runs on from one picture
        to the next, less what had to be bridged: about 0 for pictures in any order, however small the movement, and
        1 for a smooth one.
    disorder : float
        0 for a smooth movement, about 1 for pictures in any order: the share of white noise in the attempt's
        movement along the reference's principal directions, beyond plausible jitter and beyond the reference's own,
        and twice the share of samples that had to be taken out as outliers where the reference moves.
    jitter : float
        Standard deviation of the attempt's jitter in torso lengths per coordinate.
    course : Course
        What of the reference's way was left out, and what was done instead.
    limbs : Limbs
        What single parts of the body left undone or did besides.
    moving : float
        0 for a reference that holds a pose .. 1 for one that moves.
    large : float
        0 for a reference that moves as little as a shrug .. 1 for one that moves well beyond.
    held : float
        Longest time for which the attempt stays in the reference's pose, over the reference's; 1 where it moves.
    """

    amplitude: float
    explained: float
    coherent: float
    steady: float
    disorder: float
    jitter: float
    course: Course
    limbs: Limbs
    moving: float
    large: float
    held: float

    @property
    def factor(self) -> float:
        """By what a score is multiplied, 0..1."""
        return self.as_a_whole * (1 - self.limbs.undone) * (1 - self.limbs.otherwise)

    @property
    def in_general(self) -> float:
        """The same, 0..1, without all that is asked of single parts."""
        return self._of(self._likeness * between(self.coherent, _COHERENT) * self._way)

    @property
    def as_a_whole(self) -> float:
        """The same, 0..1, without what single parts left undone: for that the others need not pay."""
        return self.in_general * (1 - self.limbs.besides)

    @property
    def resembles(self) -> float:
        """How sure it is, 0..1, that this is the movement, done less far maybe: then its parts can be blamed.

        Also for what they do besides.
        """
        return self._of(self._likeness)

    @property
    def _likeness(self) -> float:
        return (
            between(self.amplitude, _AMPLITUDE)
            * between(self.explained, _EXPLAINED)
            * between(self.steady, _STEADY)
            * between(self.disorder, _DISORDER)
        )

    @property
    def _way(self) -> float:
        return (
            (1 - self.large + self.large * between(self.explained, _EXPLAINED_WELL))
            * between(self.course.left_out, _LEFT_OUT)
            * between(self.course.instead, _INSTEAD)
            * between(self.course.unfinished, _UNFINISHED)
        )

    def _of(self, done: float) -> float:
        wanted = self.moving * done + (1 - self.moving) * between(self.held, _HELD)
        return wanted * between(self.jitter, _JITTER)


def presence(matched: Matched, reference: Segments, attempt: Segments, weights: NDArray[np.float64]) -> Presence:
    """Measure how much of the reference's movement is in the attempt.

    Parameters
    ----------
    matched : Matched
        Both along the warping path.
    reference, attempt : Segments
        The movements that were matched.
    weights : ndarray, shape (17,)
        How much each keypoint counts.
    """
    by = matched.weight * weights
    ref, att = _without_mean(matched.reference, matched.weight), _without_mean(matched.attempt, matched.weight)
    amount = by.sum(axis=0)
    noise_ref = 2 * float((amount * np.minimum(reference.noise, PLAUSIBLE_NOISE) ** 2).sum())
    noise_att = 2 * float((amount * np.minimum(attempt.noise, PLAUSIBLE_NOISE) ** 2).sum())
    energy_ref = float((by * squares(ref)).sum())
    energy_att = float((by * squares(att)).sum())
    common = float((by * dots(ref, att)).sum())
    wanted = max(energy_ref - noise_ref, 1e-12)
    gain = float(np.clip(common / max(energy_att, 1e-12), 0.0, _MAX_GAIN))
    left = energy_ref - 2 * gain * common + gain**2 * energy_att - noise_ref - gain**2 * noise_att
    share = weights / max(float(weights.sum()), 1e-12)
    erratic = _erratic(reference, attempt, weights)
    whiteness, coherent, steady = _order(np.sqrt(by)[:, :, None] * ref, reference, attempt, matched, weights)
    degrees = range_of_motion(reference, weights > 0)
    return Presence(
        amplitude=common / wanted,
        explained=float(np.clip(1 - left / wanted, 0.0, 1.0)),
        coherent=coherent,
        steady=steady - _BROKEN * erratic,
        disorder=whiteness + 2 * erratic,
        jitter=float(np.sqrt((share * attempt.rough_noise**2).sum())),
        course=course(matched, reference, attempt, weights),
        limbs=limbs(matched, reference, attempt, weights),
        moving=between(degrees, _MOVING),
        large=between(degrees, _LARGE),
        held=held(matched, reference, attempt, weights) if degrees < MOVING else 1.0,
    )


def _without_mean(vectors: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    by = weight[:, :, None]
    return np.asarray(vectors - (by * vectors).sum(axis=0) / np.maximum(by.sum(axis=0), 1e-12))


def _erratic(reference: Segments, attempt: Segments, weights: NDArray[np.float64]) -> float:
    """Share of outliers among the attempt's keypoints, by how much each moves in the reference."""
    moves = weights * reference.motion**2
    return float((moves * attempt.erratic).sum() / max(float(moves.sum()), 1e-12))


def _principal(scatter: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Strengths ``(C,)`` and directions ``(34, C)`` of the largest components of a scatter matrix ``(34, 34)``.

    By orthogonal iteration (Golub and Van Loan, "Matrix Computations", 8.2.4): a full decomposition takes 100 times
    longer when its threads have to wait for a busy processor.
    """
    directions = np.linalg.qr(scatter[:, np.argsort(scatter.diagonal())[-_COMPONENTS:]])[0]
    for _ in range(_ITERATIONS):
        directions = np.linalg.qr(scatter @ directions)[0]
    return np.asarray((directions * (scatter @ directions)).sum(axis=0)), directions


def _order(
    movement: NDArray[np.float64],
    reference: Segments,
    attempt: Segments,
    matched: Matched,
    weights: NDArray[np.float64],
) -> tuple[float, float, float]:
    """Whiteness, coherence and steadiness of the attempt along the main directions of the reference's `movement`.

    White noise has second differences of 6 times its variance; whiteness is that over the variance, coherence what
    of the variance is not white, over the reference's. All is measured at the attempt's own frame rate: interpolated
    poses would look smooth. Steadiness is the share of the whole attempt's variance that runs on for longer.
    """
    flat = movement.reshape(len(movement), -1)
    strength, directions = _principal(flat.T @ flat)
    first, last = int(matched.path.attempt[0]), int(matched.path.attempt[-1]) + 1
    lag = max(1, round(FPS / attempt.fps))
    start, stop = (first, last) if last - first >= max(_LEAST_FRAMES, 3 * lag) else (0, len(attempt))
    if stop - start <= 2 * lag or strength.sum() <= 0:
        return 0.0, 1.0, 1.0
    root = np.sqrt(weights)[:, None]
    whole = (attempt.rough * root).reshape(len(attempt), -1) @ directions
    along = whole[start:stop]
    second, white = _whiteness(along, lag, attempt, weights, directions)
    # A kick that a model sees in a few poses only runs on no better when it is done right.
    asked = (reference.rough * root).reshape(len(reference), -1) @ directions
    lag_asked = min(max(lag, round(FPS / reference.fps)), (len(asked) - 1) // 2)
    if lag_asked:
        white = np.maximum(white - _whiteness(asked, lag_asked, reference, weights, directions)[1], 0.0)
    poses = (matched.weight * weights).sum() / max(float(weights.sum()), 1e-12)
    runs_on = np.clip(poses * (along.var(axis=0) - second), 0.0, strength)
    wanted = (reference.vectors * root).reshape(len(reference), -1) @ directions
    frames = _pace(wanted) * float(np.clip((last - first) / len(reference), *_TEMPI)) / lag
    # Among pictures in any order the path finds a stretch that happens to run on; all of them together do not.
    anywhere = whole[::lag]
    moves = float((strength * anywhere.var(axis=0)).sum())
    share = float((strength * _running_on(anywhere, frames)).sum()) / max(moves, 1e-12)
    return (
        float((strength * white).sum() / strength.sum()),
        float(runs_on.sum() / strength.sum()),
        share,
    )


def _whiteness(
    along: NDArray[np.float64],
    lag: int,
    segments: Segments,
    weights: NDArray[np.float64],
    directions: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A sixth of the squared second differences of `along` ``(T, C)``, and its share of the variance, both ``(C,)``.

    Jitter that an estimator may have is white as well, and no fault: every keypoint's own is taken off the share, as
    far as it is plausible.
    """
    second = ((along[2 * lag :] - 2 * along[lag:-lag] + along[: -2 * lag]) ** 2).mean(axis=0) / 6
    jitter = np.repeat(weights * np.minimum(segments.rough_noise, PLAUSIBLE_NOISE) ** 2, 2) @ directions**2
    share = np.maximum(second - jitter, 0.0) / np.maximum(along.var(axis=0) - jitter, 1e-12)
    return second, np.minimum(share, 1.0)


def _pace(movement: NDArray[np.float64]) -> float:
    """Poses in which a movement ``(T, C)`` goes on by half a radian of its swing."""
    swing = float(((movement - movement.mean(axis=0)) ** 2).mean())
    step = float((np.diff(movement, axis=0) ** 2).mean()) if len(movement) > 1 else 0.0
    return _RADIANS * float(np.sqrt(swing / step)) if step > 0 else _SLOWEST


def _running_on(along: NDArray[np.float64], frames: float) -> NDArray[np.float64]:
    """Variance of ``(T, C)`` that runs on over more than `frames` poses; 0 on average for white noise.

    A Gaussian of standard deviation s leaves the share ``1 / (2 sqrt(pi) s)`` of the variance of white noise, and
    nearly all of a slower movement. Neighbours alone would not do: a path that may choose among a few dozen
    shuffled pictures finds a stretch in which they happen to follow each other.
    """
    width = float(np.clip(frames, *_WIDTHS))
    left = 1 / (2 * np.sqrt(np.pi) * width)
    smooth = gaussian(along, width)
    return np.asarray((smooth.var(axis=0) - left * along.var(axis=0)) / (1 - left))
