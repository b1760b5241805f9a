"""A part of the body that stands still though it should move, or moves though it should not: said when it cost most.

A form's error names an angle. Who forgets the legs of a jumping jack, or walks on the spot during a curl, is helped
more by being told just that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.scoring.card import PARTS, FeedbackItem
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.presence import Presence

__all__ = ["part_names", "part_that_cost_most"]

_COSTS = 0.9  # what is left of the score, below which it is worth a word


def part_names(name: str) -> tuple[str, ...]:
    """Keys in `PARTS` of ``arms``, ``legs`` or ``trunk``."""
    return tuple(part for part in PARTS if part == name or part.endswith(f"_{name[:-1]}"))


def part_that_cost_most(comparison: Comparison, presence: Presence, form: float) -> FeedbackItem | None:
    """To move a part too, or to keep it still; None when something else took more of the score.

    Parameters
    ----------
    comparison : Comparison
        Attempt and reference along their path.
    presence : Presence
        Whether the movement was done, and what single parts left undone or did besides.
    form : float
        What the errors of form alone leave of the score, 0..1.
    """
    limbs = presence.limbs
    least = min(form, presence.in_general, 1 - limbs.otherwise)
    undone, besides = 1 - limbs.undone, 1 - limbs.besides
    if min(undone, besides) >= _COSTS or min(undone, besides) > least:
        return None
    matched = comparison.matched
    if undone <= besides:
        return _item(comparison, limbs.idle, "less", matched.reference, comparison.weights > 0)
    return _item(comparison, limbs.busy, "more", matched.attempt, comparison.weights <= 0)


def _item(
    comparison: Comparison, part: str, direction: str, vectors: NDArray[np.float64], counts: NDArray[np.bool_]
) -> FeedbackItem:
    """The item, at the moment at which the part is farthest from its mean in `vectors` ``(P, 17, 2)``."""
    matched, path = comparison.matched, comparison.path
    joints = [k for name in part_names(part) for k in PARTS[name] if counts[k]]
    weight = matched.weight[:, joints]
    by = (weight / np.maximum(weight.sum(axis=0), 1e-12))[:, :, None]
    away = np.linalg.norm(vectors[:, joints] - (by * vectors[:, joints]).sum(axis=0), axis=2)
    away = np.where(weight > 0, away, 0.0) / matched.lengths[joints]
    pair, farthest = np.unravel_index(int(away.argmax()), away.shape)
    return FeedbackItem(
        part=part,
        joint=Keypoint(joints[int(farthest)]),
        quantity="motion",
        direction=direction,
        amount=None,
        wanted=None,
        found=None,
        reference_t=float(comparison.reference.t[path.reference[pair]]),
        attempt_t=float(comparison.attempt.t[path.attempt[pair]]),
        error=comparison.error,
        both_sides=part != "trunk",
    )
