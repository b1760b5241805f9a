"""The score page of an attempt of the history."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from poseapp.library.history import AttemptRecord
from poseapp.ui.flow.history import KeptAttempt, KeptTrace
from poseapp.ui.pages.history_words import title_words
from poseapp.ui.pages.result import ResultPage
from poseapp.ui.when_words import local, moment_words
from poseapp.ui.widgets.cards import PrimaryButton, flat_button
from poseapp.ui.words import seconds_words, tr, view_chip_words

__all__ = ["KeptAttemptPage"]


class KeptAttemptPage(ResultPage):
    """Shows what came of an attempt as it was shown then, and says when that was.

    Signals
    -------
    remove_wanted()
    practise_wanted()
        Practise the same again.
    """

    remove_wanted = Signal()
    practise_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("An attempt of the history"))
        self.shown: AttemptRecord | None = None
        self.again.hide()
        self.strictness.set_changeable(False)  # what was kept stays as it was judged
        self.remove = flat_button(tr("Remove …"), "trash-can-outline")
        self.remove.clicked.connect(self.remove_wanted)
        self.practise = PrimaryButton(tr("Practise it"), "run", "Space", size="", parent=self)
        self.practise.clicked.connect(self.practise_wanted)
        self.top.addWidget(self.remove)
        self.top.addWidget(self.practise)
        self.name_back(tr("Back to the history"))

    def show_kept(self, kept: KeptAttempt, now: datetime) -> None:
        """Show the attempt as one says at `now` when it was."""
        self.shown = kept.record
        reference = kept.record.reference
        when = moment_words(local(kept.record.ended_at), now)
        view = view_chip_words(reference.view)
        facts = tr("{view}, {when}", view=view, when=when) if view else when
        self.show_card(kept.card, None, title_words(reference), facts)
        self._has_trace = True  # it follows, or why there is none
        self._fit()

    def show_kept_trace(self, kept: KeptTrace) -> None:
        """Show how like the still it was."""
        self.show_trace(kept.trace, tr("Similarity to the still at {at}", at=seconds_words(kept.still_s)))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.back.setFocus()
