"""Every page at every size: all words are wholly shown, nothing lies on anything else, every control has a name."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QPoint, QRect, Qt, QTranslator  # noqa: E402
from PySide6.QtGui import QAccessible  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QStyleOptionViewItem,
    QWidget,
)
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import Pose  # noqa: E402
from poseapp.scoring import Span, Timing  # noqa: E402
from poseapp.shortfall import Shortfall  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.pages.practice_header import Title  # noqa: E402
from poseapp.ui.pages.practice_popover import Popover  # noqa: E402
from poseapp.ui.widgets.camera_view import CameraView  # noqa: E402
from tests.ui import attempts  # noqa: E402
from tests.ui.desk import Desk, set_up  # noqa: E402

NAME = "VID_20261120_181523 side kick from the left, second try"
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


def first_run(desk: Desk) -> None:
    desk.cameras = ()
    desk.flow.sources.begin(None)
    desk.wait_phase(Phase.NO_SOURCE)


def no_example(desk: Desk) -> None:
    desk.begin()


def practice(desk: Desk) -> None:
    desk.begin_with_reference()
    frames = desk.flow.references.frames
    assert frames is not None
    desk.wait(lambda: frames.frame(len(frames.times) - 1) is not None)
    desk.see(3)


def recording(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.see(5)


def result(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(20)
    desk.space()
    desk.wait_phase(Phase.RESULT)


def result_uneven(desk: Desk) -> None:
    """Hurried and hesitated, and done with the other side: as much as the page ever says."""
    result(desk)
    timing = Timing(41.0, 0.8, 0.21, (Span(0.4, 0.9, 0.5, 0.8),), (Span(1.2, 1.6, 1.5, 2.4),))
    card = replace(attempts.card_of(64.0), timing=timing, mirrored=True)
    page = desk.navigation.result
    page.show_card(card, None, "Squat", "Attempt 12")
    assert "0.4–0.9 s" in page._more.text()


def example_cut_short(desk: Desk) -> None:
    desk.begin()
    clip = desk.folder / f"{NAME}.mp4"
    clip.write_bytes(b"looked at by the desk")
    desk.shortfalls[clip.name] = Shortfall(clip.name, 1.1, 3.4)
    desk.choose_reference(clip)
    assert desk.navigation.wiring.notices.notice is not None


def result_cut_short(desk: Desk) -> None:
    result(desk)
    desk.navigation.result.tell_cut_short(Shortfall(f"{NAME}.mp4", 1.1, 3.4))


def lost(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(20)
    desk.camera.set_plugged(False)
    desk.wait_phase(Phase.LOST)


def help_page(desk: Desk) -> None:
    desk.begin()
    desk.navigation.choose_page("help")


def library(desk: Desk) -> None:
    desk.begin_with_reference()
    damaged = desk.folder / "mine"
    damaged.mkdir()
    (damaged / "reference.json").write_text("{")
    desk.navigation.open_library()
    page = desk.navigation.library
    desk.wait(lambda: bool(page.cards) and page.notice.isVisible())


def without_camera(desk: Desk) -> None:
    first_run(desk)
    desk.navigation.open_library()
    desk.wait(lambda: bool(desk.navigation.library.cards))
    desk.key(Qt.Key.Key_Return)
    assert desk.shown_page is desk.page
    desk.wait(lambda: not desk.page.coach.progress.isVisible() and desk.flow.references.current is not None)


def demo(desk: Desk) -> None:
    desk.begin_demo()


def demo_result(desk: Desk) -> None:
    demo(desk)
    desk.space()
    desk.wait_phase(Phase.RESULT)


def history(desk: Desk) -> None:
    desk.begin()
    attempts.fill(desk.history)
    open_history(desk)


def history_mixed(desk: Desk) -> None:
    desk.begin()
    attempts.fill_otherwise(desk.history)
    open_history(desk)


def history_empty(desk: Desk) -> None:
    desk.begin()
    open_history(desk)


def history_one(desk: Desk) -> None:
    desk.begin()
    attempts.add(desk.history, 64.0)
    open_history(desk)


def history_with_notice(desk: Desk) -> None:
    history(desk)
    page = desk.navigation.history.page
    page.tell("check-circle-outline", "9 attempts are exported", str(desk.folder / "a table of all attempts.csv"))


def history_damaged(desk: Desk) -> None:
    desk.begin()
    desk.history.path.write_bytes(b"no history")
    open_history(desk)
    assert not desk.navigation.history.page.notice.isHidden()


def history_attempt(desk: Desk) -> None:
    history(desk)
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_page is desk.navigation.history.attempt)


def result_not_kept(desk: Desk) -> None:
    desk.history.path.write_bytes(b"no history")
    result(desk)
    assert not desk.navigation.result.notice.isHidden()


def open_history(desk: Desk) -> None:
    desk.navigation.open_history()
    reader = desk.navigation.history.reader
    desk.wait(lambda: reader.ready and not reader.busy)


PAGES = [
    first_run,
    no_example,
    practice,
    recording,
    result,
    result_uneven,
    lost,
    help_page,
    library,
    without_camera,
    demo,
    demo_result,
    history,
    history_mixed,
    history_empty,
    history_one,
    history_with_notice,
    history_damaged,
    history_attempt,
    result_not_kept,
    example_cut_short,
    result_cut_short,
]


def shown(page: QWidget) -> list[QWidget]:
    return [w for w in page.findChildren(QWidget) if w.isVisibleTo(page) and not w.isWindow()]


def scrolled(widget: QWidget) -> bool:
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            return True
        at = at.parentWidget()
    return False


def on_page(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def settle(page: QWidget) -> None:
    """Give words that have just changed their room, as Qt does at the next turns of its loop."""
    for _ in range(2):  # what has got its size may show or hide some of its parts
        for widget in [*shown(page), page]:
            layout = widget.layout()
            if layout is not None:
                layout.activate()


def cut_words(page: QWidget) -> list[str]:
    """Widgets with words that have less room than their words need."""
    found = []
    for w in shown(page):
        if isinstance(w, Title) or not isinstance(w, QLabel | QAbstractButton | QComboBox):
            continue
        needed = w.minimumSizeHint()
        height = w.heightForWidth(w.width()) if w.hasHeightForWidth() else needed.height()
        if isinstance(w, QLabel) and not w.wordWrap() and not w.text():
            continue
        if w.width() < needed.width() or w.height() < height:
            text = w.currentText() if isinstance(w, QComboBox) else w.text()
            found.append(f"{type(w).__name__} “{text}” has {w.size().toTuple()}, needs {needed.width()}×{height}")
    return found


def outside(page: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {on_page(w, page).getRect()}"
        for w in shown(page)
        if not scrolled(w) and not page.rect().contains(on_page(w, page))
    ]


def overlapping(page: QWidget) -> list[str]:
    """Pairs of neighbours in the same parent that lie on each other; what lies on the picture may."""
    found = []
    for parent in [page, *shown(page)]:
        if isinstance(parent, CameraView):
            continue
        children = [w for w in parent.children() if isinstance(w, QWidget) and w in shown(page)]
        for a, b in itertools.combinations(children, 2):
            if a.geometry().intersects(b.geometry()):
                found.append(
                    f"{type(a).__name__} {a.geometry().getRect()} and {type(b).__name__} {b.geometry().getRect()}"
                )
    return found


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
