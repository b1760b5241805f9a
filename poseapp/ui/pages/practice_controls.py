"""The row under the picture: record, and what lies on the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from poseapp.pose import Keypoint
from poseapp.ui.pages.practice_popover import Popover
from poseapp.ui.theme import GAP
from poseapp.ui.widgets.body_figure import KeypointChooser
from poseapp.ui.widgets.cards import Button, PrimaryButton, ToggleButton, label, plain_button
from poseapp.ui.words import seconds_words, tr

__all__ = ["PracticeControls"]

_SHORTEST, _LONGEST = 3, 30  # tenths of a second


class PracticeControls(QWidget):
    """Record or stop; trails, skeleton and mirror; how trails look.

    Signals
    -------
    record_pressed()
    mirror_changed(bool), skeleton_changed(bool), trails_changed(bool)
    trail_style_changed(object, float)
        Tuple of the keypoints that leave trails, and their length in seconds.
    full_screen_pressed()
    """

    record_pressed = Signal()
    mirror_changed = Signal(bool)
    skeleton_changed = Signal(bool)
    trails_changed = Signal(bool)
    trail_style_changed = Signal(object, float)
    full_screen_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record = PrimaryButton(tr("Record"), "record-circle", "Space", parent=self)
        self.record.setMinimumWidth(188)
        self.record.clicked.connect(self.record_pressed)
        self.trails = ToggleButton(tr("Trails"), "gesture", "T", checked=True, parent=self)
        self.trails.toggled.connect(self.trails_changed)
        self.style_button = plain_button(tr("Trail style"), "tune-variant", size="main")
        self.style_button.setToolTip(tr("Which keypoints leave trails, and how long"))
        self.style_button.clicked.connect(self._open_style)
        self.skeleton = ToggleButton(tr("Skeleton"), "vector-polyline", "S", checked=True, parent=self)
        self.skeleton.toggled.connect(self.skeleton_changed)
        self.mirror = ToggleButton(tr("Mirror"), "flip-horizontal", "M", checked=True, parent=self)
        self.mirror.toggled.connect(self.mirror_changed)
        self.full_screen = plain_button(tr("Full screen"), "fullscreen", size="main")
        self.full_screen.setToolTip("F")
        self.full_screen.clicked.connect(self.full_screen_pressed)
        self._style = _TrailStyle(self)
        self._style.changed.connect(self.trail_style_changed)

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.record)
        row.addStretch(1)
        self._others: tuple[Button, ...] = (
            self.trails,
            self.style_button,
            self.skeleton,
            self.mirror,
            self.full_screen,
        )
        for button in self._others:
            row.addWidget(button)

    def set_recording(self, on: bool) -> None:
        """Offer to stop, or to record."""
        if on:
            self.record.set_words(tr("Stop"), "stop-circle")
        else:
            self.record.set_words(tr("Record"), "record-circle")

    def set_recordable(self, on: bool) -> None:
        """Whether there is a picture to record."""
        self.record.setEnabled(on)

    def set_trail_style(self, keypoints: tuple[Keypoint, ...], seconds: float) -> None:
        """Show how trails look, without a signal."""
        self._style.set_style(keypoints, seconds)

    def fit(self, width: int) -> None:
        """Show words as far as there is room for `width` pixels: first all, then of the toggles only, then icons."""
        for compact in ((), (self.style_button, self.full_screen), self._others):
            for button in self._others:
                button.set_compact(button in compact)
            if self.minimumSizeHint().width() <= width:
                return

    def _open_style(self) -> None:
        self._style.open_at(self.style_button)


class _TrailStyle(Popover):
    """Length of the trails and the keypoints that leave one."""

    changed = Signal(object, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Trail style"), parent)
        self._length = QSlider(Qt.Orientation.Horizontal, self)
        self._length.setRange(_SHORTEST, _LONGEST)
        self._length.setPageStep(5)
        self._length.setMinimumHeight(28)
        self._length.setAccessibleName(tr("Length of trails"))
        self._words = label("", "caption", "text2")
        self._chooser = KeypointChooser(self)
        self._chooser.setAccessibleName(tr("Keypoints that leave trails"))
        top = QHBoxLayout()
        top.addWidget(label(tr("Length"), "card"), 1)
        top.addWidget(self._words)
        self.body.addLayout(top)
        self.body.addWidget(self._length)
        self.body.addWidget(label(tr("Keypoints that leave trails"), "card"))
        self.body.addWidget(self._chooser)
        self._length.valueChanged.connect(self._length_changed)
        self._chooser.chosen_changed.connect(self._tell)

    def set_style(self, keypoints: tuple[Keypoint, ...], seconds: float) -> None:
        self._chooser.set_chosen(keypoints)
        self._length.blockSignals(True)
        self._length.setValue(round(seconds * 10))
        self._length.blockSignals(False)
        self._say()

    def _length_changed(self) -> None:
        self._say()
        self._tell()

    def _say(self) -> None:
        self._words.setText(seconds_words(self._length.value() / 10))

    def _tell(self) -> None:
        self.changed.emit(self._chooser.chosen(), self._length.value() / 10)
