"""One curve that moves at camera speed. Importing this imports pyqtgraph: do it late."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poseapp.ui.fonts import font
from poseapp.ui.theme import colour
from poseapp.ui.words import tr

__all__ = ["LiveCurve"]


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
        # Room above 1 and right of now for the width of the line and the dot.
        plot.setRange(xRange=(-seconds, seconds * 0.015), yRange=(-0.02, 1.04), padding=0)
        plot.disableAutoRange()
        axis = plot.getAxis("left")
        axis.setTicks([[(v, f"{v:.2f}") for v in (0.0, 0.25, 0.5, 0.75, 1.0)]])
        axis.setWidth(self.axis_width)
        axis.setStyle(tickLength=0, tickFont=font("small", tabular=True))
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTextPen(colour("text2"))
        grid = pg.mkPen(colour("line"), width=1)
        for v in (0.0, 0.25, 0.5, 0.75, 1.0):
            plot.addItem(pg.InfiniteLine(v, angle=0, pen=grid))
        self._line = plot.plot(connect="finite")
        self._ratio = 0.0
        self._dot = pg.ScatterPlotItem(size=9, pen=None, brush=colour("green"))
        plot.addItem(self._dot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(plot)
        self.setAccessibleName(tr("Similarity over time"))

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
