"""Still poses to compare with: tiles of moments and a photo, and a bar over the whole clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from poseapp.pose import Pose
from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import GAP_S, colour
from poseapp.ui.widgets.cards import label
from poseapp.ui.widgets.overlay import COACH, PictureMap, paint_skeleton, picture_image
from poseapp.ui.widgets.picture_view import PictureView
from poseapp.ui.widgets.seek_bar import SeekBar
from poseapp.ui.words import seconds_words, tr
from poseapp.vision.frame import BgrImage

__all__ = ["Still", "StillScrubber", "StillStrip"]

_PICTURE = 80
_CAPTION = 24
_RADIUS = 8
_AROUND = 0.35  # margin round the person, as a share of the person's height


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A moment to compare with.

    Parameters
    ----------
    picture : ndarray, shape (h, w, 3), uint8
        BGR.
    pose : Pose or None
        The pose in it, in its pixels.
    caption : str
        A few words under it, such as ``1.8 s``.
    """

    picture: BgrImage
    pose: Pose | None
    caption: str


class _Tile(QPushButton):
    """A picture cut to the person, or the dashed tile that asks for a photo."""

    def __init__(self, caption: str, still: Still | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._still = still
        self._caption = caption
        self._image = None if still is None else picture_image(still.picture)
        self.mirrored = False
        self.setCheckable(still is not None)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("min-height: 0px; max-height: 9999px; padding: 0px;")
        self.setFixedHeight(_PICTURE + _CAPTION)
        name = tr("Choose a photo") if still is None else tr("Still {caption}", caption=caption)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(72, _PICTURE + _CAPTION)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, _PICTURE + _CAPTION)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(1, 1, self.width() - 2, _PICTURE - 2)
        outline = QPainterPath()
        outline.addRoundedRect(frame, _RADIUS, _RADIUS)
        if self._still is None:
            self._paint_photo(painter, frame)
        else:
            painter.save()
            painter.setClipPath(outline)
            self._paint_still(painter, frame, self._still)
            painter.restore()
            lively = self.isChecked() or self.hasFocus()
            painter.setPen(QPen(colour("green" if lively else "line"), 2 if lively else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("green"))
            painter.drawEllipse(QRectF(self.width() - 24, 6, 18, 18))
            paint_icon(painter, QRectF(self.width() - 22, 8, 14, 14), "check-bold", "green_ink")
        painter.setFont(font("caption", tabular=self._still is not None))
        painter.setPen(colour("text" if self.isChecked() else "text2"))
        below = QRectF(0, _PICTURE, self.width(), _CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._caption)
        painter.end()

    def _paint_photo(self, painter: QPainter, frame: QRectF) -> None:
        lively = self.hasFocus()
        style = Qt.PenStyle.SolidLine if lively else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour("green" if lively else "edge"), 2 if lively else 1.2, style))
        painter.setBrush(colour("raised" if self.underMouse() else "bg"))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        paint_icon(painter, QRectF(0, _PICTURE / 2 - 12, self.width(), 24), "image-plus-outline", "text2")

    def _paint_still(self, painter: QPainter, frame: QRectF, still: Still) -> None:
        assert self._image is not None
        size = (self._image.width(), self._image.height())
        where = _on_person(size, frame, still.pose, self.mirrored)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(frame, colour("bg"))
        painter.save()
        if self.mirrored:
            painter.translate(2 * where.rect.center().x(), 0)
            painter.scale(-1, 1)
        painter.drawImage(where.rect, self._image)
        painter.restore()
        if still.pose is not None:
            paint_skeleton(painter, still.pose, where, COACH, least_stroke=0.3)


