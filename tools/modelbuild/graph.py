"""TensorFlow.js graph models as plain data: read their weights, split fused nodes, name inputs and outputs.

A graph is the list of nodes of a TensorFlow ``GraphDef`` in its protobuf JSON form. Nothing here needs TensorFlow.
The format is that of ``tensorflowjs_converter``'s ``model.json`` (``modelTopology`` and ``weightsManifest``).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from modelbuild.errors import BuildError

Node = dict[str, Any]
Weights = dict[str, npt.NDArray[Any]]

_PLAIN_OPS = {"_FusedConv2D": "Conv2D", "FusedDepthwiseConv2dNative": "DepthwiseConv2dNative"}
_CONV_ATTRIBUTES = ("T", "strides", "padding", "explicit_paddings", "dilations", "data_format")
_ACTIVATIONS = ("Relu", "Relu6")


@dataclass(frozen=True, slots=True)
class SourceGraph:
    """A graph model as published: its nodes and the values of its constants."""

    nodes: tuple[Node, ...]
    weights: Weights


def load(json_path: Path, bin_path: Path) -> SourceGraph:
    """Read a graph model from its topology and weight files."""
    model = json.loads(json_path.read_text("utf-8"))
    groups = model["weightsManifest"]
    if model.get("format") != "graph-model" or len(groups) != 1 or len(groups[0]["paths"]) != 1:
        raise BuildError(f"{json_path.name} is no graph model with a single weight file.")
    nodes = tuple(model["modelTopology"]["node"])
    return SourceGraph(nodes, read_weights(groups[0]["weights"], bin_path.read_bytes()))


def read_weights(entries: Iterable[Mapping[str, Any]], blob: bytes) -> Weights:
    """Cut a weight file into named arrays; weights stored as float16 are widened to float32.

    Parameters
    ----------
    entries
        The ``weights`` of one group of a ``weightsManifest``, in the order of the file.
    blob
        The file's bytes, little-endian, without padding.

    Returns
    -------
    dict
        Arrays in their original dtype (float32 or int32) and shape, by name.
    """
    weights: Weights = {}
    at = 0
    for entry in entries:
        name, dtype, shape = entry["name"], entry["dtype"], tuple(int(n) for n in entry["shape"])
        stored = entry.get("quantization", {}).get("dtype", dtype)
        if dtype not in ("float32", "int32") or stored not in (dtype, "float16"):
            raise BuildError(f"Weight {name!r} is stored as {stored} for {dtype}, which this build does not read.")
        kind = np.dtype(stored).newbyteorder("<")
        size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
        if at + size > len(blob):
            raise BuildError(f"The weight file ends within {name!r}. It is cut off; fetch it again.")
        weights[name] = np.frombuffer(blob[at : at + size], kind).reshape(shape).astype(dtype)
        at += size
    if at != len(blob):
        raise BuildError(f"The weight file has {len(blob) - at} bytes more than its list of weights tells.")
    return weights


def rounded_to_float16(source: SourceGraph) -> SourceGraph:
    """Return the graph with its float32 weights rounded to what float16 can hold."""
    weights = {
        name: value.astype(np.float16).astype(np.float32) if value.dtype == np.float32 else value
        for name, value in source.weights.items()
    }
    return SourceGraph(source.nodes, weights)


def split_fused(nodes: Iterable[Node]) -> list[Node]:
    """Replace each fused convolution by a convolution, a bias and, if it has one, an activation.

    The last part keeps the fused node's name, so that its readers need no change.
    """
    plain: list[Node] = []
    for node in nodes:
        plain.extend(_parts(node) if node["op"] in _PLAIN_OPS else [node])
    return plain


def _parts(node: Node) -> list[Node]:
    name, inputs, attributes = node["name"], node["input"], node["attr"]
    fused = [base64.b64decode(s).decode("ascii") for s in attributes["fused_ops"]["list"]["s"]]
    if fused[:1] != ["BiasAdd"] or len(inputs) != 3 or len(fused) > 2 or not set(fused[1:]) <= set(_ACTIVATIONS):
        raise BuildError(f"Node {name!r} fuses {fused}, which this build does not know.")
    typed = {"T": attributes["T"]}
    kept = {key: attributes[key] for key in _CONV_ATTRIBUTES if key in attributes}
    names = [f"{name}/{op}" for op in [_PLAIN_OPS[node["op"]], *fused]]
    names[-1] = name
    parts = [
        {"name": names[0], "op": _PLAIN_OPS[node["op"]], "input": inputs[:2], "attr": kept},
        {"name": names[1], "op": "BiasAdd", "input": [names[0], inputs[2]], "attr": typed},
    ]
    for activation in fused[1:]:
        parts.append({"name": name, "op": activation, "input": [names[1]], "attr": typed})
    return parts


def with_input(nodes: Iterable[Node], old: str, new: str, shape: Iterable[int]) -> list[Node]:
    """Rename the placeholder ``old`` to ``new`` and give it a shape."""
    dims = {"dim": [{"size": str(size)} for size in shape]}
    changed: list[Node] = []
    for node in nodes:
        if node["name"] == old and node["op"] == "Placeholder":
            attributes = {**node["attr"], "shape": {"shape": dims}}
            changed.append({**node, "name": new, "attr": attributes})
        elif old in node.get("input", ()):
            changed.append({**node, "input": [new if name == old else name for name in node["input"]]})
        else:
            changed.append(node)
    if not any(node["name"] == new and node["op"] == "Placeholder" for node in changed):
        raise BuildError(f"The graph has no input {old!r}.")
    return changed


def with_outputs(nodes: Iterable[Node], outputs: Mapping[str, str]) -> list[Node]:
    """Add an ``Identity`` called by each role after the node it names, and drop all nodes no output needs."""
    by_name = {node["name"]: node for node in nodes}
    for role, source in outputs.items():
        if source not in by_name or role in by_name:
            raise BuildError(f"Output {role!r} cannot be made: no node {source!r}, or the name is taken.")
        attributes = {"T": {"type": "DT_FLOAT"}}
        by_name[role] = {"name": role, "op": "Identity", "input": [source], "attr": attributes}
    needed: set[str] = set()
    waiting = list(outputs)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting.extend(node_of(read) for read in by_name[name].get("input", ()))
    return [node for name, node in by_name.items() if name in needed]


def node_of(read: str) -> str:
    """Return the node that an input such as ``^name`` or ``name:1`` reads."""
    return read.removeprefix("^").partition(":")[0]
