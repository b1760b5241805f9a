"""Obstacles to a window on X11 are found before Qt meets them."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from poseapp.commands import display
from poseapp.commands.display import x11_obstacle

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is met on Linux")


@pytest.fixture
def x11(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that leads Qt to X11, with all its libraries there."""
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(display, "_missing_library", lambda: None)
    return monkeypatch


@pytest.mark.parametrize("name", [":4711", "unix:4711.0", "127.0.0.1:59000", "nonsense", "a:b"])
def test_a_display_that_does_not_answer(x11: pytest.MonkeyPatch, name: str) -> None:
    x11.setenv("DISPLAY", name)
    assert x11_obstacle() == f"The display “{name}” does not answer, so the window cannot be opened."


def test_displays_that_answer(x11: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as local:
        local.bind("\0/tmp/.X11-unix/X4712")
        local.listen()
        for name in (":4712", ":4712.0", "unix:4712"):
            x11.setenv("DISPLAY", name)
            assert x11_obstacle() is None
    with socket.create_server(("127.0.0.1", 0)) as remote:
        x11.setenv("DISPLAY", f"127.0.0.1:{remote.getsockname()[1] - 6000}")
        assert x11_obstacle() is None


@pytest.mark.parametrize(
    ("variable", "value"), [("QT_QPA_PLATFORM", "offscreen"), ("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", "")]
)
def test_where_x11_is_not_used_nothing_is_in_its_way(x11: pytest.MonkeyPatch, variable: str, value: str) -> None:
    x11.setenv("DISPLAY", ":4711")
    x11.setenv(variable, value)
    assert x11_obstacle() is None


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
