"""The folder that goes into the archive: the application, how to start it, and under which terms."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

__all__ = ["ROOT", "archive_name", "lay_out", "program_in", "version"]

ROOT = Path(__file__).resolve().parents[2]
_HERE = Path(__file__).resolve().parent
_SYSTEMS = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}
_START = {
    "linux": "Start ./poseapp. ./add-to-menu.sh puts it into your menu of applications.",
    "win32": "Start poseapp.exe. Windows may warn of an unknown publisher: More info, Run anyway.",
    "darwin": "Move poseapp to Applications. The first time: right click, Open. It asks for the camera once.",
}
_LOGS = {
    "linux": "~/.local/state/poseapp/log",
    "win32": r"%LOCALAPPDATA%\poseapp\Logs",
    "darwin": "~/Library/Logs/poseapp",
}


def version() -> str:
    """The version of pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def archive_name() -> str:
    """Name of the archive without its ending, and of the folder in it."""
    return f"poseapp-{version()}-{_SYSTEMS[sys.platform].lower()}-{platform.machine().lower()}"


def program_in(folder: Path) -> Path:
    """The executable below the folder that is given to people."""
    return folder / {"win32": "poseapp.exe", "darwin": "poseapp.app/Contents/MacOS/poseapp"}.get(
        sys.platform, "poseapp"
    )


def lay_out(built: Path, folder: Path, python: Path) -> None:
    """Move what PyInstaller built, at `built`, into the new `folder` and put the rest beside it.

    Parameters
    ----------
    built : Path
        PyInstaller's folder; on macOS the application stands beside it.
    folder : Path
    python : Path
        The Python whose packages were bundled.
    """
    if folder.exists():
        shutil.rmtree(folder)
    if sys.platform == "darwin":
        folder.mkdir(parents=True)
        built.with_suffix(".app").rename(folder / "poseapp.app")
        shutil.rmtree(built)
        application = folder / "poseapp.app/Contents"
    else:
        built.rename(folder)
        application = folder
    shutil.copyfile(ROOT / "NOTICE", folder / "NOTICE")
    (folder / "README.txt").write_text(_readme(), encoding="utf-8")
    if sys.platform.startswith("linux"):
        for file in (_HERE / "linux").iterdir():
            shutil.copy2(file, folder)
        shutil.copyfile(ROOT / "assets/icon.png", folder / "poseapp.png")
    command = [python, "-m", "tools.package.licences", application, folder / "LICENSES"]
    subprocess.run(command, cwd=ROOT, check=True)


def _readme() -> str:
    needs = {
        "linux": f"It needs a 64-bit Linux with glibc {platform.libc_ver()[1]} or newer and a graphical desktop.",
        "win32": "It needs 64-bit Windows 10 or newer.",
        "darwin": "It needs macOS 13 or newer on Apple silicon.",
    }
    return (
        (_HERE / "README.txt")
        .read_text(encoding="utf-8")
        .format(
            version=version(),
            system=f"{_SYSTEMS[sys.platform]}, {platform.machine()}",
            start=_START[sys.platform],
            program="./poseapp" if sys.platform.startswith("linux") else program_in(Path()).as_posix(),
            logs=_LOGS[sys.platform],
            needs=needs[sys.platform],
        )
    )
