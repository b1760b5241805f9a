"""What was practised: the picture of each movement, its name, its last score and a small curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from poseapp.pose import Pose
from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import colour
from poseapp.ui.widgets.key_picture import cut_to_person
from poseapp.ui.widgets.marks import paint_mark
from poseapp.ui.widgets.overlay import PictureMap
from poseapp.ui.widgets.rows_view import Index, RowsModel, RowsView
from poseapp.ui.widgets.sparkline import paint_sparkline
from poseapp.ui.widgets.wrapped_text import lines_of, paint_words, words_height
from poseapp.ui.words import tr

__all__ = ["PractisedList", "PractisedRow"]

_THUMB: Final = 60
_PADDING: Final = 12
_GAP: Final = 8
_CURVE: Final = 76
_SHORT_CURVE: Final = 56
_WIDE: Final = 300
_MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class PractisedRow:
    """A movement in the list.

    Parameters
    ----------
    title : str
        Its name for a person.
    view : str
        The view in words; may be empty.
    total : float or None
        The last score, 0..100; None: too little was seen.
    values : tuple of float
        All scores, oldest first.
    spoken : str
        All of it as it is read out.
    image : QImage or None
        Its key pose; None for a clip, and while there is none.
    pose : Pose or None
        The pose in it, in its pixels.
    """

    title: str
    view: str
    total: float | None
    values: tuple[float, ...]
    spoken: str
    image: QImage | None = None
    pose: Pose | None = None


class _Model(RowsModel[PractisedRow]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return self.rows[index.row()].title
        return super().data(index, role)


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.width = 280

    @property
    def curve(self) -> int:
        """Width of the score and its curve."""
        return _CURVE if self.width >= _WIDE else _SHORT_CURVE

    @property
    def words_width(self) -> int:
        """Room for title and view."""
        return max(60, self.width - _GAP - 2 * _PADDING - _THUMB - self.curve - 2 * _PADDING)

    def title(self, row: PractisedRow) -> str:
        """The title; of one that would take too many lines, what is in its middle is left out."""
        width = self.words_width
        if lines_of(row.title, "card", width) <= _MOST_LINES:
            return row.title
        # Names of files can be of any length; the whole one is in the tooltip.
        mode = Qt.TextElideMode.ElideMiddle
        return QFontMetrics(font("card")).elidedText(row.title, mode, width * (_MOST_LINES - 1))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        words = words_height(self.title(row), "card", self.words_width)
        words += words_height(row.view, "caption", self.words_width)
        return QSize(self.width, max(_THUMB, words + 6) + 2 * _PADDING + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        place = QRectF(option.rect).adjusted(0, 0, -_GAP, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("raised" if chosen else "panel"))
            painter.drawRoundedRect(place, 12, 12)
        if chosen:  # by its shape too, not by its ground alone
            bar = QPainterPath()
            bar.addRoundedRect(place, 12, 12)
            painter.save()
            painter.setClipPath(bar)
            painter.fillRect(QRectF(place.left(), place.top(), 4, place.height()), colour("green"))
            painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("green"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 11, 11)
        ratio = painter.device().devicePixelRatioF()
        thumb = QRectF(place.left() + _PADDING, place.center().y() - _THUMB / 2, _THUMB, _THUMB)
        _paint_thumb(painter, thumb, row, ratio)
        self._paint_words(painter, place, row)
        self._paint_score(painter, place, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRectF, row: PractisedRow) -> None:
        title, width = self.title(row), self.words_width
        left = place.left() + _PADDING + _THUMB + _PADDING
        height = words_height(title, "card", width)
        below = words_height(row.view, "caption", width)
        top = place.center().y() - (height + below + (2 if below else 0)) / 2
        painter.setPen(colour("text"))
        paint_words(painter, QPointF(left, top), title, "card", width)
        if row.view:
            painter.setPen(colour("text2"))
            paint_words(painter, QPointF(left, top + height + 2), row.view, "caption", width)

    def _paint_score(self, painter: QPainter, place: QRectF, row: PractisedRow) -> None:
        right, middle = place.right() - _PADDING, place.center().y()
        line = QRectF(right - self.curve, middle - 28, self.curve, 24)
        if row.total is None:
            paint_mark(painter, QPointF(line.right() - 8, line.center().y()), 7.0, None)
        else:
            painter.setFont(font("main", tabular=True))
            figures = str(round(row.total))
            width = QFontMetrics(painter.font()).horizontalAdvance(figures)
            painter.setPen(colour("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figures)
            paint_mark(painter, QPointF(line.right() - width - 14, line.center().y()), 6.0, row.total)
        paint_sparkline(painter, QRectF(right - self.curve, middle, self.curve, 24), row.values, "green")


def _paint_thumb(painter: QPainter, thumb: QRectF, row: PractisedRow, ratio: float) -> None:
    shape = QPainterPath()
    shape.addRoundedRect(thumb, 8, 8)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(thumb, colour("panel"))
    if row.image is not None and not row.image.isNull():
        size = row.image.width(), row.image.height()
        where = cut_to_person(size, thumb, row.pose).rect
        if not where.contains(thumb):  # beside a person with arms and legs spread: the same wall
            painter.drawImage(PictureMap.cover(size, thumb).rect, row.image)
        # Shrinking by more than half without averaging leaves out every other line.
        goal, mode = (where.size() * ratio).toSize(), Qt.TransformationMode.SmoothTransformation
        painter.drawImage(where, row.image.scaled(goal, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
    else:
        paint_icon(painter, thumb.adjusted(16, 16, -16, -16), "run", "text3")
    painter.restore()
    if row.image is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawPath(shape)


class PractisedList(RowsView):
    """Chooses one movement of those that were practised.

    Signals
    -------
    chosen(int)
        Number of the row the person went to.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Movements practised"), parent)
        self._quiet = False
        self._model, self._delegate = _Model(self), _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)

    def set_rows(self, rows: Sequence[PractisedRow], current: int) -> None:
        """Show `rows`, the row `current` as the chosen one; no signal."""
        self._quiet = True
        self._model.set_rows(rows)
        if 0 <= current < len(rows):
            self.setCurrentIndex(self._model.index(current))
            self.scrollTo(self.currentIndex())
        self._quiet = False

    @property
    def rows(self) -> tuple[PractisedRow, ...]:
        """What is shown."""
        return self._model.rows

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.chosen.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delegate.width = self.viewport().width()
        self.scheduleDelayedItemsLayout()

    def minimumSizeHint(self) -> QSize:
        return QSize(220, _THUMB + 2 * _PADDING)
