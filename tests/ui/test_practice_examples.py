"""The example that is practised, and the still of it that is compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QFileDialog  # noqa: E402

from poseapp.pose import KEYPOINTS, Keypoint, SimilarityMethod  # noqa: E402
from poseapp.session.demo import demo_attempt  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.ui.desk import PATIENCE_MS, Desk, example, notice_title, press_offer  # noqa: E402

# The example


def test_recording_without_an_example_asks_for_one(desk: Desk) -> None:
    desk.begin()
    desk.space()
    assert desk.flow.phase is Phase.READY
    assert notice_title(desk) == "Choose an example first"
    press_offer(desk, 0)
    library = desk.navigation.library
    assert desk.shown_page is library
    desk.wait(lambda: bool(library.cards))
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.key(Qt.Key.Key_Return)
    assert desk.shown_page is desk.page
    assert notice_title(desk) == ""


def test_a_bad_clip_leaves_the_former_example(desk: Desk, tmp_path: Path) -> None:
    desk.begin_with_reference()
    before = desk.flow.references.current
    bad = tmp_path / "empty.mp4"
    bad.touch()
    with desk.bot.waitSignal(desk.flow.references.failed, timeout=PATIENCE_MS):
        desk.drop(desk.page.right, bad)
    assert desk.flow.references.current is before
    assert "empty.mp4" in notice_title(desk)
    desk.key(Qt.Key.Key_Escape)
    assert notice_title(desk) == ""


def test_a_clip_dropped_on_the_right_is_the_example(desk: Desk) -> None:
    desk.begin()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.drop(desk.page.right, demo_attempt())
    assert desk.flow.references.current is not None


def test_a_clip_chosen_in_the_dialogue_is_the_example(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin()
    chosen = str(example().clip)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)


def test_loading_can_be_cancelled(desk: Desk) -> None:
    desk.begin()
    desk.may_load.clear()
    desk.flow.references.load(example())
    progress = desk.page.coach.progress
    desk.wait(progress.isVisible)
    progress.cancel_button.click()
    assert not progress.isVisible()
    desk.may_load.set()
    assert desk.flow.references.current is None


def test_recording_while_the_example_is_looked_at_says_so_until_it_is_there(desk: Desk) -> None:
    desk.begin()
    desk.may_load.clear()
    desk.flow.references.load(example())
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
