"""Which pose models are shipped, and where: the manifest beside the model files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from poseapp.errors import ModelError
from poseapp.paths import models_dir

__all__ = ["DEFAULT_MODEL", "ModelInfo", "TensorInfo", "list_models", "model_info", "read_verified"]

#: The model that is used when none is asked for.
DEFAULT_MODEL: Final = "posenet-257"

_REINSTALL: Final = "Install the program again, or build the models with tools/build_models.py."
_Size = Annotated[int, msgspec.Meta(ge=1, le=4096)]
_DType = Literal["float32", "int32", "uint8"]


class _Input(msgspec.Struct, frozen=True):
    name: str
    shape: tuple[_Size, _Size, _Size, _Size]
    dtype: _DType
    range: tuple[float, float]


class _Output(msgspec.Struct, frozen=True):
    role: str
    name: str
    shape: tuple[_Size, _Size, _Size, _Size]
    dtype: _DType


class _Source(msgspec.Struct, frozen=True):
    package: str
    version: str
    origin: str


class _Licence(msgspec.Struct, frozen=True):
    spdx: str
    holder: str


class _Model(msgspec.Struct, frozen=True):
    name: Annotated[str, msgspec.Meta(min_length=1)]
    title: str
    advice: str
    family: Literal["posenet", "movenet"]
    # A bare file name: a manifest must not lead out of its folder.
    file: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    bytes: Annotated[int, msgspec.Meta(ge=1)]
    input: _Input
    outputs: Annotated[list[_Output], msgspec.Meta(min_length=1)]
    source: _Source
    licence: _Licence
    default: bool = False
    output_stride: Annotated[int, msgspec.Meta(ge=1)] | None = None


class _Manifest(msgspec.Struct, frozen=True):
    schema_version: Literal[1]
    models: Annotated[list[_Model], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One input or output of a model.

    Parameters
    ----------
    role : str
        What it is to the decoder, such as ``heatmap``; ``image`` for the input.
    name : str
        The tensor's name in the file.
    shape : tuple of int
        (1, height, width, channels).
    dtype : str
        Name of its NumPy type.
    """

    role: str
    name: str
    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model as the manifest describes it.

    Parameters
    ----------
    name, title : str
        For programs (``posenet-257``) and for people.
    advice : str
        What it is for, for people who choose one.
    family : str
        ``posenet`` or ``movenet``: which decoder reads it.
    path : Path
        Where the file should be; not looked at until the model is loaded.
    bytes : int
        Size of the file.
    sha256 : str
        Its SHA-256 in lower-case hexadecimal digits.
    input : TensorInfo
        The picture, RGB.
    input_range : tuple of float
        What black and full brightness become.
    outputs : tuple of TensorInfo
        What the model gives.
    output_stride : int or None
        Input pixels from one cell of the output grid to the next, for models with a grid.
    source, licence : str
        Where it comes from and under which terms, for people.
    default : bool
        Whether it is used when none is asked for.
    """

    name: str
    title: str
    advice: str
    family: str
    path: Path
    bytes: int
    sha256: str
    input: TensorInfo
    input_range: tuple[float, float]
    outputs: tuple[TensorInfo, ...]
    output_stride: int | None
    source: str
    licence: str
    default: bool

    @property
    def input_shape(self) -> tuple[int, ...]:
        """(1, height, width, 3)."""
        return self.input.shape


def list_models(folder: Path | None = None) -> tuple[ModelInfo, ...]:
    """All models of the manifest, the default one first.

    Parameters
    ----------
    folder : Path, optional
        Folder with ``manifest.json`` and the model files; the shipped one by default.

    Raises
    ------
    ModelError
        The manifest is missing or is not a manifest.
    """
    path = (folder or models_dir()) / "manifest.json"
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except OSError as error:
        raise ModelError(f"The list of pose models “{path}” cannot be read: {error.strerror}.", _REINSTALL) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ModelError(f"The list of pose models “{path}” is damaged: {error}.", _REINSTALL) from error
    models = [_info(model, path.parent) for model in manifest.models]
    if len({model.name for model in models}) < len(models):
        raise ModelError(f"The list of pose models “{path}” is damaged: it has a name twice.", _REINSTALL)
    return tuple(sorted(models, key=lambda model: not model.default))


def model_info(name: str, folder: Path | None = None) -> ModelInfo:
    """The model called `name`.

    Raises
    ------
    ModelError
        There is none of that name; the hint names the choices.
    """
    models = list_models(folder)
    for model in models:
        if model.name == name:
            return model
    raise ModelError(f"There is no pose model “{name}”.", f"Choose {_either([model.name for model in models])}.")


def read_verified(model: ModelInfo) -> bytes:
    """The model file's content, checked against the manifest's size and hash.

    The content is returned, not the path, so that what was verified is what runs.

    Raises
    ------
    ModelError
        The file is missing, cannot be read, or is not the one the manifest describes.
    """
    try:
        content = model.path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"The pose model file “{model.path}” is missing.", _REINSTALL) from error
    except OSError as error:
        raise ModelError(
            f"The pose model file “{model.path}” cannot be read: {error.strerror}.", _REINSTALL
        ) from error
    if len(content) != model.bytes:
        raise ModelError(
            f"The pose model file “{model.path}” is damaged: it has {len(content)} of {model.bytes} bytes.",
            _REINSTALL,
        )
    if hashlib.sha256(content).hexdigest() != model.sha256:
        raise ModelError(
            f"The pose model file “{model.path}” is damaged or another one: its SHA-256 is not the manifest's.",
            _REINSTALL,
        )
    return content


def _info(model: _Model, folder: Path) -> ModelInfo:
    if model.input.shape[0] != 1 or model.input.shape[3] != 3:
        raise ModelError(f"The list of pose models is damaged: “{model.name}” does not take one picture.", _REINSTALL)
    if model.input.dtype != "float32" and model.input.range != (0, 255):
        raise ModelError(f"The list of pose models is damaged: the range of “{model.name}” is strange.", _REINSTALL)
    return ModelInfo(
        name=model.name,
        title=model.title,
        advice=model.advice,
        family=model.family,
        path=folder / model.file,
        bytes=model.bytes,
        sha256=model.sha256,
        input=TensorInfo("image", model.input.name, model.input.shape, model.input.dtype),
        input_range=model.input.range,
        outputs=tuple(TensorInfo(out.role, out.name, out.shape, out.dtype) for out in model.outputs),
        output_stride=model.output_stride,
        source=f"{model.source.package} {model.source.version}, from {model.source.origin}",
        licence=f"{model.licence.spdx}, {model.licence.holder}",
        default=model.default,
    )


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
