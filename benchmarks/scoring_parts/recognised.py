"""Is the movement and the view recognised among all others, and is anything else refused?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.scoring_parts.options import Options, auc
from benchmarks.scoring_parts.synthetic_cases import (
    SETS,
    Case,
    attempts_at,
    reference_of,
    references,
    told_apart_from,
)
from benchmarks.scoring_parts.table import Cell, Goal, Part, Row, at_least, at_most
from poseapp.errors import NotEnoughSeenError
from poseapp.pose import PoseSequence
from poseapp.scoring.recognition import Candidate, Recognition, RecognitionLibrary
from tools import motion
from tools.motion.action import Action
from tools.motion.nuisances import noisy

__all__ = ["part"]

_VISIBLE = 10.0
_SOME_MOVEMENT = 0.4  # a fault that leaves less of what is seen to move leaves nothing to recognise
_LIBRARY_SIZE = 60
_PAUSES, _SET_SEED = (0.0, 0.7), 23  # seconds between the repetitions of a set
_OPPOSITE = {"left": "right", "right": "left", "front": "front"}
_FAR = 9.0  # distance that stands for “nobody was seen”


def _by_kind() -> dict[str, list[Any]]:
    return {"repeat": [], "fault": [], "set": []}


@dataclass(slots=True)
class _Found:
    """What came out on one set."""

    right_action: dict[str, list[bool]] = field(default_factory=_by_kind)
    right_view: dict[str, list[bool]] = field(default_factory=_by_kind)
    known: dict[str, list[float]] = field(default_factory=_by_kind)
    unknown: list[float] = field(default_factory=list)
    sure: dict[str, list[bool]] = field(default_factory=_by_kind)
    wrongly_sure: list[bool] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)
    refused_apart: list[bool] = field(default_factory=list)
    impostors_refused: list[bool] = field(default_factory=list)
    milliseconds: dict[str, list[float]] = field(default_factory=_by_kind)


def part(options: Options) -> Part:
    """All attempts against a library of every action in every view, and of every action but the attempted one."""
    by_set = {name: _Found() for name in options.sets}
    takes = {name: _takes(SETS[name][0]) for name in options.sets}
    libraries = {name: RecognitionLibrary([*t, *t[: max(_LIBRARY_SIZE - len(t), 0)]]) for name, t in takes.items()}
    without: dict[str, RecognitionLibrary] = {}
    for name, action, view in references(options.sets, options.quick):
        options.say(f"recognition, {name}: {action.title}, {view}")
        others = [take for take in takes[name] if take[0] != action.name]
        if action.name not in without:
            without = {action.name: RecognitionLibrary(others)}
        for case in attempts_at(action, view, options.quick):
            _examine(by_set[name], libraries[name], without[action.name], (action, view), case)
        _examine_set(by_set[name], libraries[name], action, view)
    references_of = ", ".join(f"{len(library)} ({name})" for name, library in libraries.items())
    note = f"references: {references_of}; the method's description has no goal for what is sure, refused or repeated"
    return Part("Recognition: which movement, seen from where", _rows(by_set), note)


def _takes(action: Action) -> list[tuple[str, str, PoseSequence]]:
    """Every action that this one is told apart from, in every view."""
    return [(a.name, v, reference_of(a, v)) for a in told_apart_from(action) for v in motion.VIEWS]


def _examine(
    found: _Found, library: RecognitionLibrary, without: RecognitionLibrary, truth: tuple[Action, str], case: Case
) -> None:
    if case.kind == "impostor" and (case.name.startswith("still") or case.name == "keypoint noise"):
        found.impostors_refused.append(_best(library, case.attempt)[0] is None)
    seen_fault = case.kind == "fault" and case.degrees >= _VISIBLE and case.moves >= _SOME_MOVEMENT
    if case.kind != "repeat" and not seen_fault:
        return
    action, view = truth
    seen_from = _OPPOSITE[view] if case.name == "mirrored" else view
    first = _told(found, library, case.kind, (action.name, seen_from), case.attempt)
    found.known[case.kind].append(_FAR if first is None else first.distance)
    if case.kind == "repeat":
        unknown, distance = _best(without, case.attempt)
        found.refused.append(unknown is None)
        found.unknown.append(distance)
        if not any(action.name in other.includes for other in told_apart_from(action)):
            found.refused_apart.append(unknown is None)


def _examine_set(found: _Found, library: RecognitionLibrary, action: Action, view: str) -> None:
    """Three times one after the other, by another body, without and with pauses."""
    for i, pause in enumerate(_PAUSES):
        rng = np.random.default_rng((_SET_SEED, i, sum(map(ord, action.name)), sum(map(ord, view))))
        body, tempo = motion.BODIES["average"].varied(rng, 0.08), float(rng.uniform(0.8, 1.25))
        done = motion.perform(action, view=view, reps=3, pause=pause, body=body, tempo=tempo, seed=_SET_SEED + i)
        _told(found, library, "set", (action.name, view), noisy(done.sequence(), rng, 1.5))


def _told(
    found: _Found, library: RecognitionLibrary, kind: str, truth: tuple[str, str], attempt: PoseSequence
) -> Candidate | None:
    """Write down what an attempt is taken for; returns the nearest."""
    began = time.perf_counter()
    recognition = _recognised(library, attempt)
    found.milliseconds[kind].append(1000 * (time.perf_counter() - began))
    first = None if recognition is None else recognition.candidates[0]
    sure = recognition is not None and recognition.best is not None
    right = first is not None and first.name == truth[0]
    found.right_action[kind].append(right)
    found.right_view[kind].append(right and first is not None and first.view == truth[1])
    found.sure[kind].append(sure and right)
    found.wrongly_sure.append(sure and not right)
    return first


def _recognised(library: RecognitionLibrary, attempt: PoseSequence) -> Recognition | None:
    try:
        return library.recognise(attempt)
    except NotEnoughSeenError:
        return None


def _best(library: RecognitionLibrary, attempt: PoseSequence) -> tuple[str | None, float]:
    """Name that the attempt is taken for, None when not sure, and the distance of the first candidate."""
    recognition = _recognised(library, attempt)
    if recognition is None:
        return None, _FAR
    best = recognition.best
    return (None if best is None else best.name), recognition.candidates[0].distance


def _rows(by_set: dict[str, _Found]) -> list[Row]:
    def share(name: str, goal: Goal | None, values: dict[str, Sequence[bool]]) -> Row:
        cells = {s: Cell((100 * float(np.mean(v)),), 1, len(v)) for s, v in values.items() if len(v)}
        return Row(name, cells, goal)

    def told_apart(name: str, goal: Goal | None, kind: str) -> Row:
        """A known movement is nearer to the library than an unknown one."""
        cells = {
            s: Cell((auc([-d for d in f.known[kind]], [-d for d in f.unknown]),), 3, len(f.unknown))
            for s, f in by_set.items()
        }
        return Row(name, cells, goal)

    def of(name: str, kind: str) -> dict[str, Sequence[bool]]:
        return {s: getattr(f, name)[kind] for s, f in by_set.items()}

    def milliseconds(kind: str) -> dict[str, Cell]:
        taken = {s: f.milliseconds[kind] for s, f in by_set.items() if f.milliseconds[kind]}
        return {s: Cell((float(np.median(each)),), 1, len(each)) for s, each in taken.items()}

    return [
        share("nuisances: action, %", at_least(99.5), of("right_action", "repeat")),
        share("nuisances: action and view, %", at_least(99.5), of("right_view", "repeat")),
        share("with a visible fault: action, %", at_least(98), of("right_action", "fault")),
        share("with a visible fault: action and view, %", at_least(98), of("right_view", "fault")),
        told_apart("AUC known / unknown, nuisances", at_least(0.98), "repeat"),
        told_apart("AUC known / unknown, with a fault", None, "fault"),
        share("three repetitions: action and view, %", None, of("right_view", "set")),
        share("known and sure: nuisances, %", None, of("sure", "repeat")),
        share("known and sure: with a visible fault, %", None, of("sure", "fault")),
        share("known and sure: three repetitions, %", None, of("sure", "set")),
        Row("sure of a wrong one, cases", {s: _number(f.wrongly_sure) for s, f in by_set.items()}),
        share("unknown and refused, %", None, {s: f.refused for s, f in by_set.items()}),
        share("  without what another one includes, %", None, {s: f.refused_apart for s, f in by_set.items()}),
        share("still or noise and refused, %", None, {s: f.impostors_refused for s, f in by_set.items()}),
        Row("ms per attempt", milliseconds("repeat"), at_most(20)),
        Row("ms per attempt of three repetitions", milliseconds("set")),
    ]


def _number(cases: Sequence[bool]) -> Cell:
    return Cell((float(sum(cases)),), 0, len(cases))
