"""Every way out of the demo, and what is there again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed", "short_attempt")]

from PySide6.QtCore import Qt  # noqa: E402

from poseapp.errors import ClipError, LibraryError, PoseAppError  # noqa: E402
from poseapp.session.demo import demo_attempt  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.ui.demo_parts import HELD, mark_shown, to_recording, to_result  # noqa: E402
from tests.ui.desk import PATIENCE_MS, WEBCAM, Desk, notice_title  # noqa: E402


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
    desk.begin_without_camera()
    to_recording(desk)
    desk.page.header._end_demo.click()
    assert desk.shown_page is desk.navigation.first_run
    assert not desk.navigation.demo.on


def test_choosing_a_camera_ends_it(desk: Desk) -> None:
    desk.begin_without_camera()
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
    desk.begin_without_camera()
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
    desk.begin_without_camera()
    failures = failures_of(desk)
    desk.space()
    desk.wait(lambda: not desk.navigation.demo.on)
    assert isinstance(failures[0], LibraryError)
    assert desk.shown_page is desk.navigation.first_run
    assert "squat/left" in desk.navigation.first_run.notice.accessibleName()


def test_closing_in_the_middle_of_it_leaves_nothing(desk: Desk) -> None:
    desk.begin_without_camera()
    to_recording(desk)
    desk.window.close()
    assert desk.flow.bridge.session.status().state == "stopped"
