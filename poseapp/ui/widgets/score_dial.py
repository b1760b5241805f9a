"""The score as an arc and a number."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from poseapp.ui.fonts import far_font
from poseapp.ui.motion import motion_reduced
from poseapp.ui.theme import colour
from poseapp.ui.widgets.marks import BAND_INK, paint_hatch
from poseapp.ui.words import band_of, score_words, tr

__all__ = ["ScoreDial"]

_START: Final = 225  # degrees anticlockwise from three o'clock: the arc opens downwards
_SPAN: Final = 270
_SWEEP_MS: Final = 600
_MIN, _MAX = 64, 640


class ScoreDial(QWidget):
    """An arc of 270 degrees, in the colour of the score's band, round the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score: float | None = None
        self._shown = 0.0
        self._sweep = QVariantAnimation(self)
        self._sweep.setDuration(_SWEEP_MS)
        self._sweep.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._sweep.valueChanged.connect(self._swept)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(_MIN, _MIN)
        self.setAccessibleName(tr("Score"))
        self.set_score(None, animate=False)

    def set_score(self, score: float | None, *, animate: bool = True) -> None:
        """Show `score` 0..100; None: not enough was seen to judge. `animate` lets it sweep if it may."""
        self._sweep.stop()
        self._score = score
        self.setAccessibleDescription(
            tr("Score {score} of 100, {band}", score=round(score), band=score_words(score).split(", ")[-1])
            if score is not None
            else tr("Not enough seen to judge")
        )
        if score is not None and animate and self.isVisible() and not motion_reduced():
            self._sweep.setStartValue(0.0)
            self._sweep.setEndValue(float(score))
            self._sweep.start()
        else:
            self._shown = score or 0.0
        self.update()

    def _swept(self, value: float) -> None:
        self._shown = value
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        diameter = min(self.width(), self.height(), _MAX)
        thickness = diameter * 0.09
        x, y = (self.width() - diameter) / 2, (self.height() - diameter) / 2
        inset = thickness / 2 + 1
        arc = QRectF(x, y, diameter, diameter).adjusted(inset, inset, -inset, -inset)
        track = QPen(colour("raised"), thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(track)
        painter.drawArc(arc, _START * 16, -_SPAN * 16)
        if self._score is None:
            self._paint_hatch(painter, arc, thickness)
        elif self._shown > 0:
            track.setColor(colour(BAND_INK[band_of(self._score)]))
            painter.setPen(track)
            painter.drawArc(arc, _START * 16, round(-_SPAN * 16 * self._shown / 100))
        painter.setPen(colour("text"))
        painter.setFont(far_font(diameter * (0.36 if round(self._shown) >= 100 else 0.42)))
        painter.drawText(
            QRectF(x, y, diameter, diameter),
            Qt.AlignmentFlag.AlignCenter,
            "–" if self._score is None else str(round(self._shown)),
        )
        painter.end()

    @staticmethod
    def _paint_hatch(painter: QPainter, arc: QRectF, thickness: float) -> None:
        line = QPainterPath()
        line.arcMoveTo(arc, _START)
        line.arcTo(arc, _START, -_SPAN)
        stroker = QPainterPathStroker()
        stroker.setWidth(thickness)
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.save()
        painter.setClipPath(stroker.createStroke(line))
        paint_hatch(painter, arc.adjusted(-thickness, -thickness, thickness, thickness), 7.0)
        painter.restore()
