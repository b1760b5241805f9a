"""Recording at the desk: keys, score, what is kept, and what lies on the picture."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import Keypoint, Pose  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.ui.desk import Desk, example, notice_title, press_offer  # noqa: E402

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
    again = Desk(qtbot, standing, desk.folder)
    assert not again.page.view.mirrored
    assert again.page.controls._style._chooser.chosen() == (Keypoint.LEFT_ANKLE,)
    again.close()


# The end


def test_closing_in_the_middle_of_everything_leaves_nothing(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.may_load.clear()
    desk.flow.references.load(example())
    desk.space()
    desk.see(3)
    before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    assert desk.window in before
    desk.may_load.set()
    desk.window.close()
    assert not desk.window.isVisible()
    assert desk.flow.bridge.session.status().state == "stopped"
