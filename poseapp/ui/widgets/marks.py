"""Marks of scores: a shape for each band, so that no meaning hangs on a colour alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from poseapp.ui.fonts import font
from poseapp.ui.theme import colour
from poseapp.ui.words import Band, band_of

__all__ = ["BAND_INK", "paint_hatch", "paint_mark"]

#: Colour token of each band.
BAND_INK: Final = {Band.GOOD: "green", Band.FAIR: "amber", Band.POOR: "bad", Band.NOT_SEEN: "text3"}


def paint_hatch(painter: QPainter, rect: QRectF, step: float = 5.0) -> None:
    """Fill `rect` with lines at 45 degrees: here nothing was seen. The caller clips to the shape it wants."""
    painter.setPen(QPen(colour("text3", 0.7), 1.2))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step


def paint_mark(
    painter: QPainter,
    centre: QPointF,
    radius: float,
    score: float | None,
    *,
    number: bool = False,
    hollow: bool = False,
) -> None:
    """Draw the mark of `score`: disc, square or diamond, hatched disc for None.

    With the `number` in it if wanted; only its outline if `hollow`: a score that cannot be compared with the others.
    """
    band = band_of(score)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = colour(BAND_INK[band])
    if hollow:
        line = min(1.8, radius * 0.5)
        radius -= line / 2
        painter.setPen(QPen(ink, line))
        painter.setBrush(colour("panel"))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(ink))
    if band is Band.GOOD:
        painter.drawEllipse(centre, radius, radius)
    elif band is Band.FAIR:
        side = radius * 1.76
        painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), 2, 2)
    elif band is Band.POOR:
        r = radius * 1.28
        x, y = centre.x(), centre.y()
        painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))
    else:
        _paint_not_seen(painter, centre, radius)
    if number and score is not None:
        figures = str(round(score))
        mark_font = font("mark")
        if len(figures) > 2:
            mark_font.setPixelSize(11)
        painter.setFont(mark_font)
        painter.setPen(colour("rail"))
        box = QRectF(centre.x() - radius * 2, centre.y() - radius, radius * 4, radius * 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, figures)
    painter.restore()


def _paint_not_seen(painter: QPainter, centre: QPointF, radius: float) -> None:
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setBrush(colour("panel"))
    painter.drawEllipse(box)
    # Chords, not a clip path: a clipped edge is not smoothed.
    painter.setPen(QPen(colour("text3", 0.7), 1.2))
    small = radius < 8
    step = radius * (0.5 if small else 0.36)
    offset = -radius + step
    while offset < radius:
        half = (radius**2 - offset**2) ** 0.5
        along, across = half * 0.7071, offset * 0.7071
        painter.drawLine(
            QPointF(centre.x() + across - along, centre.y() + across + along),
            QPointF(centre.x() + across + along, centre.y() + across - along),
        )
        offset += step
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Dashes need room to be seen as dashes.
    painter.setPen(QPen(colour("text3"), 1.4, Qt.PenStyle.SolidLine if small else Qt.PenStyle.DashLine))
    painter.drawEllipse(box.adjusted(0.7, 0.7, -0.7, -0.7))
