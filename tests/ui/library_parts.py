"""What the tests of the library's page share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from poseapp.paths import assets_dir
from poseapp.ui.pages.library import LibraryPage
from poseapp.ui.widgets.example_card import ExampleCard
from tests.ui.desk import PATIENCE_MS, Desk

BUILT_IN = assets_dir() / "references"
MOVEMENTS = sorted(folder.name for folder in BUILT_IN.iterdir() if folder.is_dir())


def open_library(desk: Desk) -> LibraryPage:
    desk.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = desk.navigation.library
    assert desk.shown_page is page
    desk.wait(lambda: desk.navigation.shelf.read)
    return page


def card_of(page: LibraryPage, title: str) -> ExampleCard:
    return next(card for card, movement in page.cards if movement.title == title)


def choose(desk: Desk, button: QPushButton) -> None:
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        button.click()
