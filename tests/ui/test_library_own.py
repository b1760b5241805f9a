"""One's own references and clips on the library's page, damaged ones too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QFileDialog  # noqa: E402

from poseapp.library.reference import Origin  # noqa: E402
from tests.ui.desk import PATIENCE_MS, Desk, example, notice_title  # noqa: E402
from tests.ui.library_parts import MOVEMENTS, card_of, open_library  # noqa: E402


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
