"""Compare a built model with the graph it comes from, on real pictures, in the runtime the app uses."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from modelbuild.errors import BuildError
from modelbuild.spec import ModelSpec

Array = npt.NDArray[Any]
_FRAMES_PER_CLIP = 4
_PICTURE_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp"}
_TIMED_RUNS = 30
_CONFIDENT = 0.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A BGR picture of shape (H, W, 3), uint8, and the name it has in the manifest."""

    name: str
    bgr: Array


def load_pictures(paths: Sequence[Path]) -> list[Picture]:
    """Read pictures, and four frames spread over each clip."""
    pictures: list[Picture] = []
    for path in paths:
        if path.suffix.lower() in _PICTURE_SUFFIXES:
            bgr = cv2.imread(str(path))
            if bgr is None:
                raise BuildError(f"{path} cannot be read as a picture.")
            pictures.append(Picture(path.name, bgr))
        else:
            pictures.extend(_clip_frames(path))
    return pictures


def _clip_frames(path: Path) -> list[Picture]:
    capture = cv2.VideoCapture(str(path))
    frames: list[Array] = []
    while True:
        got, bgr = capture.read()
        if not got:
            break
        frames.append(bgr)
    capture.release()
    if len(frames) < _FRAMES_PER_CLIP:
        raise BuildError(f"{path} cannot be read as a clip of at least {_FRAMES_PER_CLIP} frames.")
    at = [len(frames) * (2 * n + 1) // (2 * _FRAMES_PER_CLIP) for n in range(_FRAMES_PER_CLIP)]
    return [Picture(f"{path.name}#{index}", frames[index]) for index in at]


def to_input(bgr: Array, spec: ModelSpec) -> Array:
    """Pad a picture to a square, scale it to the model's size and to its range; (1, size, size, 3), RGB."""
    height, width = bgr.shape[:2]
    side = max(height, width)
    down, right = side - height, side - width
    square = cv2.copyMakeBorder(bgr, 0, down, 0, right, cv2.BORDER_CONSTANT)
    rgb = cv2.cvtColor(cv2.resize(square, (spec.size, spec.size), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    low, high = spec.input_range
    scaled = rgb.astype(np.float32) * ((high - low) / 255) + low
    return scaled.astype(spec.input_dtype)[np.newaxis]


class Runtime:
    """A built model in LiteRT on one thread, its tensors verified against the spec."""

    def __init__(self, content: bytes, spec: ModelSpec) -> None:
        self._interpreter = Interpreter(model_content=content, num_threads=1)
        self._interpreter.allocate_tensors()
        self.inputs = self._interpreter.get_input_details()
        self.outputs = self._interpreter.get_output_details()
        names = [tensor["name"] for tensor in [*self.inputs, *self.outputs]]
        if names != ["image", *(output.role for output in spec.outputs)]:
            raise BuildError(f"{spec.file} has the tensors {names}, not those of its spec.")
        if np.dtype(self.inputs[0]["dtype"]) != np.dtype(spec.input_dtype):
            raise BuildError(f"{spec.file} takes {self.inputs[0]['dtype']}, not {spec.input_dtype}.")

    def run(self, image: Array) -> list[Array]:
        """Return the outputs, in the order of the spec, for one input."""
        self._interpreter.set_tensor(self.inputs[0]["index"], image)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(tensor["index"]) for tensor in self.outputs]

    def median_ms(self, image: Array) -> float:
        """Return the median milliseconds of one ``invoke()``."""
        self._interpreter.set_tensor(self.inputs[0]["index"], image)
        times: list[float] = []
        for _ in range(_TIMED_RUNS):
            start = time.perf_counter()
            self._interpreter.invoke()
            times.append(time.perf_counter() - start)
        return float(np.median(times)) * 1000


def differences(
    built: Callable[[Array], list[Array]],
    original: Callable[[Array], list[Array]],
    images: Sequence[Array],
    spec: ModelSpec,
) -> dict[str, float]:
    """Return the largest absolute difference of each output over the images, to three significant digits.

    Keys are roles in the output's own unit. ``heatmap_sigmoid`` is the heatmap's difference as a probability, and
    ``offset_where_confident`` is the offset's, where the original sees that keypoint with a probability of .5 or
    more: elsewhere offsets and displacements are noise that no decoder reads. MoveNet's one output is given as
    ``keypoints_yx`` and ``keypoints_score``.
    """
    largest: dict[str, float] = {}
    roles = [output.role for output in spec.outputs]
    for image in images:
        ours = dict(zip(roles, built(image), strict=True))
        theirs = dict(zip(roles, original(image), strict=True))
        for role in roles:
            if ours[role].shape != theirs[role].shape:
                raise BuildError(f"{spec.file}: {role} is {ours[role].shape}, the original {theirs[role].shape}.")
        for key, values in _differences_of_one(ours, theirs).items():
            largest[key] = max(largest.get(key, 0.0), float(values.max(initial=0.0)))
    return {key: float(f"{value:.3g}") for key, value in largest.items()}


def _differences_of_one(ours: dict[str, Array], theirs: dict[str, Array]) -> dict[str, Array]:
    apart = {role: np.abs(ours[role] - theirs[role]) for role in ours}
    if "keypoints" in apart:
        both = apart["keypoints"]
        return {"keypoints_yx": both[..., :2], "keypoints_score": both[..., 2]}
    probability = _sigmoid(theirs["heatmap"])
    confident = np.concatenate([probability, probability], axis=-1) >= _CONFIDENT
    return {
        **apart,
        "heatmap_sigmoid": np.abs(_sigmoid(ours["heatmap"]) - probability),
        "offset_where_confident": apart["offset"][confident],
    }


def _sigmoid(logits: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-logits.astype(np.float64))))
