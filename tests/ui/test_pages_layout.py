"""Every page at every size: all words are wholly shown, nothing lies on anything else, every control has a name."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QTranslator  # noqa: E402
from PySide6.QtGui import QAccessible  # noqa: E402
from PySide6.QtWidgets import QApplication, QScrollArea, QStyleOptionViewItem, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import Pose  # noqa: E402
from poseapp.ui.pages.practice_popover import Popover  # noqa: E402
from tests.ui.desk import Desk, set_up  # noqa: E402
from tests.ui.layout_parts import cut_words, outside, overlapping, settle, shown  # noqa: E402
from tests.ui.places import PAGES, history, history_mixed, practice  # noqa: E402

SIZES = [(1024, 640), (1120, 760), (1280, 720), (1440, 900), (1920, 1080)]


class Longer(QTranslator):
    """A language in which everything takes 40 % more letters."""

    def translate(self, _context: str, text: str, *_more: object) -> str:
        return text + "".join(itertools.islice(itertools.cycle("ona "), round(0.4 * len(text)))).rstrip()


@pytest.fixture(params=["english", "longer"])
def desk(
    request: pytest.FixtureRequest, qtbot: QtBot, standing: Pose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    translator = Longer()
    if request.param == "longer":
        QApplication.installTranslator(translator)
    made = set_up(qtbot, standing, tmp_path, monkeypatch)
    yield made
    made.close()
    QApplication.removeTranslator(translator)


@pytest.mark.parametrize("lead_to", PAGES, ids=lambda f: f.__name__)
def test_nothing_is_cut_or_hidden_at_any_size(desk: Desk, lead_to: Callable[[Desk], None]) -> None:
    lead_to(desk)
    problems: list[str] = []
    for width, height in SIZES:
        desk.window.resize(width, height)
        desk.wait(lambda size=(width, height): desk.window.size().toTuple() == size)
        QApplication.processEvents()
        page = desk.shown_page
        assert page is not None
        settle(page)
        at = f"{width}×{height}: "
        problems += [at + words for words in (*cut_words(page), *outside(page), *overlapping(page))]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("lead_to", PAGES, ids=lambda f: f.__name__)
def test_every_control_has_a_name(desk: Desk, lead_to: Callable[[Desk], None]) -> None:
    lead_to(desk)
    page = desk.shown_page
    assert page is not None
    popovers = page.findChildren(Popover)
    nameless = []
    for w in [*shown(page), *(c for p in popovers for c in p.findChildren(QWidget))]:
        ours = type(w).__module__.startswith("poseapp.") and type(w).__name__[0] != "_"
        if not (ours or w.focusPolicy() & 1) or type(w) is QWidget or isinstance(w, QScrollArea):
            continue
        interface = QAccessible.queryAccessibleInterface(w)
        if interface is None or not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(w).__module__}.{type(w).__name__}")
    assert nameless == []


def test_the_picture_has_most_of_the_room(desk: Desk) -> None:
    practice(desk)
    for width, height in SIZES:
        desk.window.resize(width, height)
        desk.wait(lambda size=(width, height): desk.window.size().toTuple() == size)
        QApplication.processEvents()
        assert desk.page.view.width() >= 0.62 * (desk.page.width() - 32)


def test_popovers_fit_on_the_smallest_screen(desk: Desk) -> None:
    practice(desk)
    for popover in desk.page.findChildren(Popover):
        popover.adjustSize()
        assert popover.sizeHint().height() <= 640
        assert cut_words(popover) == []


@pytest.mark.parametrize("lead_to", [history, history_mixed], ids=lambda f: f.__name__)
def test_painted_words_of_the_history_have_room(desk: Desk, lead_to: Callable[[Desk], None]) -> None:
    lead_to(desk)
    page = desk.navigation.history.page
    for width, height in SIZES:
        desk.window.resize(width, height)
        desk.wait(lambda size=(width, height): desk.window.size().toTuple() == size)
        QApplication.processEvents()
        settle(page)
        for card in page.detail.parts.cards:
            assert card.width() >= card.minimumSizeHint().width(), (width, card.part)
        for rows in (page.movements, page.detail.list):
            delegate, model = rows.itemDelegate(), rows.model()
            for number in range(model.rowCount()):
                place = rows.visualRect(model.index(number, 0))
                needed = delegate.sizeHint(QStyleOptionViewItem(), model.index(number, 0))
                assert place.height() >= needed.height(), (width, number)
                assert place.width() <= rows.viewport().width(), (width, number)
        words, _ = page.detail.list.itemDelegate()._words_width()
        assert words >= 120, width
