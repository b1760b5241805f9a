"""How much faster than real time a clip's poses are found."""

from __future__ import annotations

import time

from benchmarks.clips import make_clip
from benchmarks.figures import Figure, Section
from benchmarks.options import Options
from poseapp.vision.extract import extract_poses

__all__ = ["run"]


def run(options: Options) -> list[Section]:
    """Extract a 720p clip."""
    clip = make_clip(options.folder, 1280, 720, max(options.seconds, 4.0))
    ratios = []
    for i in range(options.runs):
        options.say(f"extraction, run {i + 1} of {options.runs}")
        began = time.perf_counter()
        poses = extract_poses(clip, options.model).poses
        ratios.append(poses.duration / (time.perf_counter() - began))
    return [
        Section(
            f"Extraction, 1280×720 at 30 pictures/s, {options.model}",
            "every frame, loading of the model included.",
            (Figure("speed", "× real time", tuple(ratios), at_least=2, digits=2),),
        )
    ]
