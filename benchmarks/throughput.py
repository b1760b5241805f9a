"""How many frames a second go through everything when none is dropped."""

from __future__ import annotations

import time

from benchmarks.clips import make_clip
from benchmarks.figures import Figure, Section
from benchmarks.options import Options
from benchmarks.screen import VIEW_SIZE
from poseapp.session.pipeline import Pipeline
from poseapp.session.recorder import Recorder
from poseapp.session.settings import Settings, StillChoice
from poseapp.vision.estimators import create_estimator
from poseapp.vision.sources.file import FileSource
from poseapp.vision.tracker import PoseTracker

__all__ = ["run"]

_WARM_UP_FRAMES = 10


def run(options: Options) -> list[Section]:
    """Measure at 720p, one frame after another in one thread, with recording and similarity."""
    clip = make_clip(options.folder, 1280, 720, max(options.seconds, 2.0))
    rates = []
    stages_ms = []
    for i in range(options.runs):
        options.say(f"throughput, run {i + 1} of {options.runs}")
        rate, stage_ms = _measure(clip, options.model)
        rates.append(rate)
        stages_ms.append(stage_ms)
    return [
        Section(
            f"Unpaced, 1280×720, {options.model}",
            "decode, pose, lock, smoothing, similarity, recording, picture for the screen; one thread, none dropped.",
            (
                Figure("throughput", "frames/s", tuple(rates), at_least=60),
                Figure("of which after decoding", "ms per frame", tuple(stages_ms), digits=2),
            ),
        )
    ]


def _measure(clip, model: str) -> tuple[float, float]:
    tracker = PoseTracker(create_estimator(model))
    settings, recorder = Settings(), Recorder()
    settings.set_screen_size(*VIEW_SIZE)
    pipeline = Pipeline(tracker, recorder, settings)
    worked_s, began, frames = 0.0, 0.0, 0
    try:
        with FileSource(clip) as source:
            for frame in source:
                if frame.index == _WARM_UP_FRAMES:
                    recorder.start(frame.captured_at)
                    worked_s, began, frames = 0.0, time.perf_counter(), 0
                update = pipeline.process(frame)
                if frame.index == 0 and update.pose is not None:
                    settings.set_still(StillChoice(update.pose))
                worked_s += update.counters.pose_ms / 1000
                frames += 1
        elapsed = time.perf_counter() - began
    finally:
        tracker.close()
    return frames / elapsed, 1000 * worked_s / frames
