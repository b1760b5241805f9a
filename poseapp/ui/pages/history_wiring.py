"""What is done on the history's page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from poseapp.errors import PoseAppError
from poseapp.library.entry import Entry
from poseapp.library.history import AttemptRecord, PracticedReference
from poseapp.ui.flow.history import HistoryReader, KeptAttempt
from poseapp.ui.flow.shelf import Shelf
from poseapp.ui.pages.history import HistoryPage
from poseapp.ui.pages.history_attempt import KeptAttemptPage
from poseapp.ui.pages.history_words import named_words, title_words
from poseapp.ui.preferences import Preferences
from poseapp.ui.when_words import now
from poseapp.ui.widgets.question import Question
from poseapp.ui.words import tr

__all__ = ["KEEP", "HistoryWiring"]

#: The preference that says whether attempts are kept.
KEEP = "keep_attempts"
_FILE = "poseapp history.csv"


class HistoryWiring(QObject):
    """Reads and changes the history as its page asks for, and asks before anything is lost.

    Signals
    -------
    visited(object)
        The page to show: the history, or one attempt of it.
    example_chosen(object)
        An `Entry` to practise.
    """

    visited = Signal(object)
    example_chosen = Signal(object)

    def __init__(self, reader: HistoryReader, shelf: Shelf, preferences: Preferences) -> None:
        self.page = HistoryPage(shelf)
        super().__init__(self.page)
        self.attempt = KeptAttemptPage()
        self.reader = reader
        self._shelf = shelf
        self._preferences = preferences
        self.page.set_keeping(preferences.switch(KEEP))
        self._wire()

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """The history and an attempt of it."""
        return self.page, self.attempt

    @property
    def keeping(self) -> bool:
        """Whether attempts are to be kept."""
        return self._preferences.switch(KEEP)

    def open(self) -> None:
        """Read the history and show it."""
        self.page.hush()
        self._shelf.refresh()
        self.reader.refresh()
        self.visited.emit(self.page)

    @Slot()
    def practise_shown(self) -> None:
        """Practise what the shown attempt was at, if the library has it."""
        entry = self._entry_of_shown()
        if entry is not None:
            self.example_chosen.emit(entry)

    def _wire(self) -> None:
        page, reader, attempt = self.page, self.reader, self.attempt
        reader.read.connect(self._show)
        reader.opened.connect(self._show_attempt)
        reader.traced.connect(attempt.show_kept_trace)
        reader.not_traced.connect(self._tell_no_trace)
        reader.exported.connect(self._tell_exported)
        reader.failed.connect(self._tell_problem)
        self._shelf.listed.connect(self._listed)
        page.chosen.connect(self._choose)
        page.opened.connect(reader.open)
        page.remove_wanted.connect(self._ask_to_remove)
        page.clear_wanted.connect(self._ask_to_clear)
        page.export_wanted.connect(self._ask_for_file)
        page.folder_wanted.connect(self._open_folder)
        page.keep_changed.connect(self._switch_keeping)
        attempt.left.connect(self._back_to_page)
        attempt.remove_wanted.connect(self._ask_to_remove_shown)
        attempt.practise_wanted.connect(self.practise_shown)

    # What is read

    @Slot()
    def _show(self) -> None:
        self.page.show_contents(self.reader.contents, readable=not self.reader.unreadable)

    @Slot(object)
    def _choose(self, reference: PracticedReference) -> None:
        self.reader.look_at(reference)

    @Slot(object)
    def _show_attempt(self, kept: KeptAttempt) -> None:
        self.attempt.show_kept(kept, now())
        self._look_at_library()
        self.visited.emit(self.attempt)

    @Slot()
    def _listed(self) -> None:
        if self.attempt.isVisible():  # it was opened before the library was read
            self._look_at_library()

    def _look_at_library(self) -> None:
        """Offer what the library has for the shown attempt."""
        shown, entry = self.attempt.shown, self._entry_of_shown()
        if shown is None:
            return
        self.attempt.practise.setVisible(entry is not None)
        if entry is not None:
            self.reader.trace(shown, entry)
        elif self._shelf.read:
            name = title_words(shown.reference)
            self.attempt.tell_no_trace(
                tr("“{name}” is not in the library, so there is no still to compare with.", name=name)
            )

    @Slot(object)
    def _tell_no_trace(self, error: PoseAppError) -> None:
        self.attempt.tell_no_trace(str(error))

    def _entry_of_shown(self) -> Entry | None:
        shown = self.attempt.shown
        return None if shown is None else self.page.entry(shown.reference)

    @Slot()
    def _back_to_page(self) -> None:
        self.visited.emit(self.page)

    @Slot(object)
    def _tell_problem(self, error: PoseAppError) -> None:
        self.page.tell("alert", error.sentence, error.hint)

    # What is removed

    @Slot(int)
    def _ask_to_remove(self, id: int) -> None:
        record = next((attempt for attempt in self.reader.contents.attempts if attempt.id == id), None)
        if record is not None:
            self._ask_about(record, self.page).accepted.connect(lambda: self._remove(id))

    @Slot()
    def _ask_to_remove_shown(self) -> None:
        shown = self.attempt.shown
        if shown is not None:
            question = self._ask_about(shown, self.attempt)
            question.accepted.connect(lambda: self._remove(shown.id or 0))
            question.accepted.connect(self._back_to_page)

    def _ask_about(self, record: AttemptRecord, page: QWidget) -> Question:
        title, text = named_words(record, now())
        return _asked(Question(title, text, tr("Remove"), tr("Keep it"), page.window()))

    def _remove(self, id: int) -> None:
        self.page.hush()
        self.reader.remove(id)

    @Slot()
    def _ask_to_clear(self) -> None:
        count = self.reader.contents.count
        if count == 1:
            title = tr(
                "Remove the only attempt, at {title}?", title=title_words(self.reader.contents.progress[0].reference)
            )
        else:
            title = tr("Remove all {count} attempts?", count=count)
        text = tr("The scores and skeletons of everything you practised are gone for good.")
        question = Question(title, text, tr("Remove everything"), tr("Keep them"), self.page.window())
        _asked(question).accepted.connect(self._clear)

    @Slot()
    def _clear(self) -> None:
        self.page.hush()
        self.reader.clear()

    # Files

    @Slot()
    def _ask_for_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _ = QFileDialog.getSaveFileName(
            self.page.window(), tr("Export all attempts"), str(Path(folder) / _FILE), f"{tr('Table')} (*.csv)"
        )
        if name:
            path = Path(name)
            self.page.hush()
            self.reader.export(path if path.suffix else path.with_suffix(".csv"))

    @Slot(object, int)
    def _tell_exported(self, path: Path, count: int) -> None:
        title = tr("1 attempt is exported") if count == 1 else tr("{count} attempts are exported", count=count)
        self.page.tell("check-circle-outline", title, str(path))

    @Slot()
    def _open_folder(self) -> None:
        folder = self.reader.folder
        # Before the first attempt there is none; then the nearest that there is.
        there = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(there))):
            self.page.tell("folder-account-outline", tr("Your data lies on this computer only"), str(folder))
        else:
            self.page.tell(
                "folder-account-outline", tr("The folder could not be opened. Your data lies here:"), str(folder)
            )

    @Slot(bool)
    def _switch_keeping(self, on: bool) -> None:
        self._preferences.keep(KEEP, on)


def _asked(question: Question) -> Question:
    question.open()
    return question
