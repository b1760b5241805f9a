"""The manifest of the models, and what is said of files that are not what it describes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from poseapp.errors import ModelError
from poseapp.paths import models_dir
from poseapp.vision.estimators import create_estimator
from poseapp.vision.models import DEFAULT_MODEL, list_models, model_info, read_verified
from poseapp.vision.movenet import MoveNetEstimator
from poseapp.vision.posenet import PoseNetEstimator
from poseapp.vision.runtime import LiteRtModel


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with the smallest model and its manifest, free to be damaged."""
    manifest = json.loads((models_dir() / "manifest.json").read_text())
    manifest["models"] = [model for model in manifest["models"] if model["name"] == DEFAULT_MODEL]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    shutil.copy(models_dir() / manifest["models"][0]["file"], tmp_path)
    return tmp_path


def _change(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest["models"][0])
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _file(folder: Path) -> Path:
    return model_info(DEFAULT_MODEL, folder).path


def test_the_shipped_models_default_first() -> None:
    names = [model.name for model in list_models()]
    assert names[0] == DEFAULT_MODEL
    assert set(names) == {"posenet-257", "posenet-353", "movenet-lightning", "movenet-thunder"}


@pytest.mark.parametrize("model", list_models(), ids=lambda model: model.name)
def test_a_shipped_model_says_all_that_a_person_asks(model: Any) -> None:
    assert model.bytes == model.path.stat().st_size
    assert model.input_shape == (1, model.input_shape[1], model.input_shape[2], 3)
    assert model.licence.startswith("Apache-2.0")
    assert "https://" in model.source
    assert model.title
    assert model.advice


def test_an_unknown_name_is_answered_with_the_choices() -> None:
    with pytest.raises(ModelError, match=r"“posenet-999”") as caught:
        create_estimator("posenet-999")
    assert all(model.name in caught.value.hint for model in list_models())


def test_a_missing_file(models: Path) -> None:
    _file(models).unlink()
    with pytest.raises(ModelError, match="is missing") as caught:
        read_verified(model_info(DEFAULT_MODEL, models))
    assert caught.value.hint


def test_a_truncated_file_says_how_much_is_there(models: Path) -> None:
    path = _file(models)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ModelError, match="it has 1000 of 2554000 bytes"):
        PoseNetEstimator(model_info(DEFAULT_MODEL, models))


def test_one_changed_bit_is_noticed(models: Path) -> None:
    path = _file(models)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="SHA-256"):
        PoseNetEstimator(model_info(DEFAULT_MODEL, models))


def test_a_folder_in_the_place_of_the_file(models: Path) -> None:
    path = _file(models)
    path.unlink()
    path.mkdir()
    with pytest.raises(ModelError, match="cannot be read"):
        read_verified(model_info(DEFAULT_MODEL, models))


def test_a_file_that_is_no_model_although_the_manifest_says_so(models: Path) -> None:
    content = b"TFL3" * 1000
    _file(models).write_bytes(content)
    _change(models, lambda model: model.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest()))
    with pytest.raises(ModelError, match="cannot be run"):
        LiteRtModel(model_info(DEFAULT_MODEL, models))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda model: model["outputs"][0].update(name="heat"), id="name"),
        pytest.param(lambda model: model["outputs"][1].update(shape=[1, 17, 17, 32]), id="shape"),
        pytest.param(lambda model: model["outputs"][2].update(dtype="int32"), id="dtype"),
        pytest.param(lambda model: model["input"].update(shape=[1, 353, 353, 3]), id="input"),
        pytest.param(lambda model: model["outputs"].pop(), id="one tensor fewer"),
    ],
)
def test_other_tensors_than_the_manifests(models: Path, change: Callable[[dict[str, Any]], object]) -> None:
    _change(models, change)
    with pytest.raises(ModelError, match="not as the manifest says"):
        LiteRtModel(model_info(DEFAULT_MODEL, models))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda model: model.update(file="../posenet.tflite"), id="out of the folder"),
        pytest.param(lambda model: model.update(file="a/b.tflite"), id="in a folder"),
        pytest.param(lambda model: model.update(family="yolo"), id="unknown family"),
        pytest.param(lambda model: model.update(sha256="abc"), id="short hash"),
        pytest.param(lambda model: model.pop("bytes"), id="no size"),
        pytest.param(lambda model: model["input"].update(shape=[257, 257, 3]), id="three dimensions"),
        pytest.param(lambda model: model["input"].update(shape=[2, 257, 257, 3]), id="two pictures"),
        pytest.param(lambda model: model["input"].update(dtype="int32"), id="whole numbers from -1 to 1"),
        pytest.param(lambda model: model.update(outputs=[]), id="no outputs"),
    ],
)
def test_a_manifest_with_nonsense_in_it(models: Path, change: Callable[[dict[str, Any]], object]) -> None:
    _change(models, change)
    with pytest.raises(ModelError, match="damaged") as caught:
        list_models(models)
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"", b"not json", b'{"schema_version": 2, "models": []}', b"\xff\xfe{}"])
def test_a_manifest_that_is_none(models: Path, content: bytes) -> None:
    (models / "manifest.json").write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        list_models(models)


def test_a_manifest_with_a_name_twice(models: Path) -> None:
    manifest = json.loads((models / "manifest.json").read_text())
    manifest["models"] *= 2
    (models / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="twice"):
        list_models(models)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        list_models(tmp_path)


def test_a_model_of_the_other_family_is_refused() -> None:
    with pytest.raises(ModelError, match="not a PoseNet"):
        PoseNetEstimator(model_info("movenet-lightning"))
    with pytest.raises(ModelError, match="not a MoveNet"):
        MoveNetEstimator(model_info("posenet-257"))
