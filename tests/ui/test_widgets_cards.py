"""Cards of examples: how a picture is cut to the person, what a card chooses; where a notice has its buttons."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt  # noqa: E402
from PySide6.QtGui import QEnterEvent, QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QPushButton  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import Pose  # noqa: E402
from poseapp.ui.widgets.cards import Notice  # noqa: E402
from poseapp.ui.widgets.example_card import ExampleCard, ExampleView  # noqa: E402
from poseapp.ui.widgets.key_picture import cut_to_person  # noqa: E402
from poseapp.ui.widgets.overlay import PictureMap  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402

UPRIGHT = (300, 400)
SQUARE = QRectF(0, 0, 150, 150)
VIEWS = [ExampleView("squat/front", "front", 3.1), ExampleView("squat/left", "left", 2.9)]


def test_a_small_person_lets_the_picture_fill_its_place() -> None:
    where = PictureMap.around(UPRIGHT, SQUARE, (100.0, 150.0, 200.0, 250.0))
    assert where.scale == 0.5  # as wide as the place: 300 pixels in 150
    assert where.rect == QRectF(0, -25, 150, 200)  # the person's middle, y = 200, in the middle


def test_a_person_at_the_edge_leaves_no_gap() -> None:
    top = PictureMap.around(UPRIGHT, SQUARE, (0.0, 0.0, 100.0, 100.0))
    assert top.rect.top() == 0
    bottom = PictureMap.around(UPRIGHT, SQUARE, (0.0, 300.0, 100.0, 400.0))
    assert bottom.rect.bottom() == 150


def test_a_tall_person_makes_the_picture_smaller_but_never_smaller_than_whole() -> None:
    tall = PictureMap.around(UPRIGHT, SQUARE, (100.0, 20.0, 200.0, 380.0))
    assert tall.scale == pytest.approx(150 / 360)
    assert tall.rect.center().x() == pytest.approx(75)
    beyond = PictureMap.around(UPRIGHT, SQUARE, (0.0, -100.0, 300.0, 500.0))
    assert beyond == PictureMap.contain(UPRIGHT, SQUARE)


def test_in_a_mirror_the_person_stays_in_the_middle() -> None:
    broad, box = (400, 100), (20.0, 0.0, 60.0, 100.0)
    for mirrored, seen_at in ((False, 40.0), (True, 360.0)):
        where = PictureMap.around(broad, QRectF(0, 0, 100, 100), box, mirrored)
        assert where.scale == 1
        middle = where.rect.x() + seen_at
        assert middle == pytest.approx(50 if 50 <= seen_at <= 350 else 40 if seen_at < 50 else 60)


def test_every_keypoint_of_a_key_picture_is_in_sight(standing: Pose) -> None:
    for frame in (QRectF(0, 0, 240, 280), QRectF(0, 0, 300, 100), QRectF(0, 0, 90, 300)):
        where = cut_to_person((400, 400), frame, standing)
        xs, ys = where.to_widget(standing.xy[:, 0], standing.xy[:, 1])
        assert all(frame.contains(QPointF(x, y)) for x, y in zip(xs, ys, strict=True))


def card(qtbot: QtBot) -> ExampleCard:
    made = ExampleCard("Squat", "Built in", "Sit back.", VIEWS)
    qtbot.addWidget(made)
    made.resize(260, made.heightForWidth(260))
    with qtbot.waitExposed(made, timeout=PATIENCE_MS):
        made.show()
    return made


def chips(made: ExampleCard) -> dict[str, QPushButton]:
    return {b.accessibleName(): b for b in made.findChildren(QPushButton) if b is not made.picture}


def test_a_card_says_what_it_is(qtbot: QtBot) -> None:
    made = card(qtbot)
    assert made.accessibleName() == "Squat"
    assert made.accessibleDescription() == "Built in Sit back."
    assert made.picture.accessibleName() == "Practise Squat, front"
    assert list(chips(made)) == ["Squat, front", "Squat, left"]
    assert made.picture.height() == pytest.approx(1.18 * made.picture.width(), abs=1)


def test_looking_at_a_view_shows_its_picture_and_choosing_it_tells_its_name(qtbot: QtBot) -> None:
    made = card(qtbot)
    wanted, chosen = [], []
    made.picture_wanted.connect(lambda: wanted.append(made.shown.name))
    made.chosen.connect(chosen.append)
    left = chips(made)["Squat, left"]
    place = QPointF(left.rect().center())
    QApplication.sendEvent(left, QEnterEvent(place, place, place))
    assert wanted == ["squat/left"]
    made.picture.click()
    assert chosen == ["squat/left"]
    chips(made)["Squat, front"].click()
    assert chosen == ["squat/left", "squat/front"]
    assert not left.isChecked()
    made.set_current("squat/left")
    assert left.isChecked()
    assert made.is_current
    made.set_current("punch/left")
    assert not left.isChecked()
    assert not made.is_current


def test_the_focus_on_a_view_shows_its_picture_too(qtbot: QtBot) -> None:
    made = card(qtbot)
    QApplication.sendEvent(chips(made)["Squat, left"], QEvent(QEvent.Type.Enter))
    assert made.shown.name == "squat/left"
    assert made.prefer("front")
    assert made.shown.name == "squat/front"
    assert not made.prefer("right")
    assert made.shown.name == "squat/front"


def test_a_picture_without_a_view_is_one_button(qtbot: QtBot) -> None:
    made = ExampleCard("My kick", "Yours", "", [ExampleView("kick", "", 1.0)])
    qtbot.addWidget(made)
    made.show_picture(QImage(), None)  # a thumbnail that cannot be read
    made.show()
    made.grab()
    assert chips(made) == {}
    assert made.picture.accessibleName() == "Practise My kick"
    with qtbot.waitSignal(made.chosen) as told:
        QTest.keyClick(made.picture, Qt.Key.Key_Space)
    assert told.args == ["kick"]


def test_a_notice_puts_its_buttons_below_where_there_is_little_room(qtbot: QtBot) -> None:
    notice = Notice("alert", "No camera found", "Plug one in.")
    qtbot.addWidget(notice)
    button = notice.add_button("Show me the demo")
    for width, below in ((800, False), (420, True), (800, False)):
        notice.fit(width)
        notice.resize(width, max(notice.heightForWidth(width), notice.sizeHint().height()))
        notice.show()
        layout = notice.layout()
        assert layout is not None
        layout.activate()
        assert (button.y() > notice._title.geometry().bottom()) is below
        assert notice.rect().contains(button.geometry())
