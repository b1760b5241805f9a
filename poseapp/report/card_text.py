"""A score card for terminals."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from poseapp.scoring import KeypointScore, ScoreCard

__all__ = ["card_text"]

_BAR_CELLS = 20
#: Colours only repeat what the numbers and the order say. From the score upwards.
_COLOURS = ((85.0, "green"), (60.0, "yellow"), (float("-inf"), "red"))


def card_text(card: ScoreCard) -> RenderableType:
    """The total, then the 17 keypoints, worst first; a keypoint that was seen too rarely says "not seen".

    Parameters
    ----------
    card : ScoreCard
        What a scorer found.

    Returns
    -------
    rich renderable
        For ``rich.console.Console.print``.
    """
    if card.total is None:
        head = Text(f"No score. {card.reason}".strip(), style="bold")
    else:
        head = Text.assemble("Total ", (f"{card.total:.0f}", f"bold {_colour(card.total)}"), " of 100")
    detail = Text(
        f"Method {card.method}; {card.seen_count} of {len(card.keypoints)} keypoints judged; "
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
    return Group(head, detail, Text(), table)


def _row(score: KeypointScore) -> tuple[str, Text, Text, str]:
    seen = f"{score.seen:.0%}"
    if score.score is None:
        return score.keypoint.words, Text("–", style="dim"), Text("not seen", style="dim"), seen
    cells = round(min(max(score.score, 0.0), 100.0) / 100 * _BAR_CELLS)
    colour = _colour(score.score)
    return score.keypoint.words, Text(f"{score.score:.0f}", style=colour), Text("█" * cells, style=colour), seen


def _colour(score: float) -> str:
    return next(colour for least, colour in _COLOURS if score >= least)
