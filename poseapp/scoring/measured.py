"""How much a body part differs, which way and when, in the angles that people talk about."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.scoring.card import FeedbackItem
from poseapp.scoring.causes import Cause, part_of
from poseapp.scoring.cleaning import FPS
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.filters import running_mean
from poseapp.scoring.quantities import QUANTITIES, facing
from poseapp.scoring.segments import HEAD

__all__ = ["Moment", "measured", "worst_moment"]

_K = Keypoint
_AROUND = 2 * int(0.15 * FPS) + 1  # poses over which a moment is averaged
_PLAIN_SHARE = 0.3  # a quantity that differs by less of the error does not explain it
_PLAIN_DEGREES = 6.0  # nor does one that differs by less than anybody can see
_ABSURD_DEGREES = 100.0  # beyond it limbs lie over each other in the picture: the number means nothing
_EXTREME_SHARE = 0.6
_FORESHORTENED = 0.5  # of a limb's length; a shorter picture of it shows no angle to speak of
_PLANTED = 0.25  # torsos between the heights of both ankles when both feet are on the floor
_LEANING = 0.85  # of its usual length; a trunk that looks shorter leans towards the camera


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Where a segment is worst: pairs of the path, and the one in the middle."""

    pair: int
    around: slice


def worst_moment(comparison: Comparison, joint: Keypoint) -> Moment:
    """When the segment that ends in `joint` is farthest from the reference."""
    matched = comparison.matched
    size = np.linalg.norm(matched.difference[:, joint], axis=1)
    size = running_mean(np.where(matched.weight[:, joint] > 0, size, 0.0), _AROUND)
    pair = int(size.argmax())
    return Moment(pair, slice(max(pair - _AROUND // 2, 0), pair + _AROUND // 2 + 1))


def measured(comparison: Comparison, cause: Cause, moment: Moment, item: FeedbackItem) -> FeedbackItem:
    """Put the quantity that explains the error best into words' data; leave the item general when none does."""
    best: tuple[float, str, Keypoint, NDArray[np.float64], NDArray[np.float64]] | None = None
    for quantity, joint in _candidates(comparison, cause.joint, moment):
        measure = QUANTITIES[quantity]
        wanted, found = measure(comparison.matched.reference, joint), measure(comparison.matched.attempt, joint)
        unit = 57.3 if quantity == "shoulder_height" else 1.0
        off = unit * abs(float(np.median((found - wanted)[moment.around])))
        if best is None or off > best[0]:
            best = off, quantity, joint, wanted, found
    if best is None or best[0] < max(_PLAIN_SHARE * cause.error, _PLAIN_DEGREES):
        return item
    _, quantity, joint, wanted, found = best
    return _with_numbers(comparison, quantity, joint, wanted, found, moment, item)


def _candidates(comparison: Comparison, joint: Keypoint, moment: Moment) -> list[tuple[str, Keypoint]]:
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


def _both_feet_down(comparison: Comparison, moment: Moment) -> bool:
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
    moment: Moment,
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
    name, more = _named(quantity, found_value - off, found_value, comparison)
    if quantity == "shoulder_height" and _leans_to_the_camera(wanted if off > 0 else found, at):
        name, more = "lean_forward", not more
    is_angle = quantity in ("elbow_bend", "knee_bend")
    path = comparison.path
    shown = name != "lean_forward" or quantity != "shoulder_height"
    shown = shown and abs(off) <= _ABSURD_DEGREES and _shown_in_picture(comparison, quantity, joint, at)
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


def _leans_to_the_camera(height: NDArray[np.float64], at: int) -> bool:
    """Whether shoulders at this `height` have come down by leaning forward, not by letting them hang."""
    return bool(height[at] < _LEANING * np.percentile(height, 95))


def _turning_point(values: NDArray[np.float64], weight: NDArray[np.float64]) -> int | None:
    """Pair of the path at which the reference is farthest from where it began; None when it hardly moves."""
    away = np.where(weight > 0, np.abs(values - values[0]), 0.0)
    turn = int(away.argmax())
    return turn if away[turn] >= 20 else None


def _named(quantity: str, wanted: float, found: float, comparison: Comparison) -> tuple[str, bool]:
    """Name of the quantity for a person and whether there is more of it than wanted.

    Leaning is called by the way in which one of both leans most: who leans to the right beside an upright coach leans
    too far to the right, and not too little to the left.
    """
    if quantity in ("elbow_bend", "knee_bend"):
        return quantity, found < wanted  # a joint that is bent more has the smaller angle
    if quantity not in ("lean", "head_tilt"):
        return quantity, found > wanted
    towards = facing(comparison.reference)
    ways = ("forward", "back")
    if not towards:
        rest = comparison.reference.vectors[:, [_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER], 0].mean(axis=0)
        towards = 1 if rest[0] > rest[1] else -1  # facing the camera, the own left is on the right of the picture
        ways = ("left", "right")
    most = max(wanted, found, key=abs) * towards
    return f"{quantity}_{ways[0] if most > 0 else ways[1]}", abs(found) > abs(wanted)
