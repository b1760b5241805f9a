"""The shape of the body figure, in its own units: 170 wide, 360 high."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import BODY_PARTS
from poseapp.ui.theme import colour

__all__ = ["HEAD", "HEIGHT", "PLACES", "WIDTH", "group_of", "neighbour", "paint_body"]

_K = Keypoint
WIDTH, HEIGHT = 170.0, 360.0

#: Places of the marks; the nose's mark stands for the whole head.
PLACES: Final[dict[Keypoint, tuple[float, float]]] = {
    _K.NOSE: (85, 32),
    _K.LEFT_SHOULDER: (122, 88),
    _K.RIGHT_SHOULDER: (48, 88),
    _K.LEFT_ELBOW: (140, 144),
    _K.RIGHT_ELBOW: (30, 144),
    _K.LEFT_WRIST: (150, 198),
    _K.RIGHT_WRIST: (20, 198),
    _K.LEFT_HIP: (108, 198),
    _K.RIGHT_HIP: (62, 198),
    _K.LEFT_KNEE: (113, 268),
    _K.RIGHT_KNEE: (57, 268),
    _K.LEFT_ANKLE: (116, 334),
    _K.RIGHT_ANKLE: (54, 334),
}
HEAD: Final = BODY_PARTS["head"]

#: Capsules of the body: from, to, thickness.
_CAPSULES: Final = (
    ((85, 60), (85, 82), 20),
    ((118, 90), (138, 146), 26),
    ((138, 146), (148, 196), 21),
    ((52, 90), (32, 146), 26),
    ((32, 146), (22, 196), 21),
    ((106, 196), (112, 268), 34),
    ((112, 268), (116, 336), 26),
    ((64, 196), (58, 268), 34),
    ((58, 268), (54, 336), 26),
)
_TRUNK: Final = ((46, 78), (124, 78), (118, 206), (52, 206))


def group_of(keypoint: Keypoint) -> tuple[Keypoint, ...]:
    """Keypoints that the mark of `keypoint` stands for."""
    return HEAD if keypoint in HEAD else (keypoint,)


def neighbour(keypoint: Keypoint, dx: int, dy: int) -> Keypoint:
    """The joint that lies nearest to `keypoint` in the direction (`dx`, `dy`); itself at the edge."""
    x, y = PLACES[keypoint]
    best, least = keypoint, float("inf")
    for other, (px, py) in PLACES.items():
        along = (px - x) * dx + (py - y) * dy
        across = abs((px - x) * dy) + abs((py - y) * dx)
        if along > 8 and along + 2 * across < least:
            best, least = other, along + 2 * across
    return best


def paint_body(painter: QPainter) -> None:
    """Draw the body without marks, in its own units."""
    body = colour("body")
    painter.setPen(QPen(body, 1))
    painter.setBrush(body)
    painter.drawEllipse(QPointF(85, 34), 30, 32)
    painter.setPen(QPen(body, 16, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolygon([QPointF(x, y) for x, y in _TRUNK])
    for start, end, thickness in _CAPSULES:
        painter.setPen(QPen(body, thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(*start), QPointF(*end))
