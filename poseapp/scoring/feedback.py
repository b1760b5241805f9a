"""What to change, as data: which part, when, how much, which way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import MIRROR_ORDER
from poseapp.scoring.card import PARTS, FeedbackItem
from poseapp.scoring.causes import Cause, causes, part_of
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.delays import delay_of
from poseapp.scoring.errors_along_path import as_degrees, naming_errors
from poseapp.scoring.measured import measured, worst_moment
from poseapp.scoring.presence import Presence
from poseapp.scoring.proportions import shared_proportions
from poseapp.scoring.whole_movement import what_instead
from poseapp.scoring.whole_parts import part_names, part_that_cost_most

__all__ = ["feedback", "own_sides"]

_LEAST_DEGREES = 7.0  # in a movement of full range
_MOST = 3
_NOT_DONE = 0.1  # resemblance below which no part is to blame
_SURE = 0.5  # mean confidence from which an error is taken at its word
# Estimators see one body differently from another: all over by two to eight degrees, each segment its own way. What
# is named must stand out from that, or be clear in itself. Found on clean and wrong twins, see docs/scoring.md.
_STANDS_OUT = 3.0  # times the median error of the other parts
_CLEAR_DEGREES = 10.0  # error, in a movement of full range
_CLEAR_AMOUNT = 11.0  # degrees of an angle that people talk about
_ECHO = 0.3  # of the error whose echo it is; two faults of their own differ less
_ALSO_MOVES = 0.35  # of the largest motion
_ARMS_AND_LEGS = ("left_arm", "right_arm", "left_leg", "right_leg")


def feedback(
    comparison: Comparison, presence: Presence, tolerance: float = 1.0, form: float = 1.0
) -> tuple[FeedbackItem, ...]:
    """The up to three things that surely are to be changed, most important first.

    Parameters
    ----------
    comparison : Comparison
        Attempt and reference along their path.
    presence : Presence
        Whether the movement was done at all; when it was not, that is the only item.
    tolerance : float
        Factor on what is worth a word (strictness).
    form : float
        What the errors of form alone leave of the score, 0..1.

    Returns
    -------
    tuple of FeedbackItem
        Empty when nothing is surely at fault, however low the score is.
    """
    least = _LEAST_DEGREES * tolerance * comparison.divisor
    sure = np.minimum(1.0, comparison.matched.weight.sum(axis=0) / (_SURE * len(comparison.reference)))
    own = replace(comparison, matched=shared_proportions(comparison.matched, comparison.attempt))
    errors = as_degrees(naming_errors(own.matched)) * sure
    counts = comparison.weights > 0
    found = causes(errors, counts, least)
    if presence.resembles < _NOT_DONE:
        return (_not_done(comparison, found[0] if found else None),)
    items: dict[str, FeedbackItem] = {}
    whole_part = part_that_cost_most(comparison, presence, form)
    if whole_part is not None:  # which is said first, and of that part nothing else
        items[whole_part.part] = whole_part
        found = tuple(cause for cause in found if part_of(cause.joint) not in part_names(whole_part.part))
    for cause in found[: _MOST - len(items)]:
        item = _item(own, cause)
        if not _is_echo(item, items.values()) and _is_sure(
            item, cause, errors, counts, tolerance, comparison.divisor
        ):
            items.setdefault(item.part, item)  # one arm early and the other late is one thing to say, once
    # "Hold your upper body as the coach does" tells nobody what to do; what has a direction is said first.
    return tuple(sorted(items.values(), key=lambda item: item.part == "trunk" and item.quantity == "position"))


def _is_echo(item: FeedbackItem, said: Iterable[FeedbackItem]) -> bool:
    """Whether it is what one path for both sides makes of the other side's error, which has been `said`.

    An arm that stays low draws the path to where the coach's is low, and the other arm seems to be too high there.
    """
    other = _turned(item).part
    return any(
        one.part == other
        and one.quantity == item.quantity
        and one.direction != item.direction
        and item.error < _ECHO * one.error
        for one in said
    )


def _is_sure(
    item: FeedbackItem,
    cause: Cause,
    errors: NDArray[np.float64],
    counts: NDArray[np.bool_],
    tolerance: float,
    divisor: float,
) -> bool:
    """Whether a part is more at fault than two people seen by one estimator differ anyway.

    Counted is the part's own error, not that of what it carries; of both sides their mean.
    """
    if item.quantity == "delay":  # it is none of another posture: the limb fits when it is shifted in time
        return True
    joints = [cause.joint, Keypoint(int(MIRROR_ORDER[cause.joint]))] if cause.other_side else [cause.joint]
    error = float(errors[joints].mean())
    blamed = [k for joint in joints for k in PARTS[part_of(joint)]]
    others = counts.copy()
    others[blamed] = False
    usual = float(np.median(errors[others])) if others.any() else 0.0
    clear = _CLEAR_DEGREES * tolerance * divisor
    if error >= max(_LEAST_DEGREES * tolerance * divisor, min(clear, _STANDS_OUT * usual)):
        return True
    if item.amount is None or item.quantity == "shoulder_height":  # which is told in parts of the torso
        return False
    return item.amount >= _CLEAR_AMOUNT * tolerance


def _not_done(comparison: Comparison, cause: Cause | None) -> FeedbackItem:
    """That nothing was done, or something else; the part is the one that should have moved."""
    return FeedbackItem(
        part=_part_name(cause) if cause else "body",
        joint=cause.joint if cause else None,
        quantity="movement",
        direction=what_instead(comparison.reference, comparison.attempt),
        amount=None,
        wanted=None,
        found=None,
        reference_t=float(comparison.reference.t[0]),
        attempt_t=float(comparison.attempt.t[comparison.path.attempt[0]]),
        error=comparison.error,
    )


def _item(comparison: Comparison, cause: Cause) -> FeedbackItem:
    moment = worst_moment(comparison, cause.joint)
    path = comparison.path
    item = FeedbackItem(
        part=_part_name(cause),
        joint=cause.joint,
        quantity="position",
        direction="other",
        amount=None,
        wanted=None,
        found=None,
        reference_t=float(comparison.reference.t[path.reference[moment.pair]]),
        attempt_t=float(comparison.attempt.t[path.attempt[moment.pair]]),
        error=cause.error,
        both_sides=cause.other_side,
    )
    late = _late_limb(comparison, cause) if "_" in part_of(cause.joint) else None
    if late is not None:
        part, seconds = late
        joint = PARTS[part][0]
        return replace(
            item,
            part=part,
            joint=joint,
            quantity="delay",
            direction="more" if seconds > 0 else "less",
            amount=abs(seconds),
            both_sides=False,
        )
    return measured(comparison, cause, moment, item)


def _late_limb(comparison: Comparison, cause: Cause) -> tuple[str, float] | None:
    """Arm or leg that is late (positive seconds) or early; None when the difference is none of timing.

    When only two limbs move, one being late cannot be told from the other being early: people are late.
    """
    part = part_of(cause.joint)
    side, _, limb = part.partition("_")
    other = f"{'right' if side == 'left' else 'left'}_{limb}"
    mine = delay_of(comparison, PARTS[part])
    if mine is None:
        return None
    if cause.other_side:
        others = delay_of(comparison, PARTS[other])
        if others is None or mine * others > 0:
            return None
        apart = abs(mine - others)
        return (part, apart) if mine > 0 else (other, apart)
    if mine < 0 and not _moves_besides(comparison, limb) and _moves(comparison, PARTS[other]):
        return other, -mine
    return part, mine


def _moves(comparison: Comparison, joints: tuple[Keypoint, ...]) -> bool:
    moves = comparison.reference.motion
    return bool(moves[list(joints)].max() >= _ALSO_MOVES * moves.max())


def _moves_besides(comparison: Comparison, limb: str) -> bool:
    """Whether anything but both arms (or both legs) moves in the reference."""
    rest = tuple(k for part, joints in PARTS.items() if not part.endswith(limb) and part != "head" for k in joints)
    return _moves(comparison, rest)


def _part_name(cause: Cause) -> str:
    part = part_of(cause.joint)
    return f"{part.partition('_')[2]}s" if cause.other_side and "_" in part else part


def own_sides(items: tuple[FeedbackItem, ...], *, mirrored: bool) -> tuple[FeedbackItem, ...]:
    """The items in the sides of the person, who may have performed by the other side than the reference."""
    return tuple(_turned(item) for item in items) if mirrored else items


def _turned(item: FeedbackItem) -> FeedbackItem:
    swap = {"left": "right", "right": "left"}
    side, _, rest = item.part.partition("_")
    what, _, way = item.quantity.rpartition("_")
    return replace(
        item,
        part=f"{swap[side]}_{rest}" if side in swap else item.part,
        joint=None if item.joint is None else Keypoint(int(MIRROR_ORDER[item.joint])),
        quantity=f"{what}_{swap[way]}" if way in swap else item.quantity,
    )
