"""Faults with a known body part, kind, direction and size, for any action."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .action import Action
from .edits import BendElbow, Delay, Edit, LeanTrunk, LessAmplitude, RotateArm
from .perform import Performance

__all__ = [
    "Fault",
    "faults_of",
    "graded",
    "incomplete",
    "pairs_of",
    "remaining_motion",
    "visible_degrees",
    "visible_motion",
]

_TRUNK = ("left_shoulder", "right_shoulder")
#: Far ends of the bones of each body part, as far as they are looked at to see a fault.
_BONES = {"left_arm": (7, 9), "right_arm": (8, 10), "left_leg": (13, 15), "right_leg": (14, 16), "trunk": (5, 6)}
_PARENTS = {7: 5, 8: 6, 9: 7, 10: 8, 13: 11, 14: 12, 15: 13, 16: 14}
_OTHER_PEOPLE = (0.85, 1.15)
_SEEN = 0.3  # confidence
#: Kept fractions of the amplitude, from a perfect movement to hardly any.
GRADES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done wrongly, and what a judge should find.

    Parameters
    ----------
    name : str
        Unique within an action.
    kind : str
        ``amplitude``, ``offset``, ``timing`` or ``missing``.
    parts : tuple of str
        Body parts that are at fault; naming any of them is right. Empty when no part is (a movement broken off).
    segments : tuple of str
        Keypoints at the far end of the bones that are at fault; any of them is right.
    quantity, direction : str
        Such as ``elbow bend`` and ``more``.
    errors : dict
        Error parameters for :func:`tools.motion.perform`.
    edits : tuple of Edit
        Edits for it.
    until : float
        Fraction of the movement after which it stops.
    """

    name: str
    kind: str
    parts: tuple[str, ...]
    segments: tuple[str, ...]
    quantity: str
    direction: str
    errors: Mapping[str, float] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    until: float = 1.0

    def how(self) -> dict[str, Any]:
        """Keyword arguments for :func:`tools.motion.perform`."""
        return {"edits": self.edits, "until": self.until, **self.errors}


def incomplete(until: float = 0.5) -> Fault:
    """The movement is broken off."""
    return Fault("broken_off", "missing", (), (), "movement", "less", until=until)


def graded(keep: float) -> Fault:
    """Everything moves only the fraction `keep` of the way."""
    parts = ("left_arm", "right_arm", "left_leg", "right_leg", "trunk", "head", "root")
    return Fault(f"keep_{keep:g}", "amplitude", parts, (), "amplitude", "less", edits=(LessAmplitude(parts, keep),))


def faults_of(action: Action) -> tuple[Fault, ...]:
    """All faults that make sense for an action: its own mistakes and edits of what moves."""
    own = (
        Fault(m.name, m.kind, m.parts, m.segments, m.quantity, m.direction, errors=dict(m.errors))
        for m in action.mistakes
    )
    return (*own, *_general(action))


def _general(action: Action) -> Iterator[Fault]:
    for side in ("left", "right"):
        arm = f"{side}_arm"
        s = side[0]
        bones = (f"{side}_elbow", f"{side}_wrist")
        if arm in action.movers:
            for keep in (0.6, 0.35):
                edit = LessAmplitude((arm,), keep)
                yield Fault(f"{arm}_{keep:g}", "amplitude", (arm,), bones, "amplitude", "less", edits=(edit,))
            yield Fault(
                f"{arm}_still", "missing", (arm,), bones, "amplitude", "less", edits=(LessAmplitude((arm,), 0.0),)
            )
            if not action.small:
                yield Fault(f"{arm}_late", "timing", (arm,), bones, "time", "late", edits=(Delay((arm,), 0.3),))
        yield Fault(
            f"{side}_elbow_bent",
            "offset",
            (arm,),
            (f"{side}_wrist",),
            "elbow bend",
            "more",
            edits=(BendElbow(s, 45),),
        )
        yield Fault(f"{arm}_out", "offset", (arm,), bones, "elevation", "more", edits=(RotateArm(s, "front", 30),))
    if "left_leg" in action.movers and "right_leg" in action.movers:
        legs = ("left_leg", "right_leg")
        both = tuple(f"{side}_{joint}" for side in ("left", "right") for joint in ("knee", "ankle", "hip"))
        edit = LessAmplitude((*legs, "root"), 0.4)
        yield Fault("legs_0.4", "amplitude", legs, both, "amplitude", "less", edits=(edit,))
    hips = ("left_hip", "right_hip")
    yield Fault(
        "lean_forward", "offset", ("trunk",), (*_TRUNK, *hips), "lean", "more", edits=(LeanTrunk(forward=20),)
    )
    yield Fault(
        "lean_sideways", "offset", ("trunk",), (*_TRUNK, *hips), "lean", "more", edits=(LeanTrunk(sideways=16),)
    )


