"""“Reduce motion”: what moves though it need not stands still, at once and the next time too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QProgressBar, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.ui.motion import motion_reduced, reduce_motion  # noqa: E402
from poseapp.ui.pages.camera_lost import CameraLostPage  # noqa: E402
from poseapp.ui.widgets.cards import Pill  # noqa: E402
from poseapp.ui.widgets.progress import ProgressRow  # noqa: E402
from poseapp.ui.widgets.score_dial import ScoreDial  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402
from tests.ui.desk import Desk  # noqa: E402


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the application as it was: everything moves."""
    assert not motion_reduced()
    yield
    reduce_motion(False)


def ticking(widget: QWidget) -> list[QTimer]:
    return [timer for timer in widget.findChildren(QTimer) if timer.isActive()]


def dial_at_once(qtbot: QtBot, *, animate: bool) -> QImage:
    """A dial in the very moment in which it is given a score."""
    dial = ScoreDial()
    qtbot.addWidget(dial)
    dial.resize(200, 200)
    dial.show()
    dial.set_score(90, animate=animate)
    return picture_of(dial)


def test_a_score_is_there_at_once(qtbot: QtBot) -> None:
    whole = dial_at_once(qtbot, animate=False)
    assert dial_at_once(qtbot, animate=True) != whole
    reduce_motion(True)
    assert dial_at_once(qtbot, animate=True) == whole


@pytest.mark.parametrize("reduced", [False, True])
def test_the_recording_dot_breathes_or_is_simply_there(qtbot: QtBot, reduced: bool) -> None:
    reduce_motion(reduced)
    pill = Pill("Recording 1.2 s")
    qtbot.addWidget(pill)
    pill.show()
    pill.set_recording()
    assert bool(ticking(pill)) is not reduced
    pill.hide()
    pill.show()
    assert bool(ticking(pill)) is not reduced


@pytest.mark.parametrize("reduced", [False, True])
def test_the_ring_that_looks_for_the_camera_turns_or_not(qtbot: QtBot, reduced: bool) -> None:
    reduce_motion(reduced)
    page = CameraLostPage()
    qtbot.addWidget(page)
    page.show()
    assert bool(ticking(page)) is not reduced


@pytest.mark.parametrize(("reduced", "most"), [(False, 0), (True, 1)])
def test_a_bar_that_does_not_know_how_far_runs_to_and_fro_or_is_empty(qtbot: QtBot, reduced: bool, most: int) -> None:
    reduce_motion(reduced)
    row = ProgressRow()
    qtbot.addWidget(row)
    row.start("Finding poses")
    row.set_progress(48, None)
    (bar,) = row.findChildren(QProgressBar)
    assert (bar.minimum(), bar.maximum()) == (0, most)
    assert bar.value() <= 0
    assert row.accessibleDescription() == "Finding poses, 48"  # the words move on
    row.set_progress(3, 4)
    assert (bar.maximum(), bar.value()) == (4, 3)
    row.finish()


def test_it_is_switched_by_keyboard_on_the_help_page_and_remembered(desk: Desk) -> None:
    desk.begin()
    assert not desk.navigation.help.still.isChecked()
    desk.navigation.choose_page("help")
    desk.navigation.help.still.setFocus()
    desk.space()
    assert desk.navigation.help.still.isChecked()
    assert motion_reduced()
    desk.close()
    reduce_motion(False)
    again = Desk(desk.bot, desk.standing, desk.folder)
    assert again.navigation.help.still.isChecked()
    assert motion_reduced()
    again.navigation.help.still.click()
    assert not motion_reduced()
    again.close()


def test_space_presses_what_has_the_focus_on_the_help_page(desk: Desk) -> None:
    desk.begin()
    desk.navigation.choose_page("help")
    desk.space()  # nothing has the focus there: nothing happens
    assert desk.shown_page is desk.navigation.help
    desk.clips.hold(1)
    desk.navigation.help.demo.setFocus()
    desk.space()
    assert desk.navigation.demo.on
