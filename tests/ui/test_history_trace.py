"""The curve of an attempt of the history: worked out again from its poses, or said why it cannot be."""

from __future__ import annotations

import sqlite3
import threading

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "at_noon")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from poseapp.scoring import SimilarityTrace  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.pages.result import ResultPage  # noqa: E402
from tests.patience import PATIENCE_S  # noqa: E402
from tests.ui.attempts import CLIP, add  # noqa: E402
from tests.ui.desk import Desk  # noqa: E402
from tests.ui.history_parts import open_attempt, open_history  # noqa: E402

NOT_THERE = "“My own move” is not in the library, so there is no still to compare with."


def practise(desk: Desk) -> SimilarityTrace:
    """An attempt, and the curve that is shown with its score."""
    desk.begin_with_reference()
    desk.space()
    desk.move(30)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    trace = desk.navigation.result.trace.shown
    assert trace is not None
    return trace


def words_in_place_of_curve(page: ResultPage) -> str:
    return "" if page._no_trace.isHidden() else page._no_trace.text()


def test_it_is_the_curve_that_was_shown_with_the_score(desk: Desk) -> None:
    live = practise(desk)
    open_history(desk)
    page = open_attempt(desk)
    desk.wait(lambda: page.trace.shown is not None)
    kept = page.trace.shown
    assert kept is not None
    np.testing.assert_allclose(kept.t, live.t, atol=1e-6)
    np.testing.assert_allclose(kept.value, live.value, atol=1e-4)
    assert page.trace.isVisible()
    assert page.trace.accessibleDescription().startswith("best ")
    assert page._trace_card.accessibleName() == "Similarity to the still at 1.0 s"
    assert words_in_place_of_curve(page) == ""


def test_without_the_example_the_place_says_why_it_is_empty(desk: Desk) -> None:
    desk.begin()
    add(desk.history, 91.0, reference=CLIP)
    open_history(desk)
    desk.wait(lambda: desk.navigation.shelf.read)
    page = open_attempt(desk)
    assert words_in_place_of_curve(page) == NOT_THERE
    assert page._trace_card.isVisible()
    assert not page.trace.isVisible()


def test_poses_that_are_damaged_are_said_in_its_place(desk: Desk) -> None:
    practise(desk)
    with sqlite3.connect(desk.history.path) as connection:
        connection.execute("UPDATE detail SET poses = X'00'")
    connection.close()
    open_history(desk)
    page = open_attempt(desk)
    desk.wait(lambda: bool(words_in_place_of_curve(page)))
    assert "damaged" in words_in_place_of_curve(page)
    assert "Score" in page.dial.accessibleDescription()  # the rest is there


def test_an_attempt_that_is_opened_before_the_library_is_read(desk: Desk) -> None:
    shelf, may_read = desk.navigation.shelf, threading.Event()
    library_now = shelf._library_now

    def late_library():  # type: ignore[no-untyped-def]
        may_read.wait(PATIENCE_S)
        return library_now()

    shelf._library_now = late_library
    practise(desk)
    open_history(desk)
    page = open_attempt(desk)
    assert page.trace.shown is None
    assert not page.practise.isVisible()
    assert words_in_place_of_curve(page) == ""  # nobody knows yet
    may_read.set()
    desk.wait(lambda: page.trace.shown is not None)
    assert page.practise.isVisible()


def test_a_curve_that_comes_late_is_not_drawn_for_another_attempt(desk: Desk) -> None:
    practise(desk)
    add(desk.history, 91.0, reference=CLIP)
    history = open_history(desk)
    desk.wait(lambda: desk.navigation.shelf.read)
    desk.may_load.clear()
    reader = desk.navigation.history.reader
    page = open_attempt(desk)
    assert page.shown is not None
    assert page.shown.reference.title == "Squat"
    assert reader._tracing.busy
    desk.key(Qt.Key.Key_Escape)
    history.movements.setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.wait(lambda: reader.contents.chosen == CLIP and not reader._reading.busy)
    history.detail.list.setFocus()
    desk.key(Qt.Key.Key_Home)
    open_attempt(desk)
    assert words_in_place_of_curve(page) == NOT_THERE
    desk.may_load.set()
    reader._tracing.close()  # the thread has ended
    QApplication.processEvents()  # and whatever it told has been heard
    assert words_in_place_of_curve(page) == NOT_THERE
    assert page.trace.shown is None
