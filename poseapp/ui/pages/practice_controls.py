"""The row under the picture: record, and what lies on the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from poseapp.pose import Keypoint
from poseapp.ui.pages.practice_popover import Popover
from poseapp.ui.theme import GAP, RIGHT_COLUMN
from poseapp.ui.widgets.body_figure import KeypointChooser
from poseapp.ui.widgets.cards import Button, PrimaryButton, ToggleButton, label, plain_button
from poseapp.ui.widgets.strictness_chooser import StrictnessChooser
from poseapp.ui.words import seconds_words, strictness_words, tr

if TYPE_CHECKING:
    from poseapp.scoring import Strictness

__all__ = ["PracticeControls"]

_RECORD_WIDTH = 188
_SHORTEST, _LONGEST = 3, 30  # tenths of a second


class PracticeControls(QWidget):
    """Record or stop; how strict the score will be; trails, skeleton and mirror; how trails look.

    Signals
    -------
    record_pressed()
    strictness_chosen(str)
        A `Strictness`.
    mirror_changed(bool), skeleton_changed(bool), trails_changed(bool)
    trail_style_changed(object, float)
        Tuple of the keypoints that leave trails, and their length in seconds.
    full_screen_pressed()
    """

    record_pressed = Signal()
    strictness_chosen = Signal(str)
    mirror_changed = Signal(bool)
    skeleton_changed = Signal(bool)
    trails_changed = Signal(bool)
    trail_style_changed = Signal(object, float)
    full_screen_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Recording and picture"))
        self.record = PrimaryButton(tr("Record"), "record-circle", "Space", parent=self)
        self.record.clicked.connect(self.record_pressed)
        self.strictness = Button("", "scale-balance", size="main", opens_menu=True, parent=self)
        self.strictness.setAccessibleName(tr("How strict"))
        self.strictness.clicked.connect(self._open_strictness)
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
        self._strictness = _HowStrict(self)
        self._strictness.chooser.chosen.connect(self.strictness_chosen)

        self._room: int | None = None  # that there is for all words, once it is known
        self._keep_wide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.record)
        row.addWidget(self.strictness)
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
        self.set_strictness(self._strictness.chooser.current)

    def set_recording(self, on: bool) -> None:
        """Offer to stop, or to record."""
        if on:
            self.record.set_words(tr("Stop"), "stop-circle")
        else:
            self.record.set_words(tr("Record"), "record-circle")
        self._keep_wide()

    def _keep_wide(self) -> None:
        # The same for both words, as far as that goes: it must be hit without looking.
        self.record.setMinimumWidth(max(_RECORD_WIDTH, self.record.sizeHint().width()))

    def set_recordable(self, on: bool) -> None:
        """Whether there is a picture to record."""
        self.record.setEnabled(on)

    def set_strictness(self, strictness: Strictness) -> None:
        """Show `strictness` as the one that scores are judged by, without a signal."""
        chooser = self._strictness.chooser
        chooser.set_current(strictness)
        self.strictness.set_words(strictness_words(strictness))
        self.strictness.setAccessibleDescription(chooser.meaning)
        self._fit()

    def set_choosable(self, on: bool) -> None:
        """Let be chosen how strict the score is, or not: during a recording it stays."""
        self.strictness.setEnabled(on)

    def set_trail_style(self, keypoints: tuple[Keypoint, ...], seconds: float) -> None:
        """Show how trails look, without a signal."""
        self._style.set_style(keypoints, seconds)

    def fit(self, width: int) -> None:
        """Show words as far as there is room for `width` pixels: all, then fewer, at last icons only."""
        self._room = width
        self._fit()

    def _fit(self) -> None:
        everything = (*self._others, self.strictness)
        fewer = (self.style_button, self.full_screen)
        for compact in ((), fewer[:1], fewer, self._others, everything):
            for button in everything:
                button.set_compact(button in compact)
            if self._room is None or self.minimumSizeHint().width() <= self._room:
                break
        self.strictness.setToolTip(self._strictness.chooser.toolTip())

    def _open_style(self) -> None:
        self._style.open_at(self.style_button)

    def _open_strictness(self) -> None:
        self._strictness.open_at(self.strictness)


class _HowStrict(Popover):
    """How strict the score is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("How strict"), parent)
        self.chooser = StrictnessChooser(self)
        self.setFixedWidth(RIGHT_COLUMN)
        self.body.addWidget(label(tr("How strict the score is"), "card"))
        self.body.addWidget(self.chooser)


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
