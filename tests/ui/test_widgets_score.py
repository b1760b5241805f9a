"""The score: dial, bars, marks and the running similarity."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QPointF  # noqa: E402
from PySide6.QtGui import QImage, QPainter  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import KEYPOINTS, Keypoint  # noqa: E402
from poseapp.scoring.card import KeypointScore, ScoreCard, SimilarityTrace  # noqa: E402
from poseapp.ui.theme import TOKENS, colour  # noqa: E402
from poseapp.ui.widgets.keypoint_bars import KeypointBars  # noqa: E402
from poseapp.ui.widgets.marks import paint_mark  # noqa: E402
from poseapp.ui.widgets.score_dial import ScoreDial  # noqa: E402
from poseapp.ui.widgets.trace_plot import TracePlot  # noqa: E402
from poseapp.ui.words import Band, band_of, score_words  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402


def card(**scores: float | None) -> ScoreCard:
    """A card on which every keypoint has 90 but those named in `scores`."""
    rows = tuple(KeypointScore(k, scores.get(k.key, 90.0), 1.0) for k in KEYPOINTS)
    return ScoreCard("classic", 80.0, rows, 3.0, 3.0)


def pixels_of(image: QImage, token: str) -> int:
    """How many pixels have exactly the colour of `token`."""
    argb = image.convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(argb.constBits(), dtype=np.uint32).reshape(argb.height(), -1)[:, : argb.width()]
    return int(((values & 0xFFFFFF) == int(getattr(TOKENS, token)[1:], 16)).sum())


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    return picture_of(widget)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (100, Band.GOOD),
        (79.5, Band.GOOD),
        (79.4, Band.FAIR),
        (50, Band.FAIR),
        (49.4, Band.POOR),
        (0, Band.POOR),
        (None, Band.NOT_SEEN),
    ],
)
def test_bands_are_judged_as_the_number_is_shown(score: float | None, band: Band) -> None:
    assert band_of(score) is band


class TestDial:
    @pytest.mark.parametrize(
        ("score", "words"),
        [
            (78, "Score 78 of 100, fair"),
            (99.6, "Score 100 of 100, good"),
            (12, "Score 12 of 100, poor"),
            (None, "Not enough seen to judge"),
        ],
    )
    def test_it_says_the_score_in_words(self, qtbot: QtBot, score: float | None, words: str) -> None:
        dial = ScoreDial()
        qtbot.addWidget(dial)
        dial.set_score(score)
        assert dial.accessibleDescription() == words

    def test_the_arc_is_as_long_as_the_score(self, qtbot: QtBot) -> None:
        arcs = {}
        for score in (25, 50):
            dial = ScoreDial()
            dial.set_score(score, animate=False)
            arcs[score] = pixels_of(shown(qtbot, dial, 300, 300), "bad" if score == 25 else "amber")
        # The round ends of the arc are longer than it by one thickness: 9 % of the diameter.
        ends = 0.09 / (np.pi * 0.75 * 0.91)
        assert arcs[50] / arcs[25] == pytest.approx((0.5 + ends * 0.785) / (0.25 + ends * 0.785), rel=0.03)

    def test_without_a_score_there_is_no_arc(self, qtbot: QtBot) -> None:
        image = shown(qtbot, ScoreDial(), 200, 200)
        assert [pixels_of(image, token) for token in ("green", "amber", "bad")] == [0, 0, 0]

    def test_the_arc_sweeps_to_the_score_and_stays(self, qtbot: QtBot) -> None:
        dial = ScoreDial()
        qtbot.addWidget(dial)
        dial.resize(200, 200)
        dial.show()
        dial.set_score(90)
        begun = pixels_of(picture_of(dial), "green")
        qtbot.waitUntil(lambda: pixels_of(picture_of(dial), "green") > 3000, timeout=PATIENCE_MS)
        assert begun < 3000


class TestBars:
    def test_rows_are_sorted_worst_first_and_not_seen_last(self, qtbot: QtBot) -> None:
        bars = KeypointBars()
        qtbot.addWidget(bars)
        bars.set_card(card(left_knee=14.0, nose=None, right_wrist=55.0))
        order = [row.keypoint for row in bars.rows]
        assert order[:2] == [Keypoint.LEFT_KNEE, Keypoint.RIGHT_WRIST]
        assert order[-1] == Keypoint.NOSE
        assert len(order) == 17

    def test_a_bar_is_as_long_as_its_score(self, qtbot: QtBot) -> None:
        bars = KeypointBars()
        bars.set_card(card(left_knee=50.0))
        image = shown(qtbot, bars, 400, bars.sizeHint().height())
        bar = bars.bar_rect(0)
        y = int(bar.center().y())
        at = [
            image.pixelColor(int(bar.left() + share * bar.width()), y).name().upper() for share in (0.1, 0.45, 0.55)
        ]
        assert at == [TOKENS.amber, TOKENS.amber, TOKENS.line]

    def test_not_seen_is_hatched_not_filled(self, qtbot: QtBot) -> None:
        bars = KeypointBars()
        bars.set_card(card(nose=None))
        image = shown(qtbot, bars, 400, bars.sizeHint().height())
        bar = bars.bar_rect(16)
        y = int(bar.center().y())
        row = {image.pixelColor(x, y).name() for x in range(int(bar.left()) + 4, int(bar.right()) - 4)}
        assert len(row) > 1, "lines and gaps"
        assert "not seen" in bars.accessibleDescription()

    def test_words_hold_every_keypoint_with_its_score(self, qtbot: QtBot) -> None:
        bars = KeypointBars()
        qtbot.addWidget(bars)
        bars.set_card(card(left_knee=14.0, nose=None))
        words = bars.accessibleDescription().split("; ")
        assert words[0] == "Left knee 14, poor"
        assert words[-1] == "Nose not seen"
        assert len(words) == 17

    def test_no_card_no_rows(self, qtbot: QtBot) -> None:
        bars = KeypointBars()
        qtbot.addWidget(bars)
        bars.set_card(None)
        assert bars.sizeHint().height() == 0


def test_bands_have_different_shapes_not_only_colours() -> None:
    outlines = []
    for score in (90.0, 60.0, 20.0, None):
        image = QImage(60, 60, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_mark(painter, QPointF(30, 30), 18, score)
        painter.end()
        covered = [[image.pixelColor(x, y).alpha() > 128 for x in range(60)] for y in range(60)]
        filled = image.pixelColor(30, 30) == image.pixelColor(30, 32) == image.pixelColor(34, 30)
        outlines.append((np.array(covered), filled))
    for i, (one, one_filled) in enumerate(outlines):
        for other, other_filled in outlines[i + 1 :]:
            assert (one != other).mean() > 0.03 or one_filled != other_filled


class TestTrace:
    def trace(self) -> SimilarityTrace:
        t = np.arange(0, 5.01, 0.1)
        value = 0.5 + 0.4 * np.sin(t)
        value[30:40] = np.nan
        return SimilarityTrace(t, value)

    def test_the_best_moment_is_marked_and_named(self, qtbot: QtBot) -> None:
        plot = TracePlot()
        plot.set_trace(self.trace())
        image = shown(qtbot, plot, 400, 200)
        assert plot.accessibleDescription() == "best 0.900 at 1.6 s"
        at = plot.point(1.6, 0.9)
        assert image.pixelColor(int(at.x()), int(at.y())).name() == colour("ghost").name()

    def test_the_curve_has_a_gap_where_nobody_was_seen(self, qtbot: QtBot) -> None:
        plot = TracePlot()
        plot.set_trace(self.trace())
        image = shown(qtbot, plot, 400, 200)

        def green_in_column(t: float) -> bool:
            x = int(plot.point(t, 0).x())
            return any(
                (c := image.pixelColor(x, y)).green() - c.red() > 60 and c.green() > c.blue() + 30
                for y in range(image.height())
            )

        assert green_in_column(2.5)
        assert not green_in_column(3.5)
        assert green_in_column(4.5)

    def test_an_empty_attempt_is_said_in_words(self, qtbot: QtBot) -> None:
        plot = TracePlot()
        plot.set_trace(SimilarityTrace(np.array([0.0, 0.1]), np.array([np.nan, np.nan])))
        shown(qtbot, plot, 400, 200)
        assert plot.accessibleDescription() == "Nothing to compare"


def test_scores_are_read_out_with_their_band() -> None:
    assert score_words(77.7) == "78, fair"
    assert score_words(None) == "not seen"
