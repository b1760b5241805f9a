"""Skeletons and trails over pictures: plain painting functions that every picture of the program shares.

Widths are given in pixels of a picture 720 high and grow with the picture. Every stroke has a dark casing under it,
so that it stays visible over any background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from poseapp.pose import LIMBS, Keypoint, Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.ui.theme import colour
from poseapp.vision.frame import BgraImage, BgrImage

__all__ = [
    "AGREES",
    "COACH",
    "OTHER",
    "PictureMap",
    "SkeletonStyle",
    "paint_skeleton",
    "paint_trails",
    "picture_image",
    "screen_image",
]

_LINE = 5.0
_JOINT_RADIUS = 6.7
_JOINT_CASING = 2.5
_CASING_ALPHA = 0.75
_TRAIL = 10.0
_REFERENCE_HEIGHT = 720.0

#: One joint stands for the whole head; the eyes and ears are measured, not drawn.
_DRAWN_JOINTS: Final = (Keypoint.NOSE, *(k for k in Keypoint if k >= Keypoint.LEFT_SHOULDER))


@dataclass(frozen=True, slots=True)
class PictureMap:
    """Where a source picture lies on a widget.

    Parameters
    ----------
    scale : float
        Widget pixels per source pixel.
    x0, y0 : float
        Widget position of the picture's top left corner.
    width, height : float
        Size of the source picture in its own pixels.
    mirrored : bool
        Whether it is shown as in a mirror.
    """

    scale: float
    x0: float
    y0: float
    width: float
    height: float
    mirrored: bool = False

    @classmethod
    def cover(cls, size: tuple[int, int], rect: QRectF, mirrored: bool = False) -> PictureMap:
        """Fill `rect` with a picture of `size`, cropping what sticks out evenly."""
        return cls._centred(size, rect, max(rect.width() / size[0], rect.height() / size[1]), mirrored)

    @classmethod
    def contain(cls, size: tuple[int, int], rect: QRectF, mirrored: bool = False) -> PictureMap:
        """Show a picture of `size` whole and as large as `rect` allows."""
        return cls._centred(size, rect, min(rect.width() / size[0], rect.height() / size[1]), mirrored)

    @classmethod
    def around(
        cls, size: tuple[int, int], rect: QRectF, box: tuple[float, float, float, float], mirrored: bool = False
    ) -> PictureMap:
        """Fill `rect` as far as `box` (left, top, right, bottom in source pixels) stays in sight, else fit it in.

        The picture is never smaller than whole, and has no gap at a side where it could cover it.
        """
        scale = max(rect.width() / size[0], rect.height() / size[1])
        fits = min(rect.width() / max(box[2] - box[0], 1.0), rect.height() / max(box[3] - box[1], 1.0))
        scale = max(min(scale, fits), min(rect.width() / size[0], rect.height() / size[1]))
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return cls(
            scale,
            rect.x() + _offset(rect.width(), size[0] * scale, (size[0] - x if mirrored else x) * scale),
            rect.y() + _offset(rect.height(), size[1] * scale, y * scale),
            float(size[0]),
            float(size[1]),
            mirrored,
        )

    @classmethod
    def _centred(cls, size: tuple[int, int], rect: QRectF, scale: float, mirrored: bool) -> PictureMap:
        x0 = rect.x() + (rect.width() - size[0] * scale) / 2
        y0 = rect.y() + (rect.height() - size[1] * scale) / 2
        return cls(scale, x0, y0, float(size[0]), float(size[1]), mirrored)

    @property
    def rect(self) -> QRectF:
        """The whole picture on the widget, also the part that is cropped away."""
        return QRectF(self.x0, self.y0, self.width * self.scale, self.height * self.scale)

    @property
    def stroke(self) -> float:
        """Factor for widths that are given for a picture 720 high."""
        return self.height * self.scale / _REFERENCE_HEIGHT

    def to_widget(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> tuple[list[float], list[float]]:
        """Widget positions of source positions `x`, `y` (N,)."""
        if self.mirrored:
            x = np.float32(self.width) - x
        return (x * self.scale + self.x0).tolist(), (y * self.scale + self.y0).tolist()

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """Source position under the widget position (`x`, `y`)."""
        sx, sy = (x - self.x0) / self.scale, (y - self.y0) / self.scale
        return (self.width - sx if self.mirrored else sx), sy


def _offset(room: float, length: float, middle: float) -> float:
    """Where a picture of `length` begins: its `middle` in the middle of `room`, if possible without a gap."""
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - middle))


@dataclass(frozen=True, slots=True)
class SkeletonStyle:
    """How a skeleton is drawn.

    Parameters
    ----------
    token : str
        Colour of lines and joints.
    alpha : float
        Opacity of the whole skeleton.
    joints : bool
        Whether the joints get discs.
    """

    token: str
    alpha: float = 1.0
    joints: bool = True


AGREES: Final = SkeletonStyle("green")
COACH: Final = SkeletonStyle("text")
OTHER: Final = SkeletonStyle("text2", 0.5, joints=False)


def picture_image(bgr: BgrImage) -> QImage:
    """A deep copy of the picture `bgr` (h, w, 3) in the format that Qt paints fastest."""
    height, width = bgr.shape[:2]
    rows = np.ascontiguousarray(bgr)
    view = QImage(rows.data, width, height, rows.strides[0], QImage.Format.Format_BGR888)
    return view.convertToFormat(QImage.Format.Format_RGB32)


def screen_image(bgra: BgraImage) -> QImage:
    """The picture `bgra` (h, w, 4) as it is; it must be kept as long as the image."""
    height, width = bgra.shape[:2]
    return QImage(bgra.data, width, height, bgra.strides[0], QImage.Format.Format_RGB32)


def paint_skeleton(
    painter: QPainter,
    pose: Pose,
    where: PictureMap,
    style: SkeletonStyle = AGREES,
    *,
    min_confidence: float = MIN_CONFIDENCE,
    least_stroke: float = 0.0,
) -> None:
    """Draw `pose`, leaving out keypoints below `min_confidence`: not seen is not guessed.

    `least_stroke` keeps the lines of small pictures visible: widths never fall below this share of those of a
    picture 720 high.
    """
    seen = pose.confidence >= min_confidence
    xs, ys = where.to_widget(pose.xy[:, 0], pose.xy[:, 1])
    points = [QPointF(x, y) for x, y in zip(xs, ys, strict=True)]
    lines = [QLineF(points[a], points[b]) for a, b in LIMBS if seen[a] and seen[b]]
    neck = _head_line(points, seen)
    if neck is not None:
        lines.append(neck)
    joints = [points[k] for k in _DRAWN_JOINTS if seen[k]] if style.joints else []
    _stroke(painter, lines, joints, max(where.stroke, least_stroke), style)


def _head_line(points: list[QPointF], seen: NDArray[np.bool_]) -> QLineF | None:
    shoulders = [points[k] for k in (Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER) if seen[k]]
    if not shoulders or not seen[Keypoint.NOSE]:
        return None
    middle = QPointF(sum(p.x() for p in shoulders) / len(shoulders), sum(p.y() for p in shoulders) / len(shoulders))
    return QLineF(middle, points[Keypoint.NOSE])


def _stroke(
    painter: QPainter, lines: Sequence[QLineF], joints: Sequence[QPointF], s: float, style: SkeletonStyle
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Opaque under an opaque skeleton: Qt draws antialiased lines that let the picture through at a thirteenth of the
    # speed, a millisecond of every frame, and the picture gains nothing by showing through an outline.
    casing = colour("rail", 1.0 if style.alpha == 1.0 else _CASING_ALPHA * style.alpha)
    ink = colour(style.token, style.alpha)
    # Flat caps are six times as fast as round ones; the joints lie over the ends.
    cap = Qt.PenCapStyle.FlatCap
    for pen in (
        QPen(casing, 2 * _LINE * s, Qt.PenStyle.SolidLine, cap),
        QPen(ink, _LINE * s, Qt.PenStyle.SolidLine, cap),
    ):
        painter.setPen(pen)
        painter.drawLines(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = _JOINT_RADIUS * s
    for brush, r in ((casing, radius + _JOINT_CASING * s), (ink, radius)):
        painter.setBrush(brush)
        for point in joints:
            painter.drawEllipse(point, r, r)
    painter.restore()


def paint_trails(painter: QPainter, segments: NDArray[np.float32], where: PictureMap, *, alpha: float = 1.0) -> None:
    """Draw trails, thick and bright at the newest end.

    Parameters
    ----------
    segments : ndarray, shape (N, 5), float32
        As :meth:`poseapp.pose.Trails.segments` gives them: x0, y0, x1, y1 in source pixels, age 1 (now) .. 0.
    """
    if not len(segments):
        return
    # One line for each piece: an antialiased polyline over a jittery trail takes a hundred times as long.
    x0, y0 = where.to_widget(segments[:, 0], segments[:, 1])
    x1, y1 = where.to_widget(segments[:, 2], segments[:, 3])
    age = np.clip(segments[:, 4], 0.0, 1.0)
    widths = (_TRAIL * where.stroke * (0.35 + 0.65 * age)).tolist()
    alphas = (alpha * age**0.9).tolist()
    lines = [QLineF(*ends) for ends in zip(x0, y0, x1, y1, strict=True)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for token, extra, share in (("rail", 3.0 * where.stroke, 1 / 3), ("green", 0.0, 1.0)):
        ink = QColor(colour(token))
        pen = QPen(ink, 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        for line, width, opacity in zip(lines, widths, alphas, strict=True):
            ink.setAlphaF(opacity * share)
            pen.setColor(ink)
            pen.setWidthF(width + extra)
            painter.setPen(pen)
            painter.drawLine(line)
    painter.restore()
