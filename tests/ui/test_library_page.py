"""Choosing what to practise from the library."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton  # noqa: E402

from poseapp.library.reference import Origin  # noqa: E402
from poseapp.paths import assets_dir  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.flow.shelf import movements_of  # noqa: E402
from poseapp.ui.pages.library import LibraryPage  # noqa: E402
from poseapp.ui.widgets.example_card import ExampleCard  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402
from tests.ui.desk import PATIENCE_MS, Desk, example, notice_title  # noqa: E402

BUILT_IN = assets_dir() / "references"
MOVEMENTS = sorted(folder.name for folder in BUILT_IN.iterdir() if folder.is_dir())


def open_library(desk: Desk) -> LibraryPage:
    desk.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = desk.navigation.library
    assert desk.shown_page is page
    desk.wait(lambda: desk.navigation.shelf.read)
    return page


def own_entry(desk: Desk, name: str, **changes: str) -> Path:
    """A copy of a built-in reference among the user's own."""
    folder = desk.folder / name
    shutil.copytree(example().folder, folder)
    document = folder / "reference.json"
    text = document.read_text(encoding="utf-8")
    for before, after in changes.items():
        text = text.replace(f'"{before}": "', f'"{before}": "{after}')
    document.write_text(text, encoding="utf-8")
    return folder


def card_of(page: LibraryPage, title: str) -> ExampleCard:
    return next(card for card, movement in page.cards if movement.title == title)


def names_shown(page: LibraryPage) -> list[str]:
    return [card.accessibleName() for card in page.grid.shown]


def choose(desk: Desk, button: QPushButton) -> None:
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        button.click()


