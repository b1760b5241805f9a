"""Choosing what to practise from the library."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QPushButton  # noqa: E402

from poseapp.library.reference import Origin  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.flow.shelf import movements_of  # noqa: E402
from poseapp.ui.pages.library import LibraryPage  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402
from tests.ui.desk import PATIENCE_MS, Desk, example, notice_title  # noqa: E402
from tests.ui.library_parts import MOVEMENTS, card_of, choose, open_library  # noqa: E402


def names_shown(page: LibraryPage) -> list[str]:
    return [card.accessibleName() for card in page.grid.shown]


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


def test_without_a_camera_what_was_chosen_plays_all_the_same(desk: Desk) -> None:
    desk.begin_without_camera()
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
