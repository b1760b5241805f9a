"""Obstacles to a window are found before Qt meets them, which would end the whole program."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from poseapp.commands import display
from poseapp.commands.display import display_obstacle

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland are met on Linux")


@pytest.fixture
def x11(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any display, with all libraries for X11 there."""
    for name in ("DISPLAY", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(display, "_missing_library", lambda: None)
    return monkeypatch


@pytest.mark.parametrize("name", [":4711", "unix:4711.0", "127.0.0.1:59000", "nonsense", "a:b"])
def test_a_display_that_does_not_answer(x11: pytest.MonkeyPatch, name: str) -> None:
    x11.setenv("DISPLAY", name)
    assert display_obstacle() == f"The display “{name}” does not answer, so the window cannot be opened."


def test_displays_that_answer(x11: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as local:
        local.bind("\0/tmp/.X11-unix/X4712")
        local.listen()
        for name in (":4712", ":4712.0", "unix:4712"):
            x11.setenv("DISPLAY", name)
            assert display_obstacle() is None
    with socket.create_server(("127.0.0.1", 0)) as remote:
        x11.setenv("DISPLAY", f"127.0.0.1:{remote.getsockname()[1] - 6000}")
        assert display_obstacle() is None


def test_without_any_display(x11: pytest.MonkeyPatch) -> None:
    for asked in ("", ";", "xcb", "XCB", "wayland", "wayland-egl", "wayland;xcb", "xcb:nograb"):
        x11.setenv("QT_QPA_PLATFORM", asked)
        assert display_obstacle() == "There is no display, so the window cannot be opened."


def test_platforms_that_need_no_display(x11: pytest.MonkeyPatch) -> None:
    for asked in ("offscreen", "Offscreen", "minimal", "offscreen:size=1", "xcb;offscreen", "magic;offscreen"):
        x11.setenv("QT_QPA_PLATFORM", asked)
        assert display_obstacle() is None
    x11.setenv("DISPLAY", ":4711")
    assert display_obstacle() is None


def test_a_platform_that_there_is_not(x11: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PySide6")
    x11.setenv("DISPLAY", ":4711")
    for asked in ("magic", "magic:or", "Magic"):
        x11.setenv("QT_QPA_PLATFORM", asked)
        assert "no platform “magic”" in (display_obstacle() or "")


def test_wayland_is_there_when_it_answers(x11: pytest.MonkeyPatch, tmp_path: Path) -> None:
    x11.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    x11.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert display_obstacle() == "The display “wayland-7” does not answer, so the window cannot be opened."
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        assert display_obstacle() is None
        x11.setenv("DISPLAY", ":4711")  # which Qt does without
        assert display_obstacle() is None
        x11.setenv("QT_QPA_PLATFORM", "xcb")
        assert display_obstacle() == "The display “:4711” does not answer, so the window cannot be opened."
        x11.setenv("QT_QPA_PLATFORM", "wayland")
        x11.setenv("WAYLAND_DISPLAY", str(tmp_path / "wayland-7"))
        assert display_obstacle() is None
        x11.delenv("WAYLAND_DISPLAY")
        assert display_obstacle() is not None
    x11.setenv("WAYLAND_SOCKET", "5")
    assert display_obstacle() is None


@pytest.mark.parametrize("platform", ["xcb", "magic"])
def test_the_program_does_without_a_window_instead_of_being_ended(tmp_path: Path, platform: str) -> None:
    pytest.importorskip("PySide6")
    kept = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "poseapp", "--source", str(tmp_path / "none.mp4")],
        capture_output=True,
        text=True,
        timeout=60,
        env=kept | {"QT_QPA_PLATFORM": platform, "XDG_STATE_HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 3
    said = done.stderr.splitlines()
    assert said[0].endswith("so the window cannot be opened. The same is done without a window.")
    assert said[-2:] == ["There is no file “none.mp4”.", "Check its name and its folder."]


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_always_have_a_display(x11: pytest.MonkeyPatch, system: str) -> None:
    x11.setattr(sys, "platform", system)
    assert display_obstacle() is None


def test_a_missing_library_is_named(x11: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plugin that cannot be loaded, in a package of Qt that only looks like one."""
    platforms = tmp_path / "PySide6" / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    (tmp_path / "PySide6" / "__init__.py").touch()
    (platforms / "libqxcb.so").write_bytes(b"no library")
    code = "from poseapp.commands.display import _missing_library; print(_missing_library())"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "libqxcb.so" in done.stdout
