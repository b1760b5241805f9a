"""Practising at the desk: from the first picture to the score, and what gets in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.errors import ModelError  # noqa: E402
from poseapp.pose import KEYPOINTS, Keypoint, Pose, SimilarityMethod  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.flow.practice import built_in_attempt, built_in_reference  # noqa: E402
from tests.ui.desk import WEBCAM, Desk, use_camera  # noqa: E402


@pytest.fixture
def desk(qtbot: QtBot, standing: Pose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("poseapp.ui.preferences.user_data_dir", lambda: tmp_path)
    made = Desk(qtbot, standing)
    use_camera(monkeypatch, made)
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    made.wait(made.window.isActiveWindow)
    yield made
    made.close()


def notice_title(desk: Desk) -> str:
    notice = desk.navigation.wiring.notices.notice
    return notice.accessibleName() if notice is not None else ""


def press_offer(desk: Desk, number: int) -> None:
    notice = desk.navigation.wiring.notices.notice
    assert notice is not None
    from PySide6.QtWidgets import QPushButton

    notice.findChildren(QPushButton)[number].click()


# Where the picture comes from


def test_without_a_camera_the_first_page_waits_for_one(desk: Desk) -> None:
    desk.cameras = ()
    desk.flow.sources.begin(None)
    desk.wait_phase(Phase.NO_SOURCE)
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
    desk.cameras = ()
    desk.flow.sources.begin(None)
    desk.wait_phase(Phase.NO_SOURCE)
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


# The example


def test_recording_without_an_example_asks_for_one(desk: Desk) -> None:
    desk.begin()
    desk.space()
    assert desk.flow.phase is Phase.READY
    assert notice_title(desk) == "Choose an example first"
    with desk.bot.waitSignal(desk.flow.references.changed):
        press_offer(desk, 0)
    assert desk.page.header.title == "Side bend"
    assert notice_title(desk) == ""


def test_a_bad_clip_leaves_the_former_example(desk: Desk, tmp_path: Path) -> None:
    desk.begin_with_reference()
    before = desk.flow.references.current
    bad = tmp_path / "empty.mp4"
    bad.touch()
    with desk.bot.waitSignal(desk.flow.references.failed):
        desk.drop(desk.page.right, bad)
    assert desk.flow.references.current is before
    assert "empty.mp4" in notice_title(desk)
    desk.key(Qt.Key.Key_Escape)
    assert notice_title(desk) == ""


def test_a_clip_dropped_on_the_right_is_the_example(desk: Desk) -> None:
    desk.begin()
    with desk.bot.waitSignal(desk.flow.references.changed):
        desk.drop(desk.page.right, built_in_attempt())
    assert desk.flow.references.current is not None


def test_a_clip_chosen_in_the_dialogue_is_the_example(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin()
    chosen = str(built_in_reference())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    with desk.bot.waitSignal(desk.flow.references.changed):
        desk.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)


def test_loading_can_be_cancelled(desk: Desk) -> None:
    desk.begin()
    desk.may_load.clear()
    desk.flow.references.load(built_in_reference())
    progress = desk.page.coach.progress
    desk.wait(progress.isVisible)
    progress.cancel_button.click()
    assert not progress.isVisible()
    desk.may_load.set()
    assert desk.flow.references.current is None


def test_recording_while_the_example_is_looked_at_says_so_until_it_is_there(desk: Desk) -> None:
    desk.begin()
    desk.may_load.clear()
    desk.flow.references.load(built_in_reference())
    desk.wait(desk.page.coach.progress.isVisible)
    desk.space()
    assert notice_title(desk) == "One moment"
    desk.may_load.set()
    desk.wait(lambda: desk.flow.references.current is not None)
    assert notice_title(desk) == ""
    assert desk.flow.phase is Phase.READY


# The still


def test_the_still_steps_by_pictures_and_seconds(desk: Desk) -> None:
    desk.begin_with_reference()
    still = desk.flow.references

    def at() -> float:
        assert still.still is not None
        assert still.still.seconds is not None
        return still.still.seconds

    assert at() == pytest.approx(1.0)  # the arm is highest after one of two seconds
    desk.key(Qt.Key.Key_Right)
    assert at() == pytest.approx(1.0 + 1 / 30)
    desk.key(Qt.Key.Key_Left)
    desk.key(Qt.Key.Key_Left)
    assert at() == pytest.approx(1.0 - 1 / 30)
    desk.key(Qt.Key.Key_Home)
    assert at() == 0
    desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert at() == pytest.approx(1.0)
    desk.key(Qt.Key.Key_End)
    assert at() == pytest.approx(59 / 30)
    desk.key(Qt.Key.Key_Right)
    assert at() == pytest.approx(59 / 30)


def test_the_pose_of_the_still_is_alike_with_itself(desk: Desk) -> None:
    desk.begin_with_reference()
    still = desk.flow.references.still
    assert still is not None
    desk.model.pose = still.pose
    desk.see(3)
    assert desk.page.similarity.plot.value == pytest.approx(1.0)
    desk.model.pose = desk.standing
    desk.see(3)
    assert desk.page.similarity.plot.value is not None
    assert desk.page.similarity.plot.value < 0.999


def test_method_and_keypoints_reach_the_comparison(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.page.similarity.method_chosen.emit(SimilarityMethod.WEIGHTED)
    legs = tuple(k for k in KEYPOINTS if k >= Keypoint.LEFT_HIP)
    desk.page.similarity.keypoints_chosen.emit(legs)
    # With the arm left out, standing is the still pose.
    desk.see(3)
    assert desk.page.similarity.plot.value == pytest.approx(1.0)
    choice = desk.flow.references.still_choice
    assert choice is not None
    assert choice.method is SimilarityMethod.WEIGHTED


# Recording and score


def test_space_records_stops_shows_the_score_and_goes_again(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    assert desk.flow.phase is Phase.RECORDING
    desk.move(30)
    assert desk.flow.recorded_seconds == pytest.approx(29 / 30)
    desk.see(2)
    desk.wait(lambda: bool(desk.see(1)) or desk.page.state_text.startswith("Recording 1."))
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert desk.shown_page is desk.navigation.result
    assert "Score " in desk.navigation.result.dial.accessibleDescription()
    desk.space()
    desk.wait_phase(Phase.READY)
    assert desk.shown_page is desk.page
    desk.see()


def test_space_works_from_every_focus(desk: Desk) -> None:
    desk.begin_with_reference()
    reachable = [
        w
        for w in desk.page.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reachable) > 12
    for widget in reachable:
        if not (widget.isVisible() and widget.isEnabled()):
            continue
        widget.setFocus()
        desk.space()
        assert desk.flow.phase is Phase.RECORDING, widget
        desk.key(Qt.Key.Key_Escape)
        assert desk.flow.phase is Phase.READY, widget


def test_a_text_field_keeps_its_space(desk: Desk) -> None:
    desk.begin_with_reference()
    network = desk.navigation.wiring.choices.network
    network.open_at(desk.page.header)
    field = network.findChildren(QLineEdit)[0]
    desk.bot.keyClicks(field, "http://a b")
    assert field.text() == "http://a b"
    assert desk.flow.phase is Phase.READY
    network.hide()


def test_escape_keeps_the_recording_and_offers_to_score_it(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(30)
    desk.key(Qt.Key.Key_Escape)
    assert desk.flow.phase is Phase.READY
    assert notice_title(desk) == "Your 1.0 seconds are kept."
    press_offer(desk, 0)
    desk.wait_phase(Phase.RESULT)
    desk.key(Qt.Key.Key_Escape)
    desk.wait_phase(Phase.READY)


def test_a_kept_recording_can_be_discarded(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(10)
    desk.key(Qt.Key.Key_Escape)
    press_offer(desk, 1)
    assert notice_title(desk) == ""
    assert desk.flow.kept_seconds == 0


def test_a_recording_without_anybody_is_said(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.model.pose = None
    desk.space()
    desk.see(15)
    desk.space()
    assert desk.flow.phase is Phase.READY
    assert notice_title(desk) == "Nobody was seen while recording."


def test_choosers_rest_during_a_recording(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    assert not desk.page.header._models.isEnabled()
    assert not desk.page.header._sources.isEnabled()
    desk.key(Qt.Key.Key_Escape)
    assert desk.page.header._models.isEnabled()


# What lies on the picture


def test_keys_switch_what_lies_on_the_picture(desk: Desk) -> None:
    desk.begin()
    controls = desk.page.controls
    for key, toggle in (
        (Qt.Key.Key_M, controls.mirror),
        (Qt.Key.Key_T, controls.trails),
        (Qt.Key.Key_S, controls.skeleton),
    ):
        before = toggle.isChecked()
        desk.key(key)
        assert toggle.isChecked() is not before
    assert desk.page.view.mirrored is controls.mirror.isChecked()


def test_full_screen_and_back(desk: Desk) -> None:
    desk.begin()
    desk.key(Qt.Key.Key_F)
    assert desk.window.isFullScreen()
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.isFullScreen()


def test_switches_are_remembered(desk: Desk, qtbot: QtBot, standing: Pose) -> None:
    desk.begin()
    desk.key(Qt.Key.Key_M)
    desk.page.controls.trail_style_changed.emit((Keypoint.LEFT_ANKLE,), 2.5)
    desk.close()
    again = Desk(qtbot, standing)
    assert not again.page.view.mirrored
    assert again.page.controls._style._chooser.chosen() == (Keypoint.LEFT_ANKLE,)
    again.close()


# The camera goes away


def test_a_camera_lost_while_recording_keeps_what_there_is(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(34)
    desk.camera.set_plugged(False)
    desk.wait_phase(Phase.LOST)
    lost = desk.navigation.lost
    assert desk.shown_page is lost
    assert "Your 1.1 seconds are kept." in lost.accessibleDescription()
    assert not desk.window.rail.isVisible()
    assert lost.score.isVisible()
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert desk.window.rail.isVisible()


def test_a_camera_that_comes_back_goes_on_by_itself(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(34)
    desk.camera.set_plugged(False)
    desk.wait_phase(Phase.LOST)
    desk.camera.set_plugged(True)
    desk.wait_phase(Phase.READY)
    desk.see()
    assert desk.shown_page is desk.page
    assert notice_title(desk) == "Your 1.1 seconds are kept."


def test_a_lost_recording_can_be_discarded(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(10)
    desk.camera.set_plugged(False)
    desk.wait_phase(Phase.LOST)
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


# The end


def test_closing_in_the_middle_of_everything_leaves_nothing(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.may_load.clear()
    desk.flow.references.load(built_in_reference())
    desk.space()
    desk.see(3)
    before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    assert desk.window in before
    desk.may_load.set()
    desk.window.close()
    assert not desk.window.isVisible()
    assert desk.flow.bridge.session.status().state == "stopped"
