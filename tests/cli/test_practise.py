"""``poseapp`` alone: the window when there can be one, the same job without it otherwise."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from poseapp.paths import assets_dir
from tests import clips
from tests.cli.conftest import Run
from tests.mjpeg import MjpegServer, MuteServer


def test_the_window_opens_with_what_was_given(run: Run, window: list[dict[str, Any]]) -> None:
    assert run().code == 3
    assert run("--model", "posenet-353", "--reference", "coach.mp4", "--source", "http://camera/").code == 3
    assert window == [
        {"source": None, "reference": None, "model": None},
        {"source": "http://camera/", "reference": Path("coach.mp4"), "model": "posenet-353"},
    ]


def test_the_window_does_not_open_on_nonsense(run: Run, window: list[dict[str, Any]]) -> None:
    run("--model", "magic").fails(6, "magic")
    run("--reference", "http://camera/").fails(2, "is not a file")
    assert window == []


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_built_in_clips_are_judged(
    run: Run, coach_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half a second in place of three, under the name that does ship.
    shutil.copytree(assets_dir() / "references" / "squat" / "left", tmp_path / "references" / "squat" / "left")
    (tmp_path / "demo").mkdir()
    assert (assets_dir() / "demo" / "squat_left_shallow.mp4").is_file()
    shutil.copy(coach_clip, tmp_path / "demo" / "squat_left_shallow.mp4")
    monkeypatch.setattr("poseapp.session.demo.assets_dir", lambda: tmp_path)
    outcome = run()
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "There is no display, so the window cannot be opened. The same is done without a window.",
        "The reference is the built-in example “squat/left”.",
        "The attempt is the built-in clip “squat_left_shallow.mp4”.",
    ]
    assert "Total " in outcome.out
    assert outcome.out.index("Best ") < outcome.out.index("Total ")


def test_a_window_whose_library_is_missing_is_said(
    run: Run, coach_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_window(**_: Any) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    module = SimpleNamespace(run_window=run_window)
    monkeypatch.setitem(sys.modules, "poseapp.app", module)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    outcome = run("--source", coach_clip, "--reference", coach_clip)
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "The window cannot be opened (libEGL.so.1: cannot open shared object file). "
        "The same is done without a window."
    ]
    assert "Total 100 of 100" in outcome.out


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [("missing", 3, "There is no file"), ("audio_only", 3, "audio.mov"), ("no_person", 5, "Nobody was seen")],
)
def test_bad_clips_without_a_display(
    run: Run, request: pytest.FixtureRequest, coach_clip: Path, kind: str, code: int, words: str
) -> None:
    outcome = run("--source", coach_clip, "--reference", request.getfixturevalue(kind))
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert len(outcome.err.splitlines()) == 3


@pytest.fixture
def quick_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recording before a camera takes little longer than the reference."""
    monkeypatch.setattr("poseapp.commands.practise._EXTRA_S", 0.2)


@pytest.mark.usefixtures("no_display", "quick_camera")
def test_a_network_camera_is_recorded_and_judged(run: Run, coach_clip: Path) -> None:
    with MjpegServer(clips.person_pictures(20), rate=30) as server:
        outcome = run("--source", server.url, "--reference", coach_clip)
    assert outcome.code == 0
    assert "Total " in outcome.out


@pytest.mark.usefixtures("no_display", "quick_camera")
@pytest.mark.parametrize("how", ["refused", "hanging", "ending", "falling silent"])
def test_network_cameras_that_fail(run: Run, coach_clip: Path, how: str) -> None:
    if how == "refused":
        with socket.create_server(("127.0.0.1", 0)) as closed_soon:
            url = f"http://127.0.0.1:{closed_soon.getsockname()[1]}/"
        outcome = run("--source", url, "--reference", coach_clip)
    elif how == "hanging":
        with MuteServer() as mute:
            outcome = run("--source", mute.url, "--reference", coach_clip)
    else:
        then = "close" if how == "ending" else "hang"
        with MjpegServer(clips.person_pictures(10), rate=30, stop_after=10, then=then) as server:
            outcome = run("--source", server.url, "--reference", coach_clip)
    assert (outcome.code, outcome.out) == (4, "")
    assert len(outcome.err.splitlines()) == 3
    assert "Traceback" not in outcome.err


@pytest.mark.usefixtures("no_display")
def test_a_camera_that_is_not_there(run: Run, coach_clip: Path) -> None:
    outcome = run("--source", "/dev/video97", "--reference", coach_clip)
    assert (outcome.code, outcome.out) == (4, "")
    assert "/dev/video97" in outcome.err
