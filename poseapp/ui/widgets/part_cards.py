"""The six parts of the body, each with its last score and how it came to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from poseapp.scoring.card import PARTS
from poseapp.ui.fonts import font
from poseapp.ui.theme import CARD_RADIUS, GAP, colour, set_role
from poseapp.ui.widgets.marks import paint_hatch, paint_mark
from poseapp.ui.widgets.sparkline import paint_sparkline
from poseapp.ui.words import band_words, score_words, tr

__all__ = ["PartCard", "PartCards", "heat_part_words"]

_HEIGHT: Final = 92
_LOW: Final = 46
_PADDING: Final = 12
_LINE: Final = 20
_FIGURES: Final = 46  # mark and number
_MARGIN_LOW: Final = 32  # hatch to be seen on each side of the words
_LEAST_HATCH: Final = 10


def heat_part_words(part: str) -> str:
    """Name of `part`, a key of :data:`poseapp.scoring.card.PARTS`; sides are the person's own."""
    return {
        "head": tr("Head"),
        "left_arm": tr("Left arm"),
        "right_arm": tr("Right arm"),
        "trunk": tr("Trunk"),
        "left_leg": tr("Left leg"),
        "right_leg": tr("Right leg"),
    }[part]


class PartCard(QWidget):
    """One part: name, mark and number; below, if there is room, its scores so far, or the hatch of "not seen".

    Parameters
    ----------
    part : str
        A key of :data:`poseapp.scoring.card.PARTS`.
    """

    def __init__(self, part: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._score: float | None = None
        self._values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(heat_part_words(part))
        self.set_low(False)
        self.set_scores(None, ())

    def set_scores(self, score: float | None, values: Sequence[float]) -> None:
        """Show `score` of 0..100 (None: not seen) and the scores so far, oldest first."""
        self._score, self._values = score, tuple(values)
        self.setAccessibleDescription(score_words(score))
        self.setToolTip(tr("{part}: {score}", part=heat_part_words(self.part), score=score_words(score)))
        self.update()

    def set_low(self, on: bool) -> None:
        """One line only, where there is little room."""
        self._low = on
        self.setFixedHeight(_LOW if on else _HEIGHT)
        self.updateGeometry()

    @property
    def one_line_width(self) -> int:
        """What it needs to be low."""
        beside = max(_FIGURES, QFontMetrics(font("small")).horizontalAdvance(band_words(None)) + 12)
        beside += 2 * _LEAST_HATCH
        return QFontMetrics(font("button")).horizontalAdvance(heat_part_words(self.part)) + beside + 2 * _PADDING + 12

    def minimumSizeHint(self) -> QSize:
        if self._low:
            return QSize(self.one_line_width, _LOW)
        name = QFontMetrics(font("button")).horizontalAdvance(heat_part_words(self.part))
        not_seen = QFontMetrics(font("small")).horizontalAdvance(band_words(None)) + 24
        return QSize(max(name + (_FIGURES + 6), not_seen) + 2 * _PADDING, _HEIGHT)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour("panel"))
        painter.setPen(QPen(colour("card_edge"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
        inside = QRectF(self.rect()).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        line = QRectF(inside.left(), inside.top(), inside.width(), _LINE)
        if self._low:
            line.moveTop((self.height() - _LINE) / 2)
        painter.setFont(font("button"))
        painter.setPen(colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, heat_part_words(self.part))
        below = QRectF(inside.left(), line.bottom() + 6, inside.width(), inside.bottom() - line.bottom() - 6)
        if self._score is None:
            self._paint_not_seen(painter, line if self._low else below)
        else:
            self._paint_figures(painter, line, self._score)
            if not self._low:
                paint_sparkline(painter, below, self._values, "text2")
        painter.end()

    def _paint_figures(self, painter: QPainter, line: QRectF, score: float) -> None:
        painter.setFont(font("card", tabular=True))
        figures = str(round(score))
        width = QFontMetrics(painter.font()).horizontalAdvance(figures)
        painter.setPen(colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figures)
        paint_mark(painter, QPointF(line.right() - width - 13, line.center().y()), 5.0, score)

    def _paint_not_seen(self, painter: QPainter, room: QRectF) -> None:
        """A hatched field with the words in its middle; in one line only a small one at the right."""
        painter.setFont(font("small"))
        words = band_words(None)
        width = QFontMetrics(painter.font()).horizontalAdvance(words) + 12
        field = QRectF(room)
        if self._low:
            name = QFontMetrics(font("button")).horizontalAdvance(heat_part_words(self.part))
            field.setLeft(max(room.left() + name + 12, room.right() - width - 2 * _MARGIN_LOW))
        shape = QPainterPath()
        shape.addRoundedRect(field, 4, 4)
        painter.save()
        painter.setClipPath(shape)
        paint_hatch(painter, field, 7.0)
        painter.restore()
        plate = QRectF(0, 0, width, _LINE)
        plate.moveCenter(field.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(plate.adjusted(2, 1, -2, -1), 4, 4)
        painter.setPen(colour("text2"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


class PartCards(QWidget):
    """The six cards in one row; where they have no room, low ones in two rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "clear")
        self.setAccessibleName(tr("Parts of the body"))
        self.cards = tuple(PartCard(part, self) for part in PARTS)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP - 4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._low = False
        self._columns = 0
        self._arrange()

    def set_low(self, on: bool) -> None:
        """One line a card, where the page is low."""
        self._low = on
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._grid.spacing()
        for columns, low in ((6, self._low), (3, True), (2, True)):
            for card in self.cards:
                card.set_low(low)
            needed = columns * max(card.minimumSizeHint().width() for card in self.cards) + (columns - 1) * gap
            if needed <= self.width() or columns == 2:
                break
        if columns != self._columns:
            self._columns = columns
            for number, card in enumerate(self.cards):
                self._grid.addWidget(card, number // columns, number % columns)
            for column in range(len(self.cards)):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()
