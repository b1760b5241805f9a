"""Scores of the 17 keypoints as bars, worst first."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from poseapp.scoring.card import KeypointScore, ScoreCard
from poseapp.ui.fonts import font
from poseapp.ui.theme import colour
from poseapp.ui.widgets.marks import BAND_INK, paint_hatch, paint_mark
from poseapp.ui.words import band_of, band_words, keypoint_words, score_words, tr

__all__ = ["KeypointBars"]

_ROW = 24
_BAR = 6
_GAP = 10
_MARK = 5.5


class KeypointBars(QWidget):
    """One row for each keypoint: its mark, its name, a bar and the number; "not seen" is hatched and comes last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[KeypointScore, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Keypoint scores"))

    def set_card(self, card: ScoreCard | None) -> None:
        """Show the keypoints of `card`; None for none."""
        self._rows = () if card is None else card.worst_first
        self.setAccessibleDescription(
            "; ".join(f"{keypoint_words(row.keypoint)} {score_words(row.score)}" for row in self._rows)
        )
        self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[KeypointScore, ...]:
        """What is shown, from top to bottom."""
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(self._name_width() + 220, _ROW * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._name_width() + 140, _ROW * len(self._rows))

    def _name_width(self) -> int:
        metrics = QFontMetrics(font("caption"))
        return max((metrics.horizontalAdvance(keypoint_words(row.keypoint)) for row in self._rows), default=0) + 2

    def bar_rect(self, row: int) -> QRectF:
        """The whole track of the bar of `row`, 0 at the top."""
        left = 2 * _MARK + 4 + _GAP + self._name_width() + _GAP
        number = QFontMetrics(font("mark", tabular=True)).horizontalAdvance("100")
        words = QFontMetrics(font("small")).horizontalAdvance(band_words(None))
        right = self.width() - _GAP - max(number, words)
        return QRectF(left, row * _ROW + (_ROW - _BAR) / 2, max(8.0, right - left), _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number, row)
        painter.end()

    def _paint_row(self, painter: QPainter, number: int, row: KeypointScore) -> None:
        top = number * _ROW
        paint_mark(painter, QPointF(_MARK + 2, top + _ROW / 2), _MARK, row.score)
        bar = self.bar_rect(number)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("caption"))
        painter.setPen(colour("text" if row.score is not None else "text2"))
        left = 2 * _MARK + 4 + _GAP
        painter.drawText(QRectF(left, top, bar.left() - left, _ROW), middle, keypoint_words(row.keypoint))
        value = QRectF(bar.right() + _GAP, top, self.width() - bar.right() - _GAP, _ROW)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if row.score is None:
            painter.save()
            outline = QPainterPath()
            outline.addRoundedRect(bar, _BAR / 2, _BAR / 2)
            painter.setClipPath(outline)
            paint_hatch(painter, bar)
            painter.restore()
            painter.setFont(font("small"))
            painter.setPen(colour("text2"))
            painter.drawText(value, middle | Qt.AlignmentFlag.AlignRight, band_words(None))
            return
        filled = QRectF(bar)
        filled.setWidth(max(_BAR, bar.width() * row.score / 100) if row.score > 0 else 0)
        painter.setBrush(colour(BAND_INK[band_of(row.score)]))
        painter.drawRoundedRect(filled, _BAR / 2, _BAR / 2)
        painter.setFont(font("mark", tabular=True))
        painter.setPen(colour("text"))
        painter.drawText(value, middle | Qt.AlignmentFlag.AlignRight, str(round(row.score)))
