"""Every widget has a name, can be reached by keyboard, and keeps its words when they are longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt, QTimer  # noqa: E402
from PySide6.QtGui import QAccessible, QFontMetrics  # noqa: E402
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.ui.fonts import font  # noqa: E402
from poseapp.ui.widgets.body_figure import BodyFigure, KeypointChooser  # noqa: E402
from poseapp.ui.widgets.buttons import Button, IconButton, PrimaryButton, ToggleButton  # noqa: E402
from poseapp.ui.widgets.camera_view import CameraView  # noqa: E402
from poseapp.ui.widgets.cards import Card, Chip, Notice, Pill, Segment  # noqa: E402
from poseapp.ui.widgets.coach_player import CoachPlayer  # noqa: E402
from poseapp.ui.widgets.drop_zone import DropZone  # noqa: E402
from poseapp.ui.widgets.keypoint_bars import KeypointBars  # noqa: E402
from poseapp.ui.widgets.progress import ProgressRow  # noqa: E402
from poseapp.ui.widgets.rail import Rail  # noqa: E402
from poseapp.ui.widgets.score_dial import ScoreDial  # noqa: E402
from poseapp.ui.widgets.similarity_plot import SimilarityPlot  # noqa: E402
from poseapp.ui.widgets.stills import StillScrubber, StillStrip  # noqa: E402
from poseapp.ui.widgets.trace_plot import TracePlot  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402


def _notice() -> QWidget:
    notice = Notice("webcam-off", "No camera found", "Plug one in and it appears here by itself.")
    notice.add_button("Use a video file", "file-video-outline")
    return notice


def _segment() -> QWidget:
    segment = Segment("Distance")
    segment.add("near", "Near", "account-outline")
    return segment


def _rail() -> QWidget:
    rail = Rail()
    rail.add_item("practice", "Practice", "run")
    return rail


def _progress() -> QWidget:
    row = ProgressRow()
    row.start("Finding poses")
    row.show()
    return row


MAKERS: dict[str, Callable[[], QWidget]] = {
    "body figure": BodyFigure,
    "camera view": CameraView,
    "card": lambda: Card("Coach"),
    "chip": lambda: Chip("Front view"),
    "coach player": CoachPlayer,
    "drop zone": lambda: DropZone("Drop a clip here", "file-video-outline"),
    "icon button": lambda: IconButton("play", "Play"),
    "keypoint bars": KeypointBars,
    "keypoint chooser": KeypointChooser,
    "notice": _notice,
    "pill": lambda: Pill("Ready", "human-handsup"),
    "primary button": lambda: PrimaryButton("Record", "record-circle", "Space"),
    "progress": _progress,
    "rail": _rail,
    "score dial": ScoreDial,
    "segment": _segment,
    "similarity plot": SimilarityPlot,
    "still scrubber": StillScrubber,
    "still strip": StillStrip,
    "toggle": lambda: ToggleButton("Trails", "gesture", "T"),
    "trace plot": TracePlot,
}


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.mark.parametrize("kind", MAKERS)
def test_every_control_and_painted_widget_has_a_name(kind: str, qtbot: QtBot) -> None:
    widget = MAKERS[kind]()
    qtbot.addWidget(widget)
    widget.show()
    ours = [w for w in (widget, *widget.findChildren(QWidget)) if type(w).__module__.startswith("poseapp.")]
    reachable = [w for w in widget.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    nameless = {type(w).__name__ for w in (*ours, *reachable) if not _name(w)}
    assert nameless == set()


@pytest.mark.parametrize("kind", MAKERS)
def test_every_button_takes_the_focus_by_keyboard(kind: str, qtbot: QtBot) -> None:
    widget = MAKERS[kind]()
    qtbot.addWidget(widget)
    buttons = [widget] if isinstance(widget, QAbstractButton) else widget.findChildren(QAbstractButton)
    assert all(b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons)


@pytest.mark.parametrize("size", ["", "main", "far"])
@pytest.mark.parametrize("role", ["", "primary", "flat", "toggle"])
def test_focus_changes_no_size_and_can_be_seen(role: str, size: str, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = Button("Use a video file", "file-video-outline", role=role, size=size, parent=page)
    button.setCheckable(role == "toggle")
    button.resize(button.sizeHint())
    with qtbot.waitExposed(page, timeout=PATIENCE_MS):
        page.show()
    page.activateWindow()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    before, plain = button.sizeHint(), button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus, timeout=PATIENCE_MS)
    assert button.sizeHint() == before
    assert button.grab().toImage() != plain


def longer(text: str) -> str:
    return text + "x" * round(0.4 * len(text))


@pytest.mark.parametrize("size", ["", "main", "far"])
def test_buttons_grow_with_longer_words(size: str, qtbot: QtBot) -> None:
    button = PrimaryButton("Score what was recorded", "check", "Space", size=size)
    qtbot.addWidget(button)
    button.set_words(longer(button.text()))
    words = QFontMetrics(button.font()).horizontalAdvance(button.text())
    hint = QFontMetrics(font("small")).horizontalAdvance("Space")
    assert button.minimumSizeHint().width() >= words + hint + 20 + 2 * 16 + 2 * 8


def test_a_notice_wraps_longer_words_in_the_smallest_window(qtbot: QtBot) -> None:
    notice = Notice("webcam-off", longer("No camera found"), longer("Plug one in and it appears here by itself."))
    qtbot.addWidget(notice)
    for text in ("Use a video file", "Network camera"):
        notice.add_button(longer(text), "file-video-outline")
    notice.resize(900, notice.heightForWidth(900))
    notice.show()
    assert notice.minimumSizeHint().width() <= 900
    for label in notice.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_the_rail_grows_with_longer_words(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_item("practice", longer("Practice page"), "run")
    item = rail.findChildren(QAbstractButton)[0]
    rail.resize(rail.width(), 400)
    rail.show()
    assert item.width() >= QFontMetrics(item.font()).horizontalAdvance(item.text())


def test_a_pill_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    pill = Pill("Ready", "human-handsup", "green")
    qtbot.addWidget(pill)
    pill.show()
    narrow = pill.width()
    pill.set_text("Ready. Raise both hands, or press Space.")
    assert pill.width() > narrow
    assert _name(pill) == "Ready. Raise both hands, or press Space."


def test_a_compact_toggle_keeps_its_name_and_tells_its_key(qtbot: QtBot) -> None:
    toggle = ToggleButton("Trails", "gesture", "T")
    qtbot.addWidget(toggle)
    wide = toggle.sizeHint().width()
    toggle.set_compact(True)
    assert toggle.sizeHint().width() < wide
    assert _name(toggle) == "Trails"
    assert toggle.toolTip() == "Trails (T)"


def test_the_smallest_targets_are_large_enough(qtbot: QtBot) -> None:
    for button in (Button("Go"), IconButton("play", "Play"), ToggleButton("T", "gesture"), PrimaryButton("Record")):
        qtbot.addWidget(button)
        assert min(button.sizeHint().width(), button.sizeHint().height()) >= 40


def test_the_recording_dot_breathes_only_while_it_is_seen(qtbot: QtBot) -> None:
    pill = Pill("Recording 1.2 s")
    qtbot.addWidget(pill)
    pill.set_recording()
    pill.show()
    first = pill.grab().toImage()
    qtbot.waitUntil(lambda: pill.grab().toImage() != first, timeout=PATIENCE_MS)
    pill.set_icon("check-circle", "green")
    assert not any(timer.isActive() for timer in pill.findChildren(QTimer))
    pill.set_recording()
    pill.hide()
    assert not any(timer.isActive() for timer in pill.findChildren(QTimer))
