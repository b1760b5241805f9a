"""What is chosen in the library becomes the example."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from poseapp.library.entry import Entry
from poseapp.ui.flow.references import References
from poseapp.ui.pages.library import LibraryPage
from poseapp.ui.pages.practice_choices import PracticeChoices

__all__ = ["LibraryWiring"]


class LibraryWiring(QObject):
    """Loads what is chosen from the library's page.

    Signals
    -------
    chosen()
        Something was, and is being loaded.
    """

    chosen = Signal()

    def __init__(self, page: LibraryPage, references: References, choices: PracticeChoices) -> None:
        super().__init__(page)
        self._references = references
        self._choices = choices
        page.example_chosen.connect(self.choose)
        page.clip_wanted.connect(self._choose_clip)
        page.clip_dropped.connect(self.choose)

    @Slot(object)
    def choose(self, example: Entry | Path) -> None:
        """Take an entry of the library, or a clip, as the example."""
        self._references.load(example)
        self.chosen.emit()

    @Slot()
    def _choose_clip(self) -> None:
        if self._choices.ask_for_reference():
            self.chosen.emit()
