"""Does the program know, picture by picture, where in the reference the person is?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring_parts.options import Options
from benchmarks.scoring_parts.speed import long_clip
from benchmarks.scoring_parts.synthetic_cases import SETS, reference_of
from benchmarks.scoring_parts.table import Cell, Part, Row, at_most
from poseapp.pose import PoseSequence
from poseapp.scoring import scorer
from poseapp.scoring.following import Follower, Position
from tools import motion
from tools.motion.action import Action
from tools.motion.nuisances import noisy

__all__ = ["part"]

Array = NDArray[np.float64]
_REFERENCE_START_S = 0.3  # waiting before the movement in every reference
_WAIT_S = 1.5
_HOLD_S = 1.5
_FPS = 30.0
_SAME_POSTURE = 0.12  # of a repetition at either end


@dataclass(slots=True)
class _Found:
    """What came out on one set."""

    phase: dict[str, list[float]] = field(
        default_factory=lambda: {"once": [], "with a stop": [], "three times": [], "offline": []}
    )
    early_start: list[bool] = field(default_factory=list)
    finished_after: list[float] = field(default_factory=list)
    stop_seen: list[bool] = field(default_factory=list)
    stop_imagined: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Attempt:
    """A sequence with the true reference time of every frame, NaN while waiting; where that time can be told by the
    posture, which at both ends of a repetition is the same; and where the person stopped."""

    sequence: PoseSequence
    truth: Array
    inner: NDArray[np.bool_]
    held: NDArray[np.bool_]


def part(options: Options) -> Part:
    """Every action and view: once, with a stop in the middle, and three times; each after standing still."""
    by_set = {}
    for name in options.sets:
        by_set[name] = found = _Found()
        for i, action in enumerate(SETS[name]):
            options.say(f"following, {name}: {action.title}")
            for j, view in enumerate(motion.VIEWS):
                if not options.quick or j == i % 3:
                    _examine(found, action, view)
    note = f"after standing still for {_WAIT_S:g} s; another body, tempo 0.7-1.4, 30 % local changes, noise 1.5 %"
    return Part("Following live", [*_rows(by_set), *_speed(options.quick)], note)


def _examine(found: _Found, action: Action, view: str) -> None:
    rng = np.random.default_rng((sum(map(ord, action.name)), sum(map(ord, view)), 7))
    reference = reference_of(action, view)
    for kind, reps, hold in (("once", 1, False), ("with a stop", 1, True), ("three times", 3, False)):
        attempt = _attempt(action, view, reps, hold, rng)
        follower = Follower(reference)
        positions = [
            follower.step(pose, float(t)) for pose, t in zip(attempt.sequence, attempt.sequence.t, strict=True)
        ]
        off = np.abs(np.array([p.reference_time for p in positions]) - attempt.truth)
        found.phase[kind] += off[attempt.inner & ~attempt.held].tolist()
        if kind == "once":
            _examine_once(found, reference, attempt, positions)
        hesitates = np.array([p.hesitating for p in positions])
        if hold:
            found.stop_seen.append(bool(hesitates[attempt.held][-3:].any()))
        else:
            found.stop_imagined += hesitates[np.isfinite(attempt.truth)].tolist()


def _examine_once(found: _Found, reference: PoseSequence, attempt: _Attempt, positions: Sequence[Position]) -> None:
    moving = np.flatnonzero(np.isfinite(attempt.truth))
    t = attempt.sequence.t
    found.early_start.append(any(p.started for p in positions[5 : moving[0] - 3]))
    finished = [i for i, p in enumerate(positions) if p.finished]
    found.finished_after.append(float(t[finished[0]] - t[moving[-1]]) if finished else np.inf)
    path = scorer("form").score(reference, attempt.sequence).path
    if path is not None:
        offline = np.array([path.reference_at(float(t[i])) for i in moving])
        found.phase["offline"] += np.abs(offline - attempt.truth[moving])[attempt.inner[moving]].tolist()


def _attempt(action: Action, view: str, reps: int, hold: bool, rng: np.random.Generator) -> _Attempt:
    done = motion.perform(
        action,
        view=view,
        reps=reps,
        pause=0.4,
        before=_WAIT_S,
        after=1.0,
        tempo=float(rng.uniform(0.7, 1.4)),
        local_tempo=0.3,
        body=motion.BODIES["average"].varied(rng, 0.08),
        seed=int(rng.integers(1000)),
    )
    truth = np.full(len(done.t), np.nan)
    inner = np.zeros(len(done.t), dtype=np.bool_)
    for start, end in done.reps:
        inside = (done.t >= start) & (done.t <= end)
        truth[inside] = _REFERENCE_START_S + done.clock[inside] - np.interp(start, done.t, done.clock)
        margin = _SAME_POSTURE * (end - start)
        inner |= (done.t >= start + margin) & (done.t <= end - margin)
    order = np.arange(len(done.t))
    held = np.zeros(len(done.t), dtype=np.bool_)
    if hold:  # in the middle of the way out, where the movement is fast
        start, end = done.reps[0]
        at = int(np.searchsorted(done.t, start + 0.25 * (end - start)))
        frames = round(_HOLD_S * _FPS)
        order = np.concatenate((order[:at], np.full(frames, at), order[at:]))
        held = np.concatenate((held[:at], np.ones(frames, dtype=np.bool_), held[at:]))
    sequence = PoseSequence(done.xy[order], done.confidence[order], np.arange(len(order)) / _FPS)
    return _Attempt(noisy(sequence, rng, 1.5), truth[order], inner[order], held)


def _rows(by_set: dict[str, _Found]) -> list[Row]:
    def error(kind: str) -> dict[str, Cell]:
        return {
            s: Cell(tuple(np.percentile(f.phase[kind], (50, 95)).tolist()), 2, len(f.phase[kind]))
            for s, f in by_set.items()
            if f.phase[kind]
        }

    def share(values: dict[str, list[bool]]) -> dict[str, Cell]:
        return {s: Cell((100 * float(np.mean(v)),), 1, len(v)) for s, v in values.items() if v}

    in_time = {s: [-0.4 <= x <= 0.5 for x in f.finished_after] for s, f in by_set.items()}
    return [
        Row("phase error, s, median / p95: offline path", error("offline")),
        *(
            Row(f"phase error, s, median / p95: {kind}", error(kind))
            for kind in ("once", "with a stop", "three times")
        ),
        Row("thought to have begun while still standing, %", share({s: f.early_start for s, f in by_set.items()})),
        Row("end found within -0.4 .. 0.5 s, %", share(in_time)),
        Row("stop in the middle seen, %", share({s: f.stop_seen for s, f in by_set.items()})),
        Row("hesitating without a stop, % of pictures", share({s: f.stop_imagined for s, f in by_set.items()})),
    ]


def _speed(quick: bool) -> list[Row]:
    follower = Follower(long_clip(10, 1))
    attempt = long_clip(10 if quick else 30, 2)
    times = []
    for pose, t in zip(attempt, attempt.t, strict=True):
        began = time.perf_counter()
        follower.step(pose, float(t))
        times.append(1000 * (time.perf_counter() - began))
    median, slowest = np.percentile(times, (50, 95)).tolist()
    return [
        Row(
            "ms per picture, 10 s reference: p95 / median",
            {"any": Cell((slowest, median), 2, len(times))},
            at_most(1),
        )
    ]
