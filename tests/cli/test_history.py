"""``poseapp history`` and ``poseapp practise --keep``, on a history of its own."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poseapp.library.history import History, history_path
from poseapp.library.pose_files import load_poses
from poseapp.library.shelf import default_library
from poseapp.pose import KEYPOINTS, PoseSequence
from poseapp.report.card_json import card_json
from poseapp.session.judge import judge
from poseapp.session.keeping import record_of
from tests.cli.conftest import Run
from tests.library.history_parts import NOON, PUNCH, a_record, some_poses


@pytest.fixture
def kept() -> History:
    """A squat that is scored, a clip that could not be, and a squat again."""
    shelf = default_library()
    squat = shelf.load(shelf.find("squat/left"))
    poses = squat.poses
    half = PoseSequence(poses.xy[0] + (poses.xy - poses.xy[0]) / 2, poses.confidence, poses.t)
    history = History(history_path())
    attempt = judge(squat, half)
    history.add(record_of(attempt, squat, NOON, card_json(attempt.card)), half)
    history.add(a_record(1, reference=PUNCH, total=None, reason="Nobody was seen."), some_poses())
    attempt = judge(squat, poses)
    history.add(record_of(attempt, squat, NOON.replace(hour=13), card_json(attempt.card)), poses)
    return history


def test_an_empty_history(run: Run) -> None:
    assert run("history", "list").out == "There are no attempts in the history yet.\n"
    answer = run("history", "list", "--json").json
    assert (answer["format"], answer["version"]) == ("poseapp-history", 1)
    assert (answer["movements"], answer["attempts"]) == ([], [])
    assert answer["file"] == str(history_path())
    assert not history_path().exists()


def test_list(run: Run, kept: History) -> None:
    outcome = run("history", "list")
    assert (outcome.code, outcome.err) == (0, "")
    heading, *lines = outcome.out.splitlines()
    assert heading.split()[:2] == ["Id", "When"]
    by_id = {line.split()[0]: line for line in lines if line[:2].strip().isdigit()}
    assert list(by_id) == ["3", "2", "1"]
    assert "Squat" in by_id["3"]
    assert " 100 " in by_id["3"]
    assert "Schlag – 深" in by_id["2"]
    assert " – " in by_id["2"]


def test_list_in_json(run: Run, kept: History) -> None:
    answer = run("history", "list", "--json").json
    assert [attempt["id"] for attempt in answer["attempts"]] == [3, 2, 1]
    newest, unseen, first = answer["attempts"]
    assert (newest["total"], newest["sentence"], newest["reason"]) == (100, None, None)
    assert newest["ended_at"] == "2026-05-04T13:00:00Z"
    assert newest["reference"] == {"name": "squat/left", "title": "Squat", "view": "left"}
    assert (newest["method"], newest["strictness"], newest["model"]) == ("form", "strict", "posenet-257")
    assert list(newest["keypoints"]) == [k.key for k in KEYPOINTS]
    assert (unseen["total"], unseen["reason"]) == (None, "Nobody was seen.")
    assert unseen["reference"] == {"name": PUNCH.name, "title": PUNCH.title, "view": None}
    assert first["sentence"] == kept.attempt(1).sentence != ""
    squat, punch = answer["movements"]
    assert (squat["name"], squat["count"], squat["last"], squat["best"]) == ("squat/left", 2, 100, 100)
    assert squat["last_at"] == "2026-05-04T13:00:00Z"
    assert (punch["count"], punch["last"], punch["best"]) == (1, None, None)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--reference", "squat/left"], [3, 1]),
        (["--reference", "SQUAT_LEFT"], [3, 1]),
        (["--reference", "squat"], [3, 1]),
        (["--reference", PUNCH.name], [2]),
        (["--reference", "yodel"], []),
        (["--limit", "2"], [3, 2]),
        (["--limit", "1", "--reference", "squat"], [3]),
    ],
)
def test_list_some(run: Run, kept: History, words: list[str], ids: list[int]) -> None:
    answer = run("history", "list", "--json", *words).json
    assert [attempt["id"] for attempt in answer["attempts"]] == ids
    if "--reference" in words:
        assert len(answer["movements"]) == bool(ids)


def test_show_is_the_score_card(run: Run, kept: History) -> None:
    outcome = run("history", "show", 1)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Squat, left, 2026-05-04 ")
    record = kept.attempt(1)
    assert record.total is not None
    assert f"Total {record.total:.0f} of 100" in outcome.out
    assert record.sentence in outcome.out
    answer = run("--json", "history", "show", 1).json
    assert (answer["format"], answer["id"]) == ("poseapp-history-attempt", 1)
    assert (answer["score"]["format"], answer["score"]["total"]) == ("poseapp-score", round(record.total, 2))
    assert len(answer["score"]["keypoints"]) == 17
    assert answer["score"]["path"] is not None


def test_show_what_is_not_there_or_damaged(run: Run, kept: History) -> None:
    run("history", "show", 7).fails(3, "There is no attempt 7 in the history", "poseapp history list")
    run("history", "show", 10**30).fails(3, "There is no attempt")
    run("history", "show", 2).fails(3, "The score card is damaged")
    error = run("history", "show", 7, "--json").json
    assert (error["error"], error["exit_code"]) == ("history", 3)
    run("history", "show", "first").fails(2, "ID", "history show -h")
    assert run("history", "list").code == 0


def test_export_the_table(run: Run, kept: History, tmp_path: Path) -> None:
    target = tmp_path / "my history.csv"
    outcome = run("history", "export", "-o", target)
    assert (outcome.code, outcome.out) == (0, f"Saved 3 attempts to {target}\n")
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["id"], row["reference"], row["total"]) for row in rows[:2]] == [
        ("3", "squat/left", "100.00"),
        ("2", PUNCH.name, ""),
    ]
    answer = run("history", "export", "-o", target, "--reference", "squat", "--json").json
    assert answer == {"format": "poseapp-history-export", "version": 1, "output": str(target), "attempts": 2}


@pytest.mark.parametrize("ending", ["npz", "json", "csv"])
def test_export_the_poses_of_one(run: Run, kept: History, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"attempt.{ending}"
    answer = run("history", "export", 1, "-o", target, "--json").json
    assert answer["poses"] == len(kept.poses(1))
    saved = load_poses(target)
    np.testing.assert_allclose(saved.poses.xy, kept.poses(1).xy, atol=0.01)
    assert saved.model == ("" if ending == "csv" else "posenet-257")
    total = run("score", "squat/left", target, "--json").json["total"]
    assert total == pytest.approx(kept.attempt(1).total, abs=0.5)


def test_export_that_cannot_be(run: Run, kept: History, tmp_path: Path) -> None:
    run("history", "export", "-o", tmp_path / "history.xlsx").fails(2, "does not end in .csv")
    run("history", "export", 1, "-o", tmp_path / "poses.mp4").fails(2, "poses.mp4")
    run("history", "export", 1, "-o", tmp_path / "poses.csv", "--reference", "squat").fails(2, "--reference")
    run("history", "export", "-o", tmp_path / "nowhere" / "history.csv").fails(7, "its folder does not exist")
    run("history", "export", 7, "-o", tmp_path / "poses.csv").fails(3, "There is no attempt 7")
    assert list(tmp_path.iterdir()) == []


def test_remove(run: Run, kept: History) -> None:
    assert run("history", "remove", 1).out == "Removed 1 attempt.\n"
    assert [record.id for record in kept.attempts()] == [3, 2]
    run("history", "remove", 3, 1).fails(3, "There is no attempt 1")
    assert [record.id for record in kept.attempts()] == [3, 2]
    assert run("history", "remove", 3, 3, "--json").json["removed"] == [3]
    assert run("history", "remove", "--all", "--json").json["removed"] == [2]
    assert kept.attempts() == ()
    assert run("history", "remove", "--all").out == "Removed 0 attempts.\n"


def test_remove_says_what(run: Run, kept: History) -> None:
    run("history", "remove").fails(2, "either numbers or --all")
    run("history", "remove", 1, "--all").fails(2, "either numbers or --all")
    assert len(kept.attempts()) == 3


def test_history_alone_says_how_it_is_used(run: Run) -> None:
    run("history").fails(2, "“poseapp history -h”")
    assert run("history", "-h").code == 0


@pytest.mark.parametrize(
    "words", [["list"], ["show", 1], ["remove", 1], ["remove", "--all"], ["export", "-o", "history.csv"]]
)
def test_a_history_that_is_none(
    run: Run, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    history_path().parent.mkdir(parents=True)
    history_path().write_text("shopping list")
    run("history", *words).fails(3, "is not a history of this program")
    assert run("history", *words, "--json").json["error"] == "history"
    assert history_path().read_text() == "shopping list"
    assert list(tmp_path.iterdir()) == []


def test_practise_prints_the_score_card_and_keeps_nothing(run: Run, coach_clip: Path) -> None:
    outcome = run("practise", "--source", coach_clip, "--reference", coach_clip)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Total 100 of 100" in outcome.out
    assert "history" not in outcome.out
    assert not history_path().exists()


def test_practise_and_keep(run: Run, coach_clip: Path) -> None:
    outcome = run("practise", "--source", coach_clip, "--reference", coach_clip, "--keep")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("\nKept in the history as attempt 1.\n")
    answer = run("practise", "--source", coach_clip, "--reference", coach_clip, "--keep", "--json").json
    assert (answer["format"], answer["version"], answer["kept"]) == ("poseapp-practice", 1, 2)
    assert (answer["score"]["total"], answer["model"]) == (100, "posenet-257")
    assert answer["similarity"]["compared_count"]
    listed = run("history", "list", "--json").json["attempts"]
    assert [(attempt["id"], attempt["total"]) for attempt in listed] == [(2, 100), (1, 100)]
    assert listed[0]["reference"]["name"] == coach_clip.name
    assert run("history", "show", 2, "--json").json["score"] == answer["score"]


def test_practise_keeps_no_demo(run: Run) -> None:
    run("practise", "--keep").fails(2, "nobody's own attempt", "--source")
    assert not history_path().exists()


def test_what_was_found_is_told_even_when_it_cannot_be_kept(run: Run, coach_clip: Path) -> None:
    history_path().parent.mkdir(parents=True)
    history_path().write_text("shopping list")
    outcome = run("practise", "--source", coach_clip, "--reference", coach_clip, "--keep")
    assert outcome.code == 3
    assert "Total 100 of 100" in outcome.out
    assert outcome.err.startswith(f"“{history_path()}” is not a history of this program")
    outcome = run("practise", "--source", coach_clip, "--reference", coach_clip, "--keep", "--json")
    assert (outcome.code, outcome.json["kept"], outcome.json["error"]) == (3, None, "history")
    assert outcome.json["score"]["total"] == 100
    assert history_path().read_text() == "shopping list"


def test_an_attempt_without_a_score_is_kept_too(
    run: Run, coach_clip: Path, coach_poses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = load_poses(coach_poses).poses
    unseen = PoseSequence(saved.xy, np.zeros((len(saved), 17)), saved.t)

    def practise_against(reference: Any, *_: object, **__: object) -> Any:
        return judge(reference, unseen)

    monkeypatch.setattr("poseapp.session.headless.practise_against", practise_against)
    run("practise", "--source", coach_clip, "--reference", coach_clip, "--keep").fails(5)
    (record,) = History(history_path()).attempts()
    assert record.total is None
    assert record.reason


def test_the_history_can_be_read_while_it_is_in_use(run: Run, kept: History) -> None:
    with closing(sqlite3.connect(kept.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert run("history", "list").code == 0
