"""What the tests of the history's pages share."""

from __future__ import annotations

from PySide6.QtCore import Qt

from poseapp.ui.pages.history import HistoryPage
from poseapp.ui.pages.history_attempt import KeptAttemptPage
from poseapp.ui.widgets.question import Question
from tests.ui.desk import Desk


def read(desk: Desk) -> HistoryPage:
    """Wait until everything asked of the history is done."""
    reader = desk.navigation.history.reader
    desk.wait(lambda: reader.ready and not reader.busy)
    return desk.navigation.history.page


def open_history(desk: Desk) -> HistoryPage:
    desk.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert desk.shown_page is desk.navigation.history.page
    return read(desk)


def open_attempt(desk: Desk) -> KeptAttemptPage:
    desk.key(Qt.Key.Key_Return)
    page = desk.navigation.history.attempt
    desk.wait(lambda: desk.shown_page is page)
    return page


def question_of(desk: Desk) -> Question:
    found = [w for w in desk.window.findChildren(Question) if w.isVisible()]
    assert len(found) == 1
    desk.wait(found[0].no.hasFocus)
    return found[0]


def answer(desk: Desk, question: Question, *, yes: bool) -> None:
    (question.yes if yes else question.no).click()
    desk.activate()
    read(desk)
