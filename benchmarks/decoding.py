"""What a frame costs before and after the model: preparing its input and decoding PoseNet's answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.figures import Figure, Section
from benchmarks.options import Options
from poseapp.paths import assets_dir
from poseapp.pose import Box
from poseapp.vision.frame import BgrImage
from poseapp.vision.models import DEFAULT_MODEL, model_info
from poseapp.vision.picture import ModelInput
from poseapp.vision.posenet_decode import decode_people
from poseapp.vision.runtime import LiteRtModel
from poseapp.vision.sources.file import FileSource

__all__ = ["run"]

_TIMES = 300
_ROLES = ("heatmap", "offset", "displacement_fwd", "displacement_bwd")


def run(options: Options) -> list[Section]:
    """Decode one, two and five people; prepare 720p and 1080p frames."""
    coach = _first_frame()
    info = model_info(DEFAULT_MODEL)
    model = LiteRtModel(info)
    figures = []
    for count, aim in ((1, 1.0), (2, 1.0), (5, 2.0)):
        options.say(f"decoding, {count} people")
        image, _ = _input().place(_row_of(coach, count))
        outputs = model.run(image)
        heads = [outputs[role][0] for role in _ROLES]
        stride = info.output_stride or 16
        found = len(decode_people(*heads, stride).xy)
        if found != count:
            raise RuntimeError(f"{found} people were found in the picture of {count}")
        runs = tuple(_median_ms(partial(decode_people, *heads, stride)) for _ in range(options.runs))
        figures.append(Figure(f"decode, {count} people", "ms", runs, at_most=aim, digits=2))
    for width, height in ((1280, 720), (1920, 1080)):
        frame = np.zeros((height, width, 3), dtype=np.uint8)
        body = Box(width / 2 - height / 2, 0, width / 2 + height / 2, height)
        runs = tuple(_median_ms(partial(_input().place, frame, body)) for _ in range(options.runs))
        figures.append(
            Figure(f"prepare {width}×{height}", "ms", runs, at_most=2.0 if height == 720 else None, digits=2)
        )
    return [Section("Before and after the model, 257 px", f"median of {_TIMES} times, one thread.", tuple(figures))]


def _input() -> ModelInput:
    info = model_info(DEFAULT_MODEL)
    return ModelInput(info.input.shape[2], info.input.shape[1], info.input.dtype, *info.input_range)


def _first_frame() -> BgrImage:
    with FileSource(assets_dir() / "references" / "side_bend" / "front" / "clip.mp4") as source:
        frame = source.read()
    assert frame is not None
    return frame.bgr


def _row_of(picture: BgrImage, count: int) -> BgrImage:
    """The middle of a picture, in which the person stands, `count` times side by side."""
    middle = picture.shape[1] // 2
    return np.hstack([picture[:, middle - 130 : middle + 130]] * count)


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return float(np.median(times)) * 1000
