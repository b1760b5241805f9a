"""Top of the practice page: what is practised, which model looks, and where the picture comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.icons import icon
from poseapp.ui.theme import GAP_L
from poseapp.ui.widgets.cards import Button, Chip, label
from poseapp.ui.words import seconds_words, tr

__all__ = ["PracticeHeader", "Title"]

_FILE = "file"
_NETWORK = "network"


class Title(QLabel):
    """A page's title. Names of files can be of any length: what does not fit is left out in the middle."""

    def __init__(self, text: str = "", role: str = "title") -> None:
        super().__init__(text)
        self.setFont(font(role))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, text: str) -> None:
        """Show `text`; the whole of it is in the tooltip."""
        self.setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(96, whole.width()), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class _SourceBox(QComboBox):
    """Lists cameras, and asks for a fresh list whenever it is opened."""

    opened = Signal()

    def showPopup(self) -> None:
        self.opened.emit()
        super().showPopup()


class PracticeHeader(QWidget):
    """Title, what changes it, and the choosers of model and source.

    Signals
    -------
    library_wanted()
        Another reference.
    demo_end_wanted()
    model_chosen(str)
    camera_chosen(object)
        The `data` that :meth:`set_cameras` was given.
    source_file_wanted, network_wanted, cameras_wanted
    """

    library_wanted = Signal()
    demo_end_wanted = Signal()
    model_chosen = Signal(str)
    camera_chosen = Signal(object)
    source_file_wanted = Signal()
    network_wanted = Signal()
    cameras_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Example and source"))
        self._title = Title(tr("Practice"))
        self._facts = label("", "caption", "text2")
        self._view = Chip("", self)
        self._change = Button(tr("Change"), "view-grid-outline", role="flat", parent=self)
        self._change.setAccessibleName(tr("Change the example"))
        self._change.setToolTip(tr("Choose another example (Ctrl+2)"))
        self._change.clicked.connect(self.library_wanted)
        self._end_demo = Button(tr("End the demo"), "close", parent=self)
        self._end_demo.setToolTip(tr("End the demo (Esc)"))
        self._end_demo.clicked.connect(self.demo_end_wanted)
        self._end_demo.hide()
        self._models = self._box(tr("Pose model"), 320)
        self._models.activated.connect(self._model_activated)
        self._sources = _SourceBox(self)
        self._sources.setAccessibleName(tr("Where the picture comes from"))
        self._sources.setMinimumWidth(180)
        self._sources.setMaximumWidth(280)
        self._sources.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sources.setIconSize(QSize(20, 20))
        self._sources.activated.connect(self._source_activated)
        self._sources.opened.connect(self.cameras_wanted)
        self._current: tuple[str, Any] | None = None
        self._cameras: tuple[tuple[str, Any], ...] = ()

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_L - 4)
        row.addWidget(self._title)
        row.addWidget(self._view)
        row.addWidget(self._facts)
        row.addWidget(self._change)
        row.addWidget(self._end_demo)
        row.addStretch(1)
        row.addWidget(self._models)
        row.addWidget(self._sources)
        self._narrow = False
        self._fill_sources()
        self._show_view()

    def set_reference(self, name: str, view: str, seconds: float) -> None:
        """Say what is practised: its name, the view in words (may be empty) and how long it takes."""
        self._title.set_title(name)
        self._view.setText(view)
        self._facts.setText(seconds_words(seconds))
        self._show_view()

    def set_demo(self, on: bool) -> None:
        """Offer to end the demo, or to change the example."""
        self._change.setVisible(not on)
        self._end_demo.setVisible(on)

    @property
    def title(self) -> str:
        """What is practised."""
        return self._title.text()

    def set_models(self, models: Sequence[tuple[str, str, str]], current: str) -> None:
        """Offer models as (name, title, advice)."""
        self._models.clear()
        for name, title, advice in models:
            self._models.addItem(title, name)
            self._models.setItemData(self._models.count() - 1, advice, Qt.ItemDataRole.ToolTipRole)
        self.set_model(current)

    def set_model(self, name: str) -> None:
        """Show `name` as the model in use, without a signal."""
        self._models.setCurrentIndex(max(self._models.findData(name), 0))

    def set_cameras(self, cameras: Sequence[tuple[str, Any]]) -> None:
        """Offer cameras as (name, data)."""
        self._cameras = tuple(cameras)
        self._fill_sources()

    def set_source(self, title: str, data: Any) -> None:
        """Show what the picture comes from; None as `data` for what is no camera of the list."""
        self._current = (title, data) if title else None
        self._fill_sources()

    def set_choosable(self, on: bool) -> None:
        """Let source, model and reference be changed, or not: during a recording they stay."""
        for widget in (self._change, self._models, self._sources):
            widget.setEnabled(on)

    def set_narrow(self, on: bool) -> None:
        """Leave out the facts where there is little room."""
        self._narrow = on
        self._facts.setVisible(not on)
        self._show_view()

    def _show_view(self) -> None:
        self._view.setVisible(bool(self._view.text()) and not self._narrow)

    def _box(self, name: str, width: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(width)
        return box

    def _fill_sources(self) -> None:
        box = self._sources
        box.clear()
        webcam, clip = icon("webcam"), icon("file-video-outline")
        for title, data in self._cameras:
            box.addItem(webcam, title, data)
        index = -1
        if self._current is not None:
            title, data = self._current
            index = next((i for i, camera in enumerate(self._cameras) if camera[1] == data), -1)
            if index < 0:
                box.insertItem(0, clip if data is None else webcam, title, data)
                index = 0
        if box.count():
            box.insertSeparator(box.count())
        box.addItem(clip, tr("Video file …"), _FILE)
        box.addItem(icon("ip-network-outline"), tr("Network camera …"), _NETWORK)
        box.setPlaceholderText(tr("No camera"))
        box.setCurrentIndex(index)
        self._shown = index

    def _source_activated(self, index: int) -> None:
        data = self._sources.itemData(index)
        self._sources.setCurrentIndex(self._shown)
        if data == _FILE:
            self.source_file_wanted.emit()
        elif data == _NETWORK:
            self.network_wanted.emit()
        elif index != self._shown and data is not None:
            self.camera_chosen.emit(data)

    def _model_activated(self, index: int) -> None:
        self.model_chosen.emit(str(self._models.itemData(index)))
