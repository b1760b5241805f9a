"""From capture to the end of paint with a source that plays in real time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clips import FPS, make_clip
from benchmarks.figures import Figure, Section, percentiles
from benchmarks.options import Options
from benchmarks.screen import VIEW_SIZE, make_screen, platform_name
from poseapp.pose import Pose
from poseapp.session.live import StillChoice
from poseapp.vision.sources.file import FileSource

__all__ = ["run"]

_WARM_UP_S = 2.0
#: Size of the source, then the aims: p95, p99 in ms and percent of one core.
_SIZES = (((1280, 720), 20.0, 33.0, 75.0), ((1920, 1080), 25.0, None, None))


@dataclass(frozen=True, slots=True)
class _Run:
    latency_ms: list[float]
    captured: int
    not_shown: int
    core_percent: float


def run(options: Options) -> list[Section]:
    """Measure both sizes."""
    sections = []
    for (width, height), p95, p99, core in _SIZES:
        clip = make_clip(options.folder, width, height, _WARM_UP_S + options.seconds + 3)
        runs = []
        for i in range(options.runs):
            options.say(f"real time, {height}p, run {i + 1} of {options.runs}")
            runs.append(_measure(clip, options))
        what = make_screen_name()
        sections.append(
            Section(
                f"Live session, {width}×{height} at {FPS} pictures/s, {options.model}",
                f"capture → {what}; view {VIEW_SIZE[0]}×{VIEW_SIZE[1]}, {options.seconds:g} s per run.",
                (
                    *percentiles("capture → end of paint", [r.latency_ms for r in runs], p95=p95, p99=p99),
                    Figure("captured", "frames", tuple(float(r.captured) for r in runs), digits=0),
                    Figure("captured but not shown", "frames", tuple(float(r.not_shown) for r in runs), at_most=0,
                           digits=0),
                    Figure("processor", "% of one core", tuple(r.core_percent for r in runs), at_most=core, digits=0),
                ),
            )
        )  # fmt: skip
    return sections


def make_screen_name() -> str:
    """What the end of the measured way is."""
    return f"end of paintEvent on “{platform_name()}”" if platform_name() != "none" else "handed over (no Qt)"


def _measure(clip: Path, options: Options) -> _Run:
    screen = make_screen()
    try:
        screen.start(FileSource(clip, paced=True), options.model)
        screen.run(_WARM_UP_S)
        _compare_with_what_is_seen(screen.updates[-1].pose, screen.session.set_still)
        screen.forget()
        cpu, wall = time.process_time(), time.perf_counter()
        screen.run(options.seconds)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        first, last = screen.updates
        # Both ends by capture time, so that a frame still on its way is counted on neither side.
        span = first.frame.captured_at, last.frame.captured_at
        shown = {at for _, at in screen.shown if span[0] <= at <= span[1]}
        captured = last.frame.index - first.frame.index + 1
        latency_ms = [(shown_at - at) * 1000 for shown_at, at in screen.shown]
        return _Run(latency_ms, captured, captured - len(shown), 100 * cpu / wall)
    finally:
        screen.close()


def _compare_with_what_is_seen(pose: Pose | None, set_still) -> None:
    if pose is None:
        raise RuntimeError("nobody was found in the demo clip")
    set_still(StillChoice(pose))
