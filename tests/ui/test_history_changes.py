"""What is removed from the history, and what is written of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "at_noon")]

from PySide6.QtCore import QObject, Qt, QUrl, Slot  # noqa: E402
from PySide6.QtGui import QDesktopServices  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QFileDialog  # noqa: E402

from poseapp.report.history_csv import history_csv  # noqa: E402
from tests.ui.attempts import BEND, SQUAT  # noqa: E402
from tests.ui.desk import Desk  # noqa: E402
from tests.ui.history_parts import answer, open_attempt, open_history, question_of, read  # noqa: E402


def test_an_attempt_is_removed_after_a_question_that_names_it(filled: Desk) -> None:
    page = open_history(filled)
    gone = page.detail.list.rows[0].key
    filled.key(Qt.Key.Key_Delete)
    question = question_of(filled)
    assert question.accessibleName() == "Remove the attempt of today, 10:43?"
    answer(filled, question, yes=False)
    assert len(page.detail.list.rows) == 6
    filled.key(Qt.Key.Key_Delete)
    answer(filled, question_of(filled), yes=True)
    filled.wait(lambda: len(page.detail.list.rows) == 5)
    assert gone not in [row.key for row in page.detail.list.rows]
    assert len(filled.history.attempts(SQUAT)) == 5
    assert page.detail.list.current == page.detail.list.rows[0].key
    assert page.movements.rows[0].total == 81.0


def test_the_bin_of_a_row_asks_too(filled: Desk) -> None:
    page = open_history(filled)
    attempts = page.detail.list
    row = attempts.visualRect(attempts.model().index(2, 0))
    at = attempts._delegate.trash_rect(row.toRectF()).center().toPoint()
    QTest.mouseClick(attempts.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    question = question_of(filled)
    assert question.accessibleName() == "Remove the attempt of 14 November, 10:57?"
    answer(filled, question, yes=False)
    assert filled.shown_page is page


def test_the_shown_attempt_can_be_removed(filled: Desk) -> None:
    page = open_history(filled)
    shown = open_attempt(filled)
    shown.remove.click()
    answer(filled, question_of(filled), yes=True)
    assert filled.shown_page is page
    filled.wait(lambda: len(page.detail.list.rows) == 5)


def test_with_its_last_attempt_a_movement_leaves_the_list(filled: Desk) -> None:
    page = open_history(filled)
    page.movements.setFocus()
    filled.key(Qt.Key.Key_Down)
    read(filled)
    for left in (1, 0):
        page.detail.list.setFocus()
        filled.key(Qt.Key.Key_Home)
        filled.key(Qt.Key.Key_Delete)
        answer(filled, question_of(filled), yes=True)
        filled.wait(lambda left=left: len(filled.history.attempts(BEND)) == left)
        read(filled)
    filled.wait(lambda: [row.title for row in page.movements.rows] == ["Squat", "My own move"])
    assert page.movements.currentIndex().row() == 0


def test_everything_is_removed_after_a_question(filled: Desk) -> None:
    page = open_history(filled)
    page.clear.click()
    question = question_of(filled)
    assert question.accessibleName() == "Remove all 9 attempts?"
    answer(filled, question, yes=False)
    assert len(filled.history.attempts()) == 9
    page.clear.click()
    answer(filled, question_of(filled), yes=True)
    filled.wait(page.empty.isVisible)
    assert filled.history.attempts() == ()


def test_all_attempts_are_exported(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_history(filled)
    goal = filled.folder / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(goal), ""))
    page.export.click()
    written = goal.with_suffix(".csv")
    filled.wait(page.notice.isVisible)
    assert page.notice.accessibleName() == "9 attempts are exported"
    text = written.read_bytes().decode()
    assert text == history_csv(filled.history.attempts())
    assert len(list(csv.reader(text.splitlines()))) == 10


def test_what_cannot_be_exported_is_said(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_history(filled)
    goal = filled.folder / "no such folder" / "mine.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(goal), ""))
    page.export.click()
    filled.wait(page.notice.isVisible)
    assert "its folder does not exist" in page.notice.accessibleName()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.hush()
    page.export.click()
    assert not page.notice.isVisible()


class Opener(QObject):
    """Opens folders in place of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_the_folder_with_the_data_is_opened_and_named(filled: Desk, opener: Opener) -> None:
    page = open_history(filled)
    page.folder.click()
    assert [Path(name) for name in opener.opened] == [filled.folder]
    assert page.notice.accessibleDescription() == str(filled.folder)
