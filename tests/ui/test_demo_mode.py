"""The demo: the built-in attempt stands in for the camera, from loading to the result, and every way out of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QPushButton  # noqa: E402

from poseapp.errors import ClipError, LibraryError, PoseAppError  # noqa: E402
from poseapp.session.demo import demo_attempt  # noqa: E402
from poseapp.ui.flow.demo import DemoState  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.clips import person_pictures, write_clip  # noqa: E402
from tests.ui.desk import PATIENCE_MS, WEBCAM, Desk, notice_title  # noqa: E402

PICTURES = 15
#: Of which so many are given while the test looks at a recording.
HELD = 12


@pytest.fixture(autouse=True)
def short_attempt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Half a second in place of the attempt: clips play in real time."""
    clip = write_clip(tmp_path / "attempt.mp4", person_pictures(PICTURES))
    monkeypatch.setattr("poseapp.ui.flow.demo.demo_attempt", lambda: clip)
    return clip


def without_camera(desk: Desk) -> None:
    desk.cameras = ()
    desk.flow.sources.begin(None)
    desk.wait_phase(Phase.NO_SOURCE)


def to_result(desk: Desk) -> None:
    desk.navigation.show_demo()
    desk.wait_phase(Phase.RESULT)


def to_recording(desk: Desk) -> None:
    """In the middle of it, where the clip stands still."""
    desk.clips.hold(HELD)
    desk.navigation.show_demo()
    desk.wait_phase(Phase.RECORDING)


def mark_shown(desk: Desk) -> bool:
    return desk.page._demo_pill.isVisible()


def test_it_runs_to_the_result_by_itself(desk: Desk, short_attempt: Path) -> None:
    without_camera(desk)
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
    without_camera(desk)
    with desk.bot.waitSignal(desk.flow.scored, timeout=PATIENCE_MS) as scored:
        desk.navigation.show_demo()
    poses = scored.args[0].poses
    assert poses.t == pytest.approx(np.arange(PICTURES) / 30, abs=1e-3)


def test_watching_again_and_stopping_early(desk: Desk) -> None:
    without_camera(desk)
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
    without_camera(desk)
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


@pytest.mark.parametrize("at", [Phase.OPENING, Phase.RECORDING, Phase.RESULT])
def test_escape_ends_it_wherever_it_is(desk: Desk, at: Phase) -> None:
    desk.begin()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load("squat/right")
    if at is not Phase.RESULT:
        desk.clips.hold(HELD)
    desk.navigation.show_demo()
    desk.wait_phase(at)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.navigation.demo.on
    desk.wait_phase(Phase.READY)
    desk.see()
    assert desk.shown_page is desk.page
    assert not mark_shown(desk)
    assert desk.flow.references.spec == "squat/right"
    assert desk.flow.kept_seconds == 0
    assert notice_title(desk) == ""


def test_its_button_ends_it(desk: Desk) -> None:
    without_camera(desk)
    to_recording(desk)
    desk.page.header._end_demo.click()
    assert desk.shown_page is desk.navigation.first_run
    assert not desk.navigation.demo.on


def test_choosing_a_camera_ends_it(desk: Desk) -> None:
    without_camera(desk)
    desk.cameras = (WEBCAM,)
    to_result(desk)
    desk.navigation.result.watch_again.click()
    desk.wait(lambda: desk.flow.phase in (Phase.OPENING, Phase.READY))
    desk.page.header.camera_chosen.emit(WEBCAM)
    assert not desk.navigation.demo.on
    desk.wait_phase(Phase.READY)
    desk.see()
    assert not mark_shown(desk)


def test_a_clip_dropped_while_it_records_ends_it_and_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    without_camera(desk)
    to_recording(desk)
    desk.wait(lambda: desk.flow.recorded_seconds > 0.1)
    desk.drop(desk.page.view, demo_attempt())
    assert not desk.navigation.demo.on
    desk.wait_phase(Phase.READY)
    assert desk.flow.kept_seconds == 0
    assert notice_title(desk) == ""


def test_choosing_another_example_ends_it(desk: Desk) -> None:
    desk.begin()
    to_result(desk)
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load("squat/right")
    assert not desk.navigation.demo.on
    desk.wait_phase(Phase.READY)
    assert desk.flow.references.spec == "squat/right"


def test_it_is_not_remembered_as_what_was_practised(desk: Desk) -> None:
    desk.begin()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load("squat/right")
    to_result(desk)
    assert desk.navigation.preferences.text("reference", "") == "squat/right"


def test_a_recording_that_was_kept_is_kept(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(30)
    desk.key(Qt.Key.Key_Escape)
    assert desk.flow.kept_seconds == pytest.approx(29 / 30)
    to_result(desk)
    desk.key(Qt.Key.Key_Escape)
    assert desk.flow.kept_seconds == pytest.approx(29 / 30)
    assert notice_title(desk) == "Your 1.0 seconds are kept."


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
    without_camera(desk)
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


def failures_of(desk: Desk) -> list[PoseAppError]:
    found: list[PoseAppError] = []
    desk.flow.failed.connect(found.append)
    return found


def test_a_missing_attempt_is_said_and_leaves_the_camera(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("poseapp.ui.flow.demo.demo_attempt", lambda: tmp_path / "gone.mp4")
    desk.begin()
    failures = failures_of(desk)
    desk.navigation.show_demo()
    desk.wait(lambda: not desk.navigation.demo.on)
    assert isinstance(failures[0], ClipError)
    desk.wait_phase(Phase.READY)
    desk.see()
    assert not mark_shown(desk)


def test_a_missing_example_is_said_and_ends_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise LibraryError("There is no reference “squat/left” in the library.", "Install the program again.")

    monkeypatch.setattr("poseapp.ui.flow.demo.demo_reference", missing)
    without_camera(desk)
    failures = failures_of(desk)
    desk.space()
    desk.wait(lambda: not desk.navigation.demo.on)
    assert isinstance(failures[0], LibraryError)
    assert desk.shown_page is desk.navigation.first_run
    assert "squat/left" in desk.navigation.first_run.notice.accessibleName()


def test_closing_in_the_middle_of_it_leaves_nothing(desk: Desk) -> None:
    without_camera(desk)
    to_recording(desk)
    desk.window.close()
    assert desk.flow.bridge.session.status().state == "stopped"
