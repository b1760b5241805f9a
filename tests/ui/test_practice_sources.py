"""Where the picture of the practice comes from, and what happens when it goes away."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from poseapp.errors import ModelError  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.ui.desk import WEBCAM, Desk, notice_title  # noqa: E402

# Where the picture comes from


def test_without_a_camera_the_first_page_waits_for_one(desk: Desk) -> None:
    desk.begin_without_camera()
    assert desk.shown_page is desk.navigation.first_run
    desk.cameras = (WEBCAM,)
    desk.flow.sources.look_for_cameras()  # what the timer does every few seconds
    desk.wait_phase(Phase.READY)
    desk.see()
    assert desk.shown_page is desk.page


def test_a_camera_shows_its_picture_at_once(desk: Desk) -> None:
    desk.begin()
    assert desk.page.view.picture_map().width == 400
    assert desk.page.state_text == "Choose an example to practise against."


def test_nobody_in_the_picture_is_said(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.model.pose = None
    desk.wait(lambda: bool(desk.see(1)) or desk.page.state_text == "Step into the picture.")


def test_a_source_that_does_not_open_leaves_the_former_one(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    empty = tmp_path / "empty.mp4"
    empty.touch()
    desk.drop(desk.page.view, empty)
    desk.wait(lambda: "empty.mp4" in notice_title(desk))
    desk.wait(lambda: desk.flow.sources.current is not None and desk.flow.sources.current.camera == WEBCAM)
    desk.wait_phase(Phase.READY)
    desk.see()


def test_a_source_that_does_not_open_on_the_first_page_is_said_there(desk: Desk, tmp_path: Path) -> None:
    desk.begin_without_camera()
    empty = tmp_path / "empty.mp4"
    empty.touch()
    desk.drop(desk.navigation.first_run, empty)
    first_run = desk.navigation.first_run
    desk.wait(lambda: "empty.mp4" in first_run.notice.accessibleName())
    desk.wait(lambda: desk.shown_page is first_run)


def test_a_model_that_does_not_load_gives_way_to_the_one_before(desk: Desk) -> None:
    desk.begin()
    desk.broken_models.add("posenet-353")
    desk.page.header.model_chosen.emit("posenet-353")
    desk.wait(lambda: "posenet-353" in notice_title(desk))
    desk.wait_phase(Phase.READY)
    desk.see()
    assert desk.flow.sources.model == "posenet-257"


def test_a_model_that_does_not_load_at_the_start_is_said(desk: Desk) -> None:
    desk.broken_models.add("posenet-257")
    errors: list[object] = []
    desk.flow.failed.connect(errors.append)
    desk.flow.sources.begin(None)
    desk.wait(lambda: bool(errors) and desk.flow.phase is Phase.NO_SOURCE)
    assert isinstance(errors[0], ModelError)
    assert "posenet-257" in desk.navigation.first_run.notice.accessibleName()


# The camera goes away


def test_a_camera_lost_while_recording_keeps_what_there_is(desk: Desk) -> None:
    desk.lose_camera_while_recording()
    lost = desk.navigation.lost
    assert desk.shown_page is lost
    assert "Your 1.1 seconds are kept." in lost.accessibleDescription()
    assert not desk.window.rail.isVisible()
    assert lost.score.isVisible()
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert desk.window.rail.isVisible()


def test_a_camera_that_comes_back_goes_on_by_itself(desk: Desk) -> None:
    desk.lose_camera_while_recording()
    desk.camera.set_plugged(True)
    desk.wait_phase(Phase.READY)
    desk.see()
    assert desk.shown_page is desk.page
    assert notice_title(desk) == "Your 1.1 seconds are kept."


def test_a_lost_recording_can_be_discarded(desk: Desk) -> None:
    desk.lose_camera_while_recording(10)
    desk.navigation.lost.discard.click()
    assert not desk.navigation.lost.score.isVisible()
    desk.camera.set_plugged(True)
    desk.wait_phase(Phase.READY)
    assert notice_title(desk) == ""


def test_a_camera_lost_without_a_recording_has_nothing_to_score(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.camera.set_plugged(False)
    desk.wait_phase(Phase.LOST)
    assert not desk.navigation.lost.score.isVisible()
    assert not desk.navigation.lost.discard.isVisible()
    desk.space()
    assert desk.flow.phase is Phase.LOST
