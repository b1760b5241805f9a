"""Likeness to the chosen still: a large number and the last ten seconds as a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.widgets.cards import label
from poseapp.ui.words import similarity_words, tr

if TYPE_CHECKING:
    from poseapp.ui.widgets.live_curve import LiveCurve

__all__ = ["SimilarityPlot"]

_CAPACITY: Final = 2048  # ten seconds at 200 frames/s
_REFRESH_MS: Final = 50
_NUMBER_EVERY: Final = 2  # refreshes: a number that changes faster than 10 times a second cannot be read


class SimilarityPlot(QWidget):
    """Shows the similarity of each frame over the last `seconds` seconds, on a fixed axis of 0 to 1.

    The curve is pyqtgraph's, which is imported only after this widget was painted once: it costs more than the rest
    of the window's start.
    """

    seconds: Final = 10.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = np.zeros(_CAPACITY)
        self._v = np.zeros(_CAPACITY)
        self._count = 0
        self._last_t = -np.inf
        self._value: float | None = None
        self._best: float | None = None
        self._still = ""
        self._dirty = False
        self._refreshes = 0
        self._curve: LiveCurve | None = None
        self._number = label(similarity_words(None), "live")
        self._number.setFont(font("live", tabular=True))
        # As wide as it ever gets, or the words beside it would wander.
        self._number.setMinimumWidth(QFontMetrics(self._number.font()).horizontalAdvance("0.000") + 8)
        self._still_line = label("", "caption", "text2", wrap=True)
        self._best_line = label("", "caption", "text2")
        self._best_line.setFont(font("caption", tabular=True))
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Similarity"))
        self.set_still("")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._still_line)
        words.addWidget(self._best_line)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._number)
        top.addLayout(words, 1)
        self._place = QGridLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setVerticalSpacing(0)
        self._place.setRowMinimumHeight(0, 72)
        self._place.setRowStretch(0, 1)
        self._place.addWidget(label(tr("10 s ago"), "small", "text2"), 1, 1)
        self._place.addWidget(label(tr("now"), "small", "text2"), 1, 2, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._place, 1)

    # What is shown

    @property
    def value(self) -> float | None:
        """Similarity of the newest frame, 0..1; None when nothing could be compared."""
        return self._value

    @property
    def best(self) -> float | None:
        """Highest similarity since the still was chosen."""
        return self._best

    def add(self, t: float, value: float | None) -> None:
        """Append the similarity `value` (None: a gap) of the frame captured at `t` seconds.

        Time that runs backwards, as a clip that starts anew, clears the curve.
        """
        if t <= self._last_t:
            self._count = 0
        self._last_t = t
        if self._count == _CAPACITY:
            half = _CAPACITY // 2
            for ring in (self._t, self._v):
                ring[:half] = ring[half:]
            self._count = half
        self._t[self._count] = t
        self._v[self._count] = np.nan if value is None else value
        self._count += 1
        self._value = value
        if value is not None and (self._best is None or value > self._best):
            self._best = value
        self._dirty = True

    def set_still(self, words: str) -> None:
        """Begin anew with another still, named by `words` such as ``still at 1.8 s``; empty: none is chosen."""
        self._still = words
        self.clear()

    def clear(self) -> None:
        """Forget the curve, the value and the best."""
        self._count = 0
        self._last_t = -np.inf
        self._value = self._best = None
        self._still_line.setText(self._still or tr("No still chosen"))
        self._show_number()
        self._dirty = True

    def curve(self) -> tuple[np.ndarray, np.ndarray]:
        """What the curve shows: seconds before now (N,), -10..0, and the similarity (N,), NaN for gaps."""
        t = self._t[: self._count]
        if not len(t):
            return t.copy(), t.copy()
        inside = t >= t[-1] - self.seconds
        return t[inside] - t[-1], self._v[: self._count][inside]

    def refresh(self) -> None:
        """Bring the number and the curve up to date now."""
        self._show_number()
        if self._curve is not None:
            self._curve.set_data(*self.curve())
        self._dirty = False

    def _refresh(self) -> None:
        if not self._dirty:
            return
        self._refreshes += 1
        if self._curve is not None:
            self._curve.set_data(*self.curve())
        if self._refreshes % _NUMBER_EVERY == 0 or self._value is None:
            self._show_number()
            self._dirty = False

    def _show_number(self) -> None:
        number = similarity_words(self._value)
        best = tr("best so far {value}", value=similarity_words(self._best)) if self._best is not None else ""
        if number == self._number.text() and best == self._best_line.text():
            return
        self._number.setText(number)
        self._best_line.setText(best)
        what = tr("Similarity {value}", value=number) if self._value is not None else tr("Nothing to compare")
        self.setAccessibleDescription(f"{what}, {best}" if best else what)

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._curve is None:
            QTimer.singleShot(0, self, self._build_curve)

    def _build_curve(self) -> None:
        if self._curve is not None:
            return
        from poseapp.ui.widgets.live_curve import LiveCurve

        self._curve = LiveCurve(self.seconds, self)
        self._place.addWidget(self._curve, 0, 0, 1, 3)
        self._place.setColumnMinimumWidth(0, self._curve.axis_width)
        self._place.setColumnStretch(1, 1)
        self._curve.set_data(*self.curve())
