"""Running the command line in this process, with the user's folders somewhere else."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from poseapp.cli import main
from tests import clips


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value without NaN."""
        return json.loads(self.out, parse_constant=pytest.fail)

    def fails(self, code: int, *words: str) -> None:
        """Check for exit code `code`, a sentence with `words` and a hint on standard error, and nothing else."""
        assert (self.code, self.out) == (code, ""), self
        lines = self.err.splitlines()
        assert len(lines) == 2, self.err
        assert all(line[-1] in ".”" or " " in line for line in lines), self.err
        for word in words:
            assert word in self.err
        assert "Traceback" not in self.err


Run = Callable[..., Outcome]

_NO_DISPLAY = "There is no display, so the window cannot be opened."


@pytest.fixture
def log_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where log files go instead of the user's own folder."""
    folder = tmp_path_factory.mktemp("logs") / "not made yet"
    monkeypatch.setattr("poseapp.commands.logs.log_dir", lambda: folder)
    return folder


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], log_folder: Path) -> Run:
    """Runs the command line; what native code prints counts as printed."""

    def run(*words: object) -> Outcome:
        capfd.readouterr()
        code = main([str(word) for word in words])
        out, err = capfd.readouterr()
        return Outcome(code, out, err)

    return run


@pytest.fixture(scope="session")
def coach_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first half second of the built-in reference."""
    return clips.write_clip(tmp_path_factory.mktemp("cli clips") / "coach.mp4", clips.person_pictures(15))


@pytest.fixture(scope="session")
def coach_poses(coach_clip: Path) -> Path:
    """Its poses, saved by the command."""
    path = coach_clip.with_suffix(".npz")
    assert main(["extract", str(coach_clip), "-o", str(path)]) == 0
    return path


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no display, wherever the tests run."""
    monkeypatch.setattr("poseapp.commands.window.display_obstacle", lambda: _NO_DISPLAY)
    monkeypatch.setitem(sys.modules, "poseapp.app", SimpleNamespace(run_window=pytest.fail))


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the window was opened with, each time; it ends at once with exit code 3."""
    opened: list[dict[str, Any]] = []

    def run_window(**given: Any) -> int:
        opened.append(given)
        return 3

    module = SimpleNamespace(run_window=run_window)
    monkeypatch.setitem(sys.modules, "poseapp.app", module)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # whatever display the tests run on
    return opened
