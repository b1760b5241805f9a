"""An attempt of the history is opened again, as it was."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "at_noon")]

from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from tests.ui.desk import PATIENCE_MS, Desk  # noqa: E402
from tests.ui.history_parts import open_attempt, open_history, read  # noqa: E402


def test_enter_opens_an_attempt_as_it_was_and_escape_leads_back(filled: Desk) -> None:
    page = open_history(filled)
    filled.key(Qt.Key.Key_Down)
    key = page.detail.list.current
    shown = open_attempt(filled)
    assert shown.headline == "Bend your knees more: 120° instead of 90° at 1.2 s."
    assert "81" in shown.dial.accessibleDescription()
    assert shown._title.text() == "Squat"
    assert shown._facts.text() == "Left view, yesterday, 10:39"
    assert not shown.again.isVisible()
    filled.key(Qt.Key.Key_Escape)
    assert filled.shown_page is page
    assert page.detail.list.hasFocus()
    assert page.detail.list.current == key
    filled.key(Qt.Key.Key_Escape)
    assert filled.shown_page is filled.page


def test_a_click_opens_an_attempt_and_the_arrow_leads_back(filled: Desk) -> None:
    page = open_history(filled)
    attempts = page.detail.list
    row = attempts.visualRect(attempts.model().index(1, 0))
    QTest.mouseClick(
        attempts.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(row.left() + 60, row.center().y()),
    )
    shown = filled.navigation.history.attempt
    filled.wait(lambda: filled.shown_page is shown)
    shown.back.click()
    assert filled.shown_page is page


def test_what_was_not_judged_shows_its_reason_again(filled: Desk) -> None:
    page = open_history(filled)
    page.movements.setFocus()
    filled.key(Qt.Key.Key_Down)
    read(filled)
    page.detail.list.setFocus()
    filled.key(Qt.Key.Key_Home)
    shown = open_attempt(filled)
    assert shown.headline == "Too little of you was seen to judge this."


def test_an_attempt_of_the_library_can_be_practised_again(filled: Desk) -> None:
    page = open_history(filled)
    filled.wait(lambda: filled.navigation.shelf.read)
    shown = open_attempt(filled)
    assert shown.practise.isVisible()
    with filled.bot.waitSignal(filled.flow.references.changed, timeout=PATIENCE_MS):
        filled.space()
    assert filled.shown_page is filled.page
    current = filled.flow.references.current
    assert current is not None
    assert current.name == "squat/left"
    open_history(filled)
    page.movements.setFocus()
    filled.key(Qt.Key.Key_End)
    for _ in range(2):
        filled.key(Qt.Key.Key_Down)
    read(filled)
    page.detail.list.setFocus()
    filled.key(Qt.Key.Key_Home)
    shown = open_attempt(filled)
    assert not shown.practise.isVisible()  # a clip may lie anywhere by now
    filled.space()
    assert filled.shown_page is shown


def test_a_damaged_card_costs_that_attempt_only(filled: Desk) -> None:
    import sqlite3

    page = open_history(filled)
    newest = page.detail.list.rows[0].key
    with sqlite3.connect(filled.history.path) as connection:
        connection.execute("UPDATE detail SET card = '{}' WHERE attempt_id = ?", (newest,))
    connection.close()
    filled.key(Qt.Key.Key_Return)
    filled.wait(page.notice.isVisible)
    assert filled.shown_page is page
    assert page.notice.accessibleDescription()
    page.detail.list.setFocus()
    filled.key(Qt.Key.Key_Down)
    open_attempt(filled)
