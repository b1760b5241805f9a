"""Icons: glyphs of Material Design Icons 6 from the font that the package qtawesome carries.

Only its font and its table of names are used. Importing the package itself costs a quarter of a second and loads
a dozen other fonts; this costs a few milliseconds at the first icon.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from poseapp.ui.theme import colour

__all__ = ["icon", "paint_icon", "pixmap"]

_FONT = "materialdesignicons6-webfont-*.ttf"
_NAMES = "materialdesignicons6-webfont-charmap-*.json"


def _one(pattern: str) -> Path:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("qtawesome, which carries the icons, is not installed")
    found = sorted((Path(spec.origin).parent / "fonts").glob(pattern))
    if not found:
        raise RuntimeError(f"qtawesome does not carry {pattern}")
    return found[-1]


@cache
def _names() -> dict[str, str]:
    """Hexadecimal code point by name."""
    table: dict[str, str] = json.loads(_one(_NAMES).read_text(encoding="utf-8"))
    return table


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_one(_FONT)))
    if number < 0:
        raise RuntimeError("the icon font could not be read")
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _glyph(name: str) -> str:
    try:
        code = _names()[name]
    except KeyError:
        raise ValueError(f"there is no icon called {name!r}") from None
    return chr(int(code.removeprefix("0x"), 16))


def paint_icon(painter: QPainter, rect: QRectF, name: str, ink: str = "text", alpha: float = 1.0) -> None:
    """Draw the icon `name` in colour `ink`, as large as the square in the middle of `rect`."""
    font = QFont(_family())
    font.setPixelSize(max(1, round(min(rect.width(), rect.height()))))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.save()
    painter.setFont(font)
    painter.setPen(colour(ink, alpha))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _glyph(name))
    painter.restore()


class _GlyphEngine(QIconEngine):
    """Draws a glyph at any size; Qt asks for the size and device pixel ratio it needs."""

    def __init__(self, name: str, ink: str, checked_ink: str) -> None:
        super().__init__()
        self._name = name
        self._inks = (ink, checked_ink)

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, *self._inks)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = self._inks[state == QIcon.State.On]
        if mode == QIcon.Mode.Disabled:
            ink = "text3"
        paint_icon(painter, QRectF(rect), self._name, ink)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return result


@cache
def _engine_icon(name: str, ink: str, checked_ink: str) -> QIcon:
    _glyph(name)  # an unknown name is a mistake here, not at the first paint
    return QIcon(_GlyphEngine(name, ink, checked_ink))


def icon(name: str, ink: str = "text", *, checked_ink: str | None = None) -> QIcon:
    """Icon `name` (of Material Design Icons 6, such as ``webcam-off``) in the colour of token `ink`.

    Parameters
    ----------
    name : str
        Name of the glyph.
    ink : str
        Name of the colour token, see :class:`poseapp.ui.theme.Tokens`.
    checked_ink : str, optional
        Colour while the button that wears it is checked; None: the same.

    Raises
    ------
    ValueError
        There is no such icon.
    """
    return QIcon(_engine_icon(name, ink, checked_ink or ink))


@cache
def pixmap(name: str, ink: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon `name` as a picture of `size` device-independent pixels for a screen with pixel ratio `ratio`."""
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, QRectF(0, 0, size, size), name, ink)
    painter.end()
    return result
