"""How soon the window is there, and how soon the first skeleton is in it: from source, and packaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.clips import make_clip
from benchmarks.figures import Figure, Section
from benchmarks.options import Options
from tools.package.folder import ROOT, archive_name, program_in

__all__ = ["run"]

_COMMAND = "from poseapp.cli import main; raise SystemExit(main())"
_PATIENCE_S = 60


def run(options: Options) -> list[Section]:
    """Start the very command that people type, on a clip, and let it say when what was there. One start warms up.

    The packaged application is measured too where `make package` has built one.
    """
    clip = make_clip(options.folder, 1280, 720, 2.0)
    sections = [_section("Start", [sys.executable, "-c", _COMMAND], clip, options, shown_ms=1000)]
    packaged = program_in(ROOT / "dist" / archive_name())
    if packaged.is_file():
        sections.append(_section("Start of the packaged application", [str(packaged)], clip, options, shown_ms=800))
    return sections


def _section(title: str, command: list[str], clip: Path, options: Options, *, shown_ms: int) -> Section:
    environment = os.environ | {"POSEAPP_STARTUP_REPORT": "1"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    shown, skeleton = [], []
    for i in range(options.runs + 1):
        options.say(f"{title}, {i} of {options.runs}" if i else f"{title}, to warm up")
        done = subprocess.run(
            [*command, "--source", str(clip), "--model", options.model],
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=True,
        )
        report = json.loads(done.stdout.splitlines()[-1])
        if i:
            shown.append(report["window_shown_ms"])
            skeleton.append(report["first_skeleton_ms"])
    return Section(
        f"{title}, 1280×720 clip, {options.model}",
        f"from the process's start, files in the system's cache, Qt platform {environment['QT_QPA_PLATFORM']}.",
        (
            Figure("window shown", "ms", tuple(shown), at_most=shown_ms, digits=0),
            Figure("first skeleton painted", "ms", tuple(skeleton), at_most=2000, digits=0),
        ),
    )
