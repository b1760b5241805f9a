"""Scores over time: every attempt's mark, the line between them, and the best so far as steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.theme import colour
from poseapp.ui.widgets.marks import paint_mark
from poseapp.ui.widgets.wrapped_text import paint_words, words_height
from poseapp.ui.words import score_words, tr

__all__ = ["ChartPoint", "ProgressChart"]

_AXIS = 38
_TOP = 30
_BOTTOM = 24
_SIDE = 24  # room between the area's edges and the first and the last mark
_TICKS = (0, 50, 80, 100)
_RADIUS = 6.0
_LEAST_ROOM = 3.0  # between two marks
_NEAR = 14  # how near to a mark the pointer must be
_PILL = (44, 24)
_LABEL_GAP = 16


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """An attempt in the chart.

    Parameters
    ----------
    key : int
        What chooses it.
    total : float
        0..100.
    day : str
        Its day in a few words; shown once for all attempts of a day.
    words : str
        When it was, in words.
    """

    key: int
    total: float
    day: str
    words: str


class ProgressChart(QWidget):
    """One attempt after the other at even distances, however far apart in time: many are of one day.

    Signals
    -------
    point_chosen(int)
        Key of the attempt whose mark was pressed.
    """

    point_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[ChartPoint, ...] = ()
        self._best: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 120)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Scores over time"))
        self.set_points(())

    def set_points(self, points: Sequence[ChartPoint]) -> None:
        """Show `points`, oldest first."""
        self._points = tuple(points)
        self._best = tuple(accumulate((p.total for p in points), max))
        if points:
            words = tr(
                "{count} scores, the last {last}, the best {best}",
                count=len(points),
                last=score_words(points[-1].total),
                best=score_words(self._best[-1]),
            )
        else:
            words = tr("No score yet")
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, self.minimumHeight())

    @property
    def plot_rect(self) -> QRectF:
        """Where the curve lies: 0 at its bottom, 100 at its top."""
        return QRectF(_AXIS, _TOP, self.width() - _AXIS - 8, self.height() - _TOP - _BOTTOM)

    def place(self, number: int, total: float) -> QPointF:
        """Where `total` lies at attempt `number`, counted from 0."""
        area = self.plot_rect
        last = len(self._points) - 1
        room = area.width() - 2 * _SIDE
        x = area.left() + _SIDE + (room * number / last if last > 0 else room / 2)
        return QPointF(x, area.bottom() - area.height() * total / 100)

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._point_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if point is None else Qt.CursorShape.PointingHandCursor)
        if point is None:
            QToolTip.hideText()
        else:
            words = tr("{when}: {score}", when=point.words, score=score_words(point.total))
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._point_at(event.position())
        if point is not None and event.button() is Qt.MouseButton.LeftButton:
            self.point_chosen.emit(point.key)
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.unsetCursor()
        super().leaveEvent(event)

    def _point_at(self, at: QPointF) -> ChartPoint | None:
        near: tuple[float, ChartPoint] | None = None
        for number, point in enumerate(self._points):
            way = at - self.place(number, point.total)
            distance = math.hypot(way.x(), way.y())
            if distance <= _NEAR and (near is None or distance < near[0]):
                near = distance, point
        return None if near is None else near[1]

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("small"))
        self._paint_axes(painter)
        if self._points:
            self._paint_days(painter)
            self._paint_legend(painter)
            self._paint_best(painter)
            self._paint_scores(painter)
            self._paint_last(painter)
        else:
            self._paint_nothing(painter)
        painter.end()

    def _paint_nothing(self, painter: QPainter) -> None:
        words, role = tr("No score yet: too little was seen."), "body"
        area = self.plot_rect
        room = int(area.width()) - 40
        width = min(room, QFontMetrics(font(role)).horizontalAdvance(words) + 2)
        height = words_height(words, role, width)
        field = QRectF(0, 0, width + 32, height + 16)
        field.moveCenter(area.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("panel"))
        painter.drawRect(field)
        painter.setPen(colour("text2"))
        paint_words(painter, field.topLeft() + QPointF(16, 8), words, role, width)

    def _paint_axes(self, painter: QPainter) -> None:
        area = self.plot_rect
        for value in _TICKS:
            y = math.floor(area.bottom() - area.height() * value / 100) + 0.5
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(colour("text2"))
            tick = QRectF(0, y - 9, _AXIS - 8, 18)
            painter.drawText(tick, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))
        height = area.height() * 0.2
        if height > 16:
            good = QRectF(area.left() + 6, area.top(), area.width(), height - 2)
            painter.drawText(good, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, tr("good"))

    def _paint_days(self, painter: QPainter) -> None:
        """The day below its first attempt, wherever there is room; the newest day comes first."""
        painter.setPen(colour("text2"))
        metrics = QFontMetrics(painter.font())
        y = self.plot_rect.bottom() + 18
        firsts = [i for i, p in enumerate(self._points) if i == 0 or self._points[i - 1].day != p.day]
        free_until = math.inf
        for number in reversed(firsts):
            words = self._points[number].day
            width = metrics.horizontalAdvance(words)
            left = min(max(_AXIS - 12.0, self.place(number, 0).x() - width / 2), self.width() - width - 2.0)
            if left + width <= free_until:
                painter.drawText(QPointF(left, y), words)
                free_until = left - _LABEL_GAP

    def _paint_legend(self, painter: QPainter) -> None:
        words = tr("best so far")
        width = QFontMetrics(painter.font()).horizontalAdvance(words)
        right = self.plot_rect.right()
        painter.setPen(colour("text2"))
        painter.drawText(QPointF(right - width, 14), words)
        painter.setPen(_best_pen())
        painter.drawLine(QPointF(right - width - 36, 9.5), QPointF(right - width - 10, 9.5))

    def _paint_best(self, painter: QPainter) -> None:
        if len(self._best) < 2:
            return
        steps = QPainterPath(self.place(0, self._best[0]))
        for number, (before, now) in enumerate(pairwise(self._best), 1):
            steps.lineTo(self.place(number, before))
            steps.lineTo(self.place(number, now))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_best_pen())
        painter.drawPath(steps)

    def _paint_scores(self, painter: QPainter) -> None:
        places = [self.place(number, point.total) for number, point in enumerate(self._points)]
        painter.setPen(QPen(colour("text2", 0.75), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(places))
        room = places[1].x() - places[0].x() if len(places) > 1 else math.inf
        # Marks that would lie on each other are drawn smaller, or not; the last always as it is everywhere.
        radius = min(_RADIUS, max(2.0, room * 0.42))
        if room >= _LEAST_ROOM:
            for place, point in zip(places[:-1], self._points[:-1], strict=True):
                paint_mark(painter, place, radius, point.total)
        paint_mark(painter, places[-1], _RADIUS, self._points[-1].total)

    def _paint_last(self, painter: QPainter) -> None:
        total = self._points[-1].total
        at = self.place(len(self._points) - 1, total)
        width, height = _PILL
        above = at.y() - _RADIUS - 8 - height
        top = above if above >= _TOP - 10 else at.y() + _RADIUS + 8
        pill = QRectF(min(at.x() - width / 2, self.width() - width - 1.0), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font("card", tabular=True))
        painter.setPen(colour("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(round(total)))


def _best_pen() -> QPen:
    pen = QPen(colour("ghost"), 1.6)
    pen.setDashPattern([3.5, 2.5])
    return pen
