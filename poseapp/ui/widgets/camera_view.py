"""The live picture with the skeleton, the trails and the other people, all of one and the same instant."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from poseapp.pose import Keypoint, Pose
from poseapp.pose.trails import Trails
from poseapp.session.update import PoseUpdate
from poseapp.ui.theme import CARD_RADIUS, colour
from poseapp.ui.widgets.overlay import AGREES, COACH, OTHER, PictureMap, paint_skeleton, paint_trails, picture_image
from poseapp.ui.words import tr

__all__ = ["CameraView"]

_VEIL = 0.2  # darkens the picture so that overlays and pills stand out
_FROZEN_VEIL = 0.45
_LEAST_SHOWN = 0.7  # of the picture; an upright clip would lose its heads and feet in a wide window
_DEFAULT_SIZE = (1280, 720)


class CameraView(QWidget):
    """Shows what a live session hands over, filling the widget, as in a mirror at first.

    A click on a person asks to follow that person; with the keyboard, Enter asks for the next of the others.

    Signals
    -------
    clicked_at(float, float)
        Somebody was asked for; position in source pixels.
    resized(int, int)
        Pictures of this size in real pixels would be painted without any scaling. Comes with every change of the
        widget's size, of the screen's pixel ratio and of the source's shape.
    painted(float)
        A new picture is on the widget; the time it was captured.
    """

    clicked_at = Signal(float, float)
    resized = Signal(int, int)
    painted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._update: PoseUpdate | None = None
        self._image: QImage | None = None
        self._source_size = _DEFAULT_SIZE
        self._mirrored = True
        self._skeleton = True
        self._trails_on = True
        self._trails = Trails()
        self._segments = self._trails.segments()
        self._frozen = False
        self._fresh = False
        self._radius = CARD_RADIUS
        self._next_other = 0
        self._wanted = (0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Camera picture"))
        self._describe()

    # What is shown

    def show_update(self, update: PoseUpdate) -> None:
        """Show `update`; after :meth:`freeze` the picture moves again."""
        if update.frame.size != self._source_size:
            self._source_size = update.frame.size
            self._trails.clear()
            self._announce_size()
        self._update = update
        self._frozen = False
        self._fresh = True
        self._image = picture_image(update.shown)
        self._trails.add(update.smoothed, update.frame.captured_at)
        self._segments = self._trails.segments()
        self._describe()
        self.update()

    def set_mirrored(self, on: bool) -> None:
        """Show the picture and all that lies on it as in a mirror, or as filmed."""
        self._mirrored = on
        self.update()

    @property
    def mirrored(self) -> bool:
        """Whether the picture is shown as in a mirror."""
        return self._mirrored

    def set_skeleton(self, on: bool) -> None:
        """Draw the followed person's skeleton or not."""
        self._skeleton = on
        self.update()

    def set_trails(
        self, on: bool, keypoints: tuple[Keypoint, ...] | None = None, seconds: float | None = None
    ) -> None:
        """Draw trails behind `keypoints`, `seconds` long; what is None stays as it is."""
        self._trails_on = on
        if keypoints is not None:
            self._trails.keypoints = keypoints
        if seconds is not None:
            self._trails.seconds = seconds
        self._segments = self._trails.segments()
        self.update()

    def set_radius(self, pixels: int) -> None:
        """Round the corners by `pixels`; 0 for a picture that reaches the window's edge."""
        self._radius = pixels
        self.update()

    def clear(self) -> None:
        """Show no picture, as before the first one."""
        self._update = self._image = None
        self._frozen = self._fresh = False
        self._trails.clear()
        self._segments = self._trails.segments()
        self._describe()
        self.update()

    def freeze(self, grey: bool = True) -> None:
        """Keep the last picture, in grey with a white skeleton: it is not live any more."""
        if self._image is None:
            return
        self._frozen = True
        if grey:
            self._image = self._image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(
                QImage.Format.Format_RGB32
            )
        self._describe()
        self.update()

    def wanted_pixels(self) -> tuple[int, int]:
        """Width and height in real pixels of a whole picture of the source that is painted without being scaled."""
        width, height = self._source_size
        scale = self.picture_map().scale * self.devicePixelRatioF()
        return math.ceil(width * scale), math.ceil(height * scale)

    def picture_map(self) -> PictureMap:
        """Where the source picture lies on the widget now: filling it, unless that would hide too much."""
        rect = QRectF(self.rect())
        whole = PictureMap.contain(self._source_size, rect, self._mirrored)
        filling = PictureMap.cover(self._source_size, rect, self._mirrored)
        if whole.scale / filling.scale < _LEAST_SHOWN:
            return whole
        return filling

    # Qt's events

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        where = self.picture_map()
        if self._image is None or not where.rect.contains(QRectF(self.rect())):
            painter.fillRect(self.rect(), colour("panel"))
        if self._image is not None and self._update is not None:
            self._paint_picture(painter, self._image, where)
            self._paint_people(painter, self._update, where)
        self._paint_edge(painter)
        painter.end()
        if self._fresh and self._update is not None:
            self._fresh = False
            self.painted.emit(self._update.frame.captured_at)

    def _paint_picture(self, painter: QPainter, image: QImage, where: PictureMap) -> None:
        painter.save()
        target = where.rect
        if self._mirrored:
            painter.translate(2 * target.center().x(), 0)
            painter.scale(-1, 1)
        ratio = self.devicePixelRatioF()
        if abs(image.width() - target.width() * ratio) < 2 and abs(image.height() - target.height() * ratio) < 2:
            # On whole device pixels and not scaled by a hair: Qt then only copies.
            image.setDevicePixelRatio(ratio)
            corner = QPointF(round(target.x() * ratio) / ratio, round(target.y() * ratio) / ratio)
            painter.drawImage(corner, image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
        painter.restore()
        painter.fillRect(target, colour("black", _FROZEN_VEIL if self._frozen else _VEIL))

    def _paint_people(self, painter: QPainter, update: PoseUpdate, where: PictureMap) -> None:
        for other in update.others:
            paint_skeleton(painter, other, where, OTHER)
        if self._trails_on:
            paint_trails(painter, self._segments, where)
        if self._skeleton and update.smoothed is not None:
            paint_skeleton(painter, update.smoothed, where, COACH if self._frozen else AGREES)

    def _paint_edge(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        full = QRectF(self.rect())
        if self._radius:
            painter.fillPath(_corners(full, self._radius), colour("bg"))
        if self.hasFocus():
            painter.setPen(QPen(colour("green"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(full.adjusted(1, 1, -1, -1), self._radius, self._radius)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._announce_size()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._announce_size()
        return super().event(event)

    def _announce_size(self) -> None:
        wanted = self.wanted_pixels()
        if wanted != self._wanted:
            self._wanted = wanted
            self.resized.emit(*wanted)

    # Choosing a person

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._update is not None and not self._frozen:
            self.clicked_at.emit(*self.picture_map().to_source(event.position().x(), event.position().y()))
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = self.picture_map().to_source(event.position().x(), event.position().y())
        others = self._update.others if self._update is not None and not self._frozen else ()
        over = any((box := other.box()) is not None and box.contains(x, y) for other in others)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        others = self._update.others if self._update is not None and not self._frozen else ()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and others:
            chosen = others[self._next_other % len(others)]
            self._next_other += 1
            self.clicked_at.emit(*_centre(chosen))
            return
        super().keyPressEvent(event)

    def _describe(self) -> None:
        words = self._words()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _words(self) -> str:
        if self._update is None:
            return tr("No picture")
        if self._frozen:
            return tr("Last picture, not live")
        others = len(self._update.others)
        if self._update.pose is None:
            return tr("Nobody followed") if others else tr("Nobody in the picture")
        if not others:
            return tr("One person, following")
        return tr("{count} people, following one", count=others + 1)


def _corners(full: QRectF, radius: float) -> QPainterPath:
    """What a rounded rectangle leaves of the corners of `full`; far less to paint than the difference of the two."""
    corners = QPainterPath()
    for x, dx in ((full.left(), radius), (full.right(), -radius)):
        for y, dy in ((full.top(), radius), (full.bottom(), -radius)):
            corners.moveTo(x, y)
            corners.lineTo(x + dx, y)
            # A cubic comes within 0.03 % of a quarter of a circle with its handles at 0.5523 of the radius.
            near = 1 - 0.5523
            corners.cubicTo(x + near * dx, y, x, y + near * dy, x, y + dy)
            corners.closeSubpath()
    return corners


def _centre(pose: Pose) -> tuple[float, float]:
    box = pose.box()
    return box.centre if box is not None else (0.0, 0.0)