def test_every_built_in_movement_has_a_card_with_its_views(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    assert sorted(movement.entries[0].action for _, movement in page.cards) == MOVEMENTS
    for card, movement in page.cards:
        assert [view.view for view in card.views] == ["front", "left", "right"]
        assert movement.origin is Origin.BUILT_IN
        assert "Built in" in card.accessibleDescription()
        assert movement.entries[0].cues[0] in card.accessibleDescription()


def test_pictures_come_without_being_waited_for(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    card = card_of(page, "Squat")
    shelf = desk.navigation.shelf
    entries = [entry for _, movement in page.cards for entry in movement.entries]
    desk.wait(lambda: all(shelf.picture(entry) is not None for entry in entries))
    with_picture = picture_of(card.picture)
    found = shelf.picture(next(entry for entry in entries if entry.name == "squat/front"))
    assert found is not None
    assert found.pose is not None
    assert found.pose.box(0.3).height > 0.3 * found.image.height()  # in the pixels of the picture
    card.show_picture(None, None)
    assert picture_of(card.picture) != with_picture


def test_a_view_chooses_its_example(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    chip = next(b for b in card_of(page, "Squat").findChildren(QPushButton) if b.accessibleName() == "Squat, right")
    choose(desk, chip)
    assert desk.shown_page is desk.page
    current = desk.flow.references.current
    assert current is not None
    assert (current.name, current.view) == ("squat/right", "right")
    assert desk.page.header.title == "Squat"
    coach = desk.page.coach
    assert coach.accessibleDescription().startswith("Squat Right view ")
    assert coach.player.playing
    assert coach.player.duration > 1
    # The next time it is marked, and has the focus.
    open_library(desk)
    card = card_of(page, "Squat")
    assert card.is_current
    assert card.picture.hasFocus()
    assert card.shown.name == "squat/right"


def test_the_still_of_the_example_is_compared_with(desk: Desk) -> None:
    desk.begin()
    entry = example()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load(entry)
    # The desk's references have no stills of their own; the library's have.
    reference = desk.flow.references.current
    assert reference is not None
    with_stills = replace(reference, stills=(0.5, 1.5))
    taken = desk.flow.references.taken
    assert taken is not None
    desk.flow.references.take(replace(taken, reference=with_stills))
    still = desk.flow.references.still
    assert still is not None
    assert still.seconds == pytest.approx(0.5, abs=0.02)
    assert desk.flow.references.suggested_times == pytest.approx((0.0, 0.5, 1.5), abs=0.02)


def test_escape_goes_back_and_the_focus_too(desk: Desk) -> None:
    desk.begin()
    change = next(b for b in desk.page.header.findChildren(QPushButton) if b.accessibleName() == "Change the example")
    change.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert desk.shown_page is desk.navigation.library
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown_page is desk.page
    assert change.hasFocus()


def test_it_opens_from_the_coach_card_and_the_rail(desk: Desk) -> None:
    desk.begin()
    desk.page.coach.library_wanted.emit()
    assert desk.shown_page is desk.navigation.library
    desk.window.rail.chosen.emit("practice")
    assert desk.shown_page is desk.page
    desk.window.rail.chosen.emit("library")
    assert desk.shown_page is desk.navigation.library


def test_arrows_go_from_card_to_card_and_enter_chooses(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    desk.wait(lambda: bool(page.cards) and page.cards[0][0].picture.hasFocus())
    desk.key(Qt.Key.Key_Right)
    assert page.grid.shown[1].picture.hasFocus()
    desk.key(Qt.Key.Key_End)
    assert page.grid.shown[-1].picture.hasFocus()
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_Down)
    second_row = QApplication.focusWidget()
    assert second_row is not None
    assert second_row is not page.grid.shown[0].picture
    desk.key(Qt.Key.Key_Up)
    assert page.grid.shown[0].picture.hasFocus()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.space()
    assert desk.flow.references.spec == page.cards[0][1].entries[0].name
    assert desk.flow.phase is Phase.READY


def test_what_is_practised_is_in_sight(desk: Desk) -> None:
    desk.window.resize(1024, 640)
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load("squat/left")
    page = open_library(desk)
    card = card_of(page, "Squat")
    desk.wait(card.picture.hasFocus)

    def in_sight() -> bool:
        return page._scroll.y() <= card.mapTo(page, QPoint(0, 0)).y() <= page.height() - card.height()

    desk.wait(in_sight)


def test_words_and_views_leave_out_the_others(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    desk.bot.keyClicks(page.search, "SQU at")
    assert names_shown(page) == ["Squat"]
    desk.bot.keyClicks(page.search, " nonsense")
    assert names_shown(page) == []
    assert page._none.isVisible()
    page.search.clear()
    page.views._buttons["left"].click()
    assert len(names_shown(page)) == len(MOVEMENTS)
    assert all(card.shown.view == "left" for card in page.grid.shown)


def test_an_empty_library_of_ones_own_is_said(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    assert "Nothing of your own" in page.own._words.text()
    own_entry(desk, "monday", title="My ")
    desk.key(Qt.Key.Key_Escape)
    open_library(desk)
    desk.wait(lambda: len(page.cards) == len(MOVEMENTS) + 1)
    card, movement = page.cards[0]  # one's own come first
    assert movement.origin is Origin.OWN
    assert card.accessibleName() == "My Squat"
    assert "Yours" in card.accessibleDescription()
    assert "Nothing of your own" not in page.own._words.text()


def test_a_damaged_reference_is_a_sentence(desk: Desk) -> None:
    desk.begin()
    (own_entry(desk, "broken") / "reference.json").write_text("{")
    (own_entry(desk, "poseless", title="Odd ") / "poses.npz").write_bytes(b"PK\x03\x04 nothing")
    page = open_library(desk)
    desk.wait(lambda: "broken" in page.notice.accessibleName())
    desk.wait(lambda: len(page.cards) == len(MOVEMENTS) + 1)
    # That its poses are damaged is found when its picture is made.
    desk.wait(lambda: "1" in page.notice.accessibleDescription())
    card = card_of(page, "Odd Squat")
    with desk.bot.waitSignal(desk.flow.references.failed, timeout=PATIENCE_MS):
        card.picture.click()
    assert "poseless" in notice_title(desk)


def test_the_files_of_a_library_may_go_away(desk: Desk) -> None:
    folder = own_entry(desk, "gone", title="Gone ")
    (folder / "thumbnail.jpg").write_bytes(b"no picture")
    desk.begin()
    page = open_library(desk)
    card = card_of(page, "Gone Squat")
    shelf = desk.navigation.shelf
    desk.wait(lambda: shelf.picture(page.cards[0][1].entries[0]) is not None)
    shutil.rmtree(folder)
    with desk.bot.waitSignal(desk.flow.references.failed, timeout=PATIENCE_MS):
        card.picture.click()


def test_a_clip_of_ones_own_is_taken_by_file_or_drop(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begin()
    clip = example().clip
    page = open_library(desk)
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.drop(page, clip)
    assert desk.shown_page is desk.page
    open_library(desk)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.own.zone.click()
    assert desk.shown_page is page  # they changed their mind
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(clip), ""))
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        page.own.zone.click()
    assert desk.shown_page is desk.page


def test_without_a_camera_what_was_chosen_plays_all_the_same(desk: Desk) -> None:
    desk.cameras = ()
    desk.flow.sources.begin(None)
    desk.wait_phase(Phase.NO_SOURCE)
    page = open_library(desk)
    choose(desk, card_of(page, "Squat").picture)
    assert desk.shown_page is desk.page
    assert desk.page.coach.player.playing
    assert notice_title(desk) == "No camera found"
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown_page is desk.navigation.first_run


def test_the_library_waits_while_something_is_recorded(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.window.rail.chosen.emit("library")
    assert desk.shown_page is desk.page
    assert desk.flow.phase is Phase.RECORDING
    desk.key(Qt.Key.Key_Escape)


def test_what_was_practised_last_is_there_the_next_time(desk: Desk) -> None:
    desk.begin()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.navigation.begin()
    assert desk.flow.references.spec == "squat/front"  # for newcomers
    choose(desk, card_of(open_library(desk), "Squat").picture)
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.load("squat/right")
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.navigation.begin()
    assert desk.flow.references.spec == "squat/right"
    # What is not there any more gives way to what newcomers begin with, without a word.
    desk.navigation.preferences.keep("reference", str(desk.folder / "gone.mp4"))
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.navigation.begin()
    assert desk.flow.references.spec == "squat/front"
    assert notice_title(desk) == ""


def test_another_model_looks_at_the_same_example(desk: Desk) -> None:
    desk.begin_with_reference()
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.set_model("another")
    current = desk.flow.references.current
    assert current is not None
    assert (current.name, current.model, current.title) == ("squat/left", "another", "Squat")


def test_two_of_one_view_are_two_movements(desk: Desk) -> None:
    entry = example()
    twin = replace(entry, name="twin")
    other = replace(entry, name="mine", origin=Origin.OWN)
    front = replace(entry, name="front", view="front")
    grouped = movements_of([entry, twin, front, other])
    assert [[e.name for e in movement.entries] for movement in grouped] == [
        ["mine"],
        ["squat/left", "front"],
        ["twin"],
    ]
    assert grouped[1].seen_from("front") is front
    assert grouped[2].seen_from("front") is None
    assert grouped[2].seen_from("") is twin


def test_tab_goes_through_the_cards_in_reading_order(desk: Desk) -> None:
    desk.begin()
    page = open_library(desk)
    buttons = [button for card, _ in page.cards for button in card.findChildren(QPushButton)]
    page.views._buttons["right"].setFocus()
    for expected in [*buttons, page.own.zone]:
        desk.key(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_closing_while_the_library_is_read_leaves_nothing(desk: Desk) -> None:
    desk.begin()
    desk.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    # The threads that read it are watched by the fixture of tests/leaks.py.
    desk.window.close()
    assert not desk.window.isVisible()
