"""How an attempt looks in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import colour
from poseapp.ui.widgets.marks import paint_mark
from poseapp.ui.widgets.rows_view import Index
from poseapp.ui.widgets.wrapped_text import paint_words, words_height
from poseapp.ui.words import tr

__all__ = ["AttemptDelegate", "AttemptRow"]

_HEIGHT: Final = 44
_PADDING: Final = 10
_GAP: Final = 16
_MARK: Final = 14
_FIGURES: Final = 30
_TRASH: Final = 40
_CHEVRON: Final = 20
_NARROW: Final = 280  # less than this for the words: the timing goes below them
_LINE: Final = 20


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt in the list.

    Parameters
    ----------
    key : int
        What chooses it.
    when : str
        When it was, in words.
    total : float or None
        0..100; None: too little was seen.
    words : str
        What to change first, or why there is no total.
    timing : str
        The score for timing in words; may be empty.
    best : bool
        The best of all.
    spoken : str
        All of it as it is read out.
    other : str
        In what it was judged otherwise than those above it, in words; empty when in nothing.
    """

    key: int
    when: str
    total: float | None
    words: str
    timing: str
    best: bool
    spoken: str
    other: str = ""


class AttemptDelegate(QStyledItemDelegate):
    """Draws a row; its words take as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._width = 600
        self._when = self._timing = self._best = 0

    @property
    def least_height(self) -> int:
        """Of a row, in device-independent pixels."""
        return _HEIGHT

    def measure(self, rows: Sequence[AttemptRow]) -> None:
        """Find out how wide the columns of `rows` must be."""
        body, small = QFontMetrics(font("body")), QFontMetrics(font("caption"))
        self._when = max((body.horizontalAdvance(words) for words in {row.when for row in rows}), default=0)
        self._timing = max((small.horizontalAdvance(words) for words in {row.timing for row in rows}), default=0)
        self._best = small.horizontalAdvance(tr("best")) + 42 if any(row.best for row in rows) else 0

    def set_width(self, width: int) -> None:
        """The room there is for a row."""
        self._width = width

    def trash_rect(self, row: QRectF) -> QRectF:
        """Where a row is pressed to be removed."""
        left = row.right() - _PADDING - _CHEVRON - _TRASH
        return QRectF(left, row.top(), _TRASH, row.height())

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        words, below = self._words_width()
        height = max(_LINE, words_height(row.words, "body", words)) + (_LINE if below and row.timing else 0)
        height += words_height(row.other, "caption", words)
        return QSize(self._width, max(_HEIGHT, height + 2 * _PADDING))

    def _words_width(self) -> tuple[int, bool]:
        """Room for the words, and whether the timing stands below them."""
        left = _PADDING + self._when + _GAP + _MARK + 8 + _FIGURES + _GAP
        right = _PADDING + _CHEVRON + _TRASH + (self._best + 8 if self._best else 0)
        beside = self._width - left - right - (self._timing + _GAP if self._timing else 0)
        if beside >= _NARROW or not self._timing:
            return max(80, beside), False
        return max(80, self._width - left - right), True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        place = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        self._paint_ground(painter, place, over=over, current=current, first=index.row() == 0)
        self._paint_row(painter, place, row)
        if over or current:
            trash = self.trash_rect(place)
            paint_icon(painter, _square(trash.center(), 20), "trash-can-outline", "text2")
        chevron = QPointF(place.right() - _PADDING - _CHEVRON / 2, place.center().y())
        paint_icon(painter, _square(chevron, _CHEVRON), "chevron-right", "text2")
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRectF, *, over: bool, current: bool, first: bool) -> None:
        if not first:
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(place.left(), place.top() + 0.5), QPointF(place.right(), place.top() + 0.5))
        if over or current:
            painter.setPen(QPen(colour("green"), 2) if current else Qt.PenStyle.NoPen)
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(place.adjusted(1, 2, -1, -1), 8, 8)

    def _paint_row(self, painter: QPainter, place: QRectF, row: AttemptRow) -> None:
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        x, y = place.left() + _PADDING, place.center().y()
        painter.setFont(font("body"))
        painter.setPen(colour("text"))
        painter.drawText(QRectF(x, place.top(), self._when + 1, place.height()), middle, row.when)
        x += self._when + _GAP
        paint_mark(painter, QPointF(x + _MARK / 2, y), 6.0, row.total, hollow=bool(row.other))
        x += _MARK + 8
        if row.total is not None:
            painter.setFont(font("card", tabular=True))
            painter.setPen(colour("text"))
            painter.drawText(QRectF(x, place.top(), _FIGURES, place.height()), middle, str(round(row.total)))
        x += _FIGURES + _GAP
        width, below = self._words_width()
        self._paint_words(painter, QRectF(x, place.top(), width, place.height()), row, below=below)
        if row.timing and not below:
            painter.setFont(font("caption"))
            painter.setPen(colour("text2"))
            painter.drawText(
                QRectF(x + width + _GAP, place.top(), self._timing + 1, place.height()), middle, row.timing
            )
        if row.best:
            right = place.right() - _PADDING - _CHEVRON - _TRASH
            _paint_best(painter, QRectF(right - self._best, y - 14, self._best, 28))

    def _paint_words(self, painter: QPainter, room: QRectF, row: AttemptRow, *, below: bool) -> None:
        width = int(room.width())
        height = words_height(row.words, "body", width)
        timing = _LINE if below and row.timing else 0
        other = words_height(row.other, "caption", width)
        top = room.center().y() - (height + timing + other) / 2
        painter.setPen(colour("text" if row.total is not None else "text2"))
        paint_words(painter, QPointF(room.left(), top), row.words, "body", width)
        if timing:
            painter.setFont(font("caption"))
            painter.setPen(colour("text2"))
            line = QRectF(room.left(), top + height, room.width(), timing)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.timing)
        if other:
            painter.setPen(colour("text2"))
            paint_words(painter, QPointF(room.left(), top + height + timing), row.other, "caption", width)


def _square(centre: QPointF, side: float) -> QRectF:
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)


def _paint_best(painter: QPainter, chip: QRectF) -> None:
    """A star and the word."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("raised"))
    painter.drawRoundedRect(chip, 14, 14)
    paint_icon(painter, QRectF(chip.left() + 10, chip.top() + 6, 16, 16), "star", "green")
    painter.setFont(font("caption"))
    painter.setPen(colour("text"))
    words = QRectF(chip.left() + 31, chip.top(), chip.width() - 31, chip.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("best"))
