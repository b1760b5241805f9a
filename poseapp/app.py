"""The window's start. Nothing here imports Qt before :func:`run_window` is called."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from poseapp.library.entry import Entry
    from poseapp.library.history import History
    from poseapp.library.reference import Reference
    from poseapp.library.shelf import Library
    from poseapp.scoring import Strictness
    from poseapp.session.live import LiveSession
    from poseapp.ui.main_window import MainWindow
    from poseapp.ui.navigation import Navigation
    from poseapp.vision.cameras import CameraInfo

__all__ = ["connect", "run_window"]

_IMPORTED_AT = time.time()


def run_window(
    source: str | None = None,
    reference: str | Path | Entry | None = None,
    still: str | None = None,
    model: str | None = None,
    *,
    strictness: Strictness | None = None,
    demo: bool = False,
) -> int:
    """Show the window until it is closed.

    Parameters
    ----------
    source : str, optional
        A camera, clip or address; without it the first camera there is.
    reference : str or Path or Entry, optional
        The coach's clip, or a reference of the library.
    still : str, optional
        What to compare with live: a photo, or seconds in the reference.
    model : str, optional
        Name of the pose model; without it the one that was used last.
    strictness : {"strict", "normal", "gentle"}, optional
        How strict scores are; without it as they were last.
    demo : bool
        Show the demo, in which a built-in clip stands in for the camera; `source` and `reference` mean nothing then.

    Returns
    -------
    int
        Exit code.

    Raises
    ------
    ModelError
        The list of models is missing or damaged.

    Notes
    -----
    With ``POSEAPP_STARTUP_REPORT`` in the environment it prints how long the start took as JSON and ends at the
    first skeleton: ``benchmarks/startup.py`` measures the very command that people type.
    """
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QGuiApplication, QIcon
    from PySide6.QtWidgets import QApplication

    from poseapp.errors import PoseAppError
    from poseapp.faults import faults_logged
    from poseapp.paths import assets_dir
    from poseapp.ui.fault_dialog import FaultTeller
    from poseapp.ui.main_window import MainWindow
    from poseapp.ui.theme import apply_theme

    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("poseapp")
    app.setDesktopFileName("poseapp")
    app.setWindowIcon(QIcon(str(assets_dir() / "icon.png")))
    apply_theme(app)
    window = MainWindow()
    shown: dict[str, float] = {}

    failed: list[PoseAppError] = []

    def bring_in() -> None:
        # After the first paint: what this imports would double the time to a visible window.
        try:
            navigation = connect(window, model, strictness)
        except PoseAppError as error:  # nothing works without the list of models
            failed.append(error)
            window.close()
            return
        if os.environ.get("POSEAPP_STARTUP_REPORT"):
            _report_start(navigation, window, shown)
        if demo:
            navigation.show_demo()
            return
        if reference is not None:
            navigation.flow.references.load(reference, still)
        else:
            navigation.begin(still)
        navigation.flow.sources.begin(source)

    def painted() -> None:
        shown["window_shown_ms"] = _since_start_ms()
        QTimer.singleShot(0, bring_in)

    window.first_painted.connect(painted)
    window.show()
    with faults_logged(FaultTeller(window).tell):
        code = app.exec()
    if failed:
        raise failed[0]
    return code


def connect(
    window: MainWindow,
    model: str | None = None,
    strictness: Strictness | None = None,
    *,
    session_factory: Callable[..., LiveSession] | None = None,
    list_cameras_now: Callable[[], tuple[CameraInfo, ...]] | None = None,
    load_now: Callable[..., Reference] | None = None,
    library_now: Callable[[], Library] | None = None,
    history: History | None = None,
) -> Navigation:
    """Bring the practice into a window that is shown; returns what leads through it.

    Parameters
    ----------
    window : MainWindow
    model : str, optional
        Name of the pose model; without it the one that was used last.
    strictness : {"strict", "normal", "gentle"}, optional
        How strict scores are; without it as they were last.
    session_factory, list_cameras_now, load_now, library_now : callable, optional
        In place of the live session, the list of cameras, the loading of references and the library.
    history : History, optional
        In place of the user's own.

    Raises
    ------
    ModelError
        The list of models is missing or damaged.
    """
    from poseapp.library.history import History, history_path
    from poseapp.library.shelf import default_library
    from poseapp.session.live import LiveSession
    from poseapp.session.references import load_reference
    from poseapp.ui.flow.attempts import AttemptKeeper
    from poseapp.ui.flow.history import HistoryReader
    from poseapp.ui.flow.practice import PracticeFlow
    from poseapp.ui.flow.references import References
    from poseapp.ui.flow.shelf import Shelf
    from poseapp.ui.flow.sources import Sources
    from poseapp.ui.live_bridge import LiveBridge
    from poseapp.ui.navigation import Navigation
    from poseapp.ui.preferences import Preferences
    from poseapp.vision.cameras import list_cameras
    from poseapp.vision.models import DEFAULT_MODEL, list_models

    preferences = Preferences()
    known = {info.name for info in list_models()}
    wanted = model or preferences.text("model", DEFAULT_MODEL)
    name = wanted if wanted in known else DEFAULT_MODEL
    bridge = LiveBridge(session_factory or LiveSession, window)
    history = history or History(history_path())
    flow = PracticeFlow(
        bridge,
        Sources(bridge, name, list_cameras_now or list_cameras, window),
        References(bridge, name, load_now or load_reference, window),
        AttemptKeeper(history, window),
        window,
    )
    flow.judging.strictness = strictness or preferences.strictness
    shelf = Shelf(library_now or default_library, window)
    reader = HistoryReader(history, window, load_now=load_now or load_reference)
    navigation = Navigation(window.practice, flow, shelf, reader, preferences)
    window.attach(navigation)
    return navigation


def _report_start(navigation: Navigation, window: MainWindow, shown: dict[str, float]) -> None:
    def first_skeleton(_captured_at: float) -> None:
        last = navigation.wiring.last
        if last is not None and last.pose is not None and "first_skeleton_ms" not in shown:
            shown["first_skeleton_ms"] = _since_start_ms()
            sys.stdout.write(json.dumps({name: round(ms) for name, ms in shown.items()}) + "\n")
            sys.stdout.flush()
            window.close()

    window.practice.view.painted.connect(first_skeleton)


def _since_start_ms() -> float:
    """Milliseconds since this process began; where the system does not say, since this module was imported."""
    now = time.time()
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        uptime_s = float(Path("/proc/uptime").read_text().split()[0])
        return (uptime_s - ticks / os.sysconf("SC_CLK_TCK")) * 1000
    except (OSError, ValueError, IndexError):
        return (now - _IMPORTED_AT) * 1000
