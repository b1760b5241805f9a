"""Whether the fault that was put in is the one that is named.

Counted are faults of which `visible` degrees show in a body part that is at fault. Who leans towards the camera shows
another picture of the arms, and none of a leaning trunk: from there nobody can name the trunk. How many faults are
left out for that stands in a row of its own, with how often the part was named all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.scoring_parts.synthetic_cases import Case, Result
from benchmarks.scoring_parts.table import Goal, Row, at_least
from poseapp.pose import Keypoint
from poseapp.scoring import ScoreCard
from tools.motion.faults import Fault

__all__ = ["parts_named", "rows"]

Found = tuple[tuple[float, ...], int] | None
MakeRow = Callable[[str, Goal | None, Callable[[Sequence[Result], str], Found]], Row]
_HARDLY = 0.4
_BOTH_SIDES = {"arms": {"left_arm", "right_arm"}, "legs": {"left_leg", "right_leg"}}


def rows(row: MakeRow, visible: float) -> list[Row]:
    """Rows about naming; `row` makes one from a name, a goal and what is counted."""

    def single(results: Sequence[Result]) -> list[Result]:
        return [r for r in _visible(results, "fault", visible) if r.case.faults[0].kind != "timing"]

    def timing(results: Sequence[Result]) -> list[Result]:
        return [r for r in _visible(results, "fault", visible) if r.case.faults[0].kind == "timing"]

    def double(results: Sequence[Result]) -> list[Result]:
        return _visible(results, "two faults", visible)

    def part(results: Sequence[Result], method: str) -> Found:
        return _share([_part_named(r.cards[method], r.case) for r in single(results)])

    def segment(results: Sequence[Result], method: str) -> Found:
        return _share([_segment_named(r.cards[method], r.case) for r in single(results)])

    def both(results: Sequence[Result], method: str) -> Found:
        return _share([_all_named(r.cards[method], r.case.faults) for r in double(results)])

    def hidden(results: Sequence[Result], method: str) -> Found:
        found = [r for r in _of(results, "fault") if r.case.degrees >= visible > r.case.own_degrees]
        return _share([_part_named(r.cards[method], r.case) for r in found])

    def besides(results: Sequence[Result], method: str) -> Found:
        return _share([_another_named(r.cards[method], r.case) for r in single(results)])

    def late(results: Sequence[Result], method: str) -> Found:
        return _share([any(i.quantity == "delay" for i in r.cards[method].feedback) for r in timing(results)])

    def late_part(results: Sequence[Result], method: str) -> Found:
        return _share([_part_named(r.cards[method], r.case) for r in timing(results)])

    def needless(results: Sequence[Result], method: str) -> Found:
        return _share([bool(r.cards[method].feedback) for r in results if r.case.name == "same again"])

    def mirrored(results: Sequence[Result], method: str) -> Found:
        found = [r for r in results if r.case.name == "mirrored" and not r.action.symmetric]
        return _share([r.cards[method].mirrored for r in found])

    def not_mirrored(results: Sequence[Result], method: str) -> Found:
        found = [r for r in results if r.case.kind in {"repeat", "fault"} and r.case.name != "mirrored"]
        return _share([r.cards[method].mirrored for r in found if not r.action.symmetric])

    def said(count: Callable[[Sequence[Result], str], Found]) -> Callable[[Sequence[Result], str], Found]:
        """Nothing for the classic method, which says nothing but numbers."""
        return lambda results, method: None if method == "classic" else count(results, method)

    return [
        row("body part named first, % of faults it shows", at_least(97), part),
        row("segment named first, % of faults it shows", at_least(97), segment),
        row("two faults at once, both parts named, %", at_least(97), both),
        row("a part without a fault named as well, %", None, said(besides)),
        row("fault shows in other parts only: named, %", None, hidden),
        row("one arm late: that part named first, %", None, late_part),
        row("one arm late: said to be late, %", None, said(late)),
        row("something corrected in the same again, %", None, said(needless)),
        row("mirrored: said so, % (one-sided actions)", None, said(mirrored)),
        row("not mirrored: said so, % (one-sided actions)", None, said(not_mirrored)),
    ]


def _share(hits: Sequence[bool]) -> Found:
    return ((100 * float(np.mean(hits)),), len(hits)) if hits else None


def parts_named(card: ScoreCard) -> list[tuple[set[str], Keypoint | None]]:
    """Parts and keypoint of everything that is named, first thing first; without feedback, the lowest scores."""
    if card.feedback or card.method != "classic":
        return [(_BOTH_SIDES.get(item.part, {item.part}), item.joint) for item in card.feedback]
    return [({_part_of(k.keypoint)}, k.keypoint) for k in card.worst_first if k.score is not None]


def _part_of(keypoint: Keypoint) -> str:
    side, _, joint = keypoint.key.partition("_")
    if joint in {"elbow", "wrist"}:
        return f"{side}_arm"
    if joint in {"knee", "ankle"}:
        return f"{side}_leg"
    return "trunk" if joint in {"shoulder", "hip"} else "head"


def _part_named(card: ScoreCard, case: Case) -> bool:
    """The first thing named lies in a part at fault, and nothing else does: “arms” is wrong for one arm."""
    named = parts_named(card)
    return bool(named) and (named[0][0] <= set(case.faults[0].parts) or _nothing_moves(card, case))


def _segment_named(card: ScoreCard, case: Case) -> bool:
    named = parts_named(card)
    if not named:
        return False
    joint = named[0][1]
    return _nothing_moves(card, case) if joint is None else joint.key in case.faults[0].segments


def _nothing_moves(card: ScoreCard, case: Case) -> bool:
    """Where the fault leaves hardly any movement in the picture, it is right to say that the movement is missing."""
    return case.moves < _HARDLY and bool(card.feedback) and card.feedback[0].quantity == "movement"


def _of(results: Sequence[Result], kind: str) -> list[Result]:
    return [r for r in results if r.case.kind == kind]


def _visible(results: Sequence[Result], kind: str, degrees: float) -> list[Result]:
    """Those of which enough shows in the parts at fault, of two faults in the parts of either."""
    return [r for r in _of(results, kind) if r.case.own_degrees >= degrees]


def _another_named(card: ScoreCard, case: Case) -> bool:
    """Whether anything is named that is not at fault."""
    faulty = set(case.faults[0].parts)
    return any(not parts <= faulty and "body" not in parts for parts, _ in parts_named(card))


def _all_named(card: ScoreCard, faults: Sequence[Fault]) -> bool:
    """Each fault is named by one of the first three items."""
    parts = [parts for parts, _ in parts_named(card)[:3]]
    return all(any(found & set(fault.parts) for found in parts) for fault in faults)
