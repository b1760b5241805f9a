"""The picture of an example: its key pose, cut to the person, to be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from poseapp.pose import Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import CARD_RADIUS, colour
from poseapp.ui.widgets.overlay import COACH, PictureMap, paint_skeleton

__all__ = ["KeyPictureButton"]

_STROKE = 0.34  # of the widths of a picture 720 high: thin, but seen
_AROUND = 0.065  # least room round the person, as a share of the picture's longer side
_INSET = 10
_SHAPE = 1.18  # height, in widths


class KeyPictureButton(QPushButton):
    """Fills its place with a picture; of an upright one, what is above and below the person gives way first.

    Parameters
    ----------
    parent : QWidget
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._pose: Pose | None = None
        self._caption = ""
        self._checked_mark = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # The style sheet bounds the height of buttons; this one is a picture.
        self.setStyleSheet("min-height: 96px; max-height: 9999px; padding: 0px;")

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * _SHAPE)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 96)

    def show_picture(self, image: QImage | None, pose: Pose | None) -> None:
        """Show `image` with `pose` in its pixels; None while there is none."""
        if image is not self._image:
            self._image, self._pose = image, pose
            self.update()

    def set_caption(self, words: str) -> None:
        """A few words in the corner, such as how long it takes."""
        self._caption = words
        self.update()

    def set_current(self, on: bool) -> None:
        """Wear the mark of the one that is chosen."""
        self._checked_mark = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        outline = QPainterPath()
        # Round at the top only: below is the card.
        outline.addRoundedRect(frame.adjusted(0, 0, 0, CARD_RADIUS), CARD_RADIUS - 1, CARD_RADIUS - 1)
        painter.setClipPath(outline)
        painter.fillRect(frame, colour("bg"))
        if self._image is not None and not self._image.isNull():
            self._paint_picture(painter, self._image, frame)
        else:
            paint_icon(painter, QRectF(0, frame.height() / 2 - 20, frame.width(), 40), "run", "text3")
        if self._caption:
            self._paint_caption(painter)
        if self._checked_mark:
            disc = QRectF(frame.right() - 28 - _INSET, _INSET, 28, 28)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("green"))
            painter.drawEllipse(disc)
            paint_icon(painter, disc.adjusted(5, 5, -5, -5), "check-bold", "green_ink")
        if self.hasFocus():
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for width, token in ((6.0, "rail"), (3.0, "green")):
                painter.setPen(QPen(colour(token), width))
                painter.drawRoundedRect(frame.adjusted(3, 3, -3, -3), CARD_RADIUS - 3, CARD_RADIUS - 3)
        painter.end()

    def _paint_picture(self, painter: QPainter, image: QImage, frame: QRectF) -> None:
        where = cut_to_person((image.width(), image.height()), frame, self._pose)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        goal = (where.rect.size() * self.devicePixelRatioF()).toSize()
        if image.width() > 2 * goal.width():
            # Shrinking by more than half without averaging leaves out every other line.
            image = image.scaled(
                goal, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        painter.drawImage(where.rect, image)
        painter.fillRect(where.rect, colour("black", 0.18 if self.isDown() else 0.0 if self.underMouse() else 0.06))
        if self._pose is not None:
            paint_skeleton(painter, self._pose, where, COACH, least_stroke=_STROKE)

    def _paint_caption(self, painter: QPainter) -> None:
        painter.setFont(font("caption", tabular=True))
        width = painter.fontMetrics().horizontalAdvance(self._caption) + 20
        pill = QRectF(_INSET, _INSET, width, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("rail", 0.82))
        painter.drawRoundedRect(pill, 13, 13)
        painter.setPen(colour("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._caption)


def cut_to_person(size: tuple[int, int], frame: QRectF, pose: Pose | None) -> PictureMap:
    """Fill `frame` with a picture of `size` so that the whole of `pose` is seen, with some room round it."""
    box = pose.box(MIN_CONFIDENCE) if pose is not None else None
    if box is None:
        return PictureMap.cover(size, frame)
    margin = _AROUND * max(size)
    x, y = box.centre
    wide, high = box.width / 2 + margin, box.height / 2 + margin
    return PictureMap.around(size, frame, (x - wide, y - high, x + wide, y + high))
