"""The score page's words, of cards that the test makes up."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("PySide6")
pytestmark = pytest.mark.ui

from poseapp.scoring import Span, Timing  # noqa: E402
from poseapp.ui.pages.result_words import more_words  # noqa: E402
from tests.ui.attempts import card_of  # noqa: E402


def span(start: float, reference_s: float, attempt_s: float) -> Span:
    """One that begins at `start` in both clips."""
    return Span(start, start + reference_s, start, start + attempt_s)


def stretches(timing: Timing) -> str:
    """What is said of where the timing was uneven."""
    words = more_words(replace(card_of(64.0), timing=timing))
    assert words.count("\n") == 0
    return words.partition(". ")[2]


@pytest.mark.parametrize(
    ("hurried", "hesitated", "words"),
    [
        ((), (), ""),
        ((span(0.4, 0.5, 0.3),), (), "At 0.4–0.9 s you hurried and gained 0.2 s."),
        # In the order of the movement, not by how much.
        (
            (span(1.0, 0.5, 0.3),),
            (span(0.2, 0.5, 0.6),),
            "At 0.2–0.7 s you hesitated and lost 0.1 s. At 1.0–1.5 s you hurried and gained 0.2 s.",
        ),
        # 0.1 s and 0.2 s gained, 0.3 s lost: the least is left out.
        (
            (span(0.0, 0.5, 0.4), span(1.0, 0.5, 0.3)),
            (span(2.0, 0.5, 0.8),),
            "At 1.0–1.5 s you hurried and gained 0.2 s. At 2.0–2.5 s you hesitated and lost 0.3 s.",
        ),
    ],
)
def test_where_the_timing_was_uneven(hurried: tuple[Span, ...], hesitated: tuple[Span, ...], words: str) -> None:
    assert stretches(Timing(41.4, 1.0, 0.2, hurried, hesitated)) == words


def test_what_is_much_is_judged_by_ones_own_tempo() -> None:
    # At half the coach's tempo 0.5 s of his take one second: 1.1 s is little too long, 0.7 s much too short.
    slow = Timing(41.4, 0.5, 0.2, (span(2.0, 0.5, 0.7),), (span(0.0, 0.5, 1.1), span(1.0, 0.5, 1.2)))
    assert stretches(slow) == (
        "At 1.0–1.5 s you hesitated and lost 0.2 s. At 2.0–2.5 s you hurried and gained 0.3 s."
    )


def test_the_other_side_has_a_line_of_its_own() -> None:
    card = replace(card_of(64.0), mirrored=True)
    assert more_words(card).splitlines()[1].startswith("You did it with the other side")
