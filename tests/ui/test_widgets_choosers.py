"""What is chosen by mouse and keyboard: keypoints, stills, segments, pages, files; and work that is stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl  # noqa: E402
from PySide6.QtGui import QDragEnterEvent, QDropEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QPushButton, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import KEYPOINTS, Keypoint, Pose  # noqa: E402
from poseapp.pose.keypoints import BODY_PARTS  # noqa: E402
from poseapp.ui.theme import TOKENS  # noqa: E402
from poseapp.ui.widgets.body_figure import BodyFigure, KeypointChooser  # noqa: E402
from poseapp.ui.widgets.body_shape import neighbour  # noqa: E402
from poseapp.ui.widgets.cards import Segment  # noqa: E402
from poseapp.ui.widgets.drop_zone import DropZone, accept_files  # noqa: E402
from poseapp.ui.widgets.progress import ProgressRow  # noqa: E402
from poseapp.ui.widgets.rail import Rail  # noqa: E402
from poseapp.ui.widgets.stills import Still, StillScrubber, StillStrip  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chooser(qtbot: QtBot) -> KeypointChooser:
    chooser = KeypointChooser()
    qtbot.addWidget(chooser)
    chooser.resize(260, 460)
    chooser.show()
    return chooser


def press(qtbot: QtBot, chooser: KeypointChooser, keypoint: Keypoint) -> None:
    qtbot.mouseClick(chooser.figure, LEFT, pos=chooser.figure.place(keypoint).toPoint())


def chip(chooser: KeypointChooser, text: str) -> QPushButton:
    return next(b for b in chooser.findChildren(QPushButton) if b.text() == text)


class TestKeypointChooser:
    def test_a_click_on_a_joint_switches_it(self, chooser: KeypointChooser, qtbot: QtBot) -> None:
        with qtbot.waitSignal(chooser.chosen_changed) as told:
            press(qtbot, chooser, Keypoint.LEFT_KNEE)
        without = tuple(k for k in KEYPOINTS if k != Keypoint.LEFT_KNEE)
        assert told.args == [without]
        assert chooser.chosen() == without
        press(qtbot, chooser, Keypoint.LEFT_KNEE)
        assert chooser.chosen() == KEYPOINTS

    def test_a_click_beside_the_body_changes_nothing(self, chooser: KeypointChooser, qtbot: QtBot) -> None:
        qtbot.mouseClick(chooser.figure, LEFT, pos=QPoint(3, chooser.figure.height() - 3))
        assert chooser.chosen() == KEYPOINTS

    def test_the_head_is_one_mark_for_five_keypoints(self, chooser: KeypointChooser, qtbot: QtBot) -> None:
        press(qtbot, chooser, Keypoint.NOSE)
        assert chooser.chosen() == KEYPOINTS[5:]

    def test_the_persons_left_is_on_the_right(self, chooser: KeypointChooser) -> None:
        figure = chooser.figure
        assert figure.place(Keypoint.LEFT_WRIST).x() > figure.place(Keypoint.RIGHT_WRIST).x()

    def test_a_chosen_joint_is_filled_an_ignored_one_hollow(self, chooser: KeypointChooser) -> None:
        chooser.set_chosen([Keypoint.LEFT_WRIST])
        image = picture_of(chooser.figure)

        def beside(keypoint: Keypoint) -> str:
            at = chooser.figure.place(keypoint)
            return image.pixelColor(int(at.x()) - 8, int(at.y())).name().upper()

        assert beside(Keypoint.LEFT_WRIST) == TOKENS.green
        assert beside(Keypoint.RIGHT_WRIST) == TOKENS.panel

    def test_a_group_is_switched_by_its_chip(self, chooser: KeypointChooser, qtbot: QtBot) -> None:
        chooser.set_chosen([])
        assert not chip(chooser, "Arms").isChecked()
        qtbot.mouseClick(chip(chooser, "Arms"), LEFT)
        assert chooser.chosen() == BODY_PARTS["arms"]
        qtbot.mouseClick(chip(chooser, "Arms"), LEFT)
        assert chooser.chosen() == ()

    def test_switching_a_group_off_leaves_what_another_group_needs(
        self, chooser: KeypointChooser, qtbot: QtBot
    ) -> None:
        qtbot.mouseClick(chip(chooser, "Arms"), LEFT)
        assert set(KEYPOINTS) - set(chooser.chosen()) == {
            Keypoint.LEFT_ELBOW,
            Keypoint.RIGHT_ELBOW,
            Keypoint.LEFT_WRIST,
            Keypoint.RIGHT_WRIST,
        }
        assert chip(chooser, "Trunk").isChecked()

    def test_a_chip_shows_whether_its_whole_group_is_chosen(self, chooser: KeypointChooser, qtbot: QtBot) -> None:
        press(qtbot, chooser, Keypoint.LEFT_KNEE)
        assert not chip(chooser, "Legs").isChecked()
        assert chip(chooser, "Arms").isChecked()

    def test_the_arrow_keys_reach_every_joint(self) -> None:
        reached, fresh = {Keypoint.NOSE}, {Keypoint.NOSE}
        while fresh:
            steps = ((dx, dy) for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)))
            fresh = {neighbour(k, *step) for step in steps for k in fresh} - reached
            reached |= fresh
        assert reached == {Keypoint.NOSE, *(k for k in KEYPOINTS if k >= Keypoint.LEFT_SHOULDER)}

    def test_arrow_and_enter_switch_a_joint(self, chooser: KeypointChooser, qtbot: QtBot) -> None:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
            qtbot.keyClick(chooser.figure, key)
        assert set(KEYPOINTS) - set(chooser.chosen()) == {Keypoint.LEFT_WRIST}


def test_the_figure_shows_scores_and_says_them(qtbot: QtBot) -> None:
    figure = BodyFigure()
    qtbot.addWidget(figure)
    scores: dict[Keypoint, float | None] = dict.fromkeys(KEYPOINTS, 90.0)
    scores[Keypoint.LEFT_KNEE] = 14.0
    scores[Keypoint.RIGHT_ANKLE] = None
    scores[Keypoint.NOSE], scores[Keypoint.LEFT_EAR] = 60.0, None
    figure.set_marks(scores)
    words = figure.accessibleDescription().split("; ")
    assert "Left knee 14, poor" in words
    assert "Right ankle not seen" in words
    assert "Head 82, good" in words  # the mean of 60, 90, 90, 90: 82.5, shown as Python rounds halves to even


def still(caption: str) -> Still:
    picture = np.full((40, 30, 3), 200, dtype=np.uint8)
    return Still(picture, Pose(np.full((17, 2), 15), np.ones(17)), caption)


class TestStills:
    @pytest.fixture
    def strip(self, qtbot: QtBot) -> StillStrip:
        strip = StillStrip()
        qtbot.addWidget(strip)
        strip.set_stills([still("0.0 s"), still("0.7 s"), still("1.8 s")])
        strip.resize(312, 110)
        strip.show()
        return strip

    def tile(self, strip: StillStrip, name: str) -> QPushButton:
        return next(b for b in strip.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(strip))

    def test_a_tile_chooses_its_still(self, strip: StillStrip, qtbot: QtBot) -> None:
        with qtbot.waitSignal(strip.still_chosen) as told:
            qtbot.mouseClick(self.tile(strip, "Still 0.7 s"), LEFT)
        assert told.args == [1]
        assert self.tile(strip, "Still 0.7 s").isChecked()

    def test_the_photo_tile_asks_for_a_photo(self, strip: StillStrip, qtbot: QtBot) -> None:
        with qtbot.waitSignal(strip.photo_wanted):
            qtbot.mouseClick(self.tile(strip, "Choose a photo"), LEFT)

    def test_one_still_is_marked_or_none(self, strip: StillStrip) -> None:
        for index, expected in ((2, [False, False, True]), (-1, [False] * 3), (0, [True, False, False])):
            strip.set_current(index)
            names = ("Still 0.0 s", "Still 0.7 s", "Still 1.8 s")
            assert [self.tile(strip, name).isChecked() for name in names] == expected

    def test_other_stills_replace_the_tiles(self, strip: StillStrip, qtbot: QtBot) -> None:
        strip.set_stills([still("2.0 s")])

        def shown() -> list[str]:
            return sorted(b.accessibleName() for b in strip.findChildren(QPushButton) if b.isVisible())

        qtbot.waitUntil(lambda: shown() == ["Choose a photo", "Still 2.0 s"], timeout=PATIENCE_MS)

    def test_the_bar_chooses_any_moment(self, qtbot: QtBot) -> None:
        scrubber = StillScrubber()
        qtbot.addWidget(scrubber)
        scrubber.set_range(np.array([0.5, 0.6, 0.8, 1.5]))
        bar = scrubber.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[1]
        told: list[float] = []
        scrubber.time_chosen.connect(told.append)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Home):
            qtbot.keyClick(bar, key)
        assert told == [0.6, 0.8, 1.5, 0.5]
        scrubber.set_time(0.7)
        assert told[4:] == [], "moving it by program is no choice"
        assert bar.accessibleDescription() == "0.6 s"


def test_a_segment_chooses_one(qtbot: QtBot) -> None:
    segment = Segment("Distance")
    qtbot.addWidget(segment)
    segment.add("near", "Near")
    segment.add("far", "Far")
    assert segment.current == "near"
    far = segment.findChildren(QPushButton)[1]
    with qtbot.waitSignal(segment.chosen) as told:
        qtbot.mouseClick(far, LEFT)
    assert told.args == ["far"]
    segment.set_current("near")
    assert segment.current == "near"


def test_the_rail_leads_to_pages(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_item("practice", "Practice", "run")
    rail.add_item("score", "Score", "chart-line", bottom=True)
    practice, score = rail.findChildren(QPushButton)
    assert practice.isChecked()
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(score, LEFT)
    assert told.args == ["score"]
    rail.set_current("practice")
    assert practice.isChecked()
    wide = rail.width()
    rail.set_compact(True)
    assert rail.width() < wide


def drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    arguments = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), *arguments))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), *arguments))


def test_files_are_dropped_on_a_zone(qtbot: QtBot, tmp_path: Path) -> None:
    zone = DropZone("Drop a clip here", "file-video-outline")
    qtbot.addWidget(zone)
    clip = tmp_path / "side kick – übung.mp4"
    with qtbot.waitSignal(zone.dropped) as told:
        drop(zone, clip)
    assert told.args == [[clip]]
    with qtbot.waitSignal(zone.browse_wanted):
        qtbot.mouseClick(zone, LEFT)


def test_a_whole_page_takes_files_but_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    got: list[list[Path]] = []
    accept_files(page, got.append)
    drop(page, tmp_path / "a.mp4", tmp_path / "b.mp4")
    assert got == [[tmp_path / "a.mp4", tmp_path / "b.mp4"]]
    drop(page)
    assert len(got) == 1


class TestProgress:
    def test_it_appears_only_when_the_work_takes_long(self, qtbot: QtBot) -> None:
        row = ProgressRow()
        qtbot.addWidget(row)
        row.start("Finding poses")
        assert not row.isVisible()
        row.finish()
        row.start("Finding poses")
        qtbot.waitUntil(row.isVisible, timeout=PATIENCE_MS)
        row.finish()
        assert not row.isVisible()

    def test_it_says_what_and_how_far(self, qtbot: QtBot) -> None:
        row = ProgressRow()
        qtbot.addWidget(row)
        row.start("Finding poses")
        assert row.accessibleDescription() == "Finding poses"
        row.set_progress(48, 73)
        assert row.accessibleDescription() == "Finding poses, 48 of 73"
        row.set_progress(48, None)
        assert row.accessibleDescription() == "Finding poses, 48"

    def test_cancel_is_told_and_nothing_else_happens(self, qtbot: QtBot) -> None:
        row = ProgressRow()
        qtbot.addWidget(row)
        row.start("Finding poses")
        row.show()
        with qtbot.waitSignal(row.cancelled):
            qtbot.mouseClick(row.cancel_button, LEFT)
        assert row.isVisible(), "it hides when the work says that it is over"
