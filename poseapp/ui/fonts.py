"""Inter and Inter Display, shipped with the program, and the type scale.

Sizes are device-independent pixels, never points: points differ between systems.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase

from poseapp.paths import assets_dir

__all__ = ["DISPLAY", "ROLES", "TEXT", "far_font", "fixed_font", "font", "load_fonts"]

_log = logging.getLogger(__name__)

TEXT: Final = "Inter"
DISPLAY: Final = "Inter Display"

_W = QFont.Weight


class _Role(NamedTuple):
    pixels: int
    weight: QFont.Weight
    family: str = TEXT


#: Type scale by role: what is read at 0.5 to 0.8 m.
ROLES: Final[dict[str, _Role]] = {
    "hero": _Role(40, _W.Bold, DISPLAY),
    "title": _Role(24, _W.DemiBold, DISPLAY),
    "sentence": _Role(20, _W.DemiBold),
    "lead": _Role(18, _W.Normal),
    "far_button": _Role(18, _W.DemiBold),
    "card": _Role(15, _W.DemiBold),
    "body": _Role(14, _W.Normal),
    "button": _Role(14, _W.Medium),
    "main": _Role(15, _W.DemiBold),
    "mark": _Role(13, _W.Bold),
    "caption": _Role(13, _W.Normal),
    "small": _Role(12, _W.Normal),
    "live": _Role(44, _W.Bold, DISPLAY),
}


def load_fonts() -> tuple[str, ...]:
    """Make the shipped fonts known to Qt.

    Returns
    -------
    tuple of str
        Families now known. Without the files Qt's own font is used: ugly, but every word stays readable.
    """
    families: set[str] = set()
    for path in sorted((assets_dir() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            _log.warning("the font %s could not be read", path.name)
            continue
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


@cache
def _cached(pixels: int, weight: QFont.Weight, family: str, tabular: bool) -> QFont:
    # Display falls back to the text face, that to whatever sans serif the system has.
    result = QFont([family, TEXT, "sans-serif"])
    result.setPixelSize(pixels)
    result.setWeight(weight)
    # Qt's own hinting spaces small letters unevenly.
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    if family == DISPLAY and pixels >= 24:
        # Inter Display is drawn for tight setting at large sizes.
        result.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
    return result


def font(role: str, *, tabular: bool = False) -> QFont:
    """The font of `role`, one of :data:`ROLES`.

    `tabular` makes all figures equally wide, so that a number that changes does not wobble; it also widens hyphens,
    so it is for numbers only.
    """
    return QFont(_cached(*ROLES[role], tabular))


def far_font(pixels: float, *, bold: bool = True) -> QFont:
    """Font for text read from across the room: `pixels` high, Inter Display."""
    return QFont(_cached(max(1, round(pixels)), _W.Bold if bold else _W.DemiBold, DISPLAY, False))


def fixed_font() -> QFont:
    """The system's own font with letters of one width, as large as a caption: for what programs say."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    result.setPixelSize(ROLES["caption"].pixels)
    return result
