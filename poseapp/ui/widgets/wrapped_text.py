"""Words that are painted into as many lines as they need, broken between words where that can be."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from poseapp.ui.fonts import font

__all__ = ["lines_of", "paint_words", "words_height"]


def _laid_out(text: str, role: str, width: int) -> QTextLayout:
    layout = QTextLayout(text, font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


@lru_cache(maxsize=8192)
def _measured(text: str, role: str, width: int) -> tuple[int, int]:
    layout = _laid_out(text, role, width)
    return layout.lineCount(), math.ceil(layout.boundingRect().height())


def lines_of(text: str, role: str, width: int) -> int:
    """How many lines `text` in the font of `role` takes within `width` device-independent pixels."""
    return _measured(text, role, width)[0]


def words_height(text: str, role: str, width: int) -> int:
    """Height of `text` in the font of `role` within `width`, both in device-independent pixels; 0 for no text."""
    return _measured(text, role, width)[1] if text else 0


def paint_words(painter: QPainter, at: QPointF, text: str, role: str, width: int) -> None:
    """Draw `text` with the painter's pen, from the top left corner `at` on, no wider than `width`."""
    _laid_out(text, role, width).draw(painter, at)
