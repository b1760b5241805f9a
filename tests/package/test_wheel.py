"""What `pip install .` installs, somewhere where there is no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = pytest.mark.ui

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # With the build back end of this environment: nothing is downloaded.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel, which sees the libraries of this one but not this checkout."""
    folder = tmp_path_factory.mktemp("environment") / "with spaces"
    venv.create(folder, with_pip=False, symlinks=os.name == "posix")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    # The folders of a .pth file come after the environment's own, and .pth files in them are not looked at.
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_the_wheel_holds_the_program_and_what_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "models").iterdir():
        assert f"poseapp/_data/models/{path.name}" in names
    for path in (ROOT / "assets").rglob("*.*"):
        if path.is_file():
            assert f"poseapp/_data/assets/{path.relative_to(ROOT / 'assets').as_posix()}" in names
    assert "poseapp/_data/NOTICE" in names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "benchmarks/"))]


def test_the_installed_program_passes_its_self_test(environment: Path, tmp_path: Path) -> None:
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    variables |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    where = "import poseapp, poseapp.paths as p; print(poseapp.__file__, p.models_dir(), p.assets_dir(), sep='\\n')"
    done = subprocess.run(
        [scripts / "python", "-c", where], cwd=tmp_path, env=variables, check=True, capture_output=True, text=True
    )
    for line in done.stdout.splitlines():
        assert Path(line).is_relative_to(environment)
    report = tmp_path / "report.json"
    command = [scripts / "poseapp", "--self-test", "--report", report]
    tested = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stdout + tested.stderr
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["passed"]
    assert {"clip", "demo scored", "window", "library", "settings", "log"} <= {c["name"] for c in document["checks"]}
    assert document["seconds"] < 60
