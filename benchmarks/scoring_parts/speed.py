"""How long a score takes, and how much memory."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
from dtaidistance import dtw

from benchmarks.scoring_parts.options import Options
from benchmarks.scoring_parts.table import Cell, Part, Row, at_most
from poseapp.pose import PoseSequence
from poseapp.scoring import scorer
from poseapp.scoring.classic import shifted_to_box
from tools import motion
from tools.motion.nuisances import noisy

__all__ = ["long_clip", "part"]


def long_clip(seconds: float, seed: int) -> PoseSequence:
    """Squats at 30 pictures/s for as long."""
    one = motion.perform("squat", before=0, after=0).t[-1]
    many = motion.perform("squat", view="left", seed=seed, reps=int(seconds / one) + 1, pause=0.2)
    return noisy(many.sequence().between(0, seconds), np.random.default_rng(seed))


def part(options: Options) -> Part:
    """Times of a 10 s and a 60 s clip, memory for 10 minutes, and how the seed's call compares."""
    options.say("speed")
    a, b = long_clip(10, 1), long_clip(10, 2)
    short = {m: _milliseconds(m, a, b, 3 if options.quick else 9) for m in options.methods}
    rows = [Row("10 s clip, ms", {m: Cell((ms,)) for m, ms in short.items()}, at_most(20))]
    a60, b60 = long_clip(60, 1), long_clip(60, 2)
    minute = {m: Cell((_milliseconds(m, a60, b60, 1 if options.quick else 3),), 0) for m in options.methods}
    rows.append(Row("60 s clip, ms", minute, at_most(400)))
    seed = _seed_seconds(a, b, 1 if options.quick else 4)
    ratio = {m: Cell((1000 * seed / ms,), 0) for m, ms in short.items()}
    rows.append(Row(f"times faster than the seed's call ({seed:.1f} s in Python)", ratio))
    if not options.quick:
        long = {i: long_clip(600, i) for i in (1, 2)}
        methods = [m for m in options.methods if m != "classic"]  # it needs the whole matrix: 10 GB
        if methods:
            memory = {m: Cell((_memory(m, long[1], long[2]),), 0) for m in methods}
            rows.append(Row("10 min clip, memory, MB", memory, at_most(500)))
            seconds = {m: Cell((_milliseconds(m, long[1], long[2], 1) / 1000,)) for m in methods}
            rows.append(Row("10 min clip, s", seconds))
    return Part("Speed", rows, "median; a clip of 30 pictures/s against another of the same length")


def _milliseconds(method: str, a: PoseSequence, b: PoseSequence, runs: int) -> float:
    judge = scorer(method)
    judge.score(a, b)
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        judge.score(a, b)
        times.append(time.perf_counter() - began)
    return 1000 * float(np.median(times))


def _seed_seconds(a: PoseSequence, b: PoseSequence, keypoints: int) -> float:
    """The seed's call, in Python as it was called there; `keypoints` of the 17 are timed."""
    ref, att = shifted_to_box(a.xy), shifted_to_box(b.xy)
    began = time.perf_counter()
    for k in range(keypoints):
        one, other = (path[:, k].reshape(-1) / np.linalg.norm(path[:, k]) for path in (ref, att))
        dtw.distance(one, other, use_c=False)
    return (time.perf_counter() - began) * 17 / keypoints


def _memory(method: str, a: PoseSequence, b: PoseSequence) -> float:
    """Greatest MB of arrays that are held at a time while scoring."""
    judge = scorer(method)
    tracemalloc.start()
    try:
        judge.score(a, b)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
