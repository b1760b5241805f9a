"""The window: the rail, the pages, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QWidget

from poseapp.ui.keys import WindowKeys
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.widgets.rail import Rail
from poseapp.ui.words import tr

if TYPE_CHECKING:
    from poseapp.ui.navigation import Navigation

__all__ = ["MainWindow"]

_PRACTICE = "practice"
_LIBRARY = "library"
_HISTORY = "history"
_HELP = "help"


class MainWindow(QMainWindow):
    """Lays out the rail and the pages and hands on the keys.

    It shows at once with an empty practice page; :meth:`attach` brings in what happens.

    Signals
    -------
    first_painted()
        The window is on the screen for the first time.
    """

    first_painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("poseapp")
        self.setMinimumSize(QSize(1024, 640))
        self.resize(1440, 900)
        self.rail = Rail(self)
        self.rail.add_item(_PRACTICE, tr("Practice"), "run")
        self.rail.add_item(_LIBRARY, tr("Library"), "view-grid-outline")
        self.rail.add_item(_HISTORY, tr("History"), "chart-line")
        self.rail.add_item(_HELP, tr("Help"), "help-circle-outline", bottom=True)
        self.practice = PracticePage(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.practice)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        # Nothing wears a focus ring until Tab or a click asks for one; the keys work from here.
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        centre.setFocus()
        self._navigation: Navigation | None = None
        self._painted = False

    def attach(self, navigation: Navigation) -> None:
        """Bring in the other pages and what the keys do; the window closes `navigation` with itself."""
        self._navigation = navigation
        for page in navigation.pages:
            if self.stack.indexOf(page) < 0:
                self.stack.addWidget(page)
        self.rail.chosen.connect(navigation.choose_page)
        navigation.page_changed.connect(self._show_page)
        self._keys = WindowKeys(self, navigation)
        # Space records; so Enter presses the button that has the focus.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(True)

    @Slot(object)
    def _show_page(self, page: QWidget) -> None:
        navigation = self._navigation
        self.stack.setCurrentWidget(page)
        if navigation is not None:
            # What must be read from afar has the whole window.
            self.rail.setVisible(page is not navigation.lost)
            keys = {navigation.help: _HELP, navigation.library: _LIBRARY}
            keys |= dict.fromkeys(navigation.history.pages, _HISTORY)
            self.rail.set_current(keys.get(page, _PRACTICE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.rail.set_compact(self.width() < 1120)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.hide()
        if self._navigation is not None:
            self._navigation.close()
        super().closeEvent(event)
