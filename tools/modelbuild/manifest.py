"""The manifest that the app verifies each model against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from modelbuild.spec import PACKAGE, PACKAGE_VERSION, ModelSpec

SCHEMA_VERSION = 1
Tensor = Mapping[str, Any]


def entry(
    spec: ModelSpec,
    content: bytes,
    inputs: Sequence[Tensor],
    outputs: Sequence[Tensor],
    check: Mapping[str, Any],
) -> dict[str, Any]:
    """Describe one built model; ``inputs`` and ``outputs`` are LiteRT's tensor details."""
    described: dict[str, Any] = {
        "name": spec.name,
        "title": spec.title,
        "advice": spec.advice,
        "family": spec.family,
        "default": spec.default,
        "file": spec.file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "input": {**_tensor(inputs[0]), "range": list(spec.input_range), "colour": "RGB"},
        "outputs": [
            {"role": output.role, **_tensor(tensor), "channels": output.channels, "unit": output.unit}
            for output, tensor in zip(spec.outputs, outputs, strict=True)
        ],
    }
    if spec.output_stride is not None:
        described["output_stride"] = spec.output_stride
    described["weights"] = "float16"
    described["source"] = {
        "package": PACKAGE,
        "version": PACKAGE_VERSION,
        "path": f"models/{spec.source}.json",
        "origin": spec.origin,
    }
    described["licence"] = {"spdx": "Apache-2.0", "holder": "Google"}
    described["check"] = dict(check)
    return described


def _tensor(details: Tensor) -> dict[str, Any]:
    shape = [int(size) for size in details["shape"]]
    return {"name": details["name"], "shape": shape, "dtype": np.dtype(details["dtype"]).name}


def to_json(entries: Sequence[Mapping[str, Any]]) -> str:
    """Return the manifest's text; the same entries always give the same text."""
    return json.dumps({"schema_version": SCHEMA_VERSION, "models": list(entries)}, indent=2) + "\n"
