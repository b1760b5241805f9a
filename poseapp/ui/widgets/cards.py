"""Cards, chips, pills on pictures, and notices."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from poseapp.ui.fonts import far_font, font
from poseapp.ui.icons import paint_icon
from poseapp.ui.motion import motion_reduced
from poseapp.ui.theme import CARD_RADIUS, CHIP_HEIGHT, GAP, colour, set_role, set_tone
from poseapp.ui.widgets.buttons import (
    Button,
    IconButton,
    PrimaryButton,
    Segment,
    ToggleButton,
    flat_button,
    plain_button,
)
from poseapp.ui.words import tr

__all__ = [
    "Button",
    "Card",
    "Chip",
    "IconButton",
    "Notice",
    "Pill",
    "PrimaryButton",
    "Segment",
    "ToggleButton",
    "flat_button",
    "label",
    "plain_button",
]


_NOTICE_WORDS = 260  # least width of a notice's words beside its buttons


def label(text: str = "", role: str = "body", tone: str = "text", *, wrap: bool = False) -> QLabel:
    """A label with the font of `role` and the colour of token `tone`."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setFont(font(role))
    set_tone(result, tone)
    result.setWordWrap(wrap)
    return result


class Card(QFrame):
    """A panel with a title. Put content into `body`, what belongs right of the title into `header`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(GAP - 2)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self._title = label(role="card")
        self.header.addWidget(self._title, 1)
        outer.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Show `title`; nothing when it is empty."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title or tr("Card"))


class Chip(QLabel):
    """A fact in a few words, such as a view or a best score."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        set_role(self, "chip")
        self.setFont(font("caption"))
        self.setFixedHeight(CHIP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Pill(QWidget):
    """Words on a picture, over a dark ground that keeps them readable on a white wall.

    Parameters
    ----------
    text : str
        What it says.
    icon_name : str, optional
        Icon before the words.
    ink : str
        Colour token of the icon.
    far : bool
        Large, to be read from across the room.
    """

    def __init__(
        self,
        text: str = "",
        icon_name: str | None = None,
        ink: str = "text",
        *,
        far: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon: tuple[str, str] | None = (icon_name, ink) if icon_name else None
        self._far = far
        self._dot = False
        self._dim = False
        self._beat = QTimer(self)
        self._beat.setInterval(500)
        self._beat.timeout.connect(self._next_beat)
        self._words = QLabel(text)
        self._words.setFont(far_font(36) if far else font("main"))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._arrange()

    def set_text(self, text: str) -> None:
        """Say `text`."""
        if text != self._words.text():
            self._words.setText(text)
            self.setAccessibleName(text)
            self.adjustSize()

    def set_icon(self, icon_name: str | None, ink: str = "text") -> None:
        """Wear the icon `icon_name` in colour `ink`, or none; ends the recording dot."""
        icon = (icon_name, ink) if icon_name else None
        if icon != self._icon or self._dot:
            self._icon, self._dot = icon, False
            self._beat.stop()
            self._arrange()

    def set_recording(self) -> None:
        """Wear the red recording dot with its white ring; it breathes once a second, if motion is not reduced."""
        if not self._dot:
            self._icon, self._dot, self._dim = None, True, False
            if self.isVisible():
                self._breathe()
            self._arrange()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def _size(self) -> tuple[int, int, int]:
        """Height, side margin and icon size."""
        return (64, 26, 36) if self._far else (40, 16, 20)

    def _arrange(self) -> None:
        height, side, icon = self._size
        left = side + (icon + icon // 2 if self._icon or self._dot else 0)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(left, 0, side, 0)
        self.setFixedHeight(height)
        self.setAccessibleName(self._words.text())
        self.adjustSize()
        self.update()

    def _breathe(self) -> None:
        if motion_reduced():
            self._dim = False
        else:
            self._beat.start()

    def _next_beat(self) -> None:
        self._dim = not self._dim
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        if self._dot:
            self._breathe()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._beat.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        height, side, size = self._size
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("rail", 0.86 if self._far else 0.82))
        radius = 28 if self._far else height / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        place = QRectF(side, (height - size) / 2, size, size)
        if self._dot:
            inset = size * 0.12
            painter.setBrush(colour("record", 0.6 if self._dim else 1.0))
            painter.setPen(QPen(colour("text"), size * 0.1))
            painter.drawEllipse(place.adjusted(inset, inset, -inset, -inset))
        elif self._icon:
            paint_icon(painter, place, *self._icon)
        painter.end()


class _RoundIcon(QWidget):
    """An icon in a disc; the icon or the disc in amber."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon_name = icon_name
        self.setFixedSize(QSize(64, 64))
        self.setAccessibleName(tr("Attention"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised"))
        painter.drawEllipse(self.rect())
        paint_icon(painter, QRectF(self.rect()).adjusted(16, 16, -16, -16), self.icon_name, "amber")
        painter.end()


class Notice(QFrame):
    """What happened and what to do: an amber bar, an icon, a title, a line and at most two buttons."""

    def __init__(self, icon_name: str, title: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "notice")
        self._icon = _RoundIcon(icon_name, self)
        self._title = label(title, "sentence", wrap=True)
        self._text = label(text, "body", "text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(16)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(28, 20, 24, 20)
        self._grid.setSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(words, 0, 1)
        self._grid.addLayout(self._buttons, 0, 2)
        self.set_words(title, text)

    def set_words(self, title: str, text: str, icon_name: str | None = None) -> None:
        """Say `title` and, below, `text`; wear another icon unless `icon_name` is None."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        if icon_name is not None:
            self._icon.icon_name = icon_name
            self._icon.update()
        self.setAccessibleName(title or tr("Notice"))
        self.setAccessibleDescription(text)

    def add_button(self, text: str, icon_name: str | None = None) -> Button:
        """Add an ordinary button at the right and return it."""
        button = plain_button(text, icon_name)
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def fit(self, width: int) -> None:
        """Put the buttons below the words where both would not have room side by side in `width`."""
        margins = self._grid.contentsMargins()
        words = width - margins.left() - margins.right() - self._icon.width() - self._buttons.sizeHint().width() - 32
        below = words < _NOTICE_WORDS
        self._grid.removeItem(self._buttons)
        if below:
            self._grid.addLayout(self._buttons, 1, 0, 1, 3, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addLayout(self._buttons, 0, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), CARD_RADIUS, CARD_RADIUS)
        bar = QPainterPath()
        bar.addRect(QRectF(0, 0, 6, self.height()))
        painter.fillPath(whole.intersected(bar), colour("amber"))
        painter.end()