def _on_person(size: tuple[int, int], frame: QRectF, pose: Pose | None, mirrored: bool) -> PictureMap:
    """Crop a picture of `size` so that the person fills `frame`, without showing what lies outside the picture."""
    cover = PictureMap.cover(size, frame, mirrored)
    box = pose.box(0.3) if pose is not None else None
    if box is None:
        return cover
    # A person of whom one keypoint was seen has no size.
    margin = max(_AROUND * max(box.height, box.width), 1.0)
    scale = max(cover.scale, min(frame.width() / (box.width + margin), frame.height() / (box.height + margin)))
    x, y = box.centre
    if mirrored:
        x = size[0] - x
    left = frame.center().x() - x * scale
    top = frame.center().y() - y * scale
    left = min(frame.left(), max(frame.right() - size[0] * scale, left))
    top = min(frame.top(), max(frame.bottom() - size[1] * scale, top))
    return PictureMap(scale, left, top, float(size[0]), float(size[1]), mirrored)


class StillStrip(QWidget):
    """Tiles of stills, the last one asking for a photo.

    Signals
    -------
    still_chosen(int)
        Number of the tile that was pressed.
    photo_wanted()
        The tile for a photo was pressed.
    """

    still_chosen = Signal(int)
    photo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mirrored = False
        self._tiles: list[_Tile] = []
        self._group = QButtonGroup(self)
        self._photo = _Tile(tr("Photo"), None, self)
        self._photo.clicked.connect(self.photo_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_S)
        self._row.addWidget(self._photo)
        self.setAccessibleName(tr("Stills"))

    def set_stills(self, stills: Sequence[Still]) -> None:
        """Offer `stills`, none of them chosen."""
        for tile in self._tiles:
            self._group.removeButton(tile)
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [_Tile(still.caption, still, self) for still in stills]
        for number, tile in enumerate(self._tiles):
            tile.mirrored = self._mirrored
            tile.clicked.connect(self._pressed)
            self._group.addButton(tile, number)
            self._row.insertWidget(number, tile)

    def set_current(self, index: int) -> None:
        """Mark the still number `index` as the one that is compared with; -1: none of them. No signal."""
        self._group.setExclusive(False)
        for number, tile in enumerate(self._tiles):
            tile.setChecked(number == index)
        self._group.setExclusive(True)

    def set_mirrored(self, on: bool) -> None:
        """Show the stills as in a mirror, as the live picture is."""
        self._mirrored = on
        for tile in self._tiles:
            tile.mirrored = on
            tile.update()

    def _pressed(self) -> None:
        self.still_chosen.emit(self._group.checkedId())


class StillScrubber(QWidget):
    """Chooses any moment of a clip, and shows its picture and pose where there is room.

    Signals
    -------
    time_chosen(float)
        The moment in seconds that the person moved to.
    """

    time_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = PictureView(tr("The still and its pose"), self)
        self._view.hide()
        self._bar = SeekBar(tr("Moment of the still"), self)
        self._bar.sought.connect(self._sought)
        self._words = label("", "caption", "text2")
        self._words.setFont(font("caption", tabular=True))
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(self._bar, 1)
        row.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        column.addWidget(self._view)
        column.addLayout(row)
        self.setAccessibleName(tr("Moment of the still"))

    def set_range(self, times: NDArray[np.float64]) -> None:
        """Offer the moments `times` (T,) in seconds, rising."""
        self._bar.set_times(times)
        self._say()

    def set_time(self, seconds: float) -> None:
        """Move to `seconds` without a signal."""
        self._bar.set_seconds(seconds)
        self._say()

    def show_still(self, still: Still | None) -> None:
        """Show the picture of the moment with its pose above the bar; None: only the bar."""
        self._view.setVisible(still is not None)
        self._view.show_picture(*((still.picture, still.pose) if still is not None else (None, None)))

    def set_mirrored(self, on: bool) -> None:
        """Show the picture as in a mirror, as the live picture is."""
        self._view.set_mirrored(on)

    def _sought(self, seconds: float) -> None:
        self._say()
        self.time_chosen.emit(seconds)

    def _say(self) -> None:
        self._words.setText(seconds_words(self._bar.seconds) if self._bar.isEnabled() else "")
