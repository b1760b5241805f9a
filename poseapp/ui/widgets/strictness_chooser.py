"""How strict a score is: strict, normal or gentle, and what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poseapp.ui.theme import set_role
from poseapp.ui.widgets.buttons import Segment
from poseapp.ui.widgets.cards import label
from poseapp.ui.words import STRICTNESSES, strictness_meaning, strictness_words, tr

if TYPE_CHECKING:
    # The window is on the screen before the scorers are imported.
    from poseapp.scoring import Strictness

__all__ = ["StrictnessChooser"]


class StrictnessChooser(QWidget):
    """Three buttons in a row, and below them the chosen one in words.

    Signals
    -------
    chosen(str)
        A `Strictness`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "clear")
        self.setAccessibleName(tr("How strict"))
        self.buttons = Segment(tr("How strict"), self)
        for level in STRICTNESSES:
            self.buttons.add(level, strictness_words(level))
        self.buttons.chosen.connect(self._choose)
        self._meaning = label("", "caption", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.buttons)
        column.addWidget(self._meaning)
        self.set_current(STRICTNESSES[0])

    @property
    def current(self) -> Strictness:
        """What is chosen."""
        return next(level for level in STRICTNESSES if level == self.buttons.current)

    def set_current(self, strictness: Strictness) -> None:
        """Show `strictness` as the chosen one, without a signal."""
        self.buttons.set_current(strictness)
        self._say(strictness)

    def set_changeable(self, on: bool) -> None:
        """Offer a choice, or only say what was chosen."""
        self.buttons.setVisible(on)

    def set_brief(self, on: bool) -> None:
        """Leave to the tooltip what the choice means, where there is little room; not what was chosen."""
        self._meaning.setVisible(not on or self.buttons.isHidden())

    @property
    def meaning(self) -> str:
        """The chosen one in words."""
        return self._meaning.text()

    def _say(self, strictness: Strictness) -> None:
        meaning = strictness_meaning(strictness)
        self._meaning.setText(meaning)
        self.setToolTip(tr("How strict the score is: {meaning}", meaning=meaning))
        self.setAccessibleDescription(meaning)

    def _choose(self) -> None:
        self._say(self.current)
        self.chosen.emit(self.current)
