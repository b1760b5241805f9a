"""The model build: reading weights, reshaping graphs, unpacking safely, comparing; and what is committed."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from modelbuild import check, graph, manifest, package
from modelbuild.errors import BuildError
from modelbuild.spec import MODELS, ModelSpec, Output

MODELS_FOLDER = Path(__file__).resolve().parents[2] / "models"


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def fused(name: str, op: str, *parts: str) -> graph.Node:
    attributes = {
        "T": {"type": "DT_FLOAT"},
        "strides": {"list": {"i": ["1", "1", "1", "1"]}},
        "padding": {"s": base64_of("SAME")},
        "data_format": {"s": base64_of("NHWC")},
        "dilations": {"list": {"i": ["1", "1", "1", "1"]}},
        "fused_ops": {"list": {"s": [base64_of(part) for part in parts]}},
        "num_args": {"i": "1"},
        "epsilon": {"f": 0},
    }
    return {"name": name, "op": op, "input": ["x", "w", "b"], "attr": attributes}


def placeholder(name: str = "x") -> graph.Node:
    return {"name": name, "op": "Placeholder", "attr": {"dtype": {"type": "DT_FLOAT"}}}


def constant(name: str) -> graph.Node:
    return {"name": name, "op": "Const", "attr": {"dtype": {"type": "DT_FLOAT"}}}


class TestReadWeights:
    half: ClassVar = {"name": "h", "shape": [2, 1], "dtype": "float32", "quantization": {"dtype": "float16"}}
    whole: ClassVar = {"name": "i", "shape": [], "dtype": "int32"}
    blob = b"\x00\x3e\x00\xc0" + b"\x07\x00\x00\x00"  # IEEE 754: 0x3E00 is 1.5, 0xC000 is -2

    def test_float16_is_widened_and_the_next_weight_starts_right_after_it(self) -> None:
        weights = graph.read_weights([self.half, self.whole], self.blob)
        assert weights["h"].dtype == np.float32
        np.testing.assert_array_equal(weights["h"], [[1.5], [-2.0]])
        assert weights["i"].dtype == np.int32
        assert weights["i"].shape == ()
        assert weights["i"] == 7

    def test_smallest_float16_keeps_its_value(self) -> None:
        entry = {**self.half, "shape": [1]}
        assert graph.read_weights([entry], b"\x01\x00")["h"][0] == 2.0**-24

    @pytest.mark.parametrize("blob", [blob[:-1], blob + b"\0"], ids=["cut off", "too long"])
    def test_file_of_another_length_is_refused(self, blob: bytes) -> None:
        with pytest.raises(BuildError):
            graph.read_weights([self.half, self.whole], blob)

    def test_other_quantisation_is_refused(self) -> None:
        entry = {**self.half, "quantization": {"dtype": "uint8", "scale": 1.0, "min": 0.0}}
        with pytest.raises(BuildError, match="uint8"):
            graph.read_weights([entry], b"\0\0")

    def test_rounding_changes_floats_only(self) -> None:
        big = np.asarray(2049, np.int32)
        source = graph.SourceGraph((), {"f": np.asarray([2049.0, 0.5], np.float32), "i": big})
        rounded = graph.rounded_to_float16(source).weights
        np.testing.assert_array_equal(rounded["f"], [2048.0, 0.5])  # float16 counts in twos above 2048
        assert rounded["i"] == 2049


class TestSplitFused:
    def test_convolution_becomes_three_nodes_and_the_last_keeps_the_name(self) -> None:
        reader = {"name": "r", "op": "Identity", "input": ["c"], "attr": {}}
        conv, bias, activation, last = graph.split_fused([fused("c", "_FusedConv2D", "BiasAdd", "Relu6"), reader])
        assert [conv["op"], bias["op"], activation["op"]] == ["Conv2D", "BiasAdd", "Relu6"]
        assert conv["input"] == ["x", "w"]
        assert bias["input"] == [conv["name"], "b"]
        assert activation["input"] == [bias["name"]]
        assert activation["name"] == "c"
        assert last is reader
        assert len({conv["name"], bias["name"], "c"}) == 3

    def test_only_attributes_of_the_plain_operation_remain(self) -> None:
        conv, bias = graph.split_fused([fused("c", "FusedDepthwiseConv2dNative", "BiasAdd")])
        assert conv["op"] == "DepthwiseConv2dNative"
        assert bias["name"] == "c"
        assert set(conv["attr"]) == {"T", "strides", "padding", "data_format", "dilations"}
        assert set(bias["attr"]) == {"T"}

    @pytest.mark.parametrize("parts", [("Relu",), ("BiasAdd", "Elu"), ("BiasAdd", "Relu", "Relu")])
    def test_unknown_fusion_is_refused(self, parts: tuple[str, ...]) -> None:
        with pytest.raises(BuildError, match="'c'"):
            graph.split_fused([fused("c", "_FusedConv2D", *parts)])


class TestInputsAndOutputs:
    nodes = (
        placeholder(),
        {"name": "a", "op": "Relu", "input": ["x"], "attr": {}},
        {"name": "b", "op": "Unpack", "input": ["a:0", "^x"], "attr": {}},
        {"name": "unused", "op": "Relu", "input": ["b:1"], "attr": {}},
    )

    def test_input_is_renamed_for_its_readers_and_given_a_shape(self) -> None:
        first, reader, *_ = graph.with_input(self.nodes, "x", "image", (1, 257, 257, 3))
        assert first["name"] == "image"
        assert [dim["size"] for dim in first["attr"]["shape"]["shape"]["dim"]] == ["1", "257", "257", "3"]
        assert reader["input"] == ["image"]
        assert self.nodes[0]["name"] == "x", "the source graph is shared by two models and must stay as it is"

    def test_input_must_exist(self) -> None:
        with pytest.raises(BuildError, match="'y'"):
            graph.with_input(self.nodes, "y", "image", (1,))

    def test_outputs_are_added_by_role_and_unneeded_nodes_dropped(self) -> None:
        kept = graph.with_outputs(self.nodes, {"heatmap": "b"})
        assert [node["name"] for node in kept] == ["x", "a", "b", "heatmap"]
        assert kept[-1]["input"] == ["b"]

    @pytest.mark.parametrize("outputs", [{"heatmap": "nowhere"}, {"a": "b"}])
    def test_output_must_exist_and_its_role_be_free(self, outputs: dict[str, str]) -> None:
        with pytest.raises(BuildError):
            graph.with_outputs(self.nodes, outputs)


def archive_of(folder: Path, *members: tuple[str, bytes | None]) -> Path:
    """Write a package; a member without content is a symbolic link to a file outside it."""
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if content is None:
                info.type, info.linkname = tarfile.SYMTYPE, "../../secret"
            else:
                info.size = len(content)
            tar.addfile(info, io.BytesIO(content or b""))
    return path


class TestPackage:
    def test_only_wanted_files_are_written(self, tmp_path: Path) -> None:
        members = (("package/models/a.json", b"A"), ("package/models/b.json", b"B"), ("models/a.json", b"X"))
        archive = archive_of(tmp_path, *members)
        files = package.extract(archive, ["models/a.json"], tmp_path / "out")
        assert files == {"models/a.json": tmp_path / "out" / "models" / "a.json"}
        assert files["models/a.json"].read_bytes() == b"A"
        assert len([path for path in (tmp_path / "out").rglob("*") if path.is_file()]) == 1

    @pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/a", "a//b", "", "c:/a", "a\\..\\b", "./a"])
    def test_path_that_leaves_the_folder_is_refused(self, tmp_path: Path, name: str) -> None:
        archive = archive_of(tmp_path, (f"package/{name}", b"A"))
        with pytest.raises(BuildError, match="outside"):
            package.extract(archive, [name], tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_link_is_refused(self, tmp_path: Path) -> None:
        archive = archive_of(tmp_path, ("package/models/a.json", None))
        with pytest.raises(BuildError, match="ordinary"):
            package.extract(archive, ["models/a.json"], tmp_path / "out")

    def test_missing_file_is_named(self, tmp_path: Path) -> None:
        archive = archive_of(tmp_path, ("package/models/a.json", b"A"))
        with pytest.raises(BuildError, match=r"models/b\.json"):
            package.extract(archive, ["models/a.json", "models/b.json"], tmp_path / "out")

    def test_cut_off_archive_is_a_build_error(self, tmp_path: Path) -> None:
        archive = archive_of(tmp_path, ("package/models/a.json", bytes(range(256)) * 64))
        archive.write_bytes(archive.read_bytes()[:-40])
        with pytest.raises(BuildError, match="cannot be read"):
            package.extract(archive, ["models/a.json"], tmp_path / "out")

    def test_integrity_is_that_of_a_lock_file(self, tmp_path: Path) -> None:
        path = tmp_path / "abc"
        path.write_bytes(b"abc")
        # SHA-256 of "abc", from FIPS 180-2, appendix B.1.
        known = bytes.fromhex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        package.verify(path, f"sha256-{base64.b64encode(known).decode()}")
        path.write_bytes(b"abd")
        with pytest.raises(BuildError, match="pinned"):
            package.verify(path, f"sha256-{base64.b64encode(known).decode()}")


class TestCheck:
    posenet, movenet = MODELS[0], MODELS[2]

    def test_posenet_input_is_rgb_in_minus_one_to_one_padded_to_a_square(self) -> None:
        bgr = np.zeros((100, 200, 3), np.uint8)
        bgr[..., 0] = 255
        image = check.to_input(bgr, self.posenet)
        assert image.shape == (1, 257, 257, 3)
        assert image.dtype == np.float32
        np.testing.assert_allclose(image[0, 10, 10], [-1, -1, 1])
        np.testing.assert_allclose(image[0, 250, 10], [-1, -1, -1])

    def test_movenet_input_is_whole_numbers_to_255(self) -> None:
        image = check.to_input(np.full((50, 50, 3), (1, 2, 255), np.uint8), self.movenet)
        assert image.dtype == np.int32
        np.testing.assert_array_equal(image[0, 100, 100], [255, 2, 1])

    def test_largest_difference_of_each_output_over_all_images(self) -> None:
        def model(step: float) -> Any:
            def run(image: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
                heatmap = np.full((1, 1, 2, 17), -9.0)
                heatmap[0, 0, 1, 3] = 0.0  # a probability of one half: only here keypoint 3 is confident
                offset = np.zeros((1, 1, 2, 34))
                offset[0, 0, 0, 3] = 8 * step * image  # not confident here
                offset[0, 0, 1, 17 + 3] = step * image
                moved = np.full((1, 1, 2, 32), -step)
                return [heatmap + step * np.log(3), offset, moved, moved]

            return run

        found = check.differences(model(1.0), model(0.0), [np.asarray(1.0), np.asarray(2.0)], self.posenet)
        assert found["heatmap"] == pytest.approx(np.log(3), rel=5e-3)
        assert found["heatmap_sigmoid"] == 0.25  # sigmoid(log 3) is 3/4, sigmoid(0) is 1/2
        assert found["offset"] == 16
        assert found["offset_where_confident"] == 2
        assert found["displacement_fwd"] == found["displacement_bwd"] == 1

    def test_position_and_score_of_movenet_are_told_apart(self) -> None:
        def model(position: float, score: float) -> Any:
            return lambda _: [np.full((1, 1, 17, 3), [position, position, score])]

        found = check.differences(model(0.25, 0.5), model(0.0, 1.0), [np.zeros(1)], self.movenet)
        assert found == {"keypoints_yx": 0.25, "keypoints_score": 0.5}

    def test_other_shape_is_refused(self) -> None:
        with pytest.raises(BuildError, match="keypoints"):
            check.differences(
                lambda _: [np.zeros((1, 17, 3))], lambda _: [np.zeros((1, 1, 17, 3))], [np.zeros(1)], self.movenet
            )


class TestCommittedModels:
    described = json.loads((MODELS_FOLDER / "manifest.json").read_text("utf-8"))

    def test_manifest_lists_the_models_of_the_spec_and_one_default(self) -> None:
        assert self.described["schema_version"] == manifest.SCHEMA_VERSION
        assert [entry["name"] for entry in self.described["models"]] == [spec.name for spec in MODELS]
        assert [entry["name"] for entry in self.described["models"] if entry["default"]] == ["posenet-257"]

    @pytest.mark.parametrize("spec", MODELS, ids=lambda spec: spec.name)
    def test_file_is_the_one_described_and_runs(self, spec: ModelSpec) -> None:
        (entry,) = [entry for entry in self.described["models"] if entry["name"] == spec.name]
        content = (MODELS_FOLDER / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        runtime = check.Runtime(content, spec)
        rebuilt = manifest.entry(spec, content, runtime.inputs, runtime.outputs, entry["check"])
        assert rebuilt == entry
        grey = check.to_input(np.full((8, 8, 3), 128, np.uint8), spec)
        outputs = runtime.run(grey)
        assert [list(output.shape) for output in outputs] == [out["shape"] for out in entry["outputs"]]
        assert all(np.isfinite(output).all() for output in outputs)
        if spec.output_stride is not None:
            assert outputs[0].shape[1] == (spec.size - 1) // spec.output_stride + 1

    def test_conversion_added_next_to_nothing(self) -> None:
        for entry in self.described["models"]:
            assert max(entry["check"]["max_abs_difference_same_weights"].values()) < 0.01
            assert max(entry["check"]["max_abs_difference"].values()) > 0


def test_tiny_graph_through_tensorflow() -> None:
    pytest.importorskip("tensorflow", reason="TensorFlow is a build-time tool: tools/requirements-models.txt")
    from modelbuild import convert

    spec = ModelSpec(
        name="tiny",
        title="Tiny",
        advice="For a test.",
        family="tiny",
        source="tiny",
        size=4,
        input_node="x",
        input_dtype="float32",
        input_range=(-1, 1),
        outputs=(Output("doubled", "c", "2", "none"), Output("plain", "d", "2", "none")),
        origin="",
    )
    conv = fused("c", "_FusedConv2D", "BiasAdd", "Relu6")
    other = {**fused("d", "_FusedConv2D", "BiasAdd"), "input": ["x", "w", "b"]}
    mix = np.asarray([[1, 0], [0, 8], [-2, 0]], np.float32)
    bias = np.asarray([0.5, -1], np.float32)
    weights = {"w": mix.reshape(1, 1, 3, 2), "b": bias}
    source = graph.SourceGraph((placeholder(), constant("w"), constant("b"), conv, other), weights)
    image = np.linspace(-1, 1, 48, dtype=np.float32).reshape(1, 4, 4, 3)
    plain = image @ mix + bias
    for run in (check.Runtime(convert.to_tflite(source, spec), spec).run, convert.original(source, spec)):
        clipped, linear = run(image)
        np.testing.assert_allclose(clipped, np.clip(plain, 0, 6), atol=1e-5)
        np.testing.assert_allclose(linear, plain, atol=1e-5)
