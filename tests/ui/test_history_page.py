"""The history's page: what was practised, how it is listed, and what is there when there is nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "at_noon")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QPushButton  # noqa: E402

from poseapp.library.history import History, PracticedReference  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.ui.attempts import NOON, add  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402
from tests.ui.desk import Desk  # noqa: E402
from tests.ui.history_parts import open_history, read  # noqa: E402


def test_the_rail_and_a_key_lead_to_it_and_escape_back(filled: Desk) -> None:
    item = next(b for b in filled.window.rail.findChildren(QPushButton) if b.text() == "History")
    item.click()
    page = filled.navigation.history.page
    assert filled.shown_page is page
    assert item.isChecked()
    filled.key(Qt.Key.Key_Escape)
    assert filled.shown_page is filled.page
    open_history(filled)
    assert item.isChecked()


def test_before_there_is_anything_it_says_what_will_be_here(desk: Desk) -> None:
    desk.begin()
    page = open_history(desk)
    assert page.empty.isVisible()
    assert not page.movements.isVisible()
    assert not page.export.isEnabled()
    assert page.empty.accessibleName() == "Nothing practised yet"
    assert "appears here" in page.empty.accessibleDescription()
    page.keep.setChecked(False)
    assert "not kept" in page.empty.accessibleDescription()
    assert page.empty.practise.hasFocus()
    desk.space()
    assert desk.shown_page is desk.page
    assert not desk.history.path.exists()  # looking makes no file


def test_what_was_practised_last_comes_first_with_its_last_score(filled: Desk) -> None:
    page = open_history(filled)
    rows = page.movements.rows
    assert [row.spoken for row in rows] == [
        "Squat, Left view: 78, fair",
        "Side bend, Front view: not seen",
        "My own move: 91, good",
    ]
    assert rows[0].values == (43.0, 50.4, 47.0, 63.0, 81.0, 77.6)
    assert rows[1].values == (70.0,)
    filled.wait(lambda: page.movements.rows[0].image is not None)  # comes from the library in its own time
    assert page.movements.rows[2].image is None


def test_the_chosen_one_shows_its_progress(filled: Desk) -> None:
    page = open_history(filled)
    assert page.detail.change == "3 less than yesterday"
    assert page.detail.chart.accessibleDescription() == "6 scores, the last 78, fair, the best 81, good"
    page.movements.setFocus()
    filled.key(Qt.Key.Key_Down)
    filled.key(Qt.Key.Key_Down)
    read(filled)
    assert page.detail.change == ""
    assert [row.words for row in page.detail.list.rows] == ["Bend your knees more: 120° instead of 90° at 1.3 s."]
    by_part = {card.part: card.accessibleDescription() for card in page.detail.parts.cards}
    assert by_part["right_arm"] == "not seen"
    assert by_part["left_arm"] == "80, good"


def test_it_stays_with_what_was_chosen(filled: Desk) -> None:
    page = open_history(filled)
    page.movements.setFocus()
    filled.key(Qt.Key.Key_Down)
    read(filled)
    filled.key(Qt.Key.Key_Escape)
    add(filled.history, 99.0, NOON, PracticedReference("lunge/left", "Lunge", "left"))
    open_history(filled)
    assert page.movements.rows[0].title == "Lunge"
    assert page.movements.currentIndex().row() == 2
    assert [row.total for row in page.detail.list.rows] == [None, 70.0]


def test_a_file_that_is_no_history_is_said_and_left_as_it_is(desk: Desk) -> None:
    desk.begin()
    desk.history.path.write_bytes(b"something else")
    page = open_history(desk)
    assert page.notice.isVisible()
    assert "is not a history of this program" in page.notice.accessibleName()
    assert "Move or rename it" in page.notice.accessibleDescription()
    assert desk.history.path.read_bytes() == b"something else"
    next(b for b in page.notice.findChildren(QPushButton) if b.text() == "Close").click()
    assert not page.notice.isVisible()
    assert page.empty.accessibleName() == "Your history could not be read"  # not that there is none
    desk.history.path.unlink()
    desk.key(Qt.Key.Key_Escape)
    open_history(desk)
    assert page.empty.accessibleName() == "Nothing practised yet"


def test_a_thousand_attempts_are_listed_in_pages_and_the_oldest_is_reached(desk: Desk) -> None:
    desk.begin()
    history = History(desk.history.path)
    for number in range(3):
        add(history, 50.0 + number, NOON - timedelta(days=number))
    _multiply(desk.history.path, 1000)
    page = open_history(desk)
    attempts = page.detail.list
    assert len(attempts.rows) == 1000
    assert attempts.model().rowCount() < 500
    desk.key(Qt.Key.Key_End)
    assert attempts.current == attempts.rows[-1].key
    assert attempts.model().rowCount() == 1000
    assert attempts.viewport().rect().intersects(attempts.visualRect(attempts.currentIndex()))
    picture_of(page.detail.chart)
    desk.key(Qt.Key.Key_Home)
    assert attempts.current == attempts.rows[0].key


def _multiply(path: Path, count: int) -> None:
    """More lines of the same, older ones."""
    import sqlite3

    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(attempt)")][2:]
    names = ", ".join(columns)
    (had,) = connection.execute("SELECT count(*) FROM attempt").fetchone()
    rows = [(i,) for i in range(count - had)]
    connection.executemany(
        f"INSERT INTO attempt (ended_at_us, {names}) SELECT ended_at_us - 3600000000 * (? + 100), {names}"
        " FROM attempt WHERE id = 1",
        rows,
    )
    connection.commit()
    connection.close()


def test_whether_attempts_are_kept_is_remembered(desk: Desk) -> None:
    desk.begin()
    page = open_history(desk)
    assert page.keep.isChecked()
    assert desk.navigation.history.keeping
    page.keep.setFocus()
    desk.space()
    assert not page.keep.isChecked()
    assert not desk.navigation.history.keeping
    desk.close()
    again = Desk(desk.bot, desk.standing, desk.folder)
    assert not again.navigation.history.page.keep.isChecked()
    assert not again.navigation.history.keeping
    again.close()


def test_it_waits_while_something_is_recorded(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.see(2)
    desk.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert desk.shown_page is desk.page
    assert desk.flow.phase is Phase.RECORDING


def test_from_the_score_to_the_history_and_back(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(20)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    page = open_history(desk)
    assert len(page.detail.list.rows) == 1
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown_page is desk.navigation.result
    assert desk.navigation.result.headline
