"""A score card without a total as an error whose hint fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poseapp.errors import NotEnoughSeenError

if TYPE_CHECKING:
    from poseapp.pose import PoseSequence
    from poseapp.scoring import ScoreCard

__all__ = ["check_total"]

_HINT = "Use clips in which the whole body is seen, or another model."


def check_total(card: ScoreCard, reference: PoseSequence, attempt: PoseSequence) -> None:
    """Make sure that `card`, made of `reference` and `attempt`, has a total.

    Raises
    ------
    NotEnoughSeenError
        It has none: the card's reason, and what to do about it.
    """
    if card.total is None:
        raise NotEnoughSeenError(card.reason, _hint(card.reason, reference, attempt))


def _hint(reason: str, *both: PoseSequence) -> str:
    """What cleaning says to do about the one of `both` that gave the reason; a card keeps only the reason."""
    from poseapp.scoring.cleaning import clean

    for poses in both:
        try:
            clean(poses)
        except NotEnoughSeenError as error:
            if error.sentence.casefold() in reason.casefold():
                return error.hint
    return _HINT
