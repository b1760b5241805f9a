"""Which movement of a library an attempt is, seen from where, and whether it is any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from poseapp.errors import UsageError
from poseapp.pose import PoseSequence
from poseapp.scoring.cleaning import clean
from poseapp.scoring.segments import Segments, segment_vectors
from poseapp.scoring.shape_matching import ShapeStack
from poseapp.scoring.shapes import Shape
from poseapp.scoring.typical_repetition import shapes_in

__all__ = ["Candidate", "Example", "Recognition", "RecognitionLibrary"]

#: Why an attempt is none of the library's movements, or "" when it is one.
Doubt = Literal["", "still", "unsteady", "unlike"]

_OPPOSITE: Final = MappingProxyType({"left": "right", "right": "left"})
_EXAMINED, _OF_ONE_NAME = 10, 3  # shapes whose likeness is measured exactly, and at most so many of one movement
# The other side must fit clearly better, by a factor and by a distance: most movements are much the same mirrored.
_MIRROR_FACTOR, _MIRROR_BEHIND = 1.1, 0.02
# Found on one half of the movements of tools/motion, at nuisances, faults, and impostors, and on real people before
# the built-in library; see benchmarks/scoring.py.
_LIKE = 0.14  # distance up to which it is the nearest movement, however near others are
# Real estimators and real mistakes push an attempt away from all references alike. So up to the first of these
# distances it is still the nearest movement if the next other one is far enough behind: a ratio test, as in
# Lowe 2004, "Distinctive image features from scale-invariant keypoints", section 7.1.
_FARTHEST, _CLEAR_LEAD = 0.38, 0.68
_LEFT_OUT = 0.1  # that much farther when nothing of the attempt were a part of the movement
_ELSEWHERE = 0.22  # torso lengths; with both arms or both legs farther off it is another movement, however near
_AMPLITUDE = (0.10, 0.20)  # from standing still to moving
_WHITENESS = (0.60, 0.35)  # from jitter to movement
_DOUBT_DISTANCE = 0.3  # by which an attempt without movement is farther away


class Example(NamedTuple):
    """One reference.

    Parameters
    ----------
    name : str
        Of the movement; several references may have the same.
    view : str
        From where it was seen: ``front``, ``left``, ``right`` or anything else.
    poses : PoseSequence
        The reference.
    """

    name: str
    view: str
    poses: PoseSequence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A movement that the attempt may be.

    Parameters
    ----------
    name : str
        Of the movement.
    view : str
        From where the attempt was seen: that of the reference, or the opposite one when `mirrored`.
    mirrored : bool
        The attempt was performed by the other side than the reference.
    index : int
        Which reference.
    distance : float
        0 for the same movement; how far is too far is said in :class:`Recognition`.
    """

    name: str
    view: str
    mirrored: bool
    index: int
    distance: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an attempt was taken for.

    Parameters
    ----------
    candidates : tuple of Candidate
        The most alike reference of each name, the best first; at most five.
    doubt : {"", "still", "unsteady", "unlike"}
        Empty when the attempt is the first candidate: at most 0.14 away, or at most 0.38 and at most 0.68 times as
        far as the second (a tenth of the share of the attempt that the movement leaves out is added to its distance),
        and neither both arms nor both legs more than 0.22 torso lengths from where they should be. Else it stands
        still, its poses jump about or are in disorder, or it is like none of the references.
    """

    candidates: tuple[Candidate, ...]
    doubt: Doubt

    @property
    def best(self) -> Candidate | None:
        """What the attempt is; None when that is not sure."""
        return None if self.doubt else self.candidates[0]


class RecognitionLibrary:
    """References prepared for recognition.

    Parameters
    ----------
    references : iterable of (str, str, PoseSequence)
        Name, view and poses of each, see :class:`Example`.

    Raises
    ------
    UsageError
        There is none.
    NotEnoughSeenError
        A reference shows too little of a body.
    """

    def __init__(self, references: Iterable[tuple[str, str, PoseSequence]]) -> None:
        examples = [Example(*reference) for reference in references]
        if not examples:
            raise UsageError("There is no reference to recognise a movement by.", "Give at least one.")
        self._names = tuple((example.name, example.view) for example in examples)
        seen = [shapes_in(segment_vectors(clean(example.poses))) for example in examples]
        shapes = [shape for of_one in seen for shape in of_one]
        self._stack = ShapeStack([*shapes, *(shape.mirrored() for shape in shapes)])
        self._index = np.tile(np.repeat(np.arange(len(seen)), [len(of_one) for of_one in seen]), 2)
        self._turned = np.repeat((False, True), len(shapes))

    def __len__(self) -> int:
        return len(self._names)

    def recognise(self, attempt: PoseSequence) -> Recognition:
        """Say which of the references `attempt` repeats.

        Parameters
        ----------
        attempt : PoseSequence
            One movement or several repetitions of it; idle before and after does not matter. Several are compared
            as a whole and by the most typical of them, and the nearer of the two counts; the same goes for
            references.

        Raises
        ------
        NotEnoughSeenError
            Too little of a body was seen.
        """
        return self.recognise_segments(segment_vectors(clean(attempt)))

    def recognise_segments(self, attempt: Segments) -> Recognition:
        """As :meth:`recognise`, for a clip that is clean already."""
        return self._taken_for(shapes_in(attempt))

    def _taken_for(self, shapes: Sequence[Shape]) -> Recognition:
        rough = np.stack([self._handicapped(self._stack.distances(shape), self._turned) for shape in shapes])
        which = self._to_examine(rough.min(axis=0))
        likeness = self._stack.likeness_of(shapes, rough[:, which].argmin(axis=0), which)
        moving = _between(likeness.amplitude, _AMPLITUDE)
        steady = _between(likeness.whiteness, _WHITENESS)
        order = np.argsort(self._handicapped(likeness.distance, self._turned[which]), kind="stable")
        first = int(order[0])
        # For all alike: of an arm that hangs, the movement with that arm is not to be blamed.
        farther = _DOUBT_DISTANCE * float(1 - moving[first] * steady[first])
        found: dict[str, Candidate] = {}
        for i in order:
            candidate = self._candidate(int(which[i]), float(likeness.distance[i]) + farther)
            found.setdefault(candidate.name, candidate)
        doubt: Doubt = ""
        candidates = tuple(found.values())[:5]
        beside = _LEFT_OUT * float(likeness.left_out[first])
        if not _near_enough(candidates, beside) or likeness.elsewhere[first] > _ELSEWHERE:
            doubt = "still" if moving[first] < 0.5 else "unsteady" if steady[first] < 0.5 else "unlike"
        return Recognition(candidates, doubt)

    def _to_examine(self, rough: NDArray[np.float64]) -> NDArray[np.intp]:
        """The nearest shapes, of each name a few: what else it could be tells how sure it is."""
        chosen: list[int] = []
        taken: Counter[str] = Counter()
        for i in np.argsort(rough, kind="stable"):
            name = self._names[self._index[i]][0]
            if taken[name] < _OF_ONE_NAME:
                taken[name] += 1
                chosen.append(int(i))
                if len(chosen) == _EXAMINED:
                    break
        return np.array(chosen, dtype=np.intp)

    @staticmethod
    def _handicapped(distance: NDArray[np.float64], turned: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.asarray(np.where(turned, _MIRROR_FACTOR * distance + _MIRROR_BEHIND, distance))

    def _candidate(self, shape: int, distance: float) -> Candidate:
        turned, index = bool(self._turned[shape]), int(self._index[shape])
        name, view = self._names[index]
        return Candidate(name, _OPPOSITE.get(view, view) if turned else view, turned, index, distance)


def _near_enough(candidates: tuple[Candidate, ...], beside: float) -> bool:
    """Whether the first is the movement; `beside` is added to its distance, and not to that of the next one."""
    nearest = candidates[0].distance + beside
    if nearest <= _LIKE:
        return True
    leads = len(candidates) > 1 and nearest <= _CLEAR_LEAD * candidates[1].distance
    return leads and nearest <= _FARTHEST


def _between(values: NDArray[np.float64], limits: tuple[float, float]) -> NDArray[np.float64]:
    """0 at the first limit, 1 at the second, straight between; the second may be the lower one."""
    nothing, full = limits
    return np.clip((values - nothing) / (full - nothing), 0.0, 1.0)
