"""The self-test must notice what is broken: a check that fails, a model that finds something else, a missing file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from poseapp.cli import main
from poseapp.errors import ModelError
from poseapp.library.history import History, history_path
from poseapp.paths import assets_dir, models_dir
from poseapp.selftest.checks import Check, CheckError, Outcome, require, run_checks
from poseapp.selftest.keeping import KEEPING_CHECKS
from poseapp.selftest.libraries import LIBRARY_CHECKS, versions
from poseapp.selftest.seeing import EXPECTED_FILE, PICTURE_FILE, seeing_checks
from poseapp.vision.models import list_models


def good(folder: Path) -> str:
    assert not list(folder.iterdir())
    (folder / "mine").touch()
    return "two\n  words"


def wrong(_folder: Path) -> str:
    require(False, "seven is not eight")
    return ""


def broken(_folder: Path) -> str:
    raise ZeroDivisionError("no number")


def damaged(_folder: Path) -> str:
    raise ModelError("The file is damaged.", "Install again.")


def test_all_checks_are_run_and_told_whatever_happens(tmp_path: Path) -> None:
    told: list[Outcome] = []
    works = {"good": good, "wrong": wrong, "broken": broken, "damaged": damaged, "again": good}
    outcomes = run_checks([Check(name, work) for name, work in works.items()], tmp_path, told.append)
    assert list(outcomes) == told
    assert [(o.name, o.passed, o.detail) for o in outcomes] == [
        ("good", True, "two words"),
        ("wrong", False, "seven is not eight"),
        ("broken", False, "ZeroDivisionError: no number"),
        ("damaged", False, "The file is damaged. Install again."),
        ("again", True, "two words"),
    ]


def test_what_is_required(tmp_path: Path) -> None:
    require(True, "never said")
    with pytest.raises(CheckError, match="said"):
        require(False, "said")


@pytest.mark.parametrize("check", LIBRARY_CHECKS, ids=lambda check: check.name)
def test_libraries(check: Check, tmp_path: Path) -> None:
    (outcome,) = run_checks([check], tmp_path, lambda _outcome: None)
    assert outcome.passed, outcome.detail


def history_check(folder: Path) -> Outcome:
    (outcome,) = run_checks([check for check in KEEPING_CHECKS if check.name == "history"], folder, lambda _: None)
    return outcome


def test_an_attempt_is_kept_read_and_removed(tmp_path: Path) -> None:
    outcome = history_check(tmp_path)
    assert outcome.passed, outcome.detail
    assert outcome.detail.startswith("SQLite 3.")
    assert not history_path().exists()  # the user's own is left alone


def test_a_history_that_gives_back_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = History.poses
    monkeypatch.setattr(History, "poses", lambda self, id: right(self, id).between(0.0, 1.0))
    outcome = history_check(tmp_path)
    assert (outcome.passed, outcome.detail) == (False, "the poses of an attempt came back otherwise")


def test_versions_name_the_program_and_its_libraries() -> None:
    found = versions()
    assert {"poseapp", "Python", "system", "NumPy", "OpenCV", "LiteRT"} <= set(found)
    assert found["packaged"] == "no"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the models that may be damaged; the default one only, it is the smallest."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("manifest.json", PICTURE_FILE, EXPECTED_FILE, list_models()[0].path.name):
        shutil.copy(models_dir() / name, folder)
    for module in ("poseapp.selftest.seeing", "poseapp.vision.models"):
        monkeypatch.setattr(f"{module}.models_dir", lambda: folder)
    return folder


def default_model(tmp_path: Path) -> Outcome:
    check = next(check for check in seeing_checks() if check.name == f"model {list_models()[0].name}")
    place = tmp_path / "place"
    place.mkdir()
    (outcome,) = run_checks([check], place, lambda _outcome: None)
    return outcome


def test_a_model_finds_what_it_found_when_it_was_kept(models: Path, tmp_path: Path) -> None:
    outcome = default_model(tmp_path)
    assert outcome.passed, outcome.detail
    assert "keypoints" in outcome.detail


def test_a_model_that_finds_another_pose_is_noticed(models: Path, tmp_path: Path) -> None:
    name = list_models()[0].name
    document = json.loads((models / EXPECTED_FILE).read_bytes())
    ankle = document["keypoints"][name][15]
    assert ankle[2] > 0.5
    ankle[0] += 8.0  # 3 % of the picture's 256 rows
    (models / EXPECTED_FILE).write_bytes(msgspec.json.encode(document))
    outcome = default_model(tmp_path)
    assert not outcome.passed
    assert "3." in outcome.detail


def test_a_damaged_model_is_noticed(models: Path, tmp_path: Path) -> None:
    file = models / list_models()[0].path.name
    file.write_bytes(file.read_bytes()[:-1])
    outcome = default_model(tmp_path)
    assert not outcome.passed
    assert "damaged" in outcome.detail


def test_every_shipped_model_has_a_kept_result_with_most_of_a_body() -> None:
    kept = json.loads((models_dir() / EXPECTED_FILE).read_bytes())["keypoints"]
    assert set(kept) == {info.name for info in list_models()}
    for keypoints in kept.values():
        assert len(keypoints) == 17
        assert sum(confidence >= 0.5 for _x, _y, confidence in keypoints) >= 12


def test_the_options_stand_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test", "models"]) == 2
    assert main(["--report", "x.json"]) == 2
    assert "belongs to --self-test" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_said_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--self-test", "--report", str(tmp_path / "nowhere" / "report.json")]) != 0
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "its folder does not exist" in answer.err


def test_an_installation_without_its_files_fails_with_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("PySide6")
    # Nothing at all is shipped: every check that needs a file says so, none stops the others.
    empty = tmp_path / "empty"
    empty.mkdir()
    for module in ("poseapp.vision.models", "poseapp.selftest.seeing"):
        monkeypatch.setattr(f"{module}.models_dir", lambda: empty)
    monkeypatch.setattr("poseapp.selftest.run.WINDOW_CHECKS", ())
    report = tmp_path / "report.json"
    assert main(["--self-test", "--report", str(report)]) == 1
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["passed"] is False
    failed = [check["name"] for check in document["checks"] if not check["passed"]]
    assert failed == ["models"]
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("FAIL")] == [line for line in lines if "  models  " in line]
    assert assets_dir().is_dir()
