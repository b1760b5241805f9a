"""Places where files can be dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import CARD_RADIUS, colour

__all__ = ["DropZone", "FileDropFilter", "accept_files"]


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDropFilter(QObject):
    """Lets files be dropped anywhere on a widget."""

    def __init__(self, widget: QWidget, callback: Callable[[list[Path]], None]) -> None:
        super().__init__(widget)
        self._callback = callback
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and _files(event.mimeData()):
            if event.type() == QEvent.Type.Drop:
                self._callback(_files(event.mimeData()))
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)


def accept_files(widget: QWidget, callback: Callable[[list[Path]], None]) -> FileDropFilter:
    """Call `callback` with the paths of files dropped anywhere on `widget`. The widget owns the result."""
    return FileDropFilter(widget, callback)


class DropZone(QPushButton):
    """A dashed tile: drop files on it, or press it to choose one.

    Signals
    -------
    dropped(object)
        List of the paths that were dropped.
    browse_wanted()
        It was pressed.
    """

    dropped = Signal(object)
    browse_wanted = Signal()

    def __init__(self, text: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self._over = False
        self.setFont(font("button"))
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # The style sheet bounds the height of buttons; this one is a tile.
        self.setStyleSheet("min-height: 96px; max-height: 9999px;")
        self.clicked.connect(self.browse_wanted)

    def sizeHint(self) -> QSize:
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths = _files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lively = self._over or self.hasFocus()
        pen = QPen(colour("green" if lively else "edge"), 2 if lively else 1.2, Qt.PenStyle.DashLine)
        if self.hasFocus() and not self._over:
            pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(colour("raised" if self._over or self.underMouse() else "bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(16, 8, -16, -8)
        words = QFontMetrics(self.font()).boundingRect(room, int(flags), self.text())
        top = (self.height() - 28 - 8 - words.height()) / 2
        paint_icon(painter, QRectF(0, top, self.width(), 28), self._icon_name, "text2")
        painter.setFont(self.font())
        painter.setPen(colour("text"))
        painter.drawText(QRectF(room.left(), top + 36, room.width(), words.height() + 2), int(flags), self.text())
        painter.end()
