"""The live picture: what is drawn where, mirrored and not, and what is not drawn at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt  # noqa: E402
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import Keypoint, Pose  # noqa: E402
from poseapp.pose.trails import Trails  # noqa: E402
from poseapp.ui.theme import colour  # noqa: E402
from poseapp.ui.widgets.camera_view import CameraView  # noqa: E402
from poseapp.ui.widgets.overlay import PictureMap, paint_trails, picture_image  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402
from tests.ui.conftest import MakeUpdate  # noqa: E402

VEILED_GREY = round(128 * 0.8)


def near(a: QColor, b: QColor, within: int = 12) -> bool:
    return all(abs(x - y) <= within for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True))


@pytest.fixture
def view(qtbot: QtBot) -> CameraView:
    view = CameraView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.set_mirrored(False)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    with qtbot.waitExposed(view, timeout=PATIENCE_MS):
        view.show()
    return view


def pixel(view: CameraView, x: float, y: float) -> QColor:
    """Colour on the widget at the source position (`x`, `y`) of a picture of 400 x 400."""
    shown = view.grab()
    ratio = shown.devicePixelRatio()
    return shown.toImage().pixelColor(int(x * ratio), int(y * ratio))


def is_plain(c: QColor) -> bool:
    return near(c, QColor(VEILED_GREY, VEILED_GREY, VEILED_GREY), 3)


def test_a_joint_is_green_where_it_was_found(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    view.show_update(make_update(standing))
    assert near(pixel(view, *standing.xy[Keypoint.LEFT_WRIST]), colour("green"))
    assert is_plain(pixel(view, 350, 350))


def moved_body(pose: Pose, dx: float) -> Pose:
    return Pose(pose.xy + np.float32([dx, 0]), pose.confidence)


def test_the_mirror_turns_picture_and_skeleton(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    # The body is symmetric; a little to the left, each wrist is mirrored onto empty wall.
    standing = moved_body(standing, -60)
    update = make_update(standing)
    update.shown[:, :60] = 255  # the left edge of the source is white
    view.set_mirrored(True)
    view.show_update(update)
    x, y = standing.xy[Keypoint.LEFT_WRIST]
    assert near(pixel(view, 400 - x, y), colour("green"))
    assert not near(pixel(view, x, y), colour("green"))
    assert near(pixel(view, 380, 20), QColor(204, 204, 204))
    assert is_plain(pixel(view, 20, 50))


def test_a_picture_that_comes_turned_is_not_turned_again(
    view: CameraView, standing: Pose, make_update: MakeUpdate, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.mirror_changed) as changed:
        view.set_mirrored(True)
    assert changed.args == [True]
    update = make_update(standing)
    update.shown[:, -60:] = 255  # the left edge of the source, where a mirror shows it
    view.show_update(replace(update, shown_mirrored=True))
    assert near(pixel(view, 380, 20), QColor(204, 204, 204))
    assert is_plain(pixel(view, 20, 50))


def test_what_was_not_seen_is_not_drawn(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    confidence = standing.confidence.copy()
    confidence[[Keypoint.LEFT_ELBOW, Keypoint.LEFT_WRIST]] = 0.29
    view.show_update(make_update(Pose(standing.xy, confidence)))
    assert is_plain(pixel(view, *standing.xy[Keypoint.LEFT_WRIST]))
    # Nor is the limb that ends there.
    halfway = (standing.xy[Keypoint.LEFT_ELBOW] + standing.xy[Keypoint.LEFT_SHOULDER]) / 2
    assert is_plain(pixel(view, *halfway))
    assert near(pixel(view, *standing.xy[Keypoint.RIGHT_WRIST]), colour("green"))


def test_eyes_and_ears_are_not_drawn(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    view.show_update(make_update(standing))
    assert is_plain(pixel(view, *standing.xy[Keypoint.LEFT_EAR]))
    assert near(pixel(view, *standing.xy[Keypoint.NOSE]), colour("green"))


def test_the_skeleton_can_be_switched_off(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    view.set_skeleton(False)
    view.show_update(make_update(standing))
    assert is_plain(pixel(view, *standing.xy[Keypoint.LEFT_WRIST]))


def moved(pose: Pose, dx: float, confidence: float = 1.0) -> Pose:
    xy, c = pose.xy.copy(), pose.confidence.copy()
    xy[Keypoint.LEFT_WRIST, 0] += dx
    c[Keypoint.LEFT_WRIST] = confidence
    return Pose(xy, c)


def test_a_trail_follows_the_keypoint_and_breaks_where_it_was_not_seen(
    view: CameraView, standing: Pose, make_update: MakeUpdate
) -> None:
    view.set_skeleton(False)
    view.set_trails(True, (Keypoint.LEFT_WRIST,), 1.0)
    for step, confidence in enumerate([1, 1, 1, 0.1, 1, 1, 1]):
        view.show_update(make_update(moved(standing, 20.0 * step, confidence), t=step / 10))
    x, y = standing.xy[Keypoint.LEFT_WRIST]
    trail = [pixel(view, x + 20 * step, y) for step in (0.5, 1.5, 2.5, 3.5, 4.5, 5.5)]
    assert [is_plain(c) for c in trail] == [False, False, True, True, False, False]
    green = [c.green() - c.red() for c in trail]
    assert green[5] > green[1] > green[0] > 0, "the trail fades with age"
    view.set_trails(False)
    assert is_plain(pixel(view, x + 110, y))


def test_trails_of_another_source_are_forgotten(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    view.set_skeleton(False)
    view.set_trails(True, (Keypoint.LEFT_WRIST,), 1.0)
    view.show_update(make_update(standing, t=0.0))
    view.show_update(make_update(moved(standing, 60), t=0.1))
    x, y = standing.xy[Keypoint.LEFT_WRIST]
    assert not is_plain(pixel(view, x + 30, y))
    view.show_update(make_update(moved(standing, 60), t=0.2, size=(400, 300)))
    view.show_update(make_update(moved(standing, 60), t=0.3))
    assert is_plain(pixel(view, x + 30, y))


def test_other_people_are_dim_and_without_joints(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    other = moved_body(standing, 120)
    view.show_update(make_update(standing, others=(other,)))
    on_line = (other.xy[Keypoint.LEFT_HIP] + other.xy[Keypoint.LEFT_KNEE]) / 2
    line = pixel(view, *on_line)
    assert not is_plain(line)
    assert abs(line.green() - line.red()) < 20, "only the followed person is green"
    assert view.accessibleDescription() == "2 people, following one"


def test_a_wide_widget_crops_top_and_bottom_evenly(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    view.resize(400, 300)
    view.show_update(make_update(standing))
    x, y = standing.xy[Keypoint.LEFT_HIP]
    assert near(pixel(view, x, y - 50), colour("green"))


def test_an_upright_picture_is_shown_whole_in_a_wide_widget(
    view: CameraView, standing: Pose, make_update: MakeUpdate
) -> None:
    view.resize(800, 400)
    view.show_update(make_update(standing))
    x, y = standing.xy[Keypoint.LEFT_ANKLE]
    assert near(pixel(view, 200 + x, y), colour("green"))
    assert near(pixel(view, 100, 200), colour("panel"), 2)


def test_the_wanted_picture_fills_the_widget_in_real_pixels(view: CameraView, make_update: MakeUpdate) -> None:
    ratio = view.devicePixelRatioF()
    asked: list[tuple[int, int]] = []
    view.resized.connect(lambda *size: asked.append(size))
    view.show_update(make_update(None, size=(1280, 720)))
    view.resize(1000, 600)
    width, height = view.wanted_pixels()
    assert asked[-1] == (width, height)
    assert width >= 1000 * ratio
    assert height >= 600 * ratio
    assert width / height == pytest.approx(16 / 9, abs=0.01)
    assert min(width - 1000 * ratio, height - 600 * ratio) < 2, "no more than needed"


def test_a_click_is_told_in_source_pixels(
    view: CameraView, standing: Pose, make_update: MakeUpdate, qtbot: QtBot
) -> None:
    view.resize(300, 200)
    view.show_update(make_update(standing, size=(1200, 800)))
    for mirrored, x in ((False, 400.0), (True, 800.0)):
        view.set_mirrored(mirrored)
        with qtbot.waitSignal(view.clicked_at) as clicked:
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
        assert clicked.args == pytest.approx([x, 200.0], abs=4)


def test_enter_asks_for_the_next_person(
    view: CameraView, standing: Pose, make_update: MakeUpdate, qtbot: QtBot
) -> None:
    other = moved_body(standing, 120)
    view.show_update(make_update(standing, others=(other,)))
    with qtbot.waitSignal(view.clicked_at) as clicked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    box = other.box()
    assert box is not None
    assert clicked.args == pytest.approx(list(box.centre))


def test_a_frozen_picture_is_grey_with_a_white_skeleton(
    view: CameraView, standing: Pose, make_update: MakeUpdate
) -> None:
    update = make_update(standing)
    update.shown[:, :, 2] = 255
    view.show_update(update)
    view.freeze()
    c = pixel(view, 350, 350)
    assert c.red() == c.green() == c.blue()
    assert near(pixel(view, *standing.xy[Keypoint.LEFT_WRIST]), colour("text"))
    assert view.accessibleDescription() == "Last picture, not live"
    view.show_update(make_update(standing, t=1.0))
    assert near(pixel(view, *standing.xy[Keypoint.LEFT_WRIST]), colour("green"))


def test_each_picture_is_reported_once_when_it_is_on_the_widget(
    view: CameraView, standing: Pose, make_update: MakeUpdate
) -> None:
    seen: list[float] = []
    view.painted.connect(seen.append)
    view.show_update(make_update(standing, t=2.5))
    view.repaint()
    view.repaint()
    view.show_update(make_update(standing, t=3.0))
    view.repaint()
    assert seen == [2.5, 3.0]


def test_words_say_what_the_picture_shows(view: CameraView, standing: Pose, make_update: MakeUpdate) -> None:
    assert view.accessibleDescription() == "No picture"
    view.show_update(make_update(standing))
    assert view.accessibleDescription() == "One person, following"
    view.show_update(make_update(None, t=0.1))
    assert view.accessibleDescription() == "Nobody in the picture"
    view.clear()
    assert view.accessibleDescription() == "No picture"


def test_a_picture_is_copied_so_that_its_buffer_may_be_reused() -> None:
    bgr = np.full((4, 6, 3), (10, 20, 30), dtype=np.uint8)
    image = picture_image(bgr[:, ::2])
    bgr[:] = 0
    assert image.pixelColor(1, 1).getRgb()[:3] == (30, 20, 10)
    assert (image.width(), image.height()) == (3, 4)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_picture_map_goes_there_and_back(mirrored: bool) -> None:
    where = PictureMap.cover((640, 480), QRectF(10, 20, 1000, 500), mirrored)
    xs, ys = where.to_widget(np.float32([123]), np.float32([77]))
    assert where.to_source(xs[0], ys[0]) == pytest.approx((123, 77), abs=1e-3)
    assert where.rect.center() == QPointF(510, 270)


def test_a_trail_of_the_newest_moment_is_widest() -> None:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("gray"))
    painter = QPainter(image)
    where = PictureMap(1.0, 0, 0, 200, 720)
    pieces = np.array([[0, 50, 200, 50, 1.0], [0, 150, 200, 150, 0.2]], dtype=np.float32)
    paint_trails(painter, pieces, where)
    painter.end()

    def greens(y: int) -> int:
        return sum(
            image.pixelColor(100, y + dy).green() - image.pixelColor(100, y + dy).red() > 10 for dy in range(-9, 9)
        )

    # Width is 10 (.35 + .65 age): 10 and 4.8 pixels.
    assert greens(50) == pytest.approx(10, abs=1)
    assert greens(150) == pytest.approx(4.8, abs=1.3)
    assert Trails().segments().shape == (0, 5)
