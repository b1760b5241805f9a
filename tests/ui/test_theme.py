"""The theme: contrasts, one place for colours, fonts and icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = pytest.mark.ui

from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QIcon, QPalette  # noqa: E402

import poseapp.ui  # noqa: E402
from poseapp.paths import assets_dir  # noqa: E402
from poseapp.ui.fonts import ROLES, far_font, font, load_fonts  # noqa: E402
from poseapp.ui.icons import icon, pixmap  # noqa: E402
from poseapp.ui.theme import TOKENS, colour, palette, stylesheet  # noqa: E402

GROUNDS = ("rail", "bg", "panel", "raised")

#: Contrast against rail, bg, panel, raised as the design gives it, to one decimal.
DESIGN = {
    "line": (1.7, 1.6, 1.5, 1.3),
    "edge": (4.4, 4.3, 3.9, 3.4),
    "text": (17.4, 16.8, 15.4, 13.2),
    "text2": (9.7, 9.4, 8.5, 7.3),
    "text3": (6.5, 6.3, 5.8, 5.0),
    "green": (11.3, 10.9, 10.0, 8.6),
    "ghost": (12.1, 11.8, 10.7, 9.2),
    "amber": (11.8, 11.5, 10.5, 9.0),
    "bad": (6.7, 6.5, 5.9, 5.1),
    "record": (5.8, 5.6, 5.1, 4.4),
}


def luminance(c: QColor) -> float:
    """Relative luminance of WCAG 2.2."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c.redF(), c.greenF(), c.blueF())]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: QColor, b: QColor) -> float:
    """Contrast ratio of WCAG 2.2."""
    bright, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def over(top: QColor, below: QColor) -> QColor:
    """`top` with its opacity over `below`."""
    a = top.alphaF()
    pairs = zip(top.getRgbF()[:3], below.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*[a * t + (1 - a) * b for t, b in pairs])


def test_the_contrast_formula_gives_the_known_extremes() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21.0)
    assert contrast(QColor("white"), QColor("white")) == pytest.approx(1.0)


@pytest.mark.parametrize("token", DESIGN)
def test_contrasts_are_those_of_the_design(token: str) -> None:
    measured = [contrast(colour(token), colour(ground)) for ground in GROUNDS]
    assert measured == pytest.approx(DESIGN[token], abs=0.06)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("token", ["text", "text2", "text3", "green", "ghost", "amber", "bad"])
def test_text_can_be_read_on_every_ground(token: str, ground: str) -> None:
    assert contrast(colour(token), colour(ground)) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("token", ["edge", "record"])
def test_outlines_and_marks_stand_out(token: str, ground: str) -> None:
    assert contrast(colour(token), colour(ground)) >= 3


@pytest.mark.parametrize(("ink", "ground"), [("green_ink", "green"), ("amber_ink", "amber"), ("rail", "bad")])
def test_ink_on_filled_grounds_can_be_read(ink: str, ground: str) -> None:
    assert contrast(colour(ink), colour(ground)) >= 4.5


@pytest.mark.parametrize(("token", "least"), [("text", 11.8), ("bad", 4.5), ("green", 4.5), ("amber", 4.5)])
def test_words_on_a_pill_can_be_read_over_a_white_wall(token: str, least: float) -> None:
    wall = over(colour("black", 0.2), QColor("white"))
    assert contrast(colour(token), over(colour("rail", 0.82), wall)) >= least - 0.06


@pytest.mark.parametrize("ground", ["white", "black", "gray"])
def test_overlays_stand_out_from_their_casing_over_any_picture(ground: str) -> None:
    casing = over(colour("rail", 0.75), over(colour("black", 0.2), QColor(ground)))
    assert contrast(colour("green"), casing) >= 6.3 - 0.06


def test_heat_gets_brighter_with_the_difference() -> None:
    steps = [luminance(colour(f"heat_{i}")) for i in range(5)]
    assert steps == sorted(steps)
    assert steps == pytest.approx([0.04, 0.07, 0.15, 0.31, 0.50], abs=0.008)


def test_no_colour_is_written_outside_the_theme() -> None:
    room = Path(poseapp.ui.__file__).parent
    literal = re.compile(
        r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|rgba?\(|GlobalColor\.(?!transparent)|QColor\(\s*\d+\s*,"
    )
    found = [
        f"{path.relative_to(room)}:{number}: {line.strip()}"
        for path in sorted(room.rglob("*.py"))
        if path.name != "theme.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []


def test_the_style_sheet_is_complete() -> None:
    sheet = stylesheet()
    assert "$" not in sheet
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", sheet)) >= {TOKENS.green, TOKENS.panel, TOKENS.raised}
    for file in re.findall(r'url\("(.+?)"\)', sheet):
        assert Path(file).is_file()


def test_the_palette_carries_the_tokens() -> None:
    p = palette()
    assert p.color(QPalette.ColorRole.Window).name().upper() == TOKENS.bg
    assert p.color(QPalette.ColorRole.Highlight).name().upper() == TOKENS.green
    disabled = p.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled.name().upper() == TOKENS.text3


@pytest.mark.usefixtures("themed")
class TestFonts:
    def test_inter_comes_with_the_program(self) -> None:
        assert set(load_fonts()) >= {"Inter", "Inter Display"}
        assert (assets_dir() / "fonts" / "OFL.txt").is_file()

    @pytest.mark.parametrize("role", ROLES)
    def test_every_role_is_drawn_in_inter(self, role: str) -> None:
        info = QFontInfo(font(role))
        assert info.family().startswith("Inter")
        assert info.pixelSize() == ROLES[role].pixels
        assert info.weight() == ROLES[role].weight

    def test_tabular_figures_are_equally_wide(self) -> None:
        metrics = QFontMetrics(font("live", tabular=True))
        assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1

    def test_capitals_are_as_high_as_the_far_sizes_assume(self) -> None:
        assert QFontMetrics(far_font(200)).capHeight() == pytest.approx(0.727 * 200, abs=1.5)


@pytest.mark.usefixtures("themed")
class TestIcons:
    def test_an_icon_is_drawn_in_the_colour_of_its_token(self) -> None:
        image = pixmap("record", "green", 24).toImage()
        assert image.pixelColor(12, 12).name().upper() == TOKENS.green
        assert image.pixelColor(0, 0).alpha() == 0

    def test_an_icon_is_drawn_for_the_pixels_of_the_screen(self) -> None:
        assert pixmap("run", "text", 20, 2.0).width() == 40

    def test_a_disabled_icon_is_quiet(self) -> None:
        shown = icon("record", "green").pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled).toImage()
        assert shown.pixelColor(12, 12).name().upper() == TOKENS.text3

    def test_a_checked_icon_takes_its_other_colour(self) -> None:
        both = icon("record", "text2", checked_ink="green")
        on = both.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Normal, QIcon.State.On).toImage()
        off = both.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Normal, QIcon.State.Off).toImage()
        assert on.pixelColor(12, 12).name().upper() == TOKENS.green
        assert off.pixelColor(12, 12).name().upper() == TOKENS.text2

    def test_an_unknown_icon_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="no-such-icon"):
            icon("no-such-icon")
