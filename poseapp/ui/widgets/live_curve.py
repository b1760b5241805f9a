"""One curve that moves at camera speed. Importing this imports pyqtgraph: do it late."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.theme import colour
from poseapp.ui.words import tr

__all__ = ["LiveCurve"]

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_HALF_TEXT = 9  # pixels
_ROOMY = 140  # pixels: below this every second tick is left out


class LiveCurve(QWidget):
    """Values of 0..1 over the last `seconds` seconds; fixed axes, because fitting them costs seven times as much."""

    axis_width = 40

    def __init__(self, seconds: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pg.setConfigOptions(antialias=True)
        plot = pg.PlotWidget(self, background=colour("panel"))
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.setAccessibleName(tr("Similarity over time"))
        plot.hideAxis("bottom")
        # Room right of now for the dot.
        plot.setXRange(-seconds, seconds * 0.015, padding=0)
        plot.disableAutoRange()
        axis = plot.getAxis("left")
        axis.setWidth(self.axis_width)
        axis.setStyle(tickLength=0, tickFont=font("small", tabular=True))
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTextPen(colour("text2"))
        grid = pg.mkPen(colour("line"), width=1)
        self._grid = {v: pg.InfiniteLine(v, angle=0, pen=grid) for v in _TICKS}
        for line in self._grid.values():
            plot.addItem(line)
        self._plot = plot
        self._line = plot.plot(connect="finite")
        self._ratio = 0.0
        self._dot = pg.ScatterPlotItem(size=9, pen=None, brush=colour("green"))
        plot.addItem(self._dot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(plot)
        self.setAccessibleName(tr("Similarity over time"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = max(2 * _HALF_TEXT + 1, self.height())
        # Half a line of text fits above 1 and below 0, whatever the height.
        margin = _HALF_TEXT / (height - 2 * _HALF_TEXT)
        self._plot.setYRange(-margin, 1 + margin, padding=0)
        ticks = _TICKS if height >= _ROOMY else _TICKS[::2]
        self._plot.getAxis("left").setTicks([[(v, f"{v:.2f}") for v in ticks]])
        for v, line in self._grid.items():
            line.setVisible(v in ticks)

    def set_data(self, x: np.ndarray, y: np.ndarray) -> None:
        """Show `y` (N,), NaN for gaps, over `x` (N,) seconds before now."""
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio:
            # pyqtgraph's pens count real pixels.
            self._ratio = ratio
            self._line.setPen(pg.mkPen(colour("green"), width=2 * ratio))
        self._line.setData(x, y)
        if len(y) and np.isfinite(y[-1]):
            self._dot.setData([x[-1]], [y[-1]])
        else:
            self._dot.clear()
