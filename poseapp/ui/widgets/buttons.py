"""Buttons: primary, ordinary, flat, toggles, icons alone and segments."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import BUTTON_HEIGHT, CHIP_HEIGHT, FAR_BUTTON_HEIGHT, MAIN_HEIGHT, colour, set_role

__all__ = ["Button", "IconButton", "PrimaryButton", "Segment", "ToggleButton", "flat_button", "plain_button"]

_ICON = 20
_GAP = 8
_SIDE = {"": 16, "main": 18, "far": 24}
_HEIGHT = {"": BUTTON_HEIGHT, "main": MAIN_HEIGHT, "far": FAR_BUTTON_HEIGHT}


class Button(QPushButton):
    """A button with an icon, a word and, if it has one, its key in a small frame.

    Parameters
    ----------
    text : str
        What it does.
    icon_name : str, optional
        Name of its icon.
    role : str
        Role of the style sheet: "" (ordinary), primary, flat, toggle, segment, icon or bare.
    size : str
        "" (40 high), main (48) or far (56).
    key_hint : str
        Name of the key that does the same; also shown in the tooltip.
    opens_menu : bool
        Whether a small arrow after the word tells that there is more to choose from; an icon alone has none.
    """

    def __init__(
        self,
        text: str,
        icon_name: str | None = None,
        *,
        role: str = "",
        size: str = "",
        key_hint: str = "",
        opens_menu: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self._opens_menu = opens_menu
        self._key_hint = key_hint
        self._compact = False
        self.setProperty("scale", size)
        if role:
            set_role(self, role)
        self.setFont(font("far_button" if size == "far" else "main" if role == "primary" else "button"))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._set_tip()

    def set_icon(self, icon_name: str | None) -> None:
        """Wear another icon."""
        self._icon_name = icon_name
        self.updateGeometry()
        self.update()

    def set_words(self, text: str, icon_name: str | None = None) -> None:
        """Say `text`; wear the icon `icon_name` too unless it is None."""
        if icon_name is not None:
            self._icon_name = icon_name
        if text != self.text():
            self.setText(text)
            self._set_tip()
        self.updateGeometry()
        self.update()

    def set_compact(self, on: bool) -> None:
        """Show the icon only, where room is scarce; the word is in the tooltip."""
        if on != self._compact:
            self._compact = on
            self._set_tip()
            self.updateGeometry()
            self.update()

    def _set_tip(self) -> None:
        word = self.text() if self._compact or self.property("role") in {"icon", "bare"} else ""
        hint = f"{word} ({self._key_hint})" if word and self._key_hint else word or self._key_hint
        self.setToolTip(hint)

    @property
    def _shown_text(self) -> str:
        return "" if self._compact or self.property("role") in {"icon", "bare"} else self.text()

    @property
    def _shown_hint(self) -> str:
        return self._key_hint if self.property("role") == "primary" and not self._compact else ""

    def sizeHint(self) -> QSize:
        size = str(self.property("scale") or "")
        if self.property("role") in {"icon", "bare"}:
            return QSize(_HEIGHT[size], _HEIGHT[size])
        if self.property("role") == "chip":
            return QSize(self._content_width() + 24, CHIP_HEIGHT)
        if self.property("role") == "segment":  # the frame round all of them has the other two pixels
            return QSize(self._content_width() + 2 * _SIDE[size], _HEIGHT[size] - 2)
        return QSize(self._content_width() + 2 * _SIDE[size], _HEIGHT[size])

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _content_width(self) -> int:
        parts = []
        if self._icon_name:
            parts.append(_ICON)
        if self._shown_text:
            parts.append(QFontMetrics(self.font()).horizontalAdvance(self._shown_text) + 1)
        if self._shown_hint:
            parts.append(QFontMetrics(font("small")).horizontalAdvance(self._shown_hint) + 14)
        if self._opens_menu and not self._compact:
            parts.append(_ICON)
        return sum(parts) + _GAP * max(0, len(parts) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        text_ink, icon_ink = self._inks()
        x = (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        if self._icon_name:
            paint_icon(painter, QRectF(x, middle - _ICON / 2, _ICON, _ICON), self._icon_name, icon_ink)
            x += _ICON + _GAP
        if self._shown_text:
            width = QFontMetrics(self.font()).horizontalAdvance(self._shown_text) + 1
            painter.setFont(self.font())
            painter.setPen(colour(text_ink))
            place = QRect(round(x), 0, width, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._shown_text)
            x += width + _GAP
        if self._shown_hint:
            width = QFontMetrics(font("small")).horizontalAdvance(self._shown_hint) + 14
            frame = QRectF(x + 0.5, middle - 10.5, width - 1, 21)
            painter.setPen(QPen(colour(text_ink, 0.7), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
            painter.setPen(colour(text_ink))
            painter.setFont(font("small"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._shown_hint)
            x += width + _GAP
        if self._opens_menu and not self._compact:
            paint_icon(painter, QRectF(x, middle - _ICON / 2, _ICON, _ICON), "chevron-down", icon_ink)
        painter.end()

    def _inks(self) -> tuple[str, str]:
        """Colours of text and icon as the role and the state ask for."""
        role = self.property("role")
        if not self.isEnabled():
            return "text3", "text3"
        if role == "primary":
            return "green_ink", "green_ink"
        if role in {"toggle", "segment", "chip"}:
            return ("text", "green") if self.isChecked() else ("text2", "text2")
        if role == "flat" and not self.underMouse():
            return "text2", "text2"
        return "text", "text"


class PrimaryButton(Button):
    """The one green button of a page."""

    def __init__(
        self,
        text: str,
        icon_name: str | None = None,
        key_hint: str = "",
        *,
        size: str = "main",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon_name, role="primary", size=size, key_hint=key_hint, parent=parent)


class ToggleButton(Button):
    """Switches something on the picture on and off: on has a green icon and a green bar below."""

    def __init__(
        self,
        text: str,
        icon_name: str,
        key_hint: str = "",
        *,
        checked: bool = False,
        size: str = "main",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon_name, role="toggle", size=size, key_hint=key_hint, parent=parent)
        self.setFont(font("button"))
        self.setCheckable(True)
        self.setChecked(checked)


class IconButton(Button):
    """An icon alone, for what everybody knows: previous, step, play, next, more. `name` is what it is called."""

    def __init__(self, icon_name: str, name: str, *, bare: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, icon_name, role="bare" if bare else "icon", parent=parent)


def plain_button(text: str, icon_name: str | None = None, *, size: str = "") -> Button:
    """An ordinary button."""
    return Button(text, icon_name, size=size)


def flat_button(text: str, icon_name: str | None = None, *, size: str = "") -> Button:
    """A quiet button for changing, undoing and discarding."""
    return Button(text, icon_name, role="flat", size=size)


class Segment(QWidget):
    """Chooses one of two to four.

    Signals
    -------
    chosen(str)
        Key of what the person chose.
    """

    chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)

    def add(self, key: str, text: str, icon_name: str | None = None) -> None:
        """Add a choice; the first one is chosen."""
        button = Button(text, icon_name, role="segment", parent=self)
        button.setCheckable(True)
        button.setChecked(not self._buttons)
        button.clicked.connect(self._clicked)
        self._buttons[key] = button
        self._group.addButton(button)
        self._row.addWidget(button)

    def set_current(self, key: str) -> None:
        """Choose `key` without a signal. KeyError when there is no such choice."""
        self._buttons[key].setChecked(True)

    @property
    def current(self) -> str:
        """Key of the choice; empty while there is none."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def _clicked(self) -> None:
        self.chosen.emit(self.current)
