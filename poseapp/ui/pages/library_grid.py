"""Cards side by side, as many as have room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from poseapp.ui.theme import GAP_L, set_role
from poseapp.ui.widgets.example_card import ExampleCard
from poseapp.ui.words import tr

__all__ = ["CardGrid"]

_LEAST_WIDTH = 216
_MOST_COLUMNS = 6


class CardGrid(QWidget):
    """Lays cards of one width out in rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "clear")
        self.setAccessibleName(tr("Movements"))
        self.shown: list[ExampleCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_L)
        self._columns = 1
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_cards(self, shown: Sequence[ExampleCard], all_cards: Sequence[ExampleCard]) -> None:
        """Show `shown` in their order and hide the rest of `all_cards`."""
        self.shown = list(shown)
        for card in all_cards:
            self._grid.removeWidget(card)
            card.setVisible(card in self.shown)
        self._arrange()

    def neighbour(self, card: ExampleCard | None, columns: int, rows: int) -> ExampleCard | None:
        """The card so many places from `card`, kept within the grid; the first one when `card` is not shown."""
        if card not in self.shown:
            return self.shown[0] if self.shown else None
        at = self.shown.index(card)
        wanted = at + columns + rows * self._columns
        if rows and not 0 <= wanted < len(self.shown):
            # Down from above a gap in the last row leads to the last card, further nowhere.
            last_row = (len(self.shown) - 1) // self._columns
            wanted = len(self.shown) - 1 if rows > 0 and at // self._columns < last_row else at
        return self.shown[min(max(wanted, 0), len(self.shown) - 1)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        least = max([_LEAST_WIDTH, *(card.minimumSizeHint().width() for card in self.shown)])
        self._columns = min(max(1, (self.width() + GAP_L) // (least + GAP_L)), _MOST_COLUMNS)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)
        for number, card in enumerate(self.shown):
            self._grid.addWidget(card, number // self._columns, number % self._columns)