def pairs_of(action: Action) -> tuple[tuple[Fault, Fault], ...]:
    """Two faults at once in different body parts that do not hide each other (no trunk: it takes the arms along)."""
    kinds = {"amplitude", "offset"}  # two arms that do not move at all are no longer two faults
    single = [f for f in _general(action) if len(f.parts) == 1 and f.parts != ("trunk",) and f.kind in kinds]
    left = [f for f in single if f.parts == ("left_arm",)]
    right = [f for f in single if f.parts == ("right_arm",)]
    found = [(a, b) for a, b in zip(left, reversed(right), strict=False)]
    legs = [f for f in _general(action) if f.name == "legs_0.4"]
    lean = [f for f in _general(action) if f.name == "lean_sideways"]
    found += [(f, g) for f in legs for g in (left[0], right[-1])]
    found += [(f, g) for f in legs for g in lean]
    return tuple(found)


def visible_degrees(correct: Performance, faulty: Performance, parts: Collection[str] = tuple(_BONES)) -> float:
    """How much of a fault this camera can see.

    Parameters
    ----------
    correct, faulty : Performance
        The same performance without and with the fault.
    parts : collection of str
        Body parts that are looked at, all by default. Who leans towards the camera carries the arms along: the fault
        is seen in the arms, and not in the trunk.

    Returns
    -------
    float
        Degrees: for each bone that is seen, the root mean square over the worse half of the time of the difference
        of its picture, as an angle ``2 asin(|a - b| / 2 L)``; L is the bone's greatest length in the picture, at
        least 0.6 trunks. The largest of all bones. A bone that is merely up to 15 % shorter or longer all the time
        might be another person's, so that much is taken out first.
    """
    worst = 0.0
    wanted = {child for part in parts for child in _BONES[part]}
    for child, right, wrong, seen in _bones(correct, faulty):
        if child not in wanted or seen.mean() < 0.5:
            continue
        scale = float(np.clip((right * wrong).sum() / max((wrong**2).sum(), 1e-9), *_OTHER_PEOPLE))
        longest = max(float(np.percentile(np.linalg.norm(right, axis=1), 95)), 0.6)
        off = np.sort(np.linalg.norm(right - scale * wrong, axis=1)[seen])
        rms = float(np.sqrt(np.mean(off[len(off) // 2 :] ** 2))) / longest
        worst = max(worst, float(np.rad2deg(2 * np.arcsin(min(rms / 2, 1)))))
    return worst


def remaining_motion(correct: Performance, faulty: Performance) -> float:
    """Fraction of the movement in the picture that the fault leaves; near 0, nothing is seen to move any more."""
    moved = np.zeros(2)
    for _, right, wrong, seen in _bones(correct, faulty):
        if seen.mean() >= 0.5:
            moved += [float(bone[seen].var(axis=0).sum()) for bone in (right, wrong)]
    return float(np.sqrt(moved[1] / max(moved[0], 1e-12)))


def visible_motion(performance: Performance) -> float:
    """How far the bone that moves most in the picture strays from its mean: root mean square in trunk lengths."""
    bones = _bones(performance, performance)
    return max((float(np.sqrt(bone[seen].var(axis=0).sum())) for _, bone, _, seen in bones if seen.mean() >= 0.5))


def _bones(
    correct: Performance, faulty: Performance
) -> Iterator[tuple[int, NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]]:
    """Every bone's far end, its picture in trunk lengths in both, ``(T, 2)``, and where both ends are seen in both.

    A wrist without its elbow shows no forearm. Of the hips one is enough.
    """
    frames = min(len(correct.t), len(faulty.t))
    a, b = _to_trunk(correct.xy[:frames]), _to_trunk(faulty.xy[:frames])
    scale = _trunk_length(a)
    sure = np.minimum(correct.confidence[:frames], faulty.confidence[:frames]) > _SEEN
    hips = sure[:, 11] | sure[:, 12]
    for child in (5, 6, *_PARENTS):
        seen = sure[:, child] & (sure[:, _PARENTS[child]] if child in _PARENTS else hips)
        pair = [xy[:, child] - (xy[:, _PARENTS[child]] if child in _PARENTS else 0.0) for xy in (a, b)]
        yield child, pair[0] / scale, pair[1] / scale, seen


def _to_trunk(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Positions against the middle of the hips."""
    return np.asarray(xy - xy[:, 11:13].mean(axis=1, keepdims=True))


def _trunk_length(centred: NDArray[np.float64]) -> float:
    return float(np.percentile(np.linalg.norm(centred[:, 5:7].mean(axis=1), axis=1), 90))
