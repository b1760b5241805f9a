"""The chooser of examples: a card for each movement of the library, and a place for a clip of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from poseapp.errors import PoseAppError
from poseapp.library.reference import VIEWS, Origin
from poseapp.ui.flow.shelf import Movement, Shelf
from poseapp.ui.pages.library_grid import CardGrid
from poseapp.ui.pages.library_own import OwnTile
from poseapp.ui.theme import GAP, GAP_L, PAGE_MARGIN, set_role
from poseapp.ui.widgets.cards import IconButton, Notice, Segment, label
from poseapp.ui.widgets.drop_zone import accept_files
from poseapp.ui.widgets.example_card import ExampleCard, ExampleView
from poseapp.ui.widgets.search_field import SearchField
from poseapp.ui.words import tr, view_words

__all__ = ["LibraryPage"]

_ANY = "any"


class LibraryPage(QWidget):
    """Shows what there is to practise.

    Signals
    -------
    example_chosen(object)
        An `Entry` of the library.
    clip_wanted()
        Choose a clip.
    clip_dropped(object)
        Path of a clip that was dropped on the page.
    left()
        Back to where one came from.
    """

    example_chosen = Signal(object)
    clip_wanted = Signal()
    clip_dropped = Signal(object)
    left = Signal()

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAccessibleName(tr("Library"))
        self._shelf = shelf
        self._current = ""
        self.cards: list[tuple[ExampleCard, Movement]] = []
        self.back = IconButton("arrow-left", tr("Back to practice"), parent=self)
        self.back.setToolTip(tr("Back to practice (Esc)"))
        self.back.clicked.connect(self.left)
        self._count = label("", "caption", "text2")
        self.search = SearchField(tr("Search movements"), self)
        self.search.textChanged.connect(self._sift)
        self.search.returnPressed.connect(self._enter_grid)
        self.search.installEventFilter(self)
        self.views = Segment(tr("View"), self)
        self.views.add(_ANY, tr("Any view"))
        for view in VIEWS:
            self.views.add(view, view_words(view))
        self.views.chosen.connect(self._sift)
        self.notice = Notice("alert", "", "", self)
        self.notice.hide()
        self.grid = CardGrid(self)
        self._none = label("", "body", "text2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.own = OwnTile(self)
        self.own.zone.dropped.connect(self._dropped)
        self.own.zone.browse_wanted.connect(self.clip_wanted)
        self._drops = accept_files(self, self._dropped)
        self._scroll = QScrollArea(self)
        self._lay_out()
        shelf.listed.connect(self._fill)
        shelf.pictures_grew.connect(self._show_pictures)
        self._fill()

    def set_current(self, name: str) -> None:
        """Mark the entry called `name` as the one that is practised; empty: none of them."""
        self._current = name
        for card, _ in self.cards:
            card.set_current(name)

    def open(self) -> None:
        """Be ready to choose: everything shown, the focus on what is practised now."""
        self.search.clear()
        self.views.set_current(_ANY)
        self._sift()
        self._shelf.refresh()
        self._focus_first()

    def go(self, columns: int = 0, rows: int = 0) -> None:
        """Go to the card so many columns and rows away."""
        self._focus(self.grid.neighbour(self._focused(), columns, rows))

    def go_to_end(self, *, last: bool) -> None:
        """Go to the first or the last card."""
        cards = self.grid.shown
        if cards:
            self._focus(cards[-1 if last else 0])

    def press(self) -> None:
        """Press what has the focus."""
        focused = self.window().focusWidget()
        if isinstance(focused, QPushButton) and self.isAncestorOf(focused):
            focused.click()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if watched is self.search and key == Qt.Key.Key_Down:
                self._enter_grid()
                return True
            if watched is not self.search and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.go(rows=1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.back)
        top.addWidget(label(tr("Choose an example"), "title"))
        top.addWidget(self._count, 1)
        sieve = QHBoxLayout()
        sieve.setSpacing(GAP)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(320)
        sieve.addWidget(self.search, 1)
        sieve.addWidget(self.views)
        sieve.addStretch(1)
        inner = QWidget(self)
        set_role(inner, "clear")
        content = QVBoxLayout(inner)
        content.setContentsMargins(0, 0, GAP, GAP_L)
        content.setSpacing(GAP_L)
        content.addWidget(self.grid)
        content.addWidget(self._none)
        content.addWidget(self.own)
        content.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("Movements"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN + 4, PAGE_MARGIN - GAP, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(sieve)
        problems = QHBoxLayout()
        problems.setContentsMargins(0, 0, GAP, 0)
        problems.addWidget(self.notice)
        column.addLayout(problems)
        column.addWidget(self._scroll, 1)

    # What is shown

    @Slot()
    def _fill(self) -> None:
        for card, _ in self.cards:
            card.deleteLater()
        self.cards = [(self._card(movement), movement) for movement in self._shelf.movements]
        examples = sum(len(movement.entries) for _, movement in self.cards)
        count = tr("{movements} movements, {examples} examples", movements=len(self.cards), examples=examples)
        self._count.setText(count if self.cards else "")
        self._order_tabs()
        own = any(movement.origin is Origin.OWN for _, movement in self.cards)
        self.own.set_empty(not own)
        self._tell_problems(self._shelf.problems)
        self._sift()
        self._show_pictures()
        if self.isVisible():
            self._focus_first()

    def _order_tabs(self) -> None:
        """Cards are younger than the tile below them, but come before it."""
        before: QWidget = self.views.findChildren(QPushButton)[-1]
        for card, _ in self.cards:
            for button in card.findChildren(QPushButton):
                self.setTabOrder(before, button)
                before = button
        self.setTabOrder(before, self.own.zone)

    def _card(self, movement: Movement) -> ExampleCard:
        views = [ExampleView(entry.name, entry.view, entry.duration) for entry in movement.entries]
        origin = tr("Yours") if movement.origin is Origin.OWN else tr("Built in")
        cues = movement.entries[0].cues
        card = ExampleCard(movement.title, origin, cues[0] if cues else "", views, self.grid)
        card.set_current(self._current)
        card.chosen.connect(self._choose)
        card.picture_wanted.connect(self._show_picture)
        for button in card.findChildren(QPushButton):
            button.setAutoDefault(True)
            button.installEventFilter(self)
        return card

    def _tell_problems(self, problems: Sequence[PoseAppError]) -> None:
        self.notice.setVisible(bool(problems))
        if problems:
            first, others = problems[0], problems[1:]
            text = first.hint
            if others:
                text = tr("{hint} Others are damaged too: {count}.", hint=first.hint, count=len(others))
            self.notice.set_words(first.sentence, text)

    @Slot()
    def _sift(self) -> None:
        """Show the cards that have the words and the view that are asked for."""
        wanted = self.search.text().casefold().split()
        view = "" if self.views.current == _ANY else self.views.current
        shown = []
        for card, _ in self.cards:
            fits = all(word in card.words for word in wanted)
            if card.prefer(view) and fits:
                shown.append(card)
        self.grid.show_cards(shown, [card for card, _ in self.cards])
        if not self.cards:
            words = tr("There are no built-in examples.") if self._shelf.read else tr("Reading the library")
        else:
            words = tr("Nothing like that. Search for another word, or choose another view.")
        self._none.setText(words)
        self._none.setVisible(not shown)

    @Slot()
    def _show_pictures(self) -> None:
        for card, movement in self.cards:
            self._picture_of(card, movement)

    @Slot()
    def _show_picture(self) -> None:
        for card, movement in self.cards:
            if card is self.sender():
                self._picture_of(card, movement)

    def _picture_of(self, card: ExampleCard, movement: Movement) -> None:
        entry = next(entry for entry in movement.entries if entry.name == card.shown.name)
        found = self._shelf.picture(entry)
        card.show_picture(found.image if found is not None else None, found.pose if found is not None else None)

    @Slot(str)
    def _choose(self, name: str) -> None:
        for card, movement in self.cards:
            if card is self.sender():
                self.example_chosen.emit(next(entry for entry in movement.entries if entry.name == name))

    # The keyboard

    def _focused(self) -> ExampleCard | None:
        focused = self.window().focusWidget()
        return next((card for card, _ in self.cards if focused is not None and card.isAncestorOf(focused)), None)

    def _focus(self, card: ExampleCard | None) -> None:
        if card is None:
            return
        card.picture.setFocus(Qt.FocusReason.TabFocusReason)
        # Cards that have just been made have no place yet.
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        card = self._focused()
        if card is not None:
            self._scroll.ensureWidgetVisible(card, 0, GAP_L)

    @Slot()
    def _enter_grid(self) -> None:
        self.go_to_end(last=False)

    def _focus_first(self) -> None:
        if not self.isVisible():
            return
        current = next((card for card, _ in self.cards if card.is_current), None)
        if current is not None:
            self._focus(current)
        elif self.grid.shown:
            self._focus(self.grid.shown[0])
        else:
            self.search.setFocus()

    @Slot(object)
    def _dropped(self, paths: Sequence[Path]) -> None:
        if paths:
            self.clip_dropped.emit(paths[0])
