"""Are repetitions counted, cut and judged one by one?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.scoring_parts import people
from benchmarks.scoring_parts.options import Options
from benchmarks.scoring_parts.synthetic_cases import SETS, reference_of
from benchmarks.scoring_parts.table import Cell, Goal, Part, Row, at_least
from poseapp.pose import PoseSequence
from poseapp.scoring import scorer
from poseapp.scoring.repetition_scores import score_repetitions
from poseapp.scoring.repetitions import find_repetitions
from tools import motion
from tools.motion import impostors
from tools.motion.action import Action
from tools.motion.faults import visible_motion
from tools.motion.nuisances import noisy, swapped

__all__ = ["part"]

_TIMES_JITTER = 2.0  # a movement must go farther to be seen

Spans = Sequence[tuple[float, float]]


@dataclass(slots=True)
class _Found:
    """What came out on one set: how far each count was off, and how far the cuts."""

    easy: list[int] = field(default_factory=list)
    hard: list[int] = field(default_factory=list)
    press: list[int] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    hardly: list[bool] = field(default_factory=list)
    still: list[int] = field(default_factory=list)
    weakest: list[bool] = field(default_factory=list)


def part(options: Options) -> Part:
    """Every action in every view; the hard ones vary in everything at once."""
    by_set = {}
    for name in options.sets:
        by_set[name] = found = _Found()
        for i, action in enumerate(SETS[name]):
            options.say(f"repetitions, {name}: {action.title}")
            for j, view in enumerate(motion.VIEWS):
                if not options.quick or j == i % 3:
                    _examine(found, action, view, 2 if options.quick else 4)
    return Part("Repetitions", [*_rows(by_set), *_people(options)], "counted without a reference")


def _examine(found: _Found, action: Action, view: str, sets: int) -> None:
    rng = np.random.default_rng((sum(map(ord, action.name)), sum(map(ord, view))))
    for sequence, spans in _easy(action, view, rng, sets):
        _count(found, found.easy, sequence, spans)
    shows = _shows(action, view)
    for sequence, spans in _hard(action, view, rng, sets):
        if not shows:  # it is right to say that nothing was seen
            counted = len(find_repetitions(sequence))
            found.hardly.append(counted in (0, len(spans)))
            continue
        off = _count(found, found.hard, sequence, spans)
        if action.name == "overhead_press":
            found.press.append(off)
    still = impostors.still_first(motion.perform(action, view=view, reps=3).sequence(), rng, 2.0)
    found.still.append(len(find_repetitions(still)))
    found.weakest.append(_weakest_named(action, view, rng))


def _shows(action: Action, view: str) -> bool:
    """Whether the camera sees the movement: one bone, without noise, moves more than twice as far as its jitter.

    The forearms in an outward rotation point at a camera at the side, and turn towards it and away.
    """
    performance = motion.perform(action, view=view)
    jitter = 0.01 * _noise(action) * np.sqrt(2 * 2)  # two coordinates, at both ends of the bone
    return visible_motion(performance) > _TIMES_JITTER * jitter


def _noise(action: Action) -> float:
    """Percent of the torso."""
    return 2.0 if action.small else 3.0


def _count(found: _Found, into: list[int], sequence: PoseSequence, spans: Spans) -> int:
    counted = find_repetitions(sequence)
    off = len(counted) - len(spans)
    into.append(off)
    if not off:
        for repetition, (start, end) in zip(counted, spans, strict=True):
            found.cuts += [abs(repetition.start - start), abs(repetition.end - end)]
    return off


def _easy(action: Action, view: str, rng: np.random.Generator, sets: int) -> Iterator[tuple[PoseSequence, Spans]]:
    """One to eight alike."""
    for reps in rng.permutation(8)[:sets] + 1:
        done = motion.perform(action, view=view, reps=int(reps), seed=int(rng.integers(1000)))
        yield noisy(done.sequence(), rng, 1.0), done.reps


def _hard(action: Action, view: str, rng: np.random.Generator, sets: int) -> Iterator[tuple[PoseSequence, Spans]]:
    """Amplitude, pauses and tempo vary; another body waits before and after; noise and left-right swaps."""
    for _ in range(sets):
        reps = int(rng.integers(1, 9))
        done = motion.perform(
            action,
            view=view,
            reps=reps,
            amplitudes=rng.uniform(0.6, 1.0, reps).tolist(),
            pause=float(rng.uniform(0, 0.8)),
            tempo=float(rng.uniform(0.7, 1.4)),
            local_tempo=0.2,
            before=float(rng.uniform(0.5, 2)),
            after=float(rng.uniform(0.5, 2)),
            relaxed=bool(rng.random() < 0.5),
            body=motion.BODIES["average"].varied(rng),
            seed=int(rng.integers(1000)),
        )
        sequence = noisy(done.sequence(), rng, _noise(action))
        yield swapped(sequence, rng) if rng.random() < 0.5 else sequence, done.reps


def _weakest_named(action: Action, view: str, rng: np.random.Generator) -> bool:
    """Of four repetitions, the one that goes only half of the way is found to be the worst."""
    weak = int(rng.integers(4))
    amplitudes = [0.5 if i == weak else 1.0 for i in range(4)]
    done = motion.perform(action, view=view, reps=4, amplitudes=amplitudes, seed=3)
    judged = score_repetitions(reference_of(action, view), noisy(done.sequence(), rng, 1.0), scorer("form"))
    return len(judged.repetitions) == 4 and judged.worst == weak


def _rows(by_set: dict[str, _Found]) -> list[Row]:
    def exact(name: str, goal: Goal | None, values: dict[str, list[int]]) -> Row:
        """Shares of counts off by one at most, and of exact ones, which the goal is for."""
        cells = {}
        for s, off in values.items():
            if off:
                near = 100 * float(np.mean(np.abs(off) <= 1))
                cells[s] = Cell((near, 100 * float(np.mean(np.array(off) == 0))), 1, len(off))
        return Row(name, cells, goal)

    rows = [
        exact("alike: within one / exact, %", at_least(100), {s: f.easy for s, f in by_set.items()}),
        exact("hard set: within one / exact, %", at_least(97), {s: f.hard for s, f in by_set.items()}),
        exact("  of these the overhead press", at_least(97), {s: f.press for s, f in by_set.items()}),
    ]
    hardly = {s: Cell((100 * float(np.mean(f.hardly)),), 1, len(f.hardly)) for s, f in by_set.items() if f.hardly}
    rows.append(Row("hardly shows from this side: exact or not seen, %", hardly))
    cuts = {
        s: Cell((float(np.median(f.cuts)), float(np.percentile(f.cuts, 90))), 2, len(f.cuts))
        for s, f in by_set.items()
    }
    rows.append(Row("cut beside the truth, s: median / p90", cuts))
    none = {s: Cell((100 * float(np.mean(np.array(f.still) == 0)),), 1, len(f.still)) for s, f in by_set.items()}
    rows.append(Row("standing still: none counted, %", none, at_least(100)))
    weakest = {s: Cell((100 * float(np.mean(f.weakest)),), 1, len(f.weakest)) for s, f in by_set.items()}
    rows.append(Row("one of four at half amplitude: found the worst, %", weakest))
    return rows


def _people(options: Options) -> list[Row]:
    """The labelled sequences look like one lift each, which nobody has checked."""
    rows = []
    for name, file in people.FILES.items():
        path = options.shared / "data" / file
        if path.is_file():
            counts = [len(find_repetitions(s)) for s in people.load(path).values()]
            share = 100 * float(np.mean(np.array(counts) == 1))
            rows.append(Row(f"real people, {name}: counted as one, %", {"real": Cell((share,), 1, len(counts))}))
    return rows
