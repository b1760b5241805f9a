"""Colours, sizes and the style sheet: the only place in the program where a colour is written down.

:class:`Tokens` names the colours; :func:`palette` and :func:`stylesheet` carry them into Qt's own widgets and
:func:`colour` hands them to painters. Widgets choose their looks by the dynamic properties ``role`` (what a control
is) and ``tone`` (how loud a label is), never by object name.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from poseapp.paths import assets_dir
from poseapp.ui.fonts import font, load_fonts
from poseapp.ui.qss import TEMPLATE

__all__ = [
    "BUTTON_HEIGHT",
    "CARD_RADIUS",
    "CHIP_HEIGHT",
    "FAR_BUTTON_HEIGHT",
    "GAP",
    "GAP_L",
    "GAP_S",
    "MAIN_HEIGHT",
    "PAGE_MARGIN",
    "RAIL_WIDTH",
    "RAIL_WIDTH_COMPACT",
    "RIGHT_COLUMN",
    "TOKENS",
    "Tokens",
    "apply_theme",
    "colour",
    "palette",
    "set_role",
    "set_tone",
    "stylesheet",
]

# Sizes in device-independent pixels.
GAP_S: Final = 8
GAP: Final = 12
GAP_L: Final = 16
PAGE_MARGIN: Final = 16
CARD_RADIUS: Final = 12
BUTTON_HEIGHT: Final = 40
MAIN_HEIGHT: Final = 48
FAR_BUTTON_HEIGHT: Final = 56
CHIP_HEIGHT: Final = 28
RAIL_WIDTH: Final = 84
RAIL_WIDTH_COMPACT: Final = 64
RIGHT_COLUMN: Final = 344


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they mean, as ``#RRGGBB``.

    Contrast of every pair in use is checked by tests/ui/test_theme.py (WCAG 2.2, section 1.4.3 and 1.4.11).
    """

    rail: str = "#0B0F10"  # navigation rail; casing of overlays
    bg: str = "#0F1315"  # window, far panels, input fields
    panel: str = "#171D20"  # cards
    raised: str = "#212A2E"  # buttons, chips, selected row
    line: str = "#303C41"  # dividers and grid lines: decoration only
    edge: str = "#6B7C80"  # outline of inputs and drop zones
    text: str = "#F0F4F3"  # text, playhead, the coach's skeleton
    text2: str = "#AEBABB"  # captions, axis labels
    text3: str = "#8A999C"  # disabled text, outline of "not seen"
    green: str = "#46E08A"  # trails, good, primary action, focus, selection
    ghost: str = "#9AD4FF"  # the coach: curves, stills, best so far
    amber: str = "#FFC04D"  # fair; attention
    bad: str = "#FF5AA8"  # differs; poor
    record: str = "#FF4B3E"  # the recording dot only, with a white ring
    green_ink: str = "#04210F"  # text on green
    amber_ink: str = "#1D1300"  # text and icons on amber
    card_edge: str = "#232C30"  # outline of cards: decoration only
    body: str = "#2A353A"  # the body figure's capsules
    black: str = "#000000"  # veil over pictures
    heat_0: str = "#1B3D31"
    heat_1: str = "#45521F"
    heat_2: str = "#8F6510"
    heat_3: str = "#DE7F18"
    heat_4: str = "#FF9DC9"


TOKENS: Final = Tokens()


@cache
def colour(token: str, alpha: float = 1.0) -> QColor:
    """The colour called `token`, with opacity `alpha` 0..1. Do not change the object: it is shared."""
    result = QColor(getattr(TOKENS, token))
    result.setAlphaF(alpha)
    return result


def palette(tokens: Tokens = TOKENS) -> QPalette:
    """Qt's palette for the Fusion style made of `tokens`."""
    role = QPalette.ColorRole
    by_role = {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.text,
        role.Base: tokens.bg,
        role.AlternateBase: tokens.panel,
        role.Button: tokens.raised,
        role.Light: tokens.raised,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.rail,
        role.Highlight: tokens.green,
        role.Accent: tokens.green,
        role.HighlightedText: tokens.green_ink,
        role.Link: tokens.ghost,
        role.LinkVisited: tokens.ghost,
        role.PlaceholderText: tokens.text2,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
    }
    result = QPalette()
    for which, value in by_role.items():
        result.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text3))
    return result


def stylesheet(tokens: Tokens = TOKENS) -> str:
    """The application's style sheet with `tokens` filled in.

    Raises
    ------
    KeyError
        The template names a token that does not exist.
    """
    values: dict[str, str] = dict(asdict(tokens))
    for name in ("raised", "green", "panel"):
        # Hover is 6 % lighter, pressed 6 % darker.
        values[f"{name}_hover"] = _toward(values[name], 255, 0.06)
        values[f"{name}_press"] = _toward(values[name], 0, 0.06)
    values["check"] = (assets_dir() / "ui" / "check.svg").as_posix()
    values["arrow"] = (assets_dir() / "ui" / "chevron-down.svg").as_posix()
    values["button_text"] = str(BUTTON_HEIGHT - 2)
    return Template(TEMPLATE).substitute(values)


def _toward(value: str, goal: int, share: float) -> str:
    c = QColor(value)
    mixed = [round(v + (goal - v) * share) for v in (c.red(), c.green(), c.blue())]
    return QColor(*mixed).name()


def apply_theme(app: QApplication) -> None:
    """Give `app` its style, palette, font and style sheet, in this order. Call it before any window is made."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    load_fonts()
    app.setFont(font("body"))
    app.setStyleSheet(stylesheet())


def set_role(widget: QWidget, role: str) -> None:
    """Make `widget` look as the style sheet says for `role`, also when it is shown already."""
    _set_property(widget, "role", role)


def set_tone(widget: QWidget, tone: str) -> None:
    """Give the label `widget` the text colour of token `tone`: text, text2, text3, green, ghost, amber or bad."""
    _set_property(widget, "tone", tone)


def _set_property(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    # Before its first show a widget is not polished yet and will be looked up with the new value by itself.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
