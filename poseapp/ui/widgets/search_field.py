"""A field for words to search for."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from poseapp.ui.icons import paint_icon

__all__ = ["SearchField"]

_ICON = 18
_INSET = 12


class SearchField(QLineEdit):
    """A line with a magnifier before it.

    Parameters
    ----------
    name : str
        What is searched, for the empty field and for screen readers.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        # An action of the line edit would be put in the wrong place by the style sheet.
        self.setTextMargins(_ICON + 8, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint_icon(painter, QRectF(_INSET, (self.height() - _ICON) / 2, _ICON, _ICON), "magnify", "text2")
        painter.end()
