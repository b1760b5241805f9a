"""A system that asks whether the camera may be used."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.errors import PoseAppError  # noqa: E402
from poseapp.ui.flow.camera_permission import REFUSED, CameraPermission  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.flow.source_choice import SourceChoice  # noqa: E402
from tests import clips  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402
from tests.ui.desk import WEBCAM, Desk  # noqa: E402


class ScriptedPermission(CameraPermission):
    """Says `answer`; whoever asks waits for :meth:`decide`."""

    def __init__(self, answer: bool | None) -> None:
        super().__init__()
        self.answer = answer
        self.waiting: list[Callable[[], None]] = []

    def granted(self) -> bool | None:
        return self.answer

    def ask(self, then: Callable[[], None]) -> None:
        self.waiting.append(then)

    def decide(self, answer: bool) -> None:
        self.answer = answer
        for then in self.waiting:
            then()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.write_clip(tmp_path_factory.mktemp("clips") / "attempt.mp4", clips.person_pictures(15))


def permit(desk: Desk, answer: bool | None) -> tuple[ScriptedPermission, list[PoseAppError]]:
    """Have the system answer like that; returns it, and what the window is told."""
    permission = ScriptedPermission(answer)
    desk.flow.sources._permission = permission
    told: list[PoseAppError] = []
    desk.flow.sources.failed.connect(told.append)
    return permission, told


def test_the_camera_is_opened_once_the_user_allows_it(desk: Desk) -> None:
    permission, told = permit(desk, None)
    desk.flow.sources.begin(None)
    desk.wait(lambda: bool(permission.waiting))
    assert desk.flow.sources.current is None
    permission.decide(True)
    assert desk.flow.sources.current == SourceChoice.of_camera(WEBCAM)
    desk.wait_phase(Phase.READY)
    desk.see()
    assert told == []


def test_a_refusal_is_told_once_with_the_way_out(desk: Desk, qtbot: QtBot) -> None:
    permission, told = permit(desk, None)
    desk.flow.sources.begin(None)
    desk.wait(lambda: bool(permission.waiting))
    permission.decide(False)
    assert [(error.sentence, error.hint) for error in told] == [REFUSED]
    desk.wait_phase(Phase.NO_SOURCE)
    # Nobody looks for cameras any more, or the sentence would come back every three seconds.
    assert not desk.flow.sources._timer.isActive()


def test_a_clip_needs_no_permission(desk: Desk, clip: Path) -> None:
    _, told = permit(desk, False)
    desk.flow.sources.choose_file(clip)
    desk.wait_phase(Phase.READY)
    assert told == []


def test_what_is_shown_stays_when_a_camera_is_refused(desk: Desk, clip: Path) -> None:
    _, told = permit(desk, False)
    desk.flow.sources.choose_file(clip)
    desk.wait_phase(Phase.READY)
    desk.flow.sources.choose(SourceChoice.of_camera(WEBCAM))
    assert [error.sentence for error in told] == [REFUSED[0]]
    assert desk.flow.sources.current == SourceChoice(str(clip))


def test_what_is_a_camera_of_this_computer(clip: Path) -> None:
    specs = ("0", "Webcam C920", "rtsp://camera/1", str(clip))
    assert [SourceChoice(spec).is_camera for spec in specs] == [True, True, False, False]


def test_this_system_lets_qt_ask_and_answers_at_once(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "darwin":
        pytest.skip("it would ask whoever sits there")
    permission = CameraPermission()
    assert permission.granted() is True
    monkeypatch.setattr(permission, "_asked_for", lambda: True)
    assert permission.granted() is True
    answered: list[bool] = []
    permission.ask(lambda: answered.append(True))
    qtbot.waitUntil(lambda: answered == [True], timeout=PATIENCE_MS)
