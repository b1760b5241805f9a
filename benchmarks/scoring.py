"""Is the score right? ``python -m benchmarks.scoring [--quick] [--json FILE] [--methods classic,form] [--sets all]``.

Every method is measured on movements of our own (those used for tuning, those held out of it and, when asked for by
name, those that were written without looking at any method), on labelled sequences of real people, on rendered and
real clips through real pose estimation, and for speed; the table shows each figure beside its goal. What cannot be
measured on this machine is said by name.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.scoring_parts import clips, followed, people, real, recognised, repeated, speed, synthetic
from benchmarks.scoring_parts.options import Options
from benchmarks.scoring_parts.synthetic_cases import SETS
from benchmarks.scoring_parts.table import Part, print_part
from poseapp.scoring import METHODS, scorer

__all__ = ["PARTS", "main", "sets_of"]

_SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
_NARROWEST = 160
_SEEN = ("tuning", "held out")  # sets that have been looked at anyhow

#: What can be measured, by name, in the order in which it is.
PARTS: dict[str, Callable[[Options], list[Part]]] = {
    "synthetic": synthetic.parts,
    "people": lambda options: [people.part(options)],
    "avatar": lambda options: [clips.avatar(options)],
    "real": lambda options: [real.part(options)],
    "recognition": lambda options: [recognised.part(options)],
    "repetitions": lambda options: [repeated.part(options)],
    "following": lambda options: [followed.part(options)],
    "speed": lambda options: [speed.part(options)],
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when the best method misses a goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)}; all")
    parser.add_argument("--quick", action="store_true", help="a sample of the cases, in less than a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file too")
    parser.add_argument("--methods", default=",".join(METHODS), help=f"default: {','.join(METHODS)}")
    parser.add_argument(
        "--sets",
        type=sets_of,
        default=_SEEN,
        metavar="SET,SET",
        help=f"movements of our own: {', '.join(map(_typed, SETS))}, or all; default: {','.join(map(_typed, _SEEN))} "
        "(the unseen are measured only when asked for: whoever tunes after looking has used them up)",
    )
    parser.add_argument("--shared", type=Path, default=_SHARED, help="folder with the measuring data")
    cache = Path(tempfile.gettempdir()) / "poseapp-benchmark-poses"
    parser.add_argument("--cache", type=Path, default=cache, help="where poses of clips are kept between runs")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")

    whisper = Console(stderr=True)
    console = Console(width=max(Console().width, _NARROWEST))  # a pipe counts as 80 columns, too few for the table
    began = time.monotonic()
    options = Options(
        quick=asked.quick,
        methods={name: scorer(name) for name in asked.methods.split(",")},
        sets=asked.sets,
        shared=asked.shared,
        cache=asked.cache,
        say=lambda words: whisper.print(f"… {words}", highlight=False),
    )
    measured: list[Part] = []
    for name in asked.parts or PARTS:
        found = PARTS[name](options)
        measured += found
        for part in found:
            print_part(console, part)
    console.print(f"{time.monotonic() - began:.0f} s{', a sample of the cases' if asked.quick else ''}")
    if asked.json:
        document = {"quick": asked.quick, "sets": asked.sets, "parts": [part.document() for part in measured]}
        asked.json.write_text(json.dumps(document, indent=2, allow_nan=False, ensure_ascii=False) + "\n", "utf-8")
    others = tuple(list(options.methods)[:-1])
    cells = [(row, c) for part in measured for row in part.rows for c in row.cells if not c.startswith(others)]
    return 1 if any(row.reached(column) is False for row, column in cells) else 0


def _typed(name: str) -> str:
    return name.replace(" ", "-")


def sets_of(text: str) -> tuple[str, ...]:
    """Names of sets from what was typed, in the order of the table."""
    asked = [_typed(name.strip()) for name in text.split(",")]
    known = {_typed(name): name for name in SETS}
    if unknown := sorted(set(asked) - {*known, "all"}):
        raise argparse.ArgumentTypeError(f"there is no set {', '.join(unknown)}")
    return tuple(name for typed, name in known.items() if typed in asked or "all" in asked)


if __name__ == "__main__":
    sys.exit(main())
