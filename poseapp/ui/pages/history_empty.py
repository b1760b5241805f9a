"""The history before there is any: what will be here, and the first step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import GAP, GAP_L, colour
from poseapp.ui.widgets.cards import Card, PrimaryButton, label
from poseapp.ui.words import tr

__all__ = ["EmptyHistory"]

_WORDS_WIDTH = 440


class _Disc(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(80, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised"))
        painter.drawEllipse(self.rect())
        paint_icon(painter, QRectF(self.rect()).adjusted(20, 20, -20, -20), "chart-line", "green")
        painter.end()


class EmptyHistory(Card):
    """Words and a way on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._keeping = self._readable = True
        self._words = label("", "body", "text2", wrap=True)
        self.practise = PrimaryButton(tr("Start practising"), "run", "Space", parent=self)
        self._title = label("", "sentence", wrap=True)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout()
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(_Disc(self), 0, centre)
        column.addSpacing(GAP)
        for words in (self._title, self._words):
            words.setAlignment(centre)
            words.setMaximumWidth(_WORDS_WIDTH)
            line = QHBoxLayout()  # not an alignment, which would take from the words their height
            line.addStretch(1)
            line.addWidget(words, 1000)
            line.addStretch(1)
            column.addLayout(line)
        column.addSpacing(GAP_L)
        column.addWidget(self.practise, 0, centre)
        column.addStretch(3)
        self.body.addLayout(column)
        self._say()

    def set_keeping(self, on: bool) -> None:
        """Say what will be here, or that nothing will."""
        self._keeping = on
        self._say()

    def set_readable(self, on: bool) -> None:
        """Say that there is nothing yet, or that nobody knows."""
        self._readable = on
        self._say()

    def _say(self) -> None:
        title = tr("Nothing practised yet")
        if not self._readable:
            title = tr("Your history could not be read")
            words = tr("Nothing in it was changed. You can practise, but new attempts cannot be kept for now.")
        elif self._keeping:
            words = tr("Every attempt you record appears here: its score, how it compares with others, and why.")
        else:
            words = tr("Your attempts are not kept. Switch “Keep my attempts” on to see your progress here.")
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
