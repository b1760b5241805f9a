"""The window: paints and wires, decides nothing. The room of PySide6 and pyqtgraph."""
