"""A practice window on a scripted camera: frames come when the test gives them, poses are what the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from poseapp.app import connect
from poseapp.errors import ClipError, ModelError
from poseapp.library.entry import Entry
from poseapp.library.history import History
from poseapp.library.reference import Reference
from poseapp.library.shelf import Library
from poseapp.paths import assets_dir
from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.session.demo import demo_reference
from poseapp.session.live import LiveSession
from poseapp.shortfall import Shortfall
from poseapp.ui.flow.phase import Phase
from poseapp.ui.main_window import MainWindow
from poseapp.vision.cameras import CameraInfo
from tests.patience import PATIENCE_MS, PATIENCE_S
from tests.ui.clips_in_step import Reel, play_in_step
from tests.ui.conftest import at_home
from tests.ui.scripted import SIZE, WEBCAM, ScriptedCamera, ScriptedModel


def example() -> Entry:
    """A built-in example."""
    return demo_reference()


def arm_raised(standing: Pose, share: float) -> Pose:
    """The standing person with the right arm raised by `share` of the way to straight up."""
    xy = standing.xy.copy()
    shoulder = xy[Keypoint.RIGHT_SHOULDER].copy()
    angle = np.pi * share
    for keypoint, length in ((Keypoint.RIGHT_ELBOW, 50), (Keypoint.RIGHT_WRIST, 100)):
        xy[keypoint] = shoulder + length * np.array([-np.sin(angle), np.cos(angle)])
    return Pose(xy, standing.confidence)


class Desk:
    """A window, its camera and what the test does with it."""

    def __init__(self, qtbot: QtBot, standing: Pose, folder: Path, history: History | None = None) -> None:
        self.folder = folder  # where the user's own references and the history lie
        self.history = history or History(folder / "history.sqlite")
        self.bot = qtbot
        self.standing = standing
        self.camera = ScriptedCamera()
        self.clips = Reel()
        self.model = ScriptedModel(standing, self.clips)
        self.broken_models: set[str] = set()
        self.shortfalls: dict[str, Shortfall] = {}  # of clips that are taken as examples, by file name
        self.cameras: tuple[CameraInfo, ...] = (WEBCAM,)
        self.may_load = threading.Event()
        self.may_load.set()
        self._closed = False
        self.window = MainWindow()
        self.window.show()
        self.navigation = connect(
            self.window,
            session_factory=partial(LiveSession, estimator_factory=self._make_model, retry_s=(0.01,)),
            list_cameras_now=lambda: self.cameras,
            load_now=self._load,
            library_now=lambda: Library(assets_dir() / "references", folder),
            history=self.history,
        )
        self.flow = self.navigation.flow
        self.page = self.window.practice

    def _make_model(self, name: str) -> ScriptedModel:
        if name in self.broken_models:
            raise ModelError(f"The model “{name}” is damaged.", "Install the program again.")
        return self.model

    def _load(
        self, clip: Path | Entry, model: str, *, progress: Callable[..., None], cancelled: Callable[[], bool]
    ) -> Reference:
        """The right arm goes up and down within two seconds, in the pictures of a built-in clip."""
        self.may_load.wait(PATIENCE_S)
        t = np.arange(60) / 30
        poses = PoseSequence.from_poses([arm_raised(self.standing, float(np.sin(np.pi * s / 2) ** 2)) for s in t], t)
        if isinstance(clip, Entry):
            kept = Library(None, None).load(clip)
            return replace(kept, poses=poses, frame_size=SIZE, model=model, stills=(), keypoints=None)
        if not clip.is_file():
            raise ClipError(f"There is no file “{clip.name}”.", "Check the name.")
        if clip.stat().st_size == 0:
            raise ClipError(f"“{clip.name}” is empty.", "Choose another clip.")
        shortfall = self.shortfalls.get(clip.name)
        return Reference(clip.stem, example().clip, poses, SIZE, model, shortfall=shortfall)

    # What a person does

    def begin(self) -> None:
        """Start with the webcam and see its first pictures."""
        self.flow.sources.begin(None)
        self.wait(lambda: self.flow.phase is Phase.OPENING or self.flow.phase is Phase.READY)
        self.wait_phase(Phase.READY)
        self.see()

    def begin_without_camera(self) -> None:
        """Start, and there is no camera to be found."""
        self.cameras = ()
        self.flow.sources.begin(None)
        self.wait_phase(Phase.NO_SOURCE)

    def begin_with_reference(self) -> None:
        """Start with the webcam and a built-in example."""
        self.begin()
        self.choose_reference(example())

    def begin_demo(self) -> None:
        """Start with the webcam, and be in the middle of recording the demo, which stands still there."""
        self.begin()
        self.clips.hold(20)
        self.navigation.show_demo()
        self.wait_phase(Phase.RECORDING)
        self.wait(lambda: self.flow.recorded_seconds > 0.5)

    def choose_reference(self, clip: Path | Entry) -> None:
        with self.bot.waitSignal(self.flow.references.changed, timeout=PATIENCE_MS):
            self.flow.references.load(clip)

    def see(self, pictures: int = 2) -> None:
        """Wait until `pictures` more pictures are on the screen."""
        for _ in range(pictures):
            number = self.camera.give()
            self.wait(lambda n=number: self.last_index() >= n)

    def last_index(self) -> int:
        last = self.navigation.wiring.last
        return -1 if last is None else last.frame.index

    def move(self, pictures: int = 30) -> None:
        """Raise the arm over `pictures` pictures."""
        for number in range(pictures):
            self.model.pose = arm_raised(self.standing, number / pictures)
            self.see(1)

    def lose_camera_while_recording(self, pictures: int = 34) -> None:
        """Record so many pictures; then somebody pulls the plug."""
        self.begin_with_reference()
        self.space()
        self.move(pictures)
        self.camera.set_plugged(False)
        self.wait_phase(Phase.LOST)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def space(self) -> None:
        self.key(Qt.Key.Key_Space)

    def drop(self, widget: QWidget, path: Path) -> None:
        """Drop a file on `widget`."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        where = QPointF(widget.rect().center())
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        action = Qt.DropAction.CopyAction
        QApplication.sendEvent(widget, QDragEnterEvent(where.toPoint(), action, data, buttons, keys))
        QApplication.sendEvent(widget, QDropEvent(where, action, data, buttons, keys))

    def wait(self, reached: Callable[[], bool]) -> None:
        self.bot.waitUntil(reached, timeout=PATIENCE_MS)

    def wait_phase(self, phase: Phase) -> None:
        self.wait(lambda: self.flow.phase is phase)

    def activate(self) -> None:
        """Make the window the active one, as window managers do of themselves."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    @property
    def shown_page(self) -> QWidget | None:
        return self.window.stack.currentWidget()

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        strays = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window]
        assert not strays, f"windows that nobody asked for: {strays}"
        self.may_load.set()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def set_up(
    qtbot: QtBot, standing: Pose, folder: Path, monkeypatch: pytest.MonkeyPatch, history: History | None = None
) -> Desk:
    """A desk whose window is active: every camera is the scripted one, clips play in step with the scripted model."""
    at_home(monkeypatch, folder)
    desk = Desk(qtbot, standing, folder, history)
    play_in_step(monkeypatch, desk.clips, desk.camera)
    desk.activate()
    return desk


def notice_title(desk: Desk) -> str:
    """Title of the notice on the practice page; empty without one."""
    notice = desk.navigation.wiring.notices.notice
    return notice.accessibleName() if notice is not None else ""


def press_offer(desk: Desk, number: int) -> None:
    """Press a button of the notice."""
    notice = desk.navigation.wiring.notices.notice
    assert notice is not None
    notice.findChildren(QPushButton)[number].click()
