"""How the history's page paints scores: marks, the best so far, and what was judged otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "at_noon")]

from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtGui import QColor, QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from poseapp.ui.theme import colour  # noqa: E402
from poseapp.ui.widgets.part_cards import PartCard  # noqa: E402
from tests.ui.attempts import fill_otherwise  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402
from tests.ui.desk import Desk  # noqa: E402
from tests.ui.history_parts import open_history  # noqa: E402


def test_marks_lie_where_the_scores_are(filled: Desk) -> None:
    page = open_history(filled)
    chart = page.detail.chart
    image = picture_of(chart)
    for number, (total, token) in enumerate(((43.0, "bad"), (50.4, "amber"), (47.0, "bad"), (63.0, "amber"))):
        at = chart.place(number, total).toPoint()
        assert image.pixelColor(at) == colour(token), (number, total)
    assert chart.place(4, 81.0).y() < chart.place(3, 63.0).y()
    area = chart.plot_rect
    assert chart.place(0, 0.0).y() == pytest.approx(area.bottom())
    assert chart.place(0, 100.0).y() == pytest.approx(area.top())


def test_the_best_so_far_never_falls(filled: Desk) -> None:
    page = open_history(filled)
    chart = page.detail.chart
    # Where the last score is lower than the best, the dashes run at the height of the best.
    left, right = chart.place(4, 81.0), chart.place(5, 81.0)
    image = picture_of(chart)
    y = round(left.y())
    xs = range(round(left.x()) + 10, round(right.x()) - 30)
    hits = sum(_is_blue(image, x, y + dy) for x in xs for dy in (-1, 0, 1))
    assert hits > len(xs) // 3
    falling = sum(_is_blue(image, x, round(chart.place(5, 77.6).y()) + 6) for x in xs)
    assert falling == 0


def _is_blue(image: QImage, x: int, y: int) -> bool:
    pixel = image.pixelColor(x, y)
    return pixel.blue() > 150 and pixel.blue() > pixel.red() + 40


def test_what_was_judged_otherwise_stands_apart(desk: Desk) -> None:
    desk.begin()
    fill_otherwise(desk.history)
    page = open_history(desk)
    chart = page.detail.chart
    assert page.detail.change == "4 less than yesterday"
    assert chart.accessibleDescription() == "6 scores, the last 60, fair, the best 64, fair; 2 judged otherwise"
    assert page.movements.rows[0].values == (43.0, 55.0, 64.0, 60.0)
    image = picture_of(chart)
    for number, total, token, hollow in (
        (0, 43.0, "bad", False),
        (1, 92.0, "green", True),
        (2, 55.0, "amber", False),
        (3, 95.0, "green", True),
    ):
        middle = chart.place(number, total).toPoint()
        assert image.pixelColor(middle) == colour("panel" if hollow else token), number
        around = [image.pixelColor(middle + QPoint(x, 0)) for x in range(-6, 7)]
        assert any(_is_about(pixel, token) for pixel in around), number
    # The line runs from the first to the third mark as if there were none between, and never up to the second.
    half_way = (chart.place(0, 43.0) + chart.place(2, 55.0)) / 2
    assert _is_drawn(image, half_way.toPoint())
    first, second = chart.place(0, 43.0), chart.place(1, 92.0)
    assert not _is_drawn(image, (first + (second - first) * 0.6).toPoint())
    # The best so far stays at 64 after the 92 and the 95.
    last = chart.place(4, 64.0)
    assert any(_is_blue(image, round(last.x()) + 20 + x, round(last.y()) + y) for x in range(8) for y in (-1, 0, 1))


def _is_about(pixel: QColor, token: str) -> bool:
    wanted = colour(token)
    both = ((pixel.red(), wanted.red()), (pixel.green(), wanted.green()), (pixel.blue(), wanted.blue()))
    return all(abs(a - b) < 40 for a, b in both)


def _is_drawn(image: QImage, at: QPoint) -> bool:
    ground = image.pixelColor(0, 0)
    return any(image.pixelColor(at + QPoint(0, y)) != ground for y in (-1, 0, 1))


def test_pressing_a_mark_leads_to_its_attempt(filled: Desk) -> None:
    page = open_history(filled)
    chart = page.detail.chart
    where = chart.place(0, 43.0).toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    rows = page.detail.list.rows
    assert page.detail.list.current == rows[-1].key
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where + QPoint(30, 0))
    assert page.detail.list.current == rows[-1].key


def test_not_seen_is_hatched_and_said(filled: Desk) -> None:
    card = PartCard("left_leg")
    filled.bot.addWidget(card)
    card.resize(160, 92)
    card.set_scores(None, ())
    unseen = picture_of(card)
    ground = [unseen.pixelColor(x, 46) == colour("panel") for x in range(16, 144)]
    assert sum(here != before for before, here in pairwise(ground)) > 20  # hatched, not filled
    card.set_scores(81.0, (50.0, 81.0))
    assert picture_of(card) != unseen
    assert card.accessibleDescription() == "81, good"
