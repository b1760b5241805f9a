"""The window as it is started, with the real models on the built-in clips."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import QEvent, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.app import connect  # noqa: E402
from poseapp.session.demo import demo_attempt, demo_reference  # noqa: E402
from poseapp.session.live import LiveSession  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.main_window import MainWindow  # noqa: E402
from poseapp.ui.navigation import Navigation  # noqa: E402
from poseapp.ui.widgets.overlay import picture_image  # noqa: E402
from poseapp.vision.estimator import PoseEstimator  # noqa: E402
from poseapp.vision.estimators import create_estimator  # noqa: E402
from poseapp.vision.sources.file import FileSource  # noqa: E402
from tests.patience import PATIENCE_MS, PATIENCE_S  # noqa: E402
from tests.ui.clips_in_step import Reel, play_in_step  # noqa: E402
from tests.ui.conftest import at_home as use_folder  # noqa: E402

Start = Callable[[MainWindow], Navigation]


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_folder(monkeypatch, tmp_path)


@pytest.fixture
def window(qtbot: QtBot, at_home: None) -> Iterator[MainWindow]:
    made = MainWindow()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=PATIENCE_MS)
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def no_cameras() -> tuple[()]:
    return ()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Brings the practice into a window: the real models, which see every picture of a clip on every machine."""
    reel = Reel()
    play_in_step(monkeypatch, reel)

    def make_model(name: str) -> PoseEstimator:
        return reel.watch(create_estimator(name))

    def make(window: MainWindow) -> Navigation:
        session = partial(LiveSession, estimator_factory=make_model)
        return connect(window, list_cameras_now=no_cameras, session_factory=session)

    return make


def until(qtbot: QtBot, reached: Callable[[], bool]) -> None:
    qtbot.waitUntil(reached, timeout=PATIENCE_MS)


def press_space(window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, " ")


def test_from_the_first_page_to_a_score_and_again(window: MainWindow, start: Start, qtbot: QtBot) -> None:
    navigation = start(window)
    flow = navigation.flow
    flow.sources.begin(None)
    until(qtbot, lambda: flow.phase is Phase.NO_SOURCE)
    pages = {}
    flow.phase_changed.connect(lambda phase: pages.update({phase: window.stack.currentWidget()}))
    press_space(window)  # the first page's one green button: the demo
    # The clip plays once from its beginning and the recording ends with it; nobody presses anything.
    until(qtbot, lambda: flow.phase is Phase.RESULT)
    assert pages[Phase.RECORDING] is window.practice
    assert window.stack.currentWidget() is navigation.result
    words = navigation.result.dial.accessibleDescription()
    assert words.startswith("Score ")
    assert "knees" in navigation.result.headline  # the attempt is a shallow squat
    assert len(navigation.result.bars.accessibleDescription()) > 0
    press_space(window)  # try it yourself: there is no camera, so the ways to get one
    until(qtbot, lambda: flow.phase is Phase.NO_SOURCE)
    assert window.stack.currentWidget() is navigation.first_run


def test_a_clip_in_place_of_the_camera_is_recorded_and_scored(window: MainWindow, start: Start, qtbot: QtBot) -> None:
    navigation = start(window)
    flow = navigation.flow
    flow.references.load("squat/left")
    flow.sources.begin(str(demo_attempt()))
    until(qtbot, lambda: flow.references.current is not None and flow.phase is Phase.READY)
    until(qtbot, lambda: navigation.wiring.last is not None and navigation.wiring.last.similarity is not None)
    press_space(window)
    assert flow.phase is Phase.RECORDING
    until(qtbot, lambda: flow.phase is Phase.RESULT)
    press_space(window)
    until(qtbot, lambda: flow.phase is Phase.READY)
    assert window.stack.currentWidget() is window.practice


def test_a_clip_and_an_example_given_at_the_start(window: MainWindow, start: Start, qtbot: QtBot) -> None:
    navigation = start(window)
    navigation.flow.references.load(demo_reference(), "0.5")
    navigation.flow.sources.begin(str(demo_attempt()))
    until(qtbot, lambda: navigation.flow.references.still is not None)
    still = navigation.flow.references.still
    assert still is not None
    assert still.seconds == pytest.approx(0.5, abs=0.02)
    until(qtbot, lambda: navigation.wiring.last is not None)
    assert navigation.practice.header.title == "Squat"
    picture = navigation.flow.references.frames
    assert picture is not None
    until(qtbot, lambda: picture.frame(0) is not None)
    found = picture.frame(0)
    assert found is not None
    bgr, pose = found
    assert pose is not None
    # The pose is in the small picture's own pixels.
    assert pose.xy[:, 1].max() < bgr.shape[0]


def test_a_source_that_is_not_there_is_said_on_the_first_page(window: MainWindow, start: Start, qtbot: QtBot) -> None:
    navigation = start(window)
    navigation.flow.sources.begin("nowhere.mp4")
    until(qtbot, lambda: navigation.flow.phase is Phase.NO_SOURCE)
    until(qtbot, lambda: "nowhere.mp4" in navigation.first_run.notice.accessibleName())


