"""A verified model file, running in LiteRT."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.errors import ModelError
from poseapp.vision.greeting import without_greeting
from poseapp.vision.models import ModelInfo, TensorInfo, read_verified

__all__ = ["LiteRtModel"]

_HINT = "Install the program again, or choose another model."


class LiteRtModel:
    """One interpreter with one input and named outputs. It belongs to one thread.

    Parameters
    ----------
    info : ModelInfo
        The model, as the manifest describes it.
    threads : int
        Threads of the interpreter.
    size : tuple of int, optional
        Width and height of the input instead of the file's own, for models that take any.

    Raises
    ------
    ModelError
        The file is missing or damaged, or its tensors are not those of the manifest.
    """

    def __init__(self, info: ModelInfo, threads: int = 1, size: tuple[int, int] | None = None) -> None:
        content = read_verified(info)
        from ai_edge_litert.interpreter import Interpreter  # 0.1 s of import: only when a model is loaded

        self._name = info.name
        try:
            self._interpreter = Interpreter(model_content=content, num_threads=threads)
            self._check(info)
            self._input = self._interpreter.get_input_details()[0]["index"]
            if size is not None:
                self._interpreter.resize_tensor_input(self._input, (1, size[1], size[0], 3), strict=False)
            with without_greeting():
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            # LiteRT says in these types whatever a file has wrong; the hash was right, so the build was not.
            raise ModelError(f"The pose model “{info.name}” cannot be run: {error}.", _HINT) from error
        index = {detail["name"]: detail["index"] for detail in self._interpreter.get_output_details()}
        self._outputs = {output.role: index[output.name] for output in info.outputs}

    def _check(self, info: ModelInfo) -> None:
        """Compare the file's tensors with the manifest's."""
        inputs = self._interpreter.get_input_details()
        outputs = self._interpreter.get_output_details()
        found = {_signature(detail) for detail in [*inputs, *outputs]}
        expected = {_expected(tensor) for tensor in [info.input, *info.outputs]}
        if len(inputs) != 1 or found != expected:
            strange = ", ".join(sorted(str(tensor) for tensor in found ^ expected))
            raise ModelError(f"The pose model “{info.name}” is not as the manifest says: {strange} differ.", _HINT)

    def run(self, image: NDArray[np.generic]) -> dict[str, NDArray[np.float32]]:
        """Outputs by role for one input of shape (1, height, width, 3), as copies."""
        self._interpreter.set_tensor(self._input, image)
        self._interpreter.invoke()
        return {role: self._interpreter.get_tensor(index) for role, index in self._outputs.items()}


def _signature(detail: dict[str, object]) -> tuple[str, tuple[int, ...], str]:
    shape = np.asarray(detail["shape"]).tolist()
    return str(detail["name"]), tuple(shape), np.dtype(detail["dtype"]).name  # type: ignore[call-overload]


def _expected(tensor: TensorInfo) -> tuple[str, tuple[int, ...], str]:
    return tensor.name, tensor.shape, tensor.dtype
