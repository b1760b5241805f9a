"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["JsonOption", "KeypointsOption", "ModelOption"]

ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Pose model; “poseapp models” lists them, the default first."),
]

JsonOption = Annotated[
    bool, typer.Option("--json", help="Answer in JSON on standard output, errors too; docs/command-line.md.")
]

KeypointsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--keypoints",
        metavar="NAMES",
        help="Only these count: keypoints or body parts with commas between them, such as arms,left_hip. "
        "Without this option all 17 count, or those that matter in a reference of the library.",
    ),
]
