"""How often a movement was repeated, and from when to when each time. No reference is needed.

A repetition is a return: whoever squats five times passes half-way down five times, and half-way up five times. So
every moment in motion is asked how often its pose was passed in its direction, and the answers are counted like
votes. Pauses, changes of tempo, repetitions that go less far and movements of several phases change no answer;
walking into the start position gives moments that say "once", and few of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import PoseSequence
from poseapp.scoring.cleaning import FPS, clean
from poseapp.scoring.filters import gaussian
from poseapp.scoring.repetition_cuts import Cut, cut
from poseapp.scoring.segments import MIN_SEEN, Segments, segment_vectors
from poseapp.scoring.shapes import KEYPOINT_SHARE

__all__ = ["Repetition", "Trajectory", "find_repetitions", "repetitions_in", "trajectory"]

Array = NDArray[np.float64]

# Found on one half of the movements of tools/motion; see benchmarks/scoring.py.
_SMOOTHING_S = 0.1
_COMPONENTS = 2  # of a pose, by which it is said to be passed again
_DIRECTIONS = 6  # of a pose, by which two repetitions are compared
_POSES = 16  # to which each is brought for that
_LEAST_FOR_HALVES = 4  # two are too few to tell halves from wholes
_HALVES, _FEWEST = 0.2, 20  # of a correlation, by which every second one, but for so many percent, is more alike
_LEAST_RANGE = 0.06  # torso lengths times root of segments; breathing and jitter stay below, a shrug goes beyond
_WHITENESS = 0.2  # share of white noise from which there is no movement
_MOVING = 0.25  # of the highest speed
_ASKED = 200  # moments
_AROUND_S = 1.5  # a pose is near or far by how much the person moves within that time
_NEAR = 0.6
_SAME_WAY = 0.5  # cosine
_SLOW = 0.1  # a pass is not slower than that part of the speed of the moment that asks
_GAP_S = 0.25  # between two passes
_PAIRS = 500_000  # of moments that are looked at together: of an hour, all at once would be hundreds of megabytes
_OUTSIDE = 0.5  # weight of "once" from before and after the repetitions: walking into place and away may be fast
_STRAY = 10  # percent of the moments may have been passed on the way to the start position as well
_MAJORITY = 0.7  # of the most votes; the highest such count wins: only what lies outside the repetitions says less


@dataclass(frozen=True, slots=True)
class Repetition:
    """One repetition.

    Parameters
    ----------
    start, end : float
        Seconds in the clip's own time.
    is_whole : bool
        It begins and comes back within the clip; the first or the last one of several may not.
    """

    start: float
    end: float
    is_whole: bool = True

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """A movement as a path in the plane in which it moves most.

    Parameters
    ----------
    pose : ndarray, shape (T, 6), float64
        Torso lengths along the six directions in which it moves most; the first two are `place`.
    place, velocity : ndarray, shape (T, 2), float64
        Torso lengths and torso lengths per second, over all segments.
    span : float
        3rd to 97th percentile along the main direction, torso lengths.
    whiteness : float
        Share of white noise along the main direction: near 0 for a movement, 1 for jitter alone.
    """

    pose: Array
    place: Array
    velocity: Array
    span: float
    whiteness: float

    @property
    def moves(self) -> bool:
        """Whether there is any movement to count."""
        return self.span >= _LEAST_RANGE and self.whiteness <= _WHITENESS


def find_repetitions(sequence: PoseSequence) -> tuple[Repetition, ...]:
    """Count and cut the repetitions in a clip.

    Parameters
    ----------
    sequence : PoseSequence
        One movement, repeated or not; idle before, after and in between does not matter.

    Returns
    -------
    tuple of Repetition
        In the order of time, without overlap, unfinished ones included. One for a movement that is not repeated, none
        for standing still.

    Raises
    ------
    NotEnoughSeenError
        Too little of a body was seen.
    """
    return repetitions_in(segment_vectors(clean(sequence)))


def repetitions_in(segments: Segments) -> tuple[Repetition, ...]:
    """As :func:`find_repetitions`, for a clip that is clean already."""
    path = trajectory(segments)
    if path is None or not path.moves:
        return ()
    passes = _passes(path)
    t = segments.t
    found = _without_halves(cut(path.place, passes), path.pose)
    return tuple(Repetition(float(t[a]), float(t[b]), whole) for a, b, whole in found)


def _without_halves(found: list[Cut], pose: Array) -> list[Cut]:
    """Two and two taken for one where every second one is clearly more like each other than neighbours are.

    A curl and then a press raise the hands twice, and so does who goes down again from half-way up. Compared are
    shapes: how far each goes, and how fast, does not matter.
    """
    if len(found) < _LEAST_FOR_HALVES or len(found) % 2:
        return found
    shapes = []
    for first, last, _ in found:
        at = np.linspace(first, last, _POSES)
        shape = np.stack([np.interp(at, np.arange(len(pose)), along) for along in pose.T], axis=1)
        shape -= shape.mean(axis=0)
        shapes.append(shape.ravel() / max(float(np.linalg.norm(shape)), 1e-9))
    alike = np.stack(shapes) @ np.stack(shapes).T
    neighbours, every_second = np.diagonal(alike, 1), np.diagonal(alike, 2)
    # Not their mean: the first and the last one, with the way into the start position, are like no other.
    if float(np.percentile(every_second, _FEWEST)) < float(neighbours.mean()) + _HALVES:
        return found
    return [
        Cut(one.first, other.last, one.is_whole and other.is_whole)
        for one, other in zip(found[::2], found[1::2], strict=True)
    ]


def trajectory(segments: Segments) -> Trajectory | None:
    """The path of a movement through its first two principal components; None for less than half a second."""
    frames = len(segments)
    if frames < FPS / 2:
        return None
    share = np.sqrt(KEYPOINT_SHARE * segments.trust.mean(axis=0) * (segments.seen >= MIN_SEEN))[:, None]
    smooth = gaussian((segments.vectors * share).reshape(frames, -1), _SMOOTHING_S * FPS)
    smooth -= smooth.mean(axis=0)
    _, directions = np.linalg.eigh(smooth.T @ smooth)
    pose = smooth @ directions[:, : -_DIRECTIONS - 1 : -1]
    place = np.ascontiguousarray(pose[:, :_COMPONENTS])
    low, high = np.percentile(place[:, 0], (3, 97))

    # At the clip's own frame rate: interpolated poses would look smooth.
    lag = max(1, round(FPS / segments.fps))
    rough = (segments.rough * share).reshape(frames, -1) @ directions[:, -1]
    second = rough[2 * lag :] - 2 * rough[lag:-lag] + rough[: -2 * lag]
    white = float((second**2).mean() / 6 / max(float(rough.var()), 1e-12)) if len(second) else 1.0
    return Trajectory(pose, place, np.gradient(place, axis=0) * FPS, float(high - low), white)


def _passes(path: Trajectory) -> list[NDArray[np.intp]]:
    """For every moment whose count won: the frames at which its pose was passed."""
    speed = np.linalg.norm(path.velocity, axis=1)
    moving = np.flatnonzero(speed > _MOVING * np.percentile(speed, 95))
    asked = moving[:: max(1, len(moving) // _ASKED)]
    found = _passes_of(asked, path, speed)
    counts = np.array([len(passes) for passes in found])
    votes = np.bincount(counts, weights=speed[asked])
    for winner in range(len(votes) - 1, 1, -1):
        agreeing = [passes for passes in found if len(passes) == winner]
        if not agreeing:
            continue
        first = np.percentile([passes[0] for passes in agreeing], _STRAY)
        last = np.percentile([passes[-1] for passes in agreeing], 100 - _STRAY)
        once = speed[asked] * np.where((asked >= first) & (asked <= last), 1.0, _OUTSIDE) * (counts == 1)
        if votes[winner] >= _MAJORITY * max(float(votes[2:].max()), float(once.sum())):
            return agreeing
    return [passes for passes in found if len(passes) == 1]


def _passes_of(asked: NDArray[np.intp], path: Trajectory, speed: Array) -> list[NDArray[np.intp]]:
    """For each frame of `asked` those at which its pose is passed in the same direction, one a pass."""
    size = _size_around(path.place)
    found: list[NDArray[np.intp]] = []
    block = max(_PAIRS // len(speed), 1)
    for some in (asked[i : i + block] for i in range(0, len(asked), block)):
        across, along = (path.place[None, :, axis] - path.place[some, None, axis] for axis in range(_COMPONENTS))
        apart = np.sqrt(across**2 + along**2)
        on = (apart < _NEAR * size[some, None]) & (speed > _SLOW * speed[some, None])
        on &= path.velocity[some] @ path.velocity.T > _SAME_WAY * speed[some, None] * speed
        row, frame = np.nonzero(on)
        begins = np.diff(frame, prepend=frame[:1]) > _GAP_S * FPS
        begins |= np.diff(row, prepend=-1) > 0
        first = np.flatnonzero(begins)
        # Of every pass the nearest frame; the moment itself is always one, so there is a pass for each.
        order = np.lexsort((apart[row, frame], np.cumsum(begins)))
        nearest = order[first]
        found += np.split(frame[nearest], np.flatnonzero(np.diff(row[nearest])) + 1)
    return found


def _size_around(place: Array) -> Array:
    """Root mean square motion within `_AROUND_S` before and after every frame, shape ``(T,)``."""
    half = round(_AROUND_S * FPS)
    frames = np.arange(len(place))
    first, last = np.maximum(frames - half, 0), np.minimum(frames + half + 1, len(place))
    sums = np.concatenate((np.zeros((1, place.shape[1])), np.cumsum(place, axis=0)))
    squares = np.concatenate(((0.0,), np.cumsum((place**2).sum(axis=1))))
    count = (last - first).astype(np.float64)
    mean = (sums[last] - sums[first]) / count[:, None]
    square = (squares[last] - squares[first]) / count - (mean**2).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(square, 1e-9)))
