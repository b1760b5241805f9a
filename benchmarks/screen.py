"""A real camera view in a real window, or nothing where there is no Qt."""

from __future__ import annotations

import importlib.util
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from poseapp.session.live import LiveSession, LiveStatus
from poseapp.session.update import PoseUpdate
from poseapp.vision.sources.base import FrameSource

__all__ = ["VIEW_SIZE", "Screen", "has_qt", "make_application", "make_screen", "platform_name"]

#: Of the camera view in pixels: about what a window of 1440 × 900 gives it.
VIEW_SIZE = (1024, 576)


def has_qt() -> bool:
    """Whether PySide6 is installed."""
    return importlib.util.find_spec("PySide6") is not None


class Screen:
    """Where updates go when there is no Qt: they are taken at once and counted as shown.

    Attributes
    ----------
    shown : list of tuple
        Per shown frame the time it was shown and the time it was captured, monotonic seconds.
    updates : list of PoseUpdate
        The first and the newest update since :meth:`forget`.
    """

    what = "handed to the screen (no Qt installed)"

    def __init__(self) -> None:
        self.shown: list[tuple[float, float]] = []
        self.updates: list[PoseUpdate] = []
        self.status = LiveStatus()
        self._waits = threading.Event()
        self.session = LiveSession(on_update=self._waits.set, on_status=self._hear)
        self.session.set_screen_size(*VIEW_SIZE)

    def start(self, source: FrameSource, model: str) -> None:
        """Begin to show `source`."""
        self.session.start(source, model)

    def forget(self) -> None:
        """Forget what was shown so far."""
        self.shown.clear()
        self.updates.clear()

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Show what comes for `seconds`, or until `until` says so."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not until():
            if self._waits.wait(min(left, 0.1)):
                self._waits.clear()
                if (update := self.session.take()) is not None:
                    self.note(update)
                    self.painted(update.frame.captured_at)

    def close(self) -> None:
        """Stop the session."""
        self.session.stop()

    def note(self, update: PoseUpdate) -> None:
        """Remember an update."""
        self.updates[1:] = [update]

    def painted(self, captured_at: float) -> None:
        """Remember that the frame captured then is on the screen now."""
        self.shown.append((time.monotonic(), captured_at))

    def _hear(self, status: LiveStatus) -> None:
        self.status = status


def make_screen() -> Screen:
    """The real thing with Qt, the plain one without."""
    return _qt_screen() if has_qt() else Screen()


def platform_name() -> str:
    """What Qt paints to, or ``none``."""
    if not has_qt():
        return "none"
    return str(make_application().platformName())


def make_application() -> Any:
    """The one QApplication, painting offscreen where there is no display."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication([])


def _qt_screen() -> Screen:
    make_application()
    from PySide6.QtCore import QEventLoop, QTimer

    from poseapp.ui.live_bridge import LiveBridge
    from poseapp.ui.widgets.camera_view import CameraView

    class QtScreen(Screen):
        what = "end of paintEvent of the camera view"

        def __init__(self) -> None:
            self.shown, self.updates, self.status = [], [], LiveStatus()
            self.view = CameraView()
            self.view.resize(*VIEW_SIZE)
            self.bridge = LiveBridge()
            self.session = self.bridge.session
            self.view.resized.connect(self.session.set_screen_size)
            self.view.painted.connect(self.painted)
            self.bridge.updated.connect(self.view.show_update)
            self.bridge.updated.connect(self.note)
            self.bridge.status_changed.connect(self._hear)
            self.view.show()

        def start(self, source: FrameSource, model: str) -> None:
            self.bridge.start(source, model)

        def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
            loop = QEventLoop()
            QTimer.singleShot(round(seconds * 1000), loop.quit)
            asking = QTimer()
            asking.timeout.connect(lambda: loop.quit() if until() else None)
            asking.start(50)
            loop.exec()

        def close(self) -> None:
            super().close()
            self.view.close()
            self.view.deleteLater()
            self.bridge.deleteLater()

    return QtScreen()
