"""``python -m benchmarks``: measure all or some, print tables, or JSON for a program."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.figures import Section, print_section
from benchmarks.options import Options
from poseapp.vision.models import DEFAULT_MODEL

#: Name on the command line and module with ``run(options) -> list[Section]``, in the order in which they are run.
BENCHMARKS = {
    "startup": "benchmarks.startup",
    "realtime": "benchmarks.realtime",
    "throughput": "benchmarks.throughput",
    "extract": "benchmarks.extraction",
    "seed": "benchmarks.seed_way",
    "decode": "benchmarks.decoding",
    "accuracy": "benchmarks.pose_accuracy",
    "truth": "benchmarks.library_truth",
    "soak": "benchmarks.soak",
}

_NARROWEST = 112
#: Share of the processors that others may use before times are doubtful.
_QUIET = 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 when an aim was missed, so that a machine can watch."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(BENCHMARKS)}; all")
    parser.add_argument("--runs", type=int, default=3, help="how often (default 3)")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of a run in real time (default 8)")
    parser.add_argument("--minutes", type=float, default=0.5, help="length of the soak (default 0.5)")
    parser.add_argument("--model", default=DEFAULT_MODEL, help=f"pose model (default {DEFAULT_MODEL})")
    parser.add_argument("--json", action="store_true", help="JSON on standard output instead of tables")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")

    whisper = Console(stderr=True)
    console = Console(width=max(Console().width, _NARROWEST))  # a pipe counts as 80 columns, too few for the tables
    sections: list[Section] = []
    load = _load()
    if load > _QUIET * (os.cpu_count() or 1):
        whisper.print(f"Other programs keep this machine busy (load {load:.1f}): the times will be too long.")
    with tempfile.TemporaryDirectory(prefix="poseapp-benchmarks-") as folder:
        options = Options(
            runs=asked.runs,
            seconds=asked.seconds,
            minutes=asked.minutes,
            model=asked.model,
            folder=Path(folder),
            say=lambda words: whisper.print(f"… {words}", highlight=False),
        )
        for name in asked.names or BENCHMARKS:
            found = importlib.import_module(BENCHMARKS[name]).run(options)
            sections += found
            if not asked.json:
                for section in found:
                    print_section(console, section)
    if asked.json:
        document = {"machine": _machine(load), "sections": [section.document() for section in sections]}
        json.dump(document, sys.stdout, indent=2, allow_nan=False)
        print()
    return 0 if all(figure.reached is not False for section in sections for figure in section.figures) else 1


def _load() -> float:
    """Programs that wanted a processor during the last minute; 0 where the system does not tell."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def _machine(load: float) -> dict[str, object]:
    return {
        "load_before": load,
        "system": platform.platform(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
    }


if __name__ == "__main__":
    sys.exit(main())
