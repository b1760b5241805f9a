"""What to change, as data: which part, when, how much, which way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import MIRROR_ORDER
from poseapp.scoring.card import PARTS, FeedbackItem
from poseapp.scoring.causes import Cause, causes, part_of
from poseapp.scoring.cleaning import FPS
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.delays import delay_of
from poseapp.scoring.filters import running_mean
from poseapp.scoring.presence import Presence
from poseapp.scoring.quantities import QUANTITIES, facing
from poseapp.scoring.segments import HEAD
from poseapp.scoring.weights import motion_rms

__all__ = ["feedback", "own_sides"]

_K = Keypoint
_LEAST_DEGREES = 7.0  # in a movement of full range
_NOT_DONE = 0.1  # presence below which no part is to blame
_SURE = 0.5  # mean confidence from which an error is taken at its word
_STILL = 0.25  # of the reference's amplitude
_AROUND = 2 * int(0.15 * FPS) + 1  # poses over which a moment is averaged
_PLAIN_SHARE = 0.3  # a quantity that differs by less of the error does not explain it
_EXTREME_SHARE = 0.6
_FORESHORTENED = 0.5  # of a limb's length; a shorter picture of it shows no angle to speak of
_ALSO_MOVES = 0.35  # of the largest motion
_PLANTED = 0.25  # torsos between the heights of both ankles when both feet are on the floor
_ARMS_AND_LEGS = ("left_arm", "right_arm", "left_leg", "right_leg")


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """Where a segment is worst: pairs of the path, and the one in the middle."""

    pair: int
    around: slice


def feedback(comparison: Comparison, presence: Presence, tolerance: float = 1.0) -> tuple[FeedbackItem, ...]:
    """The one to three things to change, most important first.

    Parameters
    ----------
    comparison : Comparison
        Attempt and reference along their path.
    presence : Presence
        Whether the movement was done at all; when it was not, that is the only item.
    tolerance : float
        Factor on what is worth a word (strictness).
    """
    least = _LEAST_DEGREES * tolerance * comparison.divisor
    sure = np.minimum(1.0, comparison.matched.weight.sum(axis=0) / (_SURE * len(comparison.reference)))
    found = causes(comparison.named_errors * sure, comparison.weights > 0, least)
    if presence.factor < _NOT_DONE:
        return (_not_done(comparison, presence, found[0] if found else None),)
    items = {(item.part, item.quantity): item for item in reversed([_item(comparison, cause) for cause in found])}
    return tuple(reversed(items.values()))  # one arm early and the other late is one thing to say, once


def _not_done(comparison: Comparison, presence: Presence, cause: Cause | None) -> FeedbackItem:
    """That nothing was done, or something else; the part is the one that should have moved."""
    matched, by = comparison.matched, comparison.matched.weight[:, :, None] * comparison.weights[:, None]
    moved_ref = float((by * (matched.reference - matched.reference.mean(axis=0)) ** 2).sum())
    moved_att = float((by * (matched.attempt - matched.attempt.mean(axis=0)) ** 2).sum())
    noise = 2 * float((by[:, :, 0].sum(axis=0) * comparison.attempt.noise**2).sum())
    is_still = max(moved_att - noise, 0.0) < _STILL**2 * moved_ref and presence.amplitude < _STILL
    return FeedbackItem(
        part=_part_name(cause) if cause else "body",
        joint=cause.joint if cause else None,
        quantity="movement",
        direction="still" if is_still else "other",
        amount=None,
        wanted=None,
        found=None,
        reference_t=float(comparison.reference.t[0]),
        attempt_t=float(comparison.attempt.t[comparison.path.attempt[0]]),
        error=comparison.error,
    )


def _item(comparison: Comparison, cause: Cause) -> FeedbackItem:
    moment = _worst_moment(comparison, cause.joint)
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
    return _measured(comparison, cause, moment, item)


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
    moves = motion_rms(comparison.reference)
    return bool(moves[list(joints)].max() >= _ALSO_MOVES * moves.max())


def _moves_besides(comparison: Comparison, limb: str) -> bool:
    """Whether anything but both arms (or both legs) moves in the reference."""
    rest = tuple(k for part, joints in PARTS.items() if not part.endswith(limb) and part != "head" for k in joints)
    return _moves(comparison, rest)


def _part_name(cause: Cause) -> str:
    part = part_of(cause.joint)
    return f"{part.partition('_')[2]}s" if cause.other_side and "_" in part else part


def _worst_moment(comparison: Comparison, joint: Keypoint) -> _Moment:
    matched = comparison.matched
    size = np.linalg.norm(matched.difference[:, joint], axis=1)
    size = running_mean(np.where(matched.weight[:, joint] > 0, size, 0.0), _AROUND)
    pair = int(size.argmax())
    return _Moment(pair, slice(max(pair - _AROUND // 2, 0), pair + _AROUND // 2 + 1))


def _measured(comparison: Comparison, cause: Cause, moment: _Moment, item: FeedbackItem) -> FeedbackItem:
    """Put the quantity that explains the error best into words' data; leave the item general when none does."""
    best: tuple[float, str, Keypoint, NDArray[np.float64], NDArray[np.float64]] | None = None
    for quantity, joint in _candidates(comparison, cause.joint, moment):
        measure = QUANTITIES[quantity]
        wanted, found = measure(comparison.matched.reference, joint), measure(comparison.matched.attempt, joint)
        unit = 57.3 if quantity == "shoulder_height" else 1.0
        off = unit * abs(float(np.median((found - wanted)[moment.around])))
        if best is None or off > best[0]:
            best = off, quantity, joint, wanted, found
    if best is None or best[0] < _PLAIN_SHARE * cause.error:
        return item
    _, quantity, joint, wanted, found = best
    return _with_numbers(comparison, quantity, joint, wanted, found, moment, item)


