"""Running the application as somebody would who has nothing else: no Python, no variables, a folder that cannot be
written, a home with spaces and signs in its name.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Guest", "take_screenshot", "x_server"]

_NOBODY = 65534
_PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Guest:
    """A user who may start the application and nothing more.

    Parameters
    ----------
    program : Path
        The executable, in a folder that the guest cannot write to.
    home : Path
    reports : Path
        Another folder of the guest's.
    """

    program: Path
    home: Path
    reports: Path

    @classmethod
    def arrive(cls, program: Path, folder: Path, installed: Path) -> Guest:
        """Make the guest's folders below `folder`, and `installed`, in which `program` is, read-only."""
        home = folder / "home" / "Zoë Müller 家"
        reports = folder / "reports"
        for path in (home, reports, home / "empty"):
            path.mkdir(parents=True)
        if _is_root():
            for path in (home, reports):
                os.chown(path, _NOBODY, _NOBODY)
            for path in (folder, home.parent):
                path.chmod(0o755)
        if os.name == "posix":
            for path in [installed, *installed.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode & ~0o222)
        guest = cls(program, home, reports)
        guest.check_cannot_write(installed)
        return guest

    def check_cannot_write(self, folder: Path) -> None:
        """Make sure that the guest cannot make a file in `folder`; Windows and its rights are left alone."""
        if os.name != "posix":
            return
        command = ["/bin/sh", "-c", 'echo x >"$1/written" 2>/dev/null', "sh", str(folder)]
        if subprocess.run(command, check=False, **_as_nobody()).returncode == 0:
            raise SystemExit(f"{folder} can be written to; the self-test would not show that it need not be")

    def environment(self, **variables: str) -> dict[str, str]:
        """All the variables that there are: what a system cannot do without, and `variables`."""
        if sys.platform == "win32":
            kept = ("SYSTEMROOT", "TEMP", "TMP", "WINDIR")
            own = {"USERPROFILE": str(self.home), "LOCALAPPDATA": str(self.home), "APPDATA": str(self.home)}
            return {name: os.environ[name] for name in kept if name in os.environ} | own | variables
        return {"HOME": str(self.home), "PATH": str(self.home / "empty")} | variables

    def self_test(self, name: str, **variables: str) -> dict[str, Any]:
        """Run the self-test; returns its report.

        Raises
        ------
        SystemExit
            A check failed.
        """
        report = self.reports / f"{name}.json"
        command = [str(self.program), "--self-test", "--report", str(report)]
        done = subprocess.run(
            command,
            env=self.environment(**variables),
            cwd=self.home,
            timeout=_PATIENCE_S,
            check=False,
            **_as_nobody(),
        )
        document: dict[str, Any] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
        if done.returncode or not document.get("passed"):
            bad = [check for check in document.get("checks", ()) if not check["passed"]]
            raise SystemExit(f"the self-test “{name}” failed with exit code {done.returncode}: {bad}")
        return document

    @contextmanager
    def running(self, *words: str, **variables: str) -> Iterator[None]:
        """The application, started with `words`, until the block ends; it must not have ended before."""
        command = [str(self.program), *words]
        with subprocess.Popen(command, env=self.environment(**variables), cwd=self.home, **_as_nobody()) as process:
            try:
                yield
                if process.poll() is not None:
                    raise SystemExit(f"the application ended with exit code {process.returncode}")
            finally:
                process.terminate()

    def start_times(self, runs: int, clip: Path, **variables: str) -> list[dict[str, int]]:
        """Milliseconds to the window and to the first skeleton, of `runs` starts after one that warms up."""
        command = [str(self.program), "--source", str(clip)]
        times = []
        for _ in range(runs + 1):
            environment = self.environment(POSEAPP_STARTUP_REPORT="1", **variables)
            done = subprocess.run(
                command,
                env=environment,
                cwd=self.home,
                timeout=_PATIENCE_S,
                check=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **_as_nobody(),
            )
            times.append(json.loads(done.stdout.splitlines()[-1]))
        return times[1:]


@contextmanager
def x_server() -> Iterator[str]:
    """A screen in memory that is spoken to like any other; yields its name for DISPLAY."""
    if shutil.which("Xvfb") is None:
        raise SystemExit("Xvfb is missing: apt-get install xvfb")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as number:
            name = number.readline().strip()
        try:
            if not name:
                raise SystemExit("Xvfb did not start")
            yield f":{name}"
        finally:
            server.terminate()


def take_screenshot(python: Path, display: str, path: Path) -> None:
    """Save what is on the screen `display` once something is, with the Qt of `python`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [str(python), str(Path(__file__).with_name("screenshot.py")), str(path)]
    subprocess.run(command, env=environment, check=True, timeout=_PATIENCE_S)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _as_nobody() -> dict[str, Any]:
    # Root could write anywhere whatever the permissions say.
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if _is_root() else {}
