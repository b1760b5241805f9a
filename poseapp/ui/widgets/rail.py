"""The navigation rail at the left edge of the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from poseapp.paths import assets_dir
from poseapp.ui.fonts import font
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import RAIL_WIDTH, RAIL_WIDTH_COMPACT, colour, set_role
from poseapp.ui.words import tr

__all__ = ["Rail"]

_ITEM_HEIGHT = 60
_ICON = 24
_LOGO = 44


class _Item(QPushButton):
    """Icon above its word; a green bar at the window's edge marks where one is."""

    def __init__(self, text: str, icon_name: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        set_role(self, "railitem")
        self._icon_name = icon_name
        self.compact = False
        self.setFont(font("small"))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        word = 0 if self.compact else QFontMetrics(self.font()).horizontalAdvance(self.text()) + 8
        return QSize(max(48, word), _ITEM_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        on = self.isChecked()
        top = (self.height() - _ICON) / 2 if self.compact else 8
        place = QRectF((self.width() - _ICON) / 2, top, _ICON, _ICON)
        paint_icon(painter, place, self._icon_name, "green" if on else "text2")
        if not self.compact:
            painter.setFont(self.font())
            painter.setPen(colour("text" if on or self.underMouse() else "text2"))
            below = QRectF(0, top + _ICON + 3, self.width(), 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class _Logo(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QSvgRenderer(str(assets_dir() / "icon.svg"), self)
        self.setFixedSize(_LOGO, _LOGO)
        self.setAccessibleName("poseapp")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._picture.render(painter, QRectF(self.rect()))
        painter.end()


class Rail(QFrame):
    """Takes one from page to page. Only pages that exist are in it.

    Signals
    -------
    chosen(str)
        Key of the page the person asked for.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        self.setAccessibleName(tr("Pages"))
        self._items: dict[str, _Item] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addWidget(_Logo(self), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(14)
        self._stretch_at = self._column.count()
        self._column.addStretch(1)
        self._compact = False
        self._fit()

    def add_item(self, key: str, text: str, icon_name: str, *, bottom: bool = False) -> None:
        """Add a page; `bottom` for what is seldom needed. The first one is marked as where one is."""
        item = _Item(text, icon_name, self)
        item.compact = self._compact
        item.setChecked(not self._items)
        item.clicked.connect(self._clicked)
        self._items[key] = item
        self._group.addButton(item)
        if bottom:
            self._column.addWidget(item)
        else:
            self._column.insertWidget(self._stretch_at, item)
            self._stretch_at += 1
        self._fit()

    def set_current(self, key: str) -> None:
        """Mark `key` as where one is, without a signal. KeyError when there is no such page."""
        self._items[key].setChecked(True)
        self.update()  # the bar at the window's edge lies beside the items, which repaint themselves

    def set_compact(self, on: bool) -> None:
        """Narrow, without words, where the window is narrow."""
        self._compact = on
        for item in self._items.values():
            item.compact = on
        self._fit()

    def _fit(self) -> None:
        side = 8
        self._column.setContentsMargins(side, 14, side + 1, 12)
        least = RAIL_WIDTH_COMPACT if self._compact else RAIL_WIDTH
        # Words of another language may be longer than the rail was drawn for.
        widest = max((item.sizeHint().width() for item in self._items.values()), default=0)
        self.setFixedWidth(max(least, widest + 2 * side + 1))
        self.update()

    def _clicked(self) -> None:
        for key, item in self._items.items():
            if item.isChecked():
                self.chosen.emit(key)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("green"))
        for item in self._items.values():
            if item.isChecked():
                painter.drawRoundedRect(QRectF(-4, item.y() + 14, 8, item.height() - 28), 4, 4)
        painter.end()
