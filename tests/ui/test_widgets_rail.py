"""The rail marks the page where one is, however one came there."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QEvent, QObject, QPoint  # noqa: E402
from PySide6.QtGui import QPaintEvent, QRegion  # noqa: E402
from PySide6.QtWidgets import QPushButton  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.ui.theme import colour  # noqa: E402
from poseapp.ui.widgets.rail import Rail  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402


class Painted(QObject):
    """Where a widget painted itself."""

    def __init__(self, widget: Rail) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_item("practice", "Practice", "run")
    rail.add_item("history", "History", "chart-line")
    rail.resize(rail.width(), 400)
    return rail


def edge(rail: Rail, text: str) -> QPoint:
    """The middle of the window's edge beside a page."""
    item = next(button for button in rail.findChildren(QPushButton) if button.text() == text)
    return QPoint(1, item.geometry().center().y())


def test_a_green_bar_lies_at_the_edge_beside_the_page(rail: Rail) -> None:
    for key, here, elsewhere in (("history", "History", "Practice"), ("practice", "Practice", "History")):
        rail.set_current(key)
        picture = picture_of(rail)
        assert picture.pixelColor(edge(rail, here)) == colour("green")
        assert picture.pixelColor(edge(rail, elsewhere)) != colour("green")


def test_the_bar_goes_along_when_the_page_changes_by_itself(rail: Rail, qtbot: QtBot) -> None:
    painted = Painted(rail)
    rail.show()
    qtbot.waitUntil(lambda: painted.region.contains(edge(rail, "History")), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: painted.region.contains(edge(rail, "Practice")), timeout=PATIENCE_MS)
    painted.region = QRegion()
    rail.set_current("history")
    both = edge(rail, "History"), edge(rail, "Practice")
    qtbot.waitUntil(lambda: all(painted.region.contains(place) for place in both), timeout=PATIENCE_MS)
