"""How soon the window is there, and how soon the first skeleton is in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks.clips import make_clip
from benchmarks.figures import Figure, Section
from benchmarks.options import Options

__all__ = ["run"]

_COMMAND = "from poseapp.cli import main; raise SystemExit(main())"
_PATIENCE_S = 60


def run(options: Options) -> list[Section]:
    """Start the very command that people type, on a clip, and let it say when what was there. One start warms up."""
    clip = make_clip(options.folder, 1280, 720, 2.0)
    environment = os.environ | {"POSEAPP_STARTUP_REPORT": "1"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    shown, skeleton = [], []
    for i in range(options.runs + 1):
        options.say(f"start {i} of {options.runs}" if i else "start to warm up")
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, "--source", str(clip), "--model", options.model],
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
    return [
        Section(
            f"Start, 1280×720 clip, {options.model}",
            f"from the process's start, files in the system's cache, Qt platform {environment['QT_QPA_PLATFORM']}.",
            (
                Figure("window shown", "ms", tuple(shown), at_most=1000, digits=0),
                Figure("first skeleton painted", "ms", tuple(skeleton), at_most=2000, digits=0),
            ),
        )
    ]
