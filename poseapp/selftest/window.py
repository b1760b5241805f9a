"""Qt: its plugins, the fonts and icons, and the real window with the demo's clip in it, read back from the screen."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poseapp.selftest.checks import Check, CheckError, require

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QImage
    from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["WINDOW_CHECKS", "choose_platform"]

_PATIENCE_S: Final = 30.0
_LOOK_MS: Final = 20
_TOLERANCE: Final = 6  # of 255 per colour: screens with 16 bits per pixel round


def choose_platform() -> None:
    """Where no window can be shown, have Qt draw into memory; to be called before Qt is used."""
    from poseapp.commands.display import display_obstacle

    if display_obstacle() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    from poseapp.ui.theme import apply_theme

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    apply_theme(application)
    return application


def _wait(reached: Callable[[], bool], what: str) -> None:
    """Let Qt work until `reached`."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    deadline = QDeadlineTimer(round(_PATIENCE_S * 1000))
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if reached() or deadline.hasExpired() else None)
    timer.start(_LOOK_MS)
    loop.exec()
    timer.stop()
    require(reached(), f"{what} did not happen within {_PATIENCE_S:.0f} s")


def _qt(_folder: Path) -> str:
    import PySide6
    from PySide6.QtGui import QGuiApplication, QImageReader

    from poseapp.session.demo import demo_reference

    _application()
    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    require({"svg", "jpg", "png"} <= formats, f"picture formats are missing: there are {sorted(formats)}")
    thumbnail = QImageReader(str(demo_reference().thumbnail)).read()
    require(not thumbnail.isNull(), "a JPEG cannot be read")
    return f"{PySide6.__version__} on {QGuiApplication.platformName()}"


def _fonts_and_icons(_folder: Path) -> str:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QIcon

    from poseapp.paths import assets_dir
    from poseapp.ui.fonts import DISPLAY, TEXT, load_fonts
    from poseapp.ui.icons import pixmap

    _application()
    require({TEXT, DISPLAY} <= set(load_fonts()), "the fonts could not be read")
    glyph = pixmap("webcam-off", "text", 32).toImage()
    require(_colours(glyph) > 2, "an icon is empty")
    check = QIcon(str(assets_dir() / "ui" / "check.svg")).pixmap(32, 32).toImage()
    require(not check.isNull() and _colours(check) > 2, "an SVG is empty")
    require(glyph.pixelColor(0, 0) == Qt.GlobalColor.transparent, "an icon has a background")
    return "Inter, Material Design Icons, SVG"


def _window(_folder: Path) -> str:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from poseapp.app import connect
    from poseapp.session.demo import demo_attempt
    from poseapp.ui.main_window import MainWindow
    from poseapp.ui.theme import colour

    _application()
    window = MainWindow()
    painted: list[bool] = []
    window.first_painted.connect(lambda: painted.append(True))
    try:
        window.show()
        _wait(lambda: bool(painted), "the first painting of the window")
        navigation = connect(window, list_cameras_now=lambda: ())
        navigation.flow.sources.begin(str(demo_attempt()))
        _wait(lambda: _has_skeleton(navigation.wiring.last), "the first skeleton in the window")
        _wait(lambda: _like(_read_back(window), window.rail, colour("rail")), "the rail on the screen")
        picture = _read_back(window)
        count = _colours(picture)
        require(count > 200, f"the window has only {count} colours")
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return f"{picture.width()} × {picture.height()} pixels, {count} colours on {QGuiApplication.platformName()}"


def _has_skeleton(update: object) -> bool:
    return getattr(update, "pose", None) is not None


def _read_back(window: QWidget) -> QImage:
    """What the screen shows of `window`; where a program may not look at the screen, what the window paints."""
    if sys.platform == "darwin":  # it would show the desktop's background
        return window.grab().toImage()
    picture = window.screen().grabWindow(window.winId())
    return (window.grab() if picture.isNull() else picture).toImage()


def _like(picture: QImage, rail: QWidget, expected: QColor) -> bool:
    """Whether the empty left edge of `rail`, at the left of its window, is `expected` in `picture`."""
    ratio = picture.width() / rail.window().width()
    found = picture.pixelColor(round(4 * ratio), round(rail.height() * ratio / 2))
    pairs = ((found.red(), expected.red()), (found.green(), expected.green()), (found.blue(), expected.blue()))
    return all(abs(a - b) <= _TOLERANCE for a, b in pairs)


def _colours(picture: QImage) -> int:
    """Number of different colours in every third row of `picture`."""
    return len({picture.pixel(x, y) for y in range(0, picture.height(), 3) for x in range(picture.width())})


def _sound(_folder: Path) -> str:
    _application()
    try:
        multimedia = importlib.import_module("PySide6.QtMultimedia")
        speech = importlib.import_module("PySide6.QtTextToSpeech")
    except ModuleNotFoundError as error:
        if hasattr(sys, "frozen"):
            raise CheckError(f"it was not packaged: {error}") from error
        return "not installed; “pip install poseapp[sound]” brings it"
    outputs = len(multimedia.QMediaDevices.audioOutputs())
    voices = [name for name in speech.QTextToSpeech.availableEngines() if name != "mock"]
    return f"{outputs} outputs, speech by {', '.join(voices) or 'nothing on this system'}"


WINDOW_CHECKS = (
    Check("Qt", _qt),
    Check("fonts and icons", _fonts_and_icons),
    Check("window", _window),
    Check("sound and speech", _sound),
)
