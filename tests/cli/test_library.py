"""``poseapp library``, and the names of references wherever a clip may be named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poseapp.library.pose_files import save_poses
from poseapp.library.saved_poses import SavedPoses
from poseapp.library.shelf import default_library
from poseapp.paths import assets_dir
from poseapp.pose import KEYPOINTS
from tests.cli.conftest import Run

_FRONT = assets_dir() / "references" / "squat" / "front"


@pytest.fixture
def attempt(tmp_path: Path) -> Path:
    """The coach's own squat from the left, said to be somebody else's."""
    shelf = default_library()
    reference = shelf.load(shelf.find("squat/left"))
    save_poses(tmp_path / "me.npz", SavedPoses(reference.poses, reference.frame_size, reference.model))
    return tmp_path / "me.npz"


def test_list(run: Run) -> None:
    outcome = run("library", "list")
    assert (outcome.code, outcome.err) == (0, "")
    heading, *lines = outcome.out.splitlines()
    assert heading.split() == ["Name", "Title", "View", "Seconds", "From"]
    assert len(lines) == len(default_library().entries())
    (squat,) = (line.split() for line in lines if line.startswith("squat/left"))
    assert (squat[:3], squat[4:]) == (["squat/left", "Squat", "left"], ["built-in"])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--action", "squat"], ["squat/front", "squat/left", "squat/right"]),
        (["--action", "Front kick", "--view", "LEFT"], ["front_kick/left"]),
        (["--action", "front-kick", "--view", "front"], ["front_kick/front"]),
        (["--action", "yodel"], []),
    ],
)
def test_list_only_some(run: Run, words: list[str], names: list[str]) -> None:
    answer = run("library", "list", "--json", *words).json
    assert [reference["name"] for reference in answer["references"]] == names
    assert run("--json", "library", "list", *words).json == answer


def test_list_says_what_there_is_when_nothing_fits(run: Run) -> None:
    outcome = run("library", "list", "--action", "yodel")
    assert outcome.code == 0
    assert outcome.out.startswith("No reference fits. Movements in the library: ")
    assert "squat" in outcome.out
    run("library", "list", "--view", "behind").fails(2, "no view “behind”", "front, left, right")


def test_list_in_json(run: Run) -> None:
    answer = run("library", "list", "--json").json
    assert (answer["format"], answer["version"], answer["problems"]) == ("poseapp-library", 1, [])
    (squat,) = (reference for reference in answer["references"] if reference["name"] == "squat/left")
    assert list(squat) == [
        "name", "origin", "action", "title", "view", "cues", "keypoints", "duration_s", "stills_s", "width", "height",
        "model", "clip", "thumbnail", "notes", "source", "licence",
    ]  # fmt: skip
    assert (squat["origin"], squat["action"], squat["title"], squat["view"]) == ("built-in", "squat", "Squat", "left")
    assert Path(squat["clip"]).is_file()
    assert Path(squat["thumbnail"]).is_file()
    assert set(squat["keypoints"]) < {k.key for k in KEYPOINTS}


def test_ones_own_are_listed_and_damaged_ones_are_said(run: Run, own_library: Path) -> None:
    shutil.copytree(_FRONT, own_library / "My squat")
    shutil.copytree(_FRONT, own_library / "broken")
    (own_library / "broken" / "poses.npz").unlink()
    outcome = run("library", "list")
    assert outcome.code == 0
    assert outcome.err.startswith("The reference “broken” cannot be used: “poses.npz” is missing.")
    assert [line.split()[-1] for line in outcome.out.splitlines() if line.startswith("My squat")] == ["own"]
    answer = run("library", "list", "--json").json
    (problem,) = answer["problems"]
    assert problem["message"] == "The reference “broken” cannot be used: “poses.npz” is missing."
    assert problem["hint"]


def test_show(run: Run) -> None:
    outcome = run("library", "show", "squat_left")
    assert (outcome.code, outcome.err) == (0, "")
    told = {line[:11].strip(): line[11:].strip() for line in outcome.out.splitlines()}
    assert (told["Title"], told["Name"], told["View"]) == ("Squat", "squat/left", "from the left")
    assert told["Cue"] == default_library().find("squat/left").cues[0]
    assert told["From"] == "the built-in library"
    for label in ("Keypoints", "Duration", "Stills", "Clip", "Poses", "Source", "Licence"):
        assert told[label]
    assert "posenet-257" in outcome.out


def test_show_in_json(run: Run) -> None:
    answer = run("library", "show", "squat/left", "--json").json
    assert (answer["format"], answer["version"]) == ("poseapp-library-reference", 1)
    shelf = default_library()
    assert answer["poses"] == len(shelf.load(shelf.find("squat/left")).poses)
    assert answer["has_truth"] is True
    assert answer["view"] == "left"


def test_show_what_is_not_there_or_damaged(run: Run, own_library: Path) -> None:
    run("library", "show", "squat/lefd").fails(3, "“squat/lefd”", "squat/left")
    run("library", "show", "squat").fails(3, "more than one", "squat/right")
    run("library", "show", "../../etc").fails(3, "no reference")
    assert run("library", "show", "nothing", "--json").json["error"] == "library"
    shutil.copytree(_FRONT, own_library / "broken")
    (own_library / "broken" / "poses.npz").write_bytes(b"PK")
    run("library", "show", "broken").fails(3, "“broken” cannot be used", "not an .npz file")


def test_library_alone_says_how_it_is_used(run: Run) -> None:
    run("library").fails(2, "“poseapp library -h”")
    assert run("library", "-h").code == 0


def test_score_against_a_reference(run: Run, attempt: Path) -> None:
    answer = run("score", "squat/left", attempt, "--json").json
    assert answer["total"] > 99
    assert answer["reference"]["library"] == "squat/left"
    assert answer["reference"]["file"].endswith("clip.mp4")
    assert "library" not in answer["attempt"]
    entry = default_library().find("squat/left")
    assert entry.keypoints is not None
    assert answer["keypoints_that_count"] == [k.key for k in entry.keypoints]
    chosen = run("score", "squat_left", attempt, "--json", "--keypoints", "left_knee").json
    assert chosen["keypoints_that_count"] == ["left_knee"]


def test_score_takes_of_the_library(run: Run, attempt: Path) -> None:
    outcome = run("score", "punch/left", attempt, "--take", "squat/left")
    assert outcome.code == 0
    assert outcome.out.startswith("Judged by take 2 of 2, which fits best: squat/left\n")


def test_a_reference_is_looked_at_by_the_model_that_saw_the_attempt(
    run: Run, own_library: Path, coach_clip: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "me.npz"
    assert run("extract", coach_clip, "-o", saved, "--model", "movenet-lightning").code == 0
    _own(own_library / "short", coach_clip, frames=15)
    answer = run("score", "short", saved, "--json").json
    assert answer["reference"]["model"] == "movenet-lightning"
    assert answer["total"] > 99
    assert run("score", "short", coach_clip, "--json").json["attempt"]["model"] == "posenet-257"


def _own(folder: Path, clip: Path, frames: int) -> None:
    """A reference whose clip is `clip`, with the poses of another one."""
    shutil.copytree(_FRONT, folder)
    shutil.copy(clip, folder / "clip.mp4")
    document = json.loads((folder / "reference.json").read_bytes())
    with np.load(folder / "poses.npz", allow_pickle=False) as arrays:
        kept: dict[str, Any] = {name: arrays[name][:frames] for name in ("xy", "confidence", "t")}
        np.savez(folder / "poses.npz", **kept)
    about = {"duration_s": float(kept["t"][-1] - kept["t"][0]), "stills": [], "keypoints": None}
    (folder / "reference.json").write_text(json.dumps(document | about))


def test_similarity_to_a_reference(run: Run, attempt: Path) -> None:
    entry = default_library().find("squat/left")
    answer = run("similarity", "squat/left", attempt, "--json").json
    assert answer["best"]["t"] == pytest.approx(entry.stills[0], abs=0.04)
    assert answer["best"]["similarity"] == pytest.approx(1, abs=1e-3)
    answer = run("similarity", "squat/left@0.8", "squat/left", "--json", "--keypoints", "legs").json
    assert answer["best"]["t"] == pytest.approx(0.8, abs=0.04)
    assert answer["clip"]["library"] == "squat/left"
    run("similarity", "squat/left@99", attempt).fails(2, "“squat/left” ends at")
    run("similarity", "squat/lefd", attempt).fails(3, "no file and no reference", "squat/left")


def test_repetitions_of_a_reference(run: Run, attempt: Path) -> None:
    answer = run("repetitions", attempt, "--reference", "squat/left", "--json").json
    assert (answer["count"], answer["reference"]["library"]) == (1, "squat/left")
    assert answer["repetitions"][0]["total"] > 95


def test_recognise_by_the_library(run: Run, attempt: Path) -> None:
    outcome = run("recognise", attempt)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "squat from the left (squat/left)"
    answer = run("recognise", attempt, "--json").json
    assert (answer["sure"], answer["library"]) == (True, None)
    assert answer["references"] == len(default_library().entries())
    assert answer["candidates"][0]["reference"] == "squat/left"


def test_recognise_opens_no_clip_and_leaves_out_what_it_cannot_use(
    run: Run, attempt: Path, own_library: Path
) -> None:
    _own(own_library / "mine", attempt, frames=60)  # whose clip is none
    _own(own_library / "nobody", attempt, frames=60)
    with np.load(own_library / "nobody" / "poses.npz") as arrays:
        kept = dict(arrays)
    np.savez(own_library / "nobody" / "poses.npz", **(kept | {"confidence": np.zeros((60, 17))}))
    _own(own_library / "broken", attempt, frames=60)
    (own_library / "broken" / "poses.npz").write_bytes(b"PK")
    outcome = run("recognise", attempt, "--json")
    assert outcome.code == 0
    assert outcome.json["candidates"][0]["reference"] == "squat/left"
    assert outcome.json["references"] == len(default_library().entries()) - 2
    assert "“nobody” is left out" in outcome.err
    assert "“broken” cannot be used" in outcome.err


def test_several_references_are_told_in_the_same_words_everywhere(run: Run, attempt: Path) -> None:
    said = run("library", "show", "squat").err
    assert said.startswith("There is more than one reference “squat” in the library.\nChoose one of: squat/front")
    for words in (
        ("score", "squat", attempt),
        ("score", attempt, attempt, "--take", "SQUAT"),
        ("repetitions", attempt, "--reference", "squat"),
        ("similarity", "squat@1", attempt),
        ("recognise", "squat"),
        ("practise", "--reference", "squat"),
        ("--reference", "squat"),
    ):
        assert run(*words).err.casefold() == said.casefold()


def test_a_reference_that_is_neither_file_nor_in_the_library(run: Run, attempt: Path) -> None:
    run("score", "squat/lefd", attempt).fails(3, "no file and no reference “squat/lefd”", "Did you mean squat/left")
    run("score", "squat.mp4", attempt).fails(3, "There is no file")
    run("--reference", "yodel", "--source", "x.mp4").fails(3, "no file and no reference “yodel”")
    run("score", "http://camera/", attempt).fails(2, "is not a file")
