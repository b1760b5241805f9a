"""``poseapp demo``: the window when there can be one, else the score card and a video of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from poseapp.paths import assets_dir
from poseapp.vision.sources.file import FileSource
from tests.cli.conftest import Run

EXPLAINED = "This is a demo: a built-in clip of somebody practising stands in for the camera."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def quick(tmp_path: Path, coach_clip: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo with half a second in place of its attempt, and a short end of its video; returns the attempt."""
    left = tmp_path / "references" / "squat" / "left"
    shutil.copytree(assets_dir() / "references" / "squat" / "left", left)
    (tmp_path / "demo").mkdir()
    clip = Path(shutil.copy(coach_clip, tmp_path / "demo" / "squat_left_shallow.mp4"))
    monkeypatch.setattr("poseapp.session.demo.assets_dir", lambda: tmp_path)
    monkeypatch.setattr("poseapp.report.annotated_video.HOLD_S", 0.1)
    return clip


def test_the_demo_as_it_ships_is_judged_honestly_and_names_the_knees(run: Run, here: Path) -> None:
    outcome = run("demo", "--json")
    assert outcome.code == 0
    assert outcome.err == EXPLAINED + "\n"
    answer = outcome.json
    assert list(answer) == [
        "format", "version", "demo", "reference", "attempt", "model", "video", "score", "similarity",
    ]  # fmt: skip
    assert (answer["format"], answer["version"], answer["demo"]) == ("poseapp-demo", 1, True)
    assert answer["reference"] == "squat/left"
    assert Path(answer["attempt"]).name == "squat_left_shallow.mp4"
    assert 20 < answer["score"]["total"] < 80
    first = answer["score"]["feedback"][0]
    assert (first["part"], first["quantity"], first["direction"]) == ("legs", "knee_bend", "less")
    assert first["sentence"].startswith("Bend your knees more")
    assert answer["similarity"]["best"]["similarity"] > 0.9

    video = answer["video"]
    assert Path(video["file"]) == here / "poseapp-demo.mp4"
    with FileSource(Path(video["file"])) as source:
        frames = list(source)
    assert len(frames) == video["frames"] == round(video["fps"] * video["duration_s"])
    assert frames[0].bgr.shape == (video["height"], video["width"], 3)
    assert video["duration_s"] == pytest.approx(answer["score"]["attempt_duration_s"] + 2, abs=0.1)


@pytest.mark.usefixtures("quick")
def test_the_card_is_printed_and_the_video_told(run: Run, here: Path) -> None:
    outcome = run("demo", "--headless")
    assert (outcome.code, outcome.err) == (0, EXPLAINED + "\n")
    assert outcome.out.index("Best ") < outcome.out.index("Total ") < outcome.out.index("poseapp-demo.mp4")
    assert [path.name for path in here.iterdir()] == ["poseapp-demo.mp4"]
    assert run("demo", "--headless", "--video", "elsewhere.mp4").code == 0
    assert {path.name for path in here.iterdir()} == {"poseapp-demo.mp4", "elsewhere.mp4"}


@pytest.mark.usefixtures("quick", "no_display")
def test_without_a_display_the_same_is_done_with_a_note(run: Run, here: Path) -> None:
    outcome = run("demo")
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "There is no display, so the window cannot be opened. The same is done without a window.",
        EXPLAINED,
    ]
    assert "Total " in outcome.out
    assert (here / "poseapp-demo.mp4").is_file()


def test_with_a_display_the_window_shows_it(run: Run, window: list[dict[str, Any]], here: Path) -> None:
    for words in ((), ("--model", "posenet-353")):
        outcome = run("demo", *words)
        assert (outcome.code, outcome.out, outcome.err) == (3, "", "")
    assert window == [{"model": None, "demo": True}, {"model": "posenet-353", "demo": True}]
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("quick")
def test_json_and_video_need_no_window(run: Run, window: list[dict[str, Any]]) -> None:
    assert run("demo", "--json").json["video"]["file"].endswith("poseapp-demo.mp4")
    assert run("--json", "demo", "--video", "x.mp4").json["video"]["file"].endswith("x.mp4")
    assert window == []


@pytest.mark.usefixtures("quick")
def test_a_video_that_cannot_be_written_costs_the_video_alone(run: Run, here: Path) -> None:
    outcome = run("demo", "--video", "none/out.mp4")
    assert outcome.code == 7
    assert "Total " in outcome.out
    assert "as a video" not in outcome.out
    _, sentence, hint = outcome.err.splitlines()
    assert "its folder does not exist" in sentence
    assert "--video" in hint

    answer = run("demo", "--json", "--video", "none/out.mp4")
    assert answer.code == 7
    document = answer.json
    assert document["video"] is None
    assert document["score"]["total"] is not None
    assert (document["error"], document["exit_code"]) == ("output", 7)
    assert "none/out.mp4" in document["message"]
    assert list(here.iterdir()) == []


def test_names_that_are_no_place_for_a_video_are_refused_at_once(run: Run, quick: Path) -> None:
    before = quick.read_bytes()
    run("demo", "--video", quick).fails(2, "one of the clips")
    assert quick.read_bytes() == before
    run("demo", "--video", "out.avi").fails(2, "out.avi", ".mp4")
    run("demo", "--model", "magic").fails(6, "magic")
    assert run("demo", "--video", "out.avi", "--json").json["error"] == "usage"


def test_a_damaged_installation_is_said(run: Run, quick: Path) -> None:
    quick.write_bytes(b"not a video")
    outcome = run("demo", "--json", "--video", "x.mp4")
    assert (outcome.code, outcome.json["error"]) == (3, "clip")
    shutil.rmtree(quick.parent.parent / "references")
    outcome = run("demo", "--json", "--video", "x.mp4")
    assert (outcome.code, outcome.json["error"]) == (3, "library")
