"""Long work: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.motion import motion_reduced
from poseapp.ui.widgets.buttons import flat_button
from poseapp.ui.widgets.cards import label
from poseapp.ui.words import tr

__all__ = ["ProgressRow"]

_DELAY_MS = 300  # what is over by then needs no bar


class ProgressRow(QWidget):
    """A bar with words and Cancel. It shows itself when the work takes longer than 0.3 s and hides at the end.

    Signals
    -------
    cancelled()
        The person wants it to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._words = label("", "caption", "text2", wrap=True)
        self._words.setFont(font("caption", tabular=True))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self.cancel_button = flat_button(tr("Cancel"), "close")
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.show)
        self.setAccessibleName(tr("Progress"))
        self.hide()

    def start(self, text: str) -> None:
        """Begin work called `text`, such as ``Finding poses``."""
        self._text = text
        self.cancel_button.setEnabled(True)
        self.set_progress(0, None)
        if not self.isVisible():
            self._timer.start()

    def set_text(self, text: str) -> None:
        """Call the work `text` from now on."""
        self._text = text
        self._words.setText(text)
        self.setAccessibleDescription(text)

    def set_progress(self, done: int, total: int | None) -> None:
        """`done` of `total` pieces are finished; a total of None means that nobody knows how many there are."""
        if total:
            self._bar.setRange(0, total)
            self._bar.setValue(min(done, total))
            words = tr("{what}, {done} of {total}", what=self._text, done=done, total=total)
        else:
            self._bar.setRange(0, int(motion_reduced()))  # up to 0 a bar runs to and fro
            self._bar.setValue(0)
            words = tr("{what}, {done}", what=self._text, done=done) if done else self._text
        self._words.setText(words)
        self.setAccessibleDescription(words)

    def finish(self) -> None:
        """The work is over, one way or another."""
        self._timer.stop()
        # A busy bar keeps a timer of its style running, even hidden.
        self._bar.setRange(0, 1)
        self.hide()
