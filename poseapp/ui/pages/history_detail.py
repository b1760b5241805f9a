"""One movement of the history: how the scores went, the parts of the body, and the attempts."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from poseapp.ui.flow.history import Contents
from poseapp.ui.icons import pixmap
from poseapp.ui.pages.history_figures import change, comparable, judged, part_figures
from poseapp.ui.pages.history_words import attempt_rows, change_icon, change_words, chart_points, title_words
from poseapp.ui.pages.practice_header import Title
from poseapp.ui.theme import GAP, set_role
from poseapp.ui.when_words import local
from poseapp.ui.widgets.attempts_list import AttemptsList
from poseapp.ui.widgets.cards import Card, Chip, label
from poseapp.ui.widgets.part_cards import PartCards
from poseapp.ui.widgets.progress_chart import ProgressChart
from poseapp.ui.words import tr, view_chip_words

__all__ = ["HistoryDetail"]

_HIGH = 760


class HistoryDetail(QWidget):
    """Shows what the history holds of the chosen movement.

    Signals
    -------
    opened(int), remove_wanted(int)
        As of the list of attempts.
    """

    opened = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "clear")
        self.setAccessibleName(tr("Progress with one movement"))
        self._title = Title(role="far_button")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._view = Chip("", self)
        self._change_icon = QLabel()
        self._change = label("", "button", wrap=True)
        self.chart = ProgressChart(self)
        self.parts = PartCards(self)
        self.list = AttemptsList(self)
        self.chart.point_chosen.connect(self._go_to)
        self.list.opened.connect(self.opened)
        self.list.remove_wanted.connect(self.remove_wanted)
        self._lay_out()

    def show_contents(self, contents: Contents, now: datetime) -> None:
        """Show the chosen movement of `contents` as one says it at `now`."""
        chosen, attempts = contents.chosen, contents.attempts
        if chosen is None:
            self.list.set_rows([])
            return
        self._title.set_title(title_words(chosen))
        view = view_chip_words(chosen.view)
        self._view.setText(view)
        self._view.setVisible(bool(view))
        alike = comparable(attempts)
        told = judged(alike)
        found = change([local(a.ended_at).date() for a, _ in told], [total for _, total in told])
        self._change.setText(change_words(found, now.date()))
        self._change_icon.setVisible(found is not None)
        if found is not None:
            self._change_icon.setPixmap(pixmap(*change_icon(found), 20, self.devicePixelRatioF()))
        self.chart.set_points(chart_points(attempts, now))
        for card, figures in zip(self.parts.cards, part_figures(alike), strict=True):
            card.set_scores(figures.score, figures.values)
        self.list.set_rows(attempt_rows(attempts, now))

    @property
    def change(self) -> str:
        """The words of change."""
        return self._change.text()

    def set_crowded(self, on: bool) -> None:
        """Leave the parts of the body out, or not: something above needs their room."""
        self.parts.setVisible(not on)

    def _lay_out(self) -> None:
        progress = Card("", self)
        progress.setAccessibleName(tr("Progress"))
        top = QHBoxLayout()
        top.setSpacing(GAP - 2)
        top.addWidget(self._title)
        top.addWidget(self._view)
        top.addWidget(self._change_icon)
        top.addWidget(self._change, 1)
        progress.body.addLayout(top)
        progress.body.addWidget(self.chart, 1)
        attempts = Card(tr("Attempts"), self)
        attempts.header.addWidget(label(tr("Newest first"), "caption", "text2"))
        attempts.body.addWidget(self.list, 1)
        attempts.body.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(progress, 5)
        column.addWidget(self.parts)
        column.addWidget(attempts, 5)

    def _go_to(self, key: int) -> None:
        self.list.set_current(key)
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.set_low(self.window().height() < _HIGH)
