"""When which body parts differ, read off a score card: what a picture of the attempt marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring import PARTS, FeedbackItem, HeatMap, ScoreCard

__all__ = ["Difference", "differences", "differing_keypoints"]

_POOR = 14.0  # degrees from which the heat strip shows a part as poor
_AS_WRONG = 0.7  # of the error at the moment that a sentence is about: as far as it reaches
_HELD_S = 0.2  # a shorter difference would only flicker

#: What feedback says of several rows of the heat map at once.
_SEVERAL: Final = MappingProxyType(
    {"arms": ("left_arm", "right_arm"), "legs": ("left_leg", "right_leg"), "body": tuple(PARTS)}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A body part that differs for a while.

    Parameters
    ----------
    part : str
        Key of :data:`poseapp.scoring.PARTS`.
    start, end : float
        Seconds in the reference's own time.
    item : FeedbackItem or None
        What the card says to change about it; None when it names other things first.
    """

    part: str
    start: float
    end: float
    item: FeedbackItem | None = None


def differences(card: ScoreCard) -> tuple[Difference, ...]:
    """All stretches in which the card finds a part to differ, those that it has words for first.

    What a sentence is about differs around its moment, for as long as the error is at least seven tenths of the one
    then; anything else where the heat map shows it as poor (14° or more) for a fifth of a second or longer.
    """
    if card.heat is None:
        return ()
    heat = card.heat
    named = [
        Difference(part, *span, item)
        for item in card.feedback
        for part in _SEVERAL.get(item.part, (item.part,))
        if (span := _around(heat, part, item.reference_t)) is not None
    ]
    poor = [
        Difference(part, start, end)
        for part in heat.parts
        for start, end in _runs(heat, _row(heat, part) >= _POOR)
        if end - start >= _HELD_S
    ]
    return (*named, *poor)


def differing_keypoints(found: Iterable[Difference], t: float) -> NDArray[np.bool_]:
    """Keypoints ``(17,)`` of the parts that differ at `t` seconds of the reference."""
    mask = np.zeros(KEYPOINT_COUNT, dtype=np.bool_)
    for difference in found:
        if difference.start <= t <= difference.end:
            mask[list(PARTS[difference.part])] = True
    return mask


def _row(heat: HeatMap, part: str) -> NDArray[np.float64]:
    return np.asarray(np.nan_to_num(heat.degrees[heat.parts.index(part)], nan=-1.0))


def _around(heat: HeatMap, part: str, t: float) -> tuple[float, float] | None:
    """The stretch around `t` in which the part is nearly as wrong as then; None where it was not seen."""
    row = _row(heat, part)
    column = int(np.abs(heat.t - t).argmin())
    if row[column] <= 0:
        return None
    runs = _runs(heat, row >= _AS_WRONG * row[column])
    return next(((start, end) for start, end in runs if start <= heat.t[column] <= end), None)


def _runs(heat: HeatMap, wrong: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Seconds from and to of every run of columns that are `wrong`."""
    half = (heat.t[1] - heat.t[0]) / 2 if len(heat.t) > 1 else 0.0
    steps = np.diff(np.concatenate(([0], wrong.astype(np.int8), [0])))
    first, after = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return [(float(heat.t[a] - half), float(heat.t[b - 1] + half)) for a, b in zip(first, after, strict=True)]
