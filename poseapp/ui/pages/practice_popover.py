"""A small panel that opens beside a button and closes when one clicks elsewhere or presses Esc."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from poseapp.ui.theme import set_role

__all__ = ["Popover"]

_GAP = 6


class Popover(QFrame):
    """Holds a few controls that would not fit on the page.

    Parameters
    ----------
    name : str
        Accessible name.
    parent : QWidget
        The page it belongs to.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_role(self, "card")
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(12)

    def open_at(self, anchor: QWidget) -> None:
        """Show it above or below `anchor`, wholly on the screen."""
        self.adjustSize()
        screen = (anchor.screen() or QGuiApplication.primaryScreen()).availableGeometry()
        corner = anchor.mapToGlobal(QPoint(0, 0))
        x = min(corner.x(), screen.right() - self.width())
        below = corner.y() + anchor.height() + _GAP
        y = below if below + self.height() <= screen.bottom() else corner.y() - self.height() - _GAP
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()
