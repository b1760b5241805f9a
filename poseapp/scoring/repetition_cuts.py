"""Where one repetition ends and the next begins."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.cleaning import FPS

__all__ = ["Cut", "cut"]

_OFF_RHYTHM = 0.35  # of the shortest interval
_ENDS_S = 0.2
_STILL = 0.25  # of the highest speed
_CLEARLY_AWAY = 0.5  # of the way
_AT_REST = (0.2, 0.4)  # of the way: nearer to the start pose is at rest, farther is away again
_COME_BACK = (0.4, 0.6)  # the same for the question whether a repetition was finished, which takes less
_LEAD_S = 0.3  # longest part of the rest that belongs to the repetition


class Cut(NamedTuple):
    """First and last frame of a repetition, and whether both of its ends are in the clip."""

    first: int
    last: int
    is_whole: bool


def cut(place: NDArray[np.float64], passes: Sequence[NDArray[np.intp]]) -> list[Cut]:
    """Where every repetition begins and ends.

    The first one of several may have begun before the clip, and the last one may go on after it. Of a single one
    nobody can tell: what does not come back may not be meant to.

    Parameters
    ----------
    place : ndarray, shape (T, D)
        The path of the movement.
    passes : sequence of ndarray, each of shape (n,)
        For some moments the frames at which their pose is passed, once in each of the n repetitions; at least one.
    """
    if len(passes[0]) == 1:
        return [Cut(*_one(place), is_whole=True)]
    agreed = sorted(_agreeing(passes), key=lambda frames: int(frames[0]))
    away = np.linalg.norm(place - _rest_pose(place, agreed[0]), axis=1)
    far = [float(away[frames].mean()) for frames in agreed]
    # The first moment that is clearly no rest lies in the first phase of the movement.
    first = next(frames for frames, d in zip(agreed, far, strict=True) if d >= _CLEARLY_AWAY * max(far))
    # Of that phase the moment farthest from rest.
    phase = [frames for frames in agreed if _same_phase(frames, first, away)]
    marks = max(phase, key=lambda frames: float(away[frames].mean()))
    edges = [0, *(int(m) for m in marks), len(place) - 1]
    least = [0.0, *(float(away[a : b + 1].min()) for a, b in itertools.pairwise(marks)), 0.0]
    rests = [_rests(away, a, b, low) for (a, b), low in zip(itertools.pairwise(edges), least, strict=True)]
    between = [len(r) for r in rests[1:-1]]
    usual = float(np.median(least[1:-1]))
    phases = max(round(float(np.median(between))), 1)
    begun = _returns(away[: edges[1] + 1], usual) > 0
    finished = _returns(away[edges[-2] :], usual) >= phases
    spans: list[Cut] = []
    for i in range(len(marks)):
        before, after = rests[i], rests[i + 1]
        start = _start(before, edges[i], edges[i + 1])
        if i < len(marks) - 1:
            end = _end(after, -1, edges[i + 1], edges[i + 2])
        else:
            end = _end(after, min(phases, len(after)) - 1, edges[i + 1], edges[i + 2])
        if spans:
            start = max(start, spans[-1].last)
        is_whole = (begun or i > 0) and (finished or i < len(marks) - 1)
        spans.append(Cut(start, max(end, start + 1), is_whole))
    return spans


def _agreeing(passes: Sequence[NDArray[np.intp]]) -> list[NDArray[np.intp]]:
    """Those moments whose passes follow each other as most do; others were met on the way to the start position."""
    all_of_them = np.stack(passes)
    rhythm = all_of_them - all_of_them.mean(axis=1, keepdims=True)
    usual = np.median(rhythm, axis=0)
    off = np.abs(rhythm - usual).max(axis=1)
    return list(all_of_them[off <= max(_OFF_RHYTHM * float(np.diff(usual).min()), float(off.min()))])


def _one(place: NDArray[np.float64]) -> tuple[int, int]:
    """The only repetition: from the first rest to the last."""
    away = np.linalg.norm(place - _outside(place), axis=1)
    rests = _rests(away, 0, len(place) - 1, 0.0)
    peak, last = int(away.argmax()), len(place) - 1
    start = _start([r for r in rests[:1] if r[1] < peak], 0, peak)
    return start, max(_end([r for r in rests[-1:] if r[0] > peak], -1, peak, last), start + 1)


def _outside(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The pose in which the clip begins and ends; of the two the one at rest, if the clip was cut in motion."""
    ends = max(round(_ENDS_S * FPS), 1)
    first, last = place[:ends], place[-ends:]
    speed = np.linalg.norm(np.diff(place, axis=0), axis=1)
    still = _STILL * np.percentile(speed, 95)
    begins, stops = (float(speed[part].mean()) <= still for part in (slice(0, ends), slice(-ends, None)))
    apart = np.linalg.norm(first.mean(axis=0) - last.mean(axis=0)) > _CLEARLY_AWAY * np.ptp(place[:, 0])
    if begins == stops and not apart:
        return np.asarray((first.mean(axis=0) + last.mean(axis=0)) / 2)
    return np.asarray((last if stops and not begins else first).mean(axis=0))


def _rest_pose(place: NDArray[np.float64], marks: NDArray[np.intp]) -> NDArray[np.float64]:
    """The pose between repetitions: between two marks the nearest to how the clip begins and ends."""
    away = np.linalg.norm(place - _outside(place), axis=1)
    nearest = [a + int(away[a:b].argmin()) for a, b in itertools.pairwise(marks)]
    return np.asarray(np.median(place[nearest], axis=0))


def _same_phase(frames: NDArray[np.intp], marks: NDArray[np.intp], away: NDArray[np.float64]) -> bool:
    """Whether there is no rest between a moment and the marks."""
    far = float(away.max())
    return all(
        away[min(a, b) : max(a, b) + 1].min() >= min(_AT_REST[0] * far, away[b])
        for a, b in zip(frames, marks, strict=True)
    )


def _returns(away: NDArray[np.float64], least: float) -> int:
    """How often it comes back most of the way to rest, by how far it goes here: a tired one goes less far."""
    return len(_rests(away, 0, len(away) - 1, least, _COME_BACK))


def _rests(
    away: NDArray[np.float64], first: int, last: int, least: float, limits: tuple[float, float] = _AT_REST
) -> list[tuple[int, int]]:
    """Stretches at rest between two frames, with hysteresis; distances from rest are `least` at the least."""
    part = away[first : last + 1]
    near, gone = (least + share * (float(away.max()) - least) for share in limits)
    found: list[tuple[int, int]] = []
    is_away = True
    for i, value in enumerate(part):
        if is_away and value <= near:
            found.append((first + i, first + i))
            is_away = False
        elif not is_away and value > gone:
            is_away = True
        if not is_away and value <= near:
            found[-1] = (found[-1][0], first + i)
    return found


def _start(rests: list[tuple[int, int]], first: int, mark: int) -> int:
    """A repetition begins as the last rest before its mark ends."""
    if not rests:
        return first
    begin, end = rests[-1]
    return min(max(end - round(_LEAD_S * FPS), (begin + end) // 2), mark)


def _end(rests: list[tuple[int, int]], nth: int, mark: int, last: int) -> int:
    """A repetition ends as a rest after its mark begins."""
    if not rests:
        return last
    begin, end = rests[nth]
    return max(min(begin + round(_LEAD_S * FPS), (begin + end + 1) // 2), mark)
