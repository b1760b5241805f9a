"""The running similarity of an attempt, with its best moment."""

from __future__ import annotations

import itertools
import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from poseapp.scoring.card import SimilarityTrace
from poseapp.ui.fonts import font
from poseapp.ui.theme import colour
from poseapp.ui.words import seconds_words, similarity_words, tr

__all__ = ["TracePlot"]

_AXIS = 38
_TOP = 24
_BOTTOM = 22
_TICKS = (0.0, 0.5, 1.0)


class TracePlot(QWidget):
    """Similarity 0..1 over the time of an attempt; gaps where nobody was seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trace: SimilarityTrace | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 110)
        self.setAccessibleName(tr("Similarity over the attempt"))
        self.set_trace(None)

    def set_trace(self, trace: SimilarityTrace | None) -> None:
        """Show `trace`; None for none."""
        self._trace = trace
        self.setAccessibleDescription(self._best_words() or tr("Nothing to compare"))
        self.update()

    @property
    def shown(self) -> SimilarityTrace | None:
        """What is drawn."""
        return self._trace

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def _best_words(self) -> str:
        best = self._trace.best if self._trace is not None else None
        if best is None:
            return ""
        return tr("best {value} at {at}", value=similarity_words(best[1]), at=seconds_words(best[0]))

    @property
    def plot_rect(self) -> QRectF:
        """Where the curve lies: from 0 s to the end, from 0 at the bottom to 1 at the top."""
        return QRectF(_AXIS, _TOP, self.width() - _AXIS - 10, self.height() - _TOP - _BOTTOM)

    def point(self, t: float, value: float) -> QPointF:
        """Place on the widget of `value` at `t` seconds."""
        area = self.plot_rect
        return QPointF(area.left() + area.width() * t / self._end, area.bottom() - area.height() * value)

    @property
    def _end(self) -> float:
        return float(self._trace.t[-1]) if self._trace is not None and len(self._trace.t) > 1 else 1.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("small", tabular=True))
        self._paint_axes(painter)
        if self._trace is not None and len(self._trace.t) > 1:
            self._paint_curve(painter, self._trace)
            self._paint_best(painter, self._trace)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        area = self.plot_rect
        for value in _TICKS:
            y = math.floor(area.bottom() - area.height() * value) + 0.5
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(colour("text2"))
            tick = QRectF(0, y - 9, _AXIS - 8, 18)
            painter.drawText(tick, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:.1f}")
        if self._trace is None:
            return
        step = _nice_step(self._end, area.width())
        t = 0.0
        while t <= self._end + 1e-9:
            x = area.left() + area.width() * t / self._end
            words = seconds_words(t) if step < 1 else tr("{seconds} s", seconds=round(t))
            width = QFontMetrics(painter.font()).horizontalAdvance(words)
            left = min(max(0.0, x - width / 2), self.width() - width)
            painter.drawText(QPointF(left, area.bottom() + 17), words)
            t += step

    def _paint_curve(self, painter: QPainter, trace: SimilarityTrace) -> None:
        curve = QPainterPath()
        drawing = False
        for t, value in zip(trace.t.tolist(), trace.value.tolist(), strict=True):
            if not np.isfinite(value):
                drawing = False
                continue
            if drawing:
                curve.lineTo(self.point(t, value))
            else:
                curve.moveTo(self.point(t, value))
            drawing = True
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("green"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(curve)

    def _paint_best(self, painter: QPainter, trace: SimilarityTrace) -> None:
        best = trace.best
        if best is None:
            return
        at = self.point(*best)
        painter.setPen(QPen(colour("ghost"), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at.x(), self.plot_rect.bottom()), at)
        painter.setPen(QPen(colour("panel"), 2))
        painter.setBrush(colour("ghost"))
        painter.drawEllipse(at, 6, 6)
        words = self._best_words()
        width = QFontMetrics(painter.font()).horizontalAdvance(words)
        left = min(max(0.0, at.x() - width / 2), self.width() - width)
        painter.setPen(colour("ghost"))
        painter.drawText(QPointF(left, _TOP - 10), words)


def _nice_step(end: float, width: float) -> float:
    """Seconds between ticks: the smallest of 0.5, 1, 2, 5, 10, 20, 50 ... that leaves each label 56 px."""
    most = max(1.0, width / 56)
    step = 0.5
    for factor in itertools.cycle((2.0, 2.0, 2.5)):
        if end / step <= most:
            break
        step *= factor
    return step
