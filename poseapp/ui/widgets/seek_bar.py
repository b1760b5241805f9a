"""A bar for a place in time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from poseapp.ui.words import seconds_words

__all__ = ["SeekBar"]


class SeekBar(QSlider):
    """Chooses one of the instants `times`; the arrow keys move by one picture, Page keys by a second.

    Signals
    -------
    sought(float)
        The instant, in seconds as in `times`, that the person moved to.
    """

    sought = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._times: NDArray[np.float64] = np.zeros(1)
        self.setAccessibleName(name)
        self.setMinimumHeight(24)
        self.setEnabled(False)
        self.valueChanged.connect(self._moved)

    def set_times(self, times: NDArray[np.float64]) -> None:
        """Offer the instants `times` (T,), rising, in seconds; with fewer than two there is nothing to choose."""
        with QSignalBlocker(self):
            self._times = np.asarray(times, dtype=np.float64) if len(times) else np.zeros(1)
            last = len(self._times) - 1
            self.setRange(0, last)
            span = float(self._times[-1] - self._times[0])
            self.setPageStep(max(1, round(last / span)) if span > 0 else 1)
            self.setValue(0)
            self.setEnabled(last > 0)
        self._describe()

    @property
    def seconds(self) -> float:
        """The chosen instant in seconds."""
        return float(self._times[self.value()])

    def set_seconds(self, seconds: float) -> None:
        """Move to the last instant that is not after `seconds`, without a signal."""
        with QSignalBlocker(self):
            self.setValue(int(np.searchsorted(self._times, seconds + 1e-9, side="right")) - 1)
        self.update()
        self._describe()

    def _moved(self) -> None:
        self._describe()
        self.sought.emit(self.seconds)

    def _describe(self) -> None:
        self.setAccessibleDescription(seconds_words(self.seconds))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            # Qt's own slider moves by a page here; a click on a film is expected to go to that place.
            x = round(event.position().x())
            self.setValue(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x - 8, max(1, self.width() - 16))
            )
        super().mousePressEvent(event)
