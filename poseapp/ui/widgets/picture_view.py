"""A picture with a skeleton on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from poseapp.pose import Pose
from poseapp.ui.theme import CARD_RADIUS, colour
from poseapp.ui.widgets.overlay import COACH, PictureMap, paint_skeleton, picture_image
from poseapp.ui.words import tr
from poseapp.vision.frame import BgrImage

__all__ = ["PictureView"]

_VEIL = 0.1
_AROUND = 0.07  # room round the person, as a share of the picture's longer side
_MIN_STROKE = 0.34  # of the widths of a picture 720 high: thinner lines cannot be seen on a small picture


class PictureView(QWidget):
    """Shows a picture with its pose in white: whole, or cut to a person, but never so that a keypoint is hidden."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._size = (16, 9)
        self._pose: Pose | None = None
        self._mirrored = False
        self._extent: tuple[float, float, float, float] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(120, 68)
        self.setAccessibleName(name)
        self.show_picture(None, None)

    def show_picture(self, bgr: BgrImage | None, pose: Pose | None) -> None:
        """Show a copy of `bgr` (h, w, 3) with `pose` in its pixels; None for nothing."""
        self._pose = pose
        self._image = None if bgr is None else picture_image(bgr)
        if bgr is not None:
            before, self._size = self._size, (int(bgr.shape[1]), int(bgr.shape[0]))
            if before[0] * self._size[1] != before[1] * self._size[0]:
                self.updateGeometry()
        words = tr("No picture") if bgr is None else tr("A person in a pose") if pose else tr("Nobody found")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

    def set_extent(self, extent: tuple[float, float, float, float] | None) -> None:
        """Come closer to where the person is: left, top, right, bottom as shares of the picture; None: show it whole.

        Of an upright clip in a broad place one would see little otherwise.
        """
        self._extent = extent
        self.update()

    def set_mirrored(self, on: bool) -> None:
        """Show picture and skeleton as in a mirror, or as filmed."""
        self._mirrored = on
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # An upright clip would push everything else off the page.
        return min(round(width * self._size[1] / self._size[0]), round(width * 0.75))

    def sizeHint(self) -> QSize:
        return QSize(312, self.heightForWidth(312))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), CARD_RADIUS, CARD_RADIUS)
        painter.fillPath(outline, colour("bg"))
        if self._image is not None:
            painter.setClipPath(outline)
            where = self._map()
            self._paint_image(painter, self._image, where)
            if self._pose is not None:
                paint_skeleton(painter, self._pose, where, COACH, least_stroke=_MIN_STROKE)
        painter.end()

    def _map(self) -> PictureMap:
        rect = QRectF(self.rect())
        if self._extent is None:
            return PictureMap.contain(self._size, rect, self._mirrored)
        (width, height), margin = self._size, _AROUND * max(self._size)
        left, top, right, bottom = self._extent
        box = (left * width - margin, top * height - margin, right * width + margin, bottom * height + margin)
        return PictureMap.around(self._size, rect, box, self._mirrored)

    def _paint_image(self, painter: QPainter, image: QImage, where: PictureMap) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._mirrored:
            painter.translate(2 * where.rect.center().x(), 0)
            painter.scale(-1, 1)
        # Shrinking a picture by more than half without averaging makes it crawl.
        ratio = self.devicePixelRatioF()
        goal = (where.rect.size() * ratio).toSize()
        if image.width() > 2 * goal.width():
            image = image.scaled(
                goal, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter.drawImage(where.rect, image)
        painter.restore()
        painter.fillRect(where.rect, colour("black", _VEIL))
