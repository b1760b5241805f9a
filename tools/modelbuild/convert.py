"""Graphs to LiteRT files, and graphs run as they are; this module needs TensorFlow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy.typing as npt
import tensorflow as tf
from google.protobuf import json_format

from modelbuild import graph
from modelbuild.graph import Node, SourceGraph, Weights
from modelbuild.spec import ModelSpec

INPUT_NAME = "image"
Run = Callable[[npt.NDArray[Any]], list[npt.NDArray[Any]]]


def to_tflite(source: SourceGraph, spec: ModelSpec) -> bytes:
    """Convert a source graph to a LiteRT model with float16 weights, its tensors named by their roles."""
    nodes = _prepared(graph.split_fused(source.nodes), spec)
    definition = graph_def(nodes, source.weights)
    tf_graph = tf.Graph()
    with tf_graph.as_default():
        tf.import_graph_def(definition, name="")
        shape = (1, spec.size, spec.size, 3)
        inputs = [tf_graph.get_tensor_by_name(f"{INPUT_NAME}:0")]
        inputs[0].set_shape(shape)
        outputs = [tf_graph.get_tensor_by_name(f"{output.role}:0") for output in spec.outputs]
        # The frozen-graph converter is the one that keeps names and order of the outputs.
        converter = tf.compat.v1.lite.TFLiteConverter(definition, inputs, outputs)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
        return bytes(converter.convert())


def original(source: SourceGraph, spec: ModelSpec) -> Run:
    """Return a function running the source graph in TensorFlow, in float32, with its own fused convolutions.

    Only the depthwise ones are split: TensorFlow has no processor kernel for the fused kind.
    """
    nodes: list[Node] = []
    for node in source.nodes:
        if node["op"] == "_FusedConv2D":
            typed = {"list": {"type": ["DT_FLOAT"]}}
            nodes.append({**node, "attr": {**node["attr"], "TArgs": typed}})
        else:
            nodes.extend(graph.split_fused([node]))
    definition = graph_def(_prepared(nodes, spec), source.weights)

    def imported() -> None:
        tf.import_graph_def(definition, name="")

    wrapped = tf.compat.v1.wrap_function(imported, [])
    function = wrapped.prune(f"{INPUT_NAME}:0", [f"{output.role}:0" for output in spec.outputs])

    def run(image: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
        return [value.numpy() for value in function(tf.constant(image))]

    return run


def _prepared(nodes: Iterable[Node], spec: ModelSpec) -> list[Node]:
    shaped = graph.with_input(nodes, spec.input_node, INPUT_NAME, (1, spec.size, spec.size, 3))
    return graph.with_outputs(shaped, {output.role: output.node for output in spec.outputs})


def graph_def(nodes: Iterable[Node], weights: Weights) -> Any:
    """Build a TensorFlow ``GraphDef`` from nodes in JSON form, with the constants' values filled in."""
    filled: list[Node] = []
    for node in nodes:
        if node["op"] == "Const":
            proto = tf.make_tensor_proto(weights[node["name"]])
            value = {"value": {"tensor": json_format.MessageToDict(proto)}}
            filled.append({**node, "attr": {**node["attr"], **value}})
        else:
            filled.append(node)
    versions = {"producer": tf.version.GRAPH_DEF_VERSION}
    return json_format.ParseDict({"node": filled, "versions": versions}, tf.compat.v1.GraphDef())