def test_a_camera_that_is_named_but_not_there_is_said(window: MainWindow, start: Start, qtbot: QtBot) -> None:
    navigation = start(window)
    navigation.flow.sources.begin("HD Webcam C920")
    until(qtbot, lambda: "C920" in navigation.first_run.notice.accessibleName())


def test_a_photo_is_compared_with_live(window: MainWindow, start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    navigation = start(window)
    references = navigation.flow.references
    references.load(demo_reference())
    until(qtbot, lambda: references.still is not None)
    photo = tmp_path / "the pose.png"
    with FileSource(demo_attempt()) as clip:
        frame = clip.read()
    assert frame is not None
    assert picture_image(frame.bgr).save(str(photo))
    references.load_photo(photo)
    until(qtbot, lambda: references.still is not None and references.still.name == photo.name)
    navigation.flow.sources.begin(str(demo_attempt()))
    # The clip loops: sooner or later it shows the very picture the photo was taken of.
    until(qtbot, lambda: (navigation.practice.similarity.plot.best or 0) > 0.999)
    nobody = tmp_path / "nobody.png"
    assert picture_image(np.full((240, 320, 3), 90, dtype=np.uint8)).save(str(nobody))
    before = references.still
    with qtbot.waitSignal(references.failed, timeout=PATIENCE_MS):
        references.load_photo(nobody)
    assert references.still is before


BAD = [
    "missing",
    "directory",
    "zero_byte",
    "text_renamed",
    "truncated_mp4",
    "audio_only",
    "av1_without_frames",
    "no_person",
    "person_in_two_frames",
    "unreadable",
]


def test_clips_that_are_none_leave_the_example(
    window: MainWindow, start: Start, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    navigation = start(window)
    references = navigation.flow.references
    references.load(demo_reference())
    until(qtbot, lambda: references.current is not None)
    before = references.current
    for name in BAD:
        if name == "unreadable" and hasattr(os, "geteuid") and os.geteuid() == 0:
            continue  # nothing is unreadable for root
        bad: Path = request.getfixturevalue(name)
        with qtbot.waitSignal(references.failed, timeout=PATIENCE_MS):
            references.load(bad)
        assert references.current is before
        notice = navigation.wiring.notices.notice
        assert notice is not None
        assert bad.name in notice.accessibleName(), name
        assert notice.accessibleDescription(), name


def test_odd_clips_are_good_examples(
    window: MainWindow, start: Start, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    navigation = start(window)
    references = navigation.flow.references
    for name in ("rotated_phone", "variable_frame_rate", "truncated_playable", "unicode_path"):
        with qtbot.waitSignal(references.changed, timeout=PATIENCE_MS):
            references.load(request.getfixturevalue(name))
        frames = references.frames
        assert frames is not None
        until(qtbot, lambda shown=frames: shown.frame(0) is not None)
        notice = navigation.wiring.notices.notice
        said = notice.accessibleName() if notice is not None else ""
        assert said.startswith("Only ") is (name == "truncated_playable"), (name, said)


def test_closing_joins_every_thread_and_stops_every_timer(start: Start, qtbot: QtBot, at_home: None) -> None:
    # The threads are watched by the fixture of tests/leaks.py.
    tops = set(QApplication.topLevelWidgets())
    window = MainWindow()
    window.show()
    navigation: Navigation = start(window)
    navigation.flow.references.load(demo_reference())
    navigation.flow.sources.begin(str(demo_attempt()))
    until(qtbot, lambda: navigation.wiring.last is not None)
    window.close()
    ticking = [f"{t.parent()} every {t.interval()} ms" for t in window.findChildren(QTimer) if t.isActive()]
    assert ticking == []
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in set(QApplication.topLevelWidgets()) - tops if isinstance(w, QWidget) and w.isVisible()]
    assert left == []


def test_the_command_opens_a_window_and_draws_a_skeleton(tmp_path: Path) -> None:
    environment = os.environ | {"POSEAPP_STARTUP_REPORT": "1", "XDG_DATA_HOME": str(tmp_path)}
    command = "from poseapp.cli import main; raise SystemExit(main())"
    clips = ["--source", str(demo_attempt()), "--reference", "squat/left"]
    done = subprocess.run(
        [sys.executable, "-c", command, *clips],
        env=environment,
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert 0 < report["window_shown_ms"] <= report["first_skeleton_ms"]


def test_what_is_imported_before_the_window_is_seen_is_light() -> None:
    heavy = ("cv2", "msgspec", "poseapp.scoring", "poseapp.session.headless", "poseapp.library.shelf")
    code = f"import sys, poseapp.ui.main_window; sys.exit([m for m in {heavy} if m in sys.modules] or 0)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=2 * PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
