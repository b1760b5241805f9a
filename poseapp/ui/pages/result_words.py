"""A score card in the words of the score page."""

from __future__ import annotations

from poseapp.scoring.card import ScoreCard
from poseapp.ui.words import Band, band_of, keypoint_words, tr

__all__ = ["headline", "length_words", "seen_words"]

_MARKS = {
    Band.GOOD: ("circle", "green"),
    Band.FAIR: ("square", "amber"),
    Band.POOR: ("rhombus", "bad"),
    Band.NOT_SEEN: ("circle-outline", "text3"),
}


def headline(card: ScoreCard) -> tuple[str, str, str]:
    """Icon, colour token and the one sentence of the page."""
    if card.total is None:
        return (*_MARKS[Band.NOT_SEEN], card.reason)
    worst = card.worst_first[0]
    if worst.score is None:
        return (*_MARKS[Band.NOT_SEEN], tr("Too little was seen to say what differs."))
    band = band_of(worst.score)
    part = keypoint_words(worst.keypoint)
    if band is Band.GOOD:
        return (*_MARKS[band], tr("Close to the coach everywhere. Furthest away: {part}.", part=part.lower()))
    return (*_MARKS[band], tr("{part} differs most from the coach.", part=part))


def length_words(card: ScoreCard) -> str:
    """How long both took."""
    you, coach = f"{card.attempt_duration:.1f}", f"{card.reference_duration:.1f}"
    return tr("You {you} s\nCoach {coach} s", you=you, coach=coach)


def seen_words(card: ScoreCard) -> str:
    """How many keypoints the score is made of."""
    return tr("{count} of 17 keypoints seen", count=card.seen_count)
