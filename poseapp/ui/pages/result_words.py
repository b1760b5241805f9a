"""A score card in the words of the score page."""

from __future__ import annotations

from poseapp.scoring.card import ScoreCard, Timing
from poseapp.scoring.wording import sentences, timing_sentences
from poseapp.ui.words import Band, band_of, keypoint_words, tr

__all__ = ["headline", "length_words", "more_words", "seen_words", "timing_words"]

_MARKS = {
    Band.GOOD: ("circle", "green"),
    Band.FAIR: ("square", "amber"),
    Band.POOR: ("rhombus", "bad"),
    Band.NOT_SEEN: ("circle-outline", "text3"),
}
_MOST_STRETCHES = 2


def headline(card: ScoreCard) -> tuple[str, str, str]:
    """Icon, colour token and the one sentence of the page."""
    if card.total is None:
        return (*_MARKS[Band.NOT_SEEN], card.reason)
    if card.form is not None:
        return (*_MARKS[band_of(card.total)], sentences(card, tr)[0])
    # The classic method knows no faults, only keypoints.
    worst = card.worst_first[0]
    if worst.score is None:
        return (*_MARKS[Band.NOT_SEEN], tr("Too little was seen to say what differs."))
    band = band_of(worst.score)
    part = keypoint_words(worst.keypoint)
    if band is Band.GOOD:
        return (*_MARKS[band], tr("Close to the coach everywhere. Furthest away: {part}.", part=part.lower()))
    return (*_MARKS[band], tr("{part} differs most from the coach.", part=part))


def more_words(card: ScoreCard) -> str:
    """What else there is to change, the tempo and where it was uneven, and whether the other side was trained."""
    if card.total is None or card.form is None:
        return ""
    lines = list(sentences(card, tr)[1:])
    if card.timing is not None:
        lines.append(_tempo_words(card.timing))
    if card.mirrored:
        lines.append(tr("You did it with the other side, so it was compared as in a mirror."))
    return "\n".join(lines)


def _tempo_words(timing: Timing) -> str:
    """The tempo, and the two stretches that were furthest from it, in the order of the movement."""
    tempo, *uneven = timing_sentences(timing, tr)
    spans = sorted((*timing.hurried, *timing.hesitated), key=lambda span: span.reference_start)
    furthest = sorted(range(len(spans)), key=lambda i: -abs(timing.lost(spans[i])))[:_MOST_STRETCHES]
    return " ".join((tempo, *(uneven[i] for i in sorted(furthest))))


def timing_words(card: ScoreCard) -> str:
    """The score for timing; empty when it was not judged."""
    return "" if card.timing is None else tr("Timing {score} of 100", score=round(card.timing.score))


def length_words(card: ScoreCard) -> str:
    """How long both took."""
    you, coach = f"{card.attempt_duration:.1f}", f"{card.reference_duration:.1f}"
    return tr("You {you} s\nCoach {coach} s", you=you, coach=coach)


def seen_words(card: ScoreCard) -> str:
    """How many keypoints the score is made of."""
    return tr("{count} of 17 keypoints seen", count=card.seen_count)
