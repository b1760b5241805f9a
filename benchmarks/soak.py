"""Whether anything grows while the session runs for long: memory, threads, file handles."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path

import numpy as np

from benchmarks.clips import make_clip
from benchmarks.figures import Figure, Section
from benchmarks.options import Options
from benchmarks.screen import Screen, make_screen
from poseapp.vision.sources.file import FileSource

__all__ = ["run"]

_SPEED = 4.0
_RECORDING_S = 5.0
_RESTART_S = 60.0
#: Caches, pools and the allocator settle in this share of the time, and nothing is judged before.
_SETTLING = 0.25
_HANDLES = Path("/proc/self/fd")
_MEMORY = Path("/proc/self/statm")


def run(options: Options) -> list[Section]:
    """Play a 720p clip at four times its speed over and over, recording again and again."""
    seconds = options.minutes * 60
    options.say(f"soak for {options.minutes:g} minutes")
    clip = make_clip(options.folder, 1280, 720, 6.0)
    screen = make_screen()
    samples: list[tuple[float, float, float, float]] = []
    frames = 0
    began = time.monotonic()
    started = began - _RESTART_S
    try:
        while (now := time.monotonic()) - began < seconds:
            if now - started >= _RESTART_S:
                screen.start(FileSource(clip, paced=True, speed=_SPEED, loop=True), options.model)
                started = now
            screen.session.start_recording()
            screen.run(min(_RECORDING_S, max(began + seconds - now, 0.1)))
            frames += len(screen.session.stop_recording())
            screen.forget()
            samples.append(_sample(began))
    finally:
        screen.close()
    return [_section(np.array(samples), frames, seconds, screen)]


def _sample(began: float) -> tuple[float, float, float, float]:
    """Seconds, resident MB, Python threads and file handles; NaN where the system does not tell."""
    gc.collect()
    memory_mb = np.nan
    if _MEMORY.exists():
        memory_mb = int(_MEMORY.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    handles = float(len(list(_HANDLES.iterdir()))) if _HANDLES.exists() else np.nan
    return time.monotonic() - began, memory_mb, float(threading.active_count()), handles


def _section(samples: np.ndarray, frames: int, seconds: float, screen: Screen) -> Section:
    settled = samples[samples[:, 0] >= _SETTLING * seconds]
    if len(settled) < 4:
        raise RuntimeError("the soak was too short: at least half a minute is needed")
    early, late = np.array_split(settled, 2)
    grown = np.median(late, axis=0) - np.median(early, axis=0)
    last = samples[-1]
    figures = (
        Figure("poses recorded", "", (float(frames),), digits=0),
        Figure("memory at the end", "MB", (float(last[1]),)),
        Figure("memory, growth", "MB", (float(grown[1]),), at_most=5.0, digits=2),
        Figure("threads, growth", "", (float(grown[2]),), at_most=0.0, digits=0),
        Figure("file handles, growth", "", (float(grown[3]),), at_most=0.0, digits=0),
    )
    return Section(
        f"Soak: {seconds / 60:g} minutes at {_SPEED:g} × speed, recording in pieces of {_RECORDING_S:g} s",
        f"growth = median of the later half less the earlier one's, after the first {_SETTLING:.0%}; {screen.what}.",
        tuple(figure for figure in figures if np.isfinite(figure.median)),  # not every system tells all of them
    )
