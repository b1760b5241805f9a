"""The line at the bottom: figures of the picture, and the promise."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from poseapp.ui.icons import pixmap
from poseapp.ui.theme import GAP_S
from poseapp.ui.widgets.cards import label
from poseapp.ui.words import tr

__all__ = ["StatusLine"]

_CHANGE_MS = 250


class StatusLine(QWidget):
    """Size and rate of the pictures, time of the pose model, whom it follows. Nothing leaves this computer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Figures"))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        self._figures: list[tuple[QLabel, QLabel]] = []
        for name in ("camera-outline", "vector-polyline", "account-check-outline"):
            mark, words = self._pair(name)
            row.addWidget(mark)
            row.addWidget(words)
            row.addSpacing(GAP_S)
            self._figures.append((mark, words))
        row.addStretch(1)
        mark, self._promise = self._pair("lock")
        self._promise.setText(tr("Nothing leaves this computer"))
        row.addWidget(mark)
        row.addWidget(self._promise)
        # What has no room is left out; the window may be narrower than all of it.
        self.setMinimumWidth(1)
        self._since = QElapsedTimer()
        self._since.start()
        self.set_figures(("", "", ""))

    def due(self) -> bool:
        """Whether it is visible and its last change was long enough ago to be read."""
        if not self.isVisible() or self._since.elapsed() < _CHANGE_MS:
            return False
        self._since.restart()
        return True

    def set_figures(self, figures: tuple[str, str, str]) -> None:
        """Show the words of picture, pose and person; what is empty hides with its icon."""
        for (_, words), text in zip(self._figures, figures, strict=True):
            words.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the figures that have words, and of these as many, from the first, as the layout has room for."""
        worded = [pair for pair in self._figures if pair[1].text()]
        for mark, words in self._figures:
            mark.setVisible(bool(words.text()))
            words.setVisible(bool(words.text()))
        while worded and self._row.minimumSize().width() > self.width():
            for widget in worded.pop():
                widget.hide()
            self._row.invalidate()

    def _pair(self, name: str) -> tuple[QLabel, QLabel]:
        mark = label()
        mark.setPixmap(pixmap(name, "text2", 18, self.devicePixelRatioF()))
        return mark, label("", "caption", "text2")
