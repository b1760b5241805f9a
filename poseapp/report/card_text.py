"""A score card for terminals."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from poseapp.report.numbers import rounded
from poseapp.scoring import KeypointScore, ScoreCard
from poseapp.scoring.wording import sentences, timing_sentences

__all__ = ["MIRRORED", "card_text"]

#: In words, so that nobody takes left for right in what is said before and below.
MIRRORED = "You moved by the other side than the coach, and were compared so. Left and right are your own."

_MOST_SENTENCES = 3
_BAR_CELLS = 20
#: Colours only repeat what the numbers and the order say. From the score upwards.
_COLOURS = ((85.0, "green"), (60.0, "yellow"), (float("-inf"), "red"))


def card_text(card: ScoreCard) -> RenderableType:
    """The total, what to change, the timing, then the 17 keypoints, worst first and those not seen last.

    Parameters
    ----------
    card : ScoreCard
        What a scorer found.

    Returns
    -------
    rich renderable
        For ``rich.console.Console.print``.
    """
    total = rounded(card.total, 0)
    if total is None:
        head = Text(f"No score. {card.reason}".strip(), style="bold")
    else:
        head = Text.assemble("Total ", (f"{total:.0f}", f"bold {_colour(total)}"), " of 100")
    method = card.method if card.form is None else f"{card.method}, {card.strictness}"
    detail = Text(
        f"Method {method}; {card.seen_count} of {len(card.keypoints)} keypoints judged; "
        f"reference {card.reference_duration:.1f} s, attempt {card.attempt_duration:.1f} s.",
        style="dim",
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("Keypoint", no_wrap=True)
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Seen", justify="right", no_wrap=True)
    for score in card.worst_first:
        table.add_row(*_row(score))
    return Group(head, *_words(card), detail, Text(), table)


def _words(card: ScoreCard) -> list[Text]:
    """What to change, most important first, and how the timing was; nothing when the method tells neither."""
    words = []
    if card.form is not None:
        first, *more = sentences(card)[:_MOST_SENTENCES]
        words += [Text(first, style="bold"), *map(Text, more)]
    if card.timing is not None:
        words.append(Text(f"Timing {card.timing.score:.0f} of 100: {' '.join(timing_sentences(card.timing))}"))
    if card.mirrored:
        words.append(Text(MIRRORED))
    return words


def _row(score: KeypointScore) -> tuple[str, Text, Text, str]:
    seen = f"{score.seen:.0%}"
    value = rounded(score.score, 0)
    if value is None:
        return score.keypoint.words, Text("–", style="dim"), Text("not seen", style="dim"), seen
    cells = round(min(max(value, 0.0), 100.0) / 100 * _BAR_CELLS)
    colour = _colour(value)
    return score.keypoint.words, Text(f"{value:.0f}", style=colour), Text("█" * cells, style=colour), seen


def _colour(score: float) -> str:
    return next(colour for least, colour in _COLOURS if score >= least)
