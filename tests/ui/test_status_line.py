"""The line at the bottom of the practice page: as many figures as have room, each wholly shown."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtWidgets import QApplication, QLabel, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.ui.pages.practice_status import StatusLine  # noqa: E402

PICTURE, PERSON = "1280 × 720, 30.0 pictures a second", "Following you"


def shown_words(line: StatusLine) -> list[QLabel]:
    return [w for w in line.findChildren(QLabel) if w.isVisibleTo(line) and w.text()]


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """A page as wide as it is told, whatever its line would like."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1500, 40)
    page.show()
    return page


@pytest.mark.parametrize("digits", [1, 3, 6])
def test_at_every_width_what_is_shown_is_whole(holder: QWidget, digits: int) -> None:
    line = StatusLine(holder)
    line.show()
    count = "9" * digits
    work = f"Pose {count} ms, shown after {count} ms; {count} taken, {count} looked at, {count} left out"
    counts = []
    for width in range(300, 1501):
        line.resize(width, 24)
        line.set_figures((PICTURE, work, PERSON))
        layout = line.layout()
        assert layout is not None
        layout.activate()
        shown = shown_words(line)
        for words in shown:
            assert words.width() >= words.minimumSizeHint().width(), (width, words.text())
            assert words.geometry().right() <= line.width(), (width, words.text())
        counts.append(len(shown))
    assert counts == sorted(counts), "more room never shows less"
    assert counts[0] == 1, "the promise is always there"
    assert counts[-1] == 4


def test_figures_are_left_out_from_the_last(holder: QWidget) -> None:
    line = StatusLine(holder)
    line.show()
    line.resize(1200, 24)
    line.set_figures((PICTURE, "Pose 9 ms", PERSON))
    QApplication.processEvents()
    layout = line.layout()
    assert layout is not None
    needed = layout.minimumSize().width()
    line.resize(needed - 1, 24)
    assert [w.text() for w in shown_words(line)][:2] == [PICTURE, "Pose 9 ms"]
    assert PERSON not in [w.text() for w in shown_words(line)]
    line.resize(needed, 24)
    assert PERSON in [w.text() for w in shown_words(line)]
