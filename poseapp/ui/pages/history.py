"""What was practised so far: the movements, the progress with one of them, and every attempt to be opened again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from poseapp.library.entry import Entry
from poseapp.library.history import PracticedReference, Progress
from poseapp.ui.flow.history import Contents
from poseapp.ui.flow.shelf import KeyPicture, Shelf
from poseapp.ui.pages.history_detail import HistoryDetail
from poseapp.ui.pages.history_empty import EmptyHistory
from poseapp.ui.pages.history_words import count_words, practised_words, title_words
from poseapp.ui.theme import GAP, GAP_L, PAGE_MARGIN, set_role
from poseapp.ui.when_words import now
from poseapp.ui.widgets.cards import Button, Notice, flat_button, label, plain_button
from poseapp.ui.widgets.practised_list import PractisedList, PractisedRow
from poseapp.ui.words import tr, view_chip_words

__all__ = ["HistoryPage"]

_LEFT = 320
_NARROW_LEFT = 276
_HIGH = 760


class HistoryPage(QWidget):
    """Shows the history; for the desk, not for three metres.

    Signals
    -------
    chosen(object)
        The `PracticedReference` to look at.
    opened(int), remove_wanted(int)
        Id of the attempt to be shown again, or removed.
    clear_wanted(), export_wanted(), folder_wanted(), practice_wanted()
    keep_changed(bool)
        Whether attempts are to be kept from now on.
    """

    chosen = Signal(object)
    opened = Signal(int)
    remove_wanted = Signal(int)
    clear_wanted = Signal()
    export_wanted = Signal()
    folder_wanted = Signal()
    practice_wanted = Signal()
    keep_changed = Signal(bool)

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAccessibleName(tr("History"))
        self._shelf = shelf
        self._contents = Contents()
        self._count = label("", "caption", "text2")
        self.folder = flat_button(tr("Where is my data?"), "folder-account-outline")
        self.export = plain_button(tr("Export CSV"), "export-variant")
        self.notice = Notice("alert", "", "", self)
        self.notice.hide()
        self.movements = PractisedList(self)
        self.detail = HistoryDetail(self)
        self.empty = EmptyHistory(self)
        self.keep = QCheckBox(tr("Keep my attempts"), self)
        self.clear = flat_button(tr("Remove everything …"), "trash-can-outline")
        self._foot = QWidget(self)
        self._lay_out()
        self._connect()
        self.show_contents(self._contents, ready=False)

    def show_contents(self, contents: Contents, *, ready: bool = True, readable: bool = True) -> None:
        """Show `contents`; not `ready`: it is still being read, not `readable`: it could not be."""
        self._contents = contents
        moment = now()
        filled = contents.chosen is not None
        had_focus = self.empty.isAncestorOf(self.window().focusWidget() or self)
        self._count.setText(count_words(contents, moment))
        for widget in (self.movements, self.detail, self.clear):
            widget.setVisible(filled)
        self.empty.setVisible(not filled and ready)
        self.empty.set_readable(readable)
        self.export.setEnabled(filled)
        self._show_movements()
        self.detail.show_contents(contents, moment)
        if had_focus and filled:
            self.focus_first()

    def set_keeping(self, on: bool) -> None:
        """Show whether attempts are kept, without a signal."""
        self.keep.blockSignals(True)
        self.keep.setChecked(on)
        self.keep.blockSignals(False)
        self.empty.set_keeping(on)

    def tell(self, icon: str, title: str, text: str) -> None:
        """Say what happened, until it is closed or something else happens."""
        self.notice.set_words(title, text, icon)
        self.notice.show()
        self._fit()

    @Slot()
    def hush(self) -> None:
        """Take the notice away."""
        self.notice.hide()
        self._fit()

    def focus_first(self) -> None:
        """The focus on the newest attempt, or on what is offered when there is none."""
        if not self.isVisible():
            return
        if self._contents.chosen is None:
            self.empty.practise.setFocus()
            return
        attempts = self.detail.list
        if attempts.current < 0:
            attempts.go_to_end(last=False)
        attempts.setFocus()

    def go(self, pictures: int, seconds: float) -> None:
        """The arrows: from the attempts to the movements and back; Home and End: to the newest and the oldest."""
        if pictures:
            (self.movements if pictures < 0 else self.detail.list).setFocus()
        elif abs(seconds) > 1:
            self.detail.list.go_to_end(last=seconds > 0)

    def press(self) -> None:
        """Press what has the focus."""
        focused = self.window().focusWidget()
        if focused is self.detail.list:
            self.detail.list.press()
        elif isinstance(focused, QPushButton | QCheckBox) and self.isAncestorOf(focused):
            focused.click()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What gives way where there is little room."""
        size = self.window().size()
        for widget in (self.movements, self._foot):
            widget.setFixedWidth(_LEFT if size.width() >= 1280 else _NARROW_LEFT)
        self._count.setVisible(size.width() >= 1120)
        self.detail.set_crowded(size.height() < _HIGH and not self.notice.isHidden())

    # Layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(label(tr("History"), "title"))
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self.folder)
        top.addWidget(self.export)
        set_role(self._foot, "clear")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(4)
        foot.addWidget(self.keep)
        foot.addWidget(label(tr("Only skeletons are kept."), "caption", "text2", wrap=True))
        foot.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self._content = QGridLayout()
        self._content.setHorizontalSpacing(GAP_L)
        self._content.setVerticalSpacing(GAP)
        self._content.setColumnStretch(1, 1)
        self._content.setRowStretch(0, 1)
        self._content.addWidget(self.movements, 0, 0)
        self._content.addWidget(self._foot, 1, 0)
        self._content.addWidget(self.detail, 0, 1, 2, 1)
        self._content.addWidget(self.empty, 0, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN + 4, PAGE_MARGIN, PAGE_MARGIN)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addLayout(self._content, 1)

    def _connect(self) -> None:
        self.movements.chosen.connect(self._choose)
        self.detail.opened.connect(self.opened)
        self.detail.remove_wanted.connect(self.remove_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.clear.clicked.connect(self.clear_wanted)
        self.keep.toggled.connect(self.keep_changed)
        self.keep.toggled.connect(self.empty.set_keeping)
        self.empty.practise.clicked.connect(self.practice_wanted)
        close: Button = self.notice.add_button(tr("Close"), "close")
        close.clicked.connect(self.hush)
        self._shelf.listed.connect(self._show_movements)
        self._shelf.pictures_grew.connect(self._show_movements)

    # The movements

    @Slot()
    def _show_movements(self) -> None:
        progress = self._contents.progress
        numbers = [i for i, each in enumerate(progress) if each.reference == self._contents.chosen]
        self.movements.set_rows([self._row(each) for each in progress], numbers[0] if numbers else -1)

    def _row(self, progress: Progress) -> PractisedRow:
        reference = progress.reference
        picture = self._picture(reference)
        return PractisedRow(
            title=title_words(reference),
            view=view_chip_words(reference.view),
            total=progress.last,
            values=tuple(total for total in progress.totals if total is not None),
            spoken=practised_words(progress),
            image=picture.image if picture is not None else None,
            pose=picture.pose if picture is not None else None,
        )

    def _picture(self, reference: PracticedReference) -> KeyPicture | None:
        """The key pose of a reference of the library; None for a clip, and for what is not there any more."""
        entry = self.entry(reference)
        return None if entry is None else self._shelf.picture(entry)

    def entry(self, reference: PracticedReference) -> Entry | None:
        """What of the library `reference` was, if it is still there."""
        entries = (entry for movement in self._shelf.movements for entry in movement.entries)
        return next((e for e in entries if e.name == reference.name and e.title == reference.title), None)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.chosen.emit(self._contents.progress[number].reference)
