"""What the keys do in the window."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from poseapp.ui.flow.phase import Phase

if TYPE_CHECKING:
    from poseapp.ui.navigation import Navigation

__all__ = ["WindowKeys"]

_FULL = Qt.WindowState.WindowFullScreen


class WindowKeys(QObject):
    """Binds the keys that work wherever the focus is, but in a text field; each page takes them in its own way.

    Parameters
    ----------
    window : QWidget
        Full screen and its end are for it.
    navigation : Navigation
    """

    def __init__(self, window: QWidget, navigation: Navigation) -> None:
        super().__init__(window)
        self._window = window
        self._navigation = navigation
        controls = navigation.practice.controls
        for keys, act in (
            ("Space", self._press),
            ("Esc", self._back),
            ("F", self.toggle_full_screen),
            ("M", controls.mirror.toggle),
            ("T", controls.trails.toggle),
            ("S", controls.skeleton.toggle),
            ("Ctrl+O", navigation.open_reference),
            ("Ctrl+1", navigation.open_practice),
            ("Ctrl+2", navigation.open_library),
            ("Ctrl+3", navigation.open_history),
            ("Home", partial(self._step, seconds=-inf)),
            ("End", partial(self._step, seconds=inf)),
        ):
            self._bind(keys, act)
        for keys, act in (
            ("Left", partial(self._step, -1)),
            ("Right", partial(self._step, 1)),
            ("Shift+Left", partial(self._step, seconds=-1.0)),
            ("Shift+Right", partial(self._step, seconds=1.0)),
        ):
            self._bind(keys, act, repeat=True)
        controls.full_screen_pressed.connect(self.toggle_full_screen)

    @Slot()
    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        self._window.setWindowState(self._window.windowState() ^ _FULL)

    def _bind(self, keys: str, slot: object, *, repeat: bool = False) -> None:
        # A shortcut of the window comes before the focus widget's own use of the key, except in text fields.
        shortcut = QShortcut(QKeySequence(keys), self._window)
        shortcut.setAutoRepeat(repeat)
        shortcut.activated.connect(slot)

    @Slot()
    def _back(self) -> None:
        if not self._navigation.back() and self._window.isFullScreen():
            self.toggle_full_screen()

    @Slot()
    def _press(self) -> None:
        """The one thing to do next on each page."""
        to = self._navigation
        page, flow = to.page, to.flow
        if page is to.library:
            to.library.press()
        elif page is to.history.page:
            to.history.page.press()
        elif page is to.help:
            to.help.press()
        elif page is to.history.attempt:
            to.history.practise_shown()
        elif page is to.practice and flow.phase is Phase.NO_SOURCE:
            to.no_camera.tell()
        elif page is to.practice:
            flow.record_or_stop()
        elif page is to.result and to.demo.on:
            to.demo.try_it()
        elif page is to.result:
            flow.again()
        elif page is to.lost:
            flow.score_kept()
        elif page is to.first_run:
            to.show_demo()

    def _step(self, pictures: int = 0, *, seconds: float = 0.0) -> None:
        """Arrows, Home and End: move the still; in the library go from card to card, in the history to the ends."""
        to = self._navigation
        if to.page is to.practice:
            to.flow.references.step(pictures, seconds=seconds)
        elif to.page is to.library and pictures:
            to.library.go(columns=pictures)
        elif to.page is to.library and abs(seconds) > 1:
            to.library.go_to_end(last=seconds > 0)
        elif to.page is to.history.page:
            to.history.page.go(pictures, seconds)
