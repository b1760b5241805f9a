"""Attempts at movements of our own, of which everything is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from poseapp.pose import PoseSequence
from poseapp.scoring import ScoreCard
from tools import motion
from tools.motion import impostors
from tools.motion.action import Action
from tools.motion.faults import (
    GRADES,
    Fault,
    faults_of,
    graded,
    incomplete,
    pairs_of,
    remaining_motion,
    visible_degrees,
)
from tools.motion.nuisances import NUISANCES, noisy

__all__ = ["SETS", "Case", "Result", "attempts_at", "reference_of", "references", "told_apart_from"]

#: Name of each set and its actions: the first was used for tuning, the second never, but its scores have been looked
#: at. The third was written without knowing how any method does on it; looking at its scores uses it up.
SETS = {"tuning": motion.TUNING, "held out": motion.HELD_OUT, "unseen": motion.UNSEEN}
_UNSEEN = frozenset(action.name for action in motion.UNSEEN)
_REFERENCE_SEED = 11


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One attempt.

    Parameters
    ----------
    kind : str
        ``repeat``, ``fault``, ``two faults``, ``graded`` or ``impostor``.
    name : str
        Of the nuisance, fault or impostor.
    attempt : PoseSequence
        What was seen.
    faults : tuple of Fault
        What is wrong.
    degrees : float
        How much of it can be seen anywhere in the picture; of two faults the less visible one; of a graded amplitude
        how much the least one of its series shows.
    own_degrees : float
        How much of it can be seen in the body parts at fault; of two faults the less visible one.
    keep : float
        Kept fraction of the amplitude.
    moves : float
        Fraction of the visible movement that the fault leaves.
    """

    kind: str
    name: str
    attempt: PoseSequence
    faults: tuple[Fault, ...] = ()
    degrees: float = 0.0
    own_degrees: float = 0.0
    keep: float = 1.0
    moves: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One attempt and what every method said."""

    set: str
    action: Action
    view: str
    case: Case
    cards: dict[str, ScoreCard]


def references(sets: Sequence[str], quick: bool) -> Iterator[tuple[str, Action, str]]:
    """Set, action and view of every reference in these sets."""
    for name in sets:
        for i, action in enumerate(SETS[name]):
            for j, view in enumerate(motion.VIEWS):
                if not quick or j == i % 3:
                    yield name, action, view


def told_apart_from(action: Action) -> tuple[Action, ...]:
    """All actions that an attempt at this one is held against, itself included.

    An unseen one stands beside all, the others only beside those that were there before: their figures stay
    comparable, and measuring them scores nothing that is unseen.
    """
    known = tuple(other for other in motion.ACTIONS.values() if other.name not in _UNSEEN)
    return (*known, *motion.UNSEEN) if action.name in _UNSEEN else known


def reference_of(action: Action, view: str) -> PoseSequence:
    """The coach's clip: an average body, 1 % noise."""
    clean = motion.perform(action, view=view, seed=_REFERENCE_SEED).sequence()
    return noisy(clean, np.random.default_rng(_REFERENCE_SEED), 1.0)


def attempts_at(action: Action, view: str, quick: bool) -> Iterator[Case]:
    """All attempts at one reference; every second repeat and third fault when `quick`."""
    rng = np.random.default_rng((sum(map(ord, action.name)), sum(map(ord, view))))
    offset = int(rng.integers(6))
    for i, nuisance in enumerate(NUISANCES.values()):
        if not quick or (i + offset) % 2 == 0:
            yield Case("repeat", nuisance.name, nuisance.perform(action.name, view, seed=100 + i))
    singles = [(f,) for f in faults_of(action)]
    pairs = pairs_of(action)
    for i, faults in enumerate((*singles, *pairs)):
        if not quick or (i + offset) % 3 == 0:
            seen = [_seen_of(action, view, fault) for fault in faults]
            yield Case(
                "fault" if len(faults) == 1 else "two faults",
                " + ".join(f.name for f in faults),
                _faulty(action, view, faults, rng),
                faults,
                degrees=min(degrees for degrees, _, _ in seen),
                own_degrees=min(own for _, own, _ in seen),
                moves=min(moves for _, _, moves in seen),
            )
    broken = incomplete()
    yield Case("broken off", broken.name, _faulty(action, view, (broken,), rng))
    least = motion.perform(action, view=view, **graded(GRADES[-1]).how())
    shown = visible_degrees(_correct(action.name, view), least)
    for keep in GRADES[:: 2 if quick else 1]:
        yield Case("graded", f"{keep:g}", _faulty(action, view, (graded(keep),), rng), degrees=shown, keep=keep)
    yield from _impostors(action, view, rng, quick)


def _seen_of(action: Action, view: str, fault: Fault) -> tuple[float, float, float]:
    """Degrees of a fault that can be seen, those in the parts at fault, and how much of the movement it leaves."""
    correct, faulty = _correct(action.name, view), motion.perform(action, view=view, **fault.how())
    own = visible_degrees(correct, faulty, fault.parts)
    return visible_degrees(correct, faulty), own, remaining_motion(correct, faulty)


@cache
def _correct(action: str, view: str) -> motion.Performance:
    return motion.perform(action, view=view)


def _faulty(action: Action, view: str, faults: tuple[Fault, ...], rng: np.random.Generator) -> PoseSequence:
    """Another person at another tempo makes these mistakes; 1.5 % noise."""
    errors: dict[str, Any] = {name: value for fault in faults for name, value in fault.errors.items()}
    performance = motion.perform(
        action,
        view=view,
        body=motion.BODIES["average"].varied(rng, 0.08),
        tempo=float(rng.uniform(0.8, 1.25)),
        seed=int(rng.integers(10_000)),
        edits=tuple(edit for fault in faults for edit in fault.edits),
        until=min(fault.until for fault in faults),
        **errors,
    )
    return noisy(performance.sequence(), rng, 1.5)


def _impostors(action: Action, view: str, rng: np.random.Generator, quick: bool) -> Iterator[Case]:
    again = motion.perform(
        action, view=view, seed=5, body=motion.BODIES["average"].varied(rng, 0.08), before=0.2, after=0.2
    ).sequence()
    attempt = noisy(again, rng, 1.0)
    yield Case("impostor", "still, first frame", impostors.still_first(again, rng))
    yield Case("impostor", "still, median pose", impostors.still_median(again, rng))
    yield Case("impostor", "keypoint noise", impostors.noise_only(attempt, rng))
    yield Case("impostor", "shuffled frames", impostors.shuffled(attempt, rng))
    kind = "backwards, own reverse" if action.own_reverse else "backwards"
    yield Case("impostor", kind, impostors.backwards(attempt))
    others = [o.name for o in told_apart_from(action) if o.name != action.name and action.name not in o.includes]
    for name in rng.permutation(others)[: 2 if quick else 5]:
        other = motion.perform(str(name), view=view, seed=int(rng.integers(10_000))).sequence()
        yield Case("impostor", "another action", noisy(other, rng, 1.0))
