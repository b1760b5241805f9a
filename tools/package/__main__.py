"""`make package`: build the application, pack it, unpack it as a guest of this computer, and test it there.

What is tested is what people get: the archive's own content, in a folder that cannot be written to. Needs nothing
but Python 3.11; works on Linux, Windows and macOS.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from tools.package.archive import pack, unpack
from tools.package.clean_run import Guest, take_screenshot, x_server
from tools.package.folder import ROOT, archive_name, lay_out, program_in

_VENV = ROOT / ".venv-package"
_REQUIREMENTS = ROOT / "requirements/package.txt"
_MB = 1_000_000
#: On Linux.
_MOST_UNPACKED, _MOST_PACKED = 420 * _MB, 170 * _MB
_SHOWN_WITHIN_MS = 800


def main() -> int:
    """Do it all; 0 when it worked."""
    parser = argparse.ArgumentParser(prog="python -m tools.package", description=__doc__)
    parser.add_argument("--test-only", action="store_true", help="test the archive that there is")
    parser.add_argument("--runs", type=int, default=3, help="starts to measure (default 3)")
    parser.add_argument("--xz", type=int, default=0, metavar="LEVEL", help="0 (default) to 9: smaller, and slower")
    options = parser.parse_args()
    started = time.monotonic()

    def say(words: str) -> None:
        print(f"== {words} (at {time.monotonic() - started:.0f} s)", flush=True)

    python = _VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    ending = ".tar.xz" if sys.platform.startswith("linux") else ".zip"
    archive = ROOT / "dist" / f"{archive_name()}{ending}"
    if not options.test_only:
        say("environment with the pinned packages")
        _prepare(python)
        say("PyInstaller")
        folder = _build(python)
        _say_sizes(folder)
        say("archive")
        archive = pack(folder, options.xz)
    say("tests of the unpacked archive")
    # Not below the home of whoever builds: the guest may not go there.
    with tempfile.TemporaryDirectory(prefix="poseapp-guest-") as place:
        _test(archive, Path(place), python, options.runs)
    packed = archive.stat().st_size
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n", encoding="utf-8")
    if sys.platform.startswith("linux") and packed > _MOST_PACKED:
        raise SystemExit(f"the archive has {packed / _MB:.0f} MB instead of {_MOST_PACKED / _MB:.0f} at most")
    say(f"{archive.relative_to(ROOT)}: {packed / _MB:.0f} MB")
    return 0


def _prepare(python: Path) -> None:
    """An environment of its own, so that nothing is bundled that was not asked for."""
    ready = _VENV / "ready"
    wanted = _REQUIREMENTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    if python.exists() and ready.exists() and ready.read_bytes() == wanted:
        return
    venv.create(_VENV, clear=True, with_pip=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", _REQUIREMENTS], check=True)
    # PyInstaller reads the sources here; installed are only the names that --version and the licences need.
    subprocess.run([*pip, "--no-deps", "--editable", ROOT], check=True)
    ready.write_bytes(wanted)


def _build(python: Path) -> Path:
    """Run PyInstaller; returns the folder to be packed."""
    dist, work = ROOT / "dist", ROOT / "build"
    command = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", dist]
    subprocess.run([*command, "--workpath", work, ROOT / "poseapp.spec"], cwd=ROOT, check=True)
    folder = dist / archive_name()
    lay_out(dist / "poseapp", folder, python)
    return folder


def _say_sizes(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    total = sum(path.stat().st_size for path in files)
    parts: dict[str, int] = {}
    for path in files:
        relative = path.relative_to(folder).parts
        inner = relative[1:] if relative[0] == "_internal" else relative
        # The libraries of a wheel lie beside its package.
        part = inner[0].removesuffix(".libs").replace("opencv_python_headless", "cv2") if len(inner) > 1 else "others"
        parts[part] = parts.get(part, 0) + path.stat().st_size
    print(f"{total / _MB:.0f} MB unpacked, of which")
    for part, size in sorted(parts.items(), key=lambda item: -item[1])[:10]:
        print(f"{size / _MB:7.0f} MB  {part}")
    if sys.platform.startswith("linux") and total > _MOST_UNPACKED:
        raise SystemExit(f"the folder has {total / _MB:.0f} MB instead of {_MOST_UNPACKED / _MB:.0f} at most")


def _test(archive: Path, place: Path, python: Path, runs: int) -> None:
    installed = place / "installed"
    installed.mkdir()
    folder = unpack(archive, installed)
    program = program_in(folder)
    guest = Guest.arrive(program, place, installed)
    try:
        if not sys.platform.startswith("linux"):
            _say_report("on this screen", guest.self_test("screen"))
            return
        _say_report("drawn into memory", guest.self_test("offscreen", QT_QPA_PLATFORM="offscreen"))
        with x_server() as display:
            report = guest.self_test("xcb", DISPLAY=display)
            _say_report("on an X screen", report)
            window = next(check["detail"] for check in report["checks"] if check["name"] == "window")
            if "on xcb" not in window:
                raise SystemExit(f"the window was not on the X screen: {window}")
            with guest.running("demo", DISPLAY=display):
                take_screenshot(python, display, ROOT / "build/screenshot.png")
            _say_start(guest.start_times(runs, _clip(folder), DISPLAY=display))
        _check_menu(folder, guest)
    finally:
        _writable(installed)


def _say_report(where: str, report: dict[str, object]) -> None:
    checks = report["checks"]
    assert isinstance(checks, list)
    print(f"self-test {where}: {len(checks)} checks passed in {report['seconds']} s", flush=True)


def _clip(folder: Path) -> Path:
    return next((folder / "_internal/assets/demo").glob("*.mp4"))


def _say_start(times: list[dict[str, int]]) -> None:
    shown = statistics.median(run["window_shown_ms"] for run in times)
    skeleton = statistics.median(run["first_skeleton_ms"] for run in times)
    note = "" if shown <= _SHOWN_WITHIN_MS else f"; aimed at {_SHOWN_WITHIN_MS} ms on an idle machine"
    print(f"start: window after {shown:.0f} ms, first skeleton after {skeleton:.0f} ms{note}", flush=True)


def _check_menu(folder: Path, guest: Guest) -> None:
    """Put the application into the guest's menu, and see that the entry leads to it."""
    environment = {"HOME": str(guest.home), "PATH": "/usr/bin:/bin"}
    subprocess.run([folder / "add-to-menu.sh"], env=environment, check=True, stdout=subprocess.DEVNULL)
    entry = (guest.home / ".local/share/applications/poseapp.desktop").read_text(encoding="utf-8")
    found = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    for path in (found["Exec"].strip('"'), found["Icon"]):
        if not Path(path).is_file():
            raise SystemExit(f"the menu's entry names {path}, which does not exist")
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", folder / "poseapp.desktop"], check=True)


def _writable(folder: Path) -> None:
    """Let the folder be removed again."""
    for root, _folders, _files in os.walk(folder):
        Path(root).chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())
