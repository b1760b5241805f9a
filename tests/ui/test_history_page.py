"""The history's page: what was practised, the progress, and every attempt again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot  # noqa: E402
from PySide6.QtGui import QColor, QDesktopServices, QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QFileDialog, QPushButton  # noqa: E402

from poseapp.library.history import History, PracticedReference  # noqa: E402
from poseapp.report.history_csv import history_csv  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.pages.history import HistoryPage  # noqa: E402
from poseapp.ui.pages.history_attempt import KeptAttemptPage  # noqa: E402
from poseapp.ui.theme import colour  # noqa: E402
from poseapp.ui.widgets.part_cards import PartCard  # noqa: E402
from poseapp.ui.widgets.question import Question  # noqa: E402
from tests.ui.attempts import BEND, NOON, SQUAT, add, fill, fill_otherwise  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402
from tests.ui.desk import PATIENCE_MS, Desk  # noqa: E402


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the twentieth of November, noon."""
    for place in ("history", "history_wiring"):
        monkeypatch.setattr(f"poseapp.ui.pages.{place}.now", lambda: NOON)


def read(desk: Desk) -> HistoryPage:
    """Wait until everything asked of the history is done."""
    reader = desk.navigation.history.reader
    desk.wait(lambda: reader.ready and not reader.busy)
    return desk.navigation.history.page


def open_history(desk: Desk) -> HistoryPage:
    desk.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert desk.shown_page is desk.navigation.history.page
    return read(desk)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.begin()
    fill(desk.history)
    return desk


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


# What is there


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


# How it is painted


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


# Attempts again


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


# Many


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


# What is removed


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


# Files and switches


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
