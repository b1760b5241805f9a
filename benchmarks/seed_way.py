"""How the program that this one grew from works, measured in the same run on the same clip.

It does one thing after the other in the thread that also paints: read a picture, shrink it to about 372 × 495
pixels for PoseNet, run it, decode, compare with the still, draw with OpenCV into the full picture, convert it and
paint it unscaled to the window's size. Model and decoder are ours in both ways, which flatters the old one.
"""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np

from benchmarks.clips import make_clip
from benchmarks.figures import Figure, Section, percentiles
from benchmarks.options import Options
from benchmarks.screen import VIEW_SIZE, has_qt, make_application
from poseapp.pose import LIMBS, Pose, similarity
from poseapp.vision.frame import BgrImage, Frame
from poseapp.vision.models import model_info
from poseapp.vision.posenet import PoseNetEstimator
from poseapp.vision.sources.base import FrameSource
from poseapp.vision.sources.file import FileSource

__all__ = ["run"]

#: As many pixels as 372 × 495, in the shape of the picture, one more than multiples of the output stride.
_INPUT_SIZE = (577, 321)
_GREEN = (90, 220, 60)
_WARM_UP_S = 1.0


def run(options: Options) -> list[Section]:
    """Measure latency and rate in real time and the rate unpaced, at 720p."""
    clip = make_clip(options.folder, 1280, 720, options.seconds + 3)
    latencies, rates, cores, unpaced = [], [], [], []
    for i in range(options.runs):
        options.say(f"the old way of working, run {i + 1} of {options.runs}")
        latency_ms, rate, core = _measure(clip, options.seconds, paced=True)
        latencies.append(latency_ms)
        rates.append(rate)
        cores.append(core)
        unpaced.append(_measure(clip, min(options.seconds, 4.0), paced=False)[1])
    return [
        Section(
            "For comparison: the old way of working, 1280×720",
            "one thread: read → PoseNet at 577×321 → decode → compare → draw → convert → paint.",
            (
                *percentiles("read → end of paint", latencies, p95=None, p99=None),
                Figure("shown", "frames/s", tuple(rates)),
                Figure("processor", "% of one core", tuple(cores), digits=0),
                Figure("throughput, unpaced", "frames/s", tuple(unpaced)),
            ),
        )
    ]


class _Old:
    def __init__(self) -> None:
        self._estimator = PoseNetEstimator(model_info("posenet-257"), input_size=_INPUT_SIZE)
        self._still: Pose | None = None
        self._paint = _painter()

    def show(self, frame: Frame) -> None:
        people = self._estimator.estimate(frame.bgr)
        drawn = frame.bgr.copy()
        if people:
            self._still = self._still or people[0]
            alike = similarity(people[0], self._still)
            _draw(drawn, people[0], "" if alike is None else f"{alike:.3f}")
        self._paint(cv2.cvtColor(drawn, cv2.COLOR_BGR2RGB))

    def close(self) -> None:
        self._estimator.close()


def _measure(clip: Path, seconds: float, *, paced: bool) -> tuple[list[float], float, float]:
    """Latency of each frame in ms, frames per second and percent of one core."""
    old = _Old()
    source: FrameSource = FileSource(clip, paced=paced, loop=True)
    latency_ms: list[float] = []
    cpu = began = 0.0
    with source:
        warm_at = time.monotonic() + _WARM_UP_S
        for frame in source:
            old.show(frame)
            now = time.monotonic()
            if now < warm_at:
                cpu, began = time.process_time(), now
                continue
            latency_ms.append((now - frame.captured_at) * 1000)
            if now - warm_at >= seconds:
                break
    wall = time.monotonic() - began
    old.close()
    return latency_ms, len(latency_ms) / wall, 100 * (time.process_time() - cpu) / wall


def _draw(bgr: BgrImage, pose: Pose, words: str) -> None:
    seen = pose.seen()
    points = [(round(float(x)), round(float(y))) for x, y in pose.xy]
    for a, b in LIMBS:
        if seen[a] and seen[b]:
            cv2.line(bgr, points[a], points[b], _GREEN, 3, cv2.LINE_AA)
    for point in np.array(points)[seen]:
        cv2.circle(bgr, (int(point[0]), int(point[1])), 5, _GREEN, -1, cv2.LINE_AA)
    cv2.putText(bgr, words, (20, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.5, _GREEN, 3, cv2.LINE_AA)


def _painter():
    """What puts an RGB picture on the screen; without Qt it ends before that."""
    if not has_qt():
        return lambda _rgb: None
    application = make_application()
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    label.resize(*VIEW_SIZE)
    label.show()

    def paint(rgb: np.ndarray) -> None:
        image = QImage(rgb.data, rgb.shape[1], rgb.shape[0], rgb.strides[0], QImage.Format.Format_RGB888)
        label.setPixmap(QPixmap.fromImage(image).scaled(label.size(), Qt.AspectRatioMode.KeepAspectRatio))
        label.repaint()
        application.processEvents()

    return paint
