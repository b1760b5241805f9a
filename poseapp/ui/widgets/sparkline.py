"""A small curve of scores, without axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from poseapp.ui.theme import colour

__all__ = ["MOST_VALUES", "paint_sparkline"]

#: Older values are not drawn: on so small a place they would be a smear.
MOST_VALUES: Final = 30
_DOT = 3.2


def paint_sparkline(painter: QPainter, rect: QRectF, values: Sequence[float], ink: str) -> None:
    """Draw the newest of `values` from left to right, the last with a dot.

    Parameters
    ----------
    painter : QPainter
    rect : QRectF
        Where: 0 lies at its bottom, 100 at its top, so that the curves of two movements can be compared.
    values : sequence of float
        Scores of 0..100, oldest first.
    ink : str
        Colour token.
    """
    shown = values[-MOST_VALUES:]
    if not shown:
        return
    area = rect.adjusted(0, _DOT, -_DOT, -_DOT)
    step = area.width() / max(1, len(shown) - 1)
    points = [
        QPointF(area.right() - step * (len(shown) - 1 - i), area.bottom() - area.height() * value / 100)
        for i, value in enumerate(shown)
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(ink), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawEllipse(points[-1], _DOT, _DOT)
    painter.restore()