def _candidates(comparison: Comparison, joint: Keypoint, moment: _Moment) -> list[tuple[str, Keypoint]]:
    """Quantities by which an error of the segment ending in `joint` may show."""
    if joint in HEAD:
        return [("head_tilt", joint)]
    part = part_of(joint)
    if part == "trunk":
        return [("lean", joint), ("shoulder_height", joint)] if joint < _K.LEFT_HIP else []
    if joint in (_K.LEFT_ELBOW, _K.RIGHT_ELBOW):
        return [("arm_height", joint)]
    if joint in (_K.LEFT_WRIST, _K.RIGHT_WRIST):
        return [("elbow_bend", joint)]
    if joint in (_K.LEFT_KNEE, _K.RIGHT_KNEE):
        ankle = Keypoint(joint + 2)
        planted = _both_feet_down(comparison, moment)
        return [("knee_bend", ankle)] if planted and comparison.weights[ankle] > 0 else [("thigh_height", joint)]
    return [("knee_bend", joint)]


def _both_feet_down(comparison: Comparison, moment: _Moment) -> bool:
    y = comparison.matched.reference[moment.pair, :, 1]
    left = y[_K.LEFT_HIP] + y[_K.LEFT_KNEE] + y[_K.LEFT_ANKLE]
    right = y[_K.RIGHT_HIP] + y[_K.RIGHT_KNEE] + y[_K.RIGHT_ANKLE]
    seen = comparison.weights[[_K.LEFT_ANKLE, _K.RIGHT_ANKLE]] > 0
    return bool(abs(left - right) < _PLANTED) if seen.all() else True


def _with_numbers(
    comparison: Comparison,
    quantity: str,
    joint: Keypoint,
    wanted: NDArray[np.float64],
    found: NDArray[np.float64],
    moment: _Moment,
    item: FeedbackItem,
) -> FeedbackItem:
    at, off = moment.pair, float(np.median((found - wanted)[moment.around]))
    wanted_value, found_value = (float(np.median(values[moment.around])) for values in (wanted, found))
    # "118° instead of 88°" at the turning point says more than the largest difference on the way there.
    turn = _turning_point(wanted, comparison.matched.weight[:, joint])
    if turn is not None:
        extreme = np.min if wanted[turn] < wanted[0] else np.max
        missed = float(extreme(found) - wanted[turn])
        if missed * off > 0 and abs(missed) >= _EXTREME_SHARE * abs(off):
            at, off = turn, missed
            wanted_value, found_value = float(wanted[turn]), float(extreme(found))
    name, more = _named(quantity, off, comparison)
    is_angle = quantity in ("elbow_bend", "knee_bend")
    path = comparison.path
    shown = _shown_in_picture(comparison, quantity, joint, at)
    return replace(
        item,
        joint=joint if quantity != "knee_bend" else item.joint,
        quantity=name,
        direction="more" if more else "less",
        amount=abs(off) if shown else None,
        wanted=wanted_value if is_angle and shown else None,
        found=found_value if is_angle and shown else None,
        reference_t=float(comparison.reference.t[path.reference[at]]),
        attempt_t=float(comparison.attempt.t[path.attempt[at]]),
    )


def _shown_in_picture(comparison: Comparison, quantity: str, joint: Keypoint, at: int) -> bool:
    """Whether the limbs of an angle are long enough in both pictures: one that points at the camera has none."""
    if quantity not in ("elbow_bend", "knee_bend", "arm_height", "thigh_height"):
        return True
    limbs = [joint, joint - 2] if quantity.endswith("bend") else [joint]
    matched = comparison.matched
    least = _FORESHORTENED * matched.lengths[limbs]
    return all(
        bool((np.linalg.norm(vectors[at, limbs], axis=-1) >= least).all())
        for vectors in (matched.reference, matched.attempt)
    )


def _turning_point(values: NDArray[np.float64], weight: NDArray[np.float64]) -> int | None:
    """Pair of the path at which the reference is farthest from where it began; None when it hardly moves."""
    away = np.where(weight > 0, np.abs(values - values[0]), 0.0)
    turn = int(away.argmax())
    return turn if away[turn] >= 20 else None


def _named(quantity: str, off: float, comparison: Comparison) -> tuple[str, bool]:
    """Name of the quantity for a person and whether there is more of it than wanted."""
    if quantity in ("elbow_bend", "knee_bend"):
        return quantity, off < 0  # a joint that is bent more has the smaller angle
    if quantity in ("lean", "head_tilt"):
        towards = facing(comparison.reference)
        if towards:
            return f"{quantity}_forward", off * towards > 0
        rest = comparison.reference.vectors[:, [_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER], 0].mean(axis=0)
        faces_camera = rest[0] > rest[1]  # the own left is on the right of the picture
        return f"{quantity}_left", (off > 0) == bool(faces_camera)
    return quantity, off > 0


def own_sides(items: tuple[FeedbackItem, ...], *, mirrored: bool) -> tuple[FeedbackItem, ...]:
    """The items in the sides of the person, who may have performed by the other side than the reference."""
    return tuple(_turned(item) for item in items) if mirrored else items


def _turned(item: FeedbackItem) -> FeedbackItem:
    swap = {"left": "right", "right": "left"}
    side, _, rest = item.part.partition("_")
    direction = item.direction
    if item.quantity.endswith("_left"):
        direction = {"more": "less", "less": "more"}.get(direction, direction)
    return replace(
        item,
        part=f"{swap[side]}_{rest}" if side in swap else item.part,
        joint=None if item.joint is None else Keypoint(int(MIRROR_ORDER[item.joint])),
        direction=direction,
    )
