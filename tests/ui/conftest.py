"""What the tests of the window share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from poseapp.pose import Pose
from poseapp.session.update import Counters, PoseUpdate
from poseapp.vision.frame import Frame

# Without a display the tests still run; a real one is used when the environment names it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from tests.ui.desk import Desk

MakeUpdate = Callable[..., PoseUpdate]


def picture_of(widget: QWidget) -> QImage:
    """What `widget` paints, one pixel for each device-independent pixel on every screen."""
    image = widget.grab().toImage()
    if image.devicePixelRatio() != 1:
        image = image.scaled(widget.size())
        image.setDevicePixelRatio(1)
    return image


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    """The application with its theme, as every window of the program has it."""
    from poseapp.ui.theme import apply_theme

    apply_theme(qapp)
    return qapp


@pytest.fixture
def desk(qtbot: QtBot, standing: Pose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A practice window on a scripted camera."""
    from tests.ui.desk import set_up

    made = set_up(qtbot, standing, tmp_path, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the history it is the twentieth of November, noon."""
    from tests.ui.attempts import NOON

    for place in ("history", "history_wiring"):
        monkeypatch.setattr(f"poseapp.ui.pages.{place}.now", lambda: NOON)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk at which three movements were practised."""
    from tests.ui.attempts import fill

    desk.begin()
    fill(desk.history)
    return desk


@pytest.fixture
def short_attempt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Half a second in place of the demo's attempt: clips play in real time."""
    from tests.clips import person_pictures, write_clip
    from tests.ui.demo_parts import PICTURES

    clip = write_clip(tmp_path / "attempt.mp4", person_pictures(PICTURES))
    monkeypatch.setattr("poseapp.ui.flow.demo.demo_attempt", lambda: clip)
    return clip


def at_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let `folder` be where the user's own files lie."""
    for place in ("poseapp.ui.preferences", "poseapp.library.shelf", "poseapp.library.history"):
        monkeypatch.setattr(f"{place}.user_data_dir", lambda: folder)


@pytest.fixture(autouse=True)
def no_complaints_of_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which Qt complained: about a style sheet, a painter, a connection or a thread."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    harmless = ("This plugin does not support", "propagateSizeHints")
    complaints: list[str] = []

    def note(kind: QtMsgType, _where: object, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(words in text for words in harmless):
            complaints.append(text)

    before = qInstallMessageHandler(note)
    yield
    qInstallMessageHandler(before)
    if complaints:
        pytest.fail("Qt complained: " + "; ".join(complaints), pytrace=False)


@pytest.fixture
def make_update() -> MakeUpdate:
    """Build a `PoseUpdate` of a plain grey picture of `size`, captured at `t` seconds."""

    def make(
        pose: Pose | None,
        *,
        t: float = 0.0,
        size: tuple[int, int] = (400, 400),
        others: tuple[Pose, ...] = (),
        grey: int = 128,
    ) -> PoseUpdate:
        bgr = np.full((size[1], size[0], 3), grey, dtype=np.uint8)
        shown = np.full((size[1], size[0], 4), grey, dtype=np.uint8)
        return PoseUpdate(Frame(round(t * 30), t, bgr), shown, False, pose, pose, others, None, False, Counters())

    return make
