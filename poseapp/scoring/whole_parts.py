"""A part of the body that stands still though it should move, or moves though it should not: said when it cost most.

A form's error names an angle. Who forgets the legs of a jumping jack, or walks on the spot during a curl, is helped
more by being told just that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.card import PARTS, FeedbackItem
from poseapp.scoring.comparison import Comparison
from poseapp.scoring.presence import Presence

__all__ = ["part_names", "part_that_cost_most"]

_COSTS = 0.9  # what is left of the score, below which it is worth a word

_AS_WELL = 0.5  # of how far the other side moves


def part_names(name: str) -> tuple[str, ...]:
    """Keys in `PARTS` of ``arms`` or ``legs``, or of one part by its own name."""
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
    """The item, at the moment at which the part is farthest from its mean in `vectors` ``(P, 17, 2)``.

    Only one arm or leg is told when the other one is not seen, or moves little in `vectors`.
    """
    matched, path = comparison.matched, comparison.path
    weight = np.where(counts, matched.weight, 0.0)
    by = (weight / np.maximum(weight.sum(axis=0), 1e-12))[:, :, None]
    away = np.linalg.norm(vectors - (by * vectors).sum(axis=0), axis=2) / matched.lengths
    away = np.where(weight > 0, away, 0.0)
    names = part_names(part)
    most = {name: float(away[:, list(PARTS[name])].max()) for name in names}
    sides = [name for name in names if most[name] >= _AS_WELL * max(most.values())]
    joints = [k for name in sides for k in PARTS[name]]
    pair, farthest = np.unravel_index(int(away[:, joints].argmax()), (len(away), len(joints)))
    return FeedbackItem(
        part=part if len(sides) == len(names) else sides[0],
        joint=joints[int(farthest)],
        quantity="motion",
        direction=direction,
        amount=None,
        wanted=None,
        found=None,
        reference_t=float(comparison.reference.t[path.reference[pair]]),
        attempt_t=float(comparison.attempt.t[path.attempt[pair]]),
        error=comparison.error,
        both_sides=len(sides) > 1,
    )
