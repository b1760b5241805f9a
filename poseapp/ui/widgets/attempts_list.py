"""Attempts, newest first: when, score, what to change, timing, and which was the best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from poseapp.ui.widgets.attempt_row import AttemptDelegate, AttemptRow
from poseapp.ui.widgets.rows_view import Index, RowsModel, RowsView
from poseapp.ui.words import tr

__all__ = ["AttemptRow", "AttemptsList"]

_PAGE: Final = 200  # rows that are laid out at a time: a list of thousands is there at once


class _Model(RowsModel[AttemptRow]):
    """Gives the rows in pages, as one scrolls down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown = 0

    def set_rows(self, rows: Sequence[AttemptRow]) -> None:
        self.shown = min(len(rows), _PAGE)
        super().set_rows(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self.shown

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self.shown < len(self.rows)

    def fetchMore(self, parent: Index) -> None:
        more = min(_PAGE, len(self.rows) - self.shown)
        if more > 0:
            self.beginInsertRows(parent, self.shown, self.shown + more - 1)
            self.shown += more
            self.endInsertRows()


class AttemptsList(RowsView):
    """Click or Enter opens an attempt, Delete or its menu removes it.

    Signals
    -------
    opened(int)
        Key of the attempt to be shown.
    remove_wanted(int)
        Key of the attempt to be removed.
    """

    opened = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Attempts, newest first"), parent)
        self._model, self._delegate = _Model(self), AttemptDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._pressed_trash = -1
        self.verticalScrollBar().valueChanged.connect(self._fetch)

    def set_rows(self, rows: Sequence[AttemptRow]) -> None:
        """Show `rows`, newest first; the row where one was stays the current one."""
        key, number = self.current, self.currentIndex().row()
        self._delegate.measure(rows)
        self._model.set_rows(rows)
        numbers = [i for i, row in enumerate(rows) if row.key == key]
        if numbers:
            self.set_current(key)
        elif number >= 0 and rows:  # it was removed: to the one that is there now
            self.setCurrentIndex(self._model.index(min(number, len(rows) - 1, self._model.shown - 1)))

    @property
    def rows(self) -> tuple[AttemptRow, ...]:
        """All rows, those too that one has not scrolled to yet."""
        return self._model.rows

    @property
    def current(self) -> int:
        """Key of the row where one is; -1 without one."""
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.key if isinstance(row, AttemptRow) else -1

    def set_current(self, key: int) -> None:
        """Go to the attempt `key` and show it."""
        number = next((i for i, row in enumerate(self.rows) if row.key == key), -1)
        while number >= self._model.shown:
            self._model.fetchMore(QModelIndex())
        if number >= 0:
            self.setCurrentIndex(self._model.index(number))
            self.scrollTo(self.currentIndex())

    def go_to_end(self, *, last: bool) -> None:
        """Go to the newest attempt, or to the oldest."""
        if self.rows:
            self.set_current(self.rows[-1 if last else 0].key)

    def press(self) -> None:
        """Open the attempt where one is."""
        if self.current >= 0:
            self.opened.emit(self.current)

    def text_of(self, key: int) -> str:
        """What the row `key` says, as it is read out; empty without one."""
        return next((row.spoken for row in self.rows if row.key == key), "")

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current >= 0:
            self.remove_wanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_trash = self._trash_at(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        pressed, self._pressed_trash = self._pressed_trash, -1
        index = self.indexAt(at)
        inside = index.isValid() and index == self.currentIndex() and event.button() is Qt.MouseButton.LeftButton
        super().mouseReleaseEvent(event)
        if inside and pressed >= 0 and pressed == self._trash_at(at):
            self.remove_wanted.emit(pressed)
        elif inside and pressed < 0 and self._trash_at(at) < 0:
            self.press()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.setCurrentIndex(self.indexAt(event.pos()))
        if self.current < 0:
            return
        where = event.globalPos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open")).triggered.connect(self.press)
        menu.addAction(tr("Remove …")).triggered.connect(self._remove_current)
        menu.popup(where)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            over = self._trash_at(event.pos())  # type: ignore[attr-defined]
            self.viewport().setToolTip(tr("Remove this attempt") if over >= 0 else "")
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delegate.set_width(self.viewport().width())
        self.scheduleDelayedItemsLayout()
        self._fetch()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 2 * self._delegate.least_height)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _trash_at(self, at: QPoint) -> int:
        index = self.indexAt(at)
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, AttemptRow):
            return -1
        return row.key if self._delegate.trash_rect(QRectF(self.visualRect(index))).contains(at) else -1

    @Slot()
    def _remove_current(self) -> None:
        if self.current >= 0:
            self.remove_wanted.emit(self.current)

    @Slot()
    def _fetch(self) -> None:
        """More rows before one reaches the end of those that are there."""
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum() - self.viewport().height():
            self._model.fetchMore(QModelIndex())
