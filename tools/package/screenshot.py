"""Save what is on the screen, once there is a window on it and some seconds of the demo have passed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage

_LOOK_MS = 200
_GIVE_UP = 300  # looks
_DEMO_MS = 6000


def _is_something(screen: QImage) -> bool:
    colours = {screen.pixel(x, y) for x in range(0, screen.width(), 16) for y in range(0, screen.height(), 16)}
    return len(colours) > 20


def main(path: str) -> int:
    """Wait, save, and end; 1 when nothing came."""
    application = QGuiApplication(sys.argv[:1])
    looks = 0

    def grab() -> QImage:
        return QGuiApplication.primaryScreen().grabWindow(0).toImage()

    def look() -> None:
        nonlocal looks
        looks += 1
        if _is_something(grab()):
            timer.stop()
            QTimer.singleShot(_DEMO_MS, lambda: application.exit(0 if grab().save(path) else 1))
        elif looks == _GIVE_UP:
            application.exit(1)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_LOOK_MS)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
