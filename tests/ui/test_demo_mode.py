"""The demo: the built-in attempt stands in for the camera, from loading to the result."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "short_attempt")]

import numpy as np  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QPushButton  # noqa: E402

from poseapp.ui.flow.demo import DemoState  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.ui.demo_parts import HELD, PICTURES, mark_shown, to_result  # noqa: E402
from tests.ui.desk import PATIENCE_MS, WEBCAM, Desk, notice_title  # noqa: E402


def test_it_runs_to_the_result_by_itself(desk: Desk, short_attempt: Path) -> None:
    desk.begin_without_camera()
    seen: list[DemoState] = []
    phases: list[Phase] = []
    desk.navigation.demo.changed.connect(seen.append)
    desk.flow.phase_changed.connect(phases.append)
    desk.clips.hold(HELD)
    desk.space()  # the first page's green button
    assert desk.shown_page is desk.page
    assert mark_shown(desk)
    desk.wait_phase(Phase.RECORDING)
    assert desk.page.header._end_demo.isVisible()
    assert not desk.page.header._change.isVisible()
    desk.clips.release()
    desk.wait_phase(Phase.RESULT)
    assert seen == [DemoState.GETTING_READY, DemoState.PRACTISING, DemoState.RESULT]
    assert [p for p in phases if p in (Phase.RECORDING, Phase.SCORING, Phase.RESULT)] == [
        Phase.RECORDING,
        Phase.SCORING,
        Phase.RESULT,
    ]
    result = desk.navigation.result
    assert desk.shown_page is result
    assert result._demo.isVisible()
    assert result.try_it.isVisible()
    assert not result.again.isVisible()
    example = desk.flow.references.current
    assert example is not None
    assert example.name == "squat/left"


def test_the_whole_attempt_is_recorded(desk: Desk) -> None:
    desk.begin_without_camera()
    with desk.bot.waitSignal(desk.flow.scored, timeout=PATIENCE_MS) as scored:
        desk.navigation.show_demo()
    poses = scored.args[0].poses
    assert poses.t == pytest.approx(np.arange(PICTURES) / 30, abs=1e-3)


def test_watching_again_and_stopping_early(desk: Desk) -> None:
    desk.begin_without_camera()
    to_result(desk)
    desk.clips.hold(HELD)
    desk.navigation.result.watch_again.click()
    assert desk.shown_page is desk.page
    assert mark_shown(desk)
    desk.wait_phase(Phase.RECORDING)
    desk.wait(lambda: desk.flow.recorded_seconds > 0.31)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert desk.navigation.demo.state is DemoState.RESULT


def test_trying_it_without_a_camera_leads_to_the_ways_to_get_one(desk: Desk) -> None:
    desk.begin_without_camera()
    to_result(desk)
    desk.space()
    assert desk.flow.phase is Phase.NO_SOURCE
    assert desk.shown_page is desk.navigation.first_run
    assert not desk.navigation.demo.on
    desk.cameras = (WEBCAM,)
    desk.flow.sources.look_for_cameras()
    desk.wait_phase(Phase.READY)
    desk.see()
    assert not mark_shown(desk)
    assert desk.page.header.title == "Squat"  # what the demo showed is there to be tried


def test_trying_it_with_a_camera(desk: Desk) -> None:
    desk.begin()
    to_result(desk)
    desk.navigation.result.try_it.click()
    desk.wait_phase(Phase.READY)
    desk.see()
    assert desk.shown_page is desk.page
    assert desk.flow.sources.current is not None
    assert desk.flow.sources.current.camera == WEBCAM
    assert desk.page.header.title == "Squat"
    # One's own attempts are counted from where they were.
    desk.space()
    desk.move(15)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert desk.navigation.result._facts.text() == "Attempt 1"
    assert desk.navigation.result.again.isVisible()


def test_started_with_the_demo_a_camera_is_found_meanwhile(desk: Desk) -> None:
    desk.navigation.show_demo()  # what `poseapp demo` does: no camera was looked for before
    desk.wait_phase(Phase.RESULT)
    desk.wait(lambda: desk.flow.sources.cameras == (WEBCAM,))
    desk.space()
    desk.wait_phase(Phase.READY)
    desk.see()


def test_it_is_not_remembered_as_what_was_practised(desk: Desk) -> None:
    desk.begin()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load("squat/right")
    to_result(desk)
    assert desk.navigation.preferences.text("reference", "") == "squat/right"


def test_help_leads_to_it(desk: Desk) -> None:
    desk.begin()
    desk.navigation.choose_page("help")
    desk.navigation.help.demo.click()
    assert desk.shown_page is desk.page
    assert mark_shown(desk)
    desk.navigation.show_demo()  # once more: it goes on
    desk.wait_phase(Phase.RESULT)
    desk.navigation.choose_page("help")
    desk.clips.hold(HELD)
    desk.navigation.help.demo.click()
    desk.wait_phase(Phase.RECORDING)
    desk.key(Qt.Key.Key_Escape)


def test_no_camera_offers_it_on_the_practice_page_too(desk: Desk) -> None:
    desk.begin_without_camera()
    desk.navigation.open_library()
    desk.wait(lambda: bool(desk.navigation.library.cards))
    desk.key(Qt.Key.Key_Return)
    notice = desk.navigation.wiring.notices.notice
    assert notice is not None
    desk.clips.hold(HELD)
    notice.findChildren(QPushButton)[0].click()
    assert desk.navigation.demo.on
    desk.wait_phase(Phase.RECORDING)
    assert notice_title(desk) == ""
    desk.key(Qt.Key.Key_Escape)
