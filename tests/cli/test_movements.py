"""``recognise`` and ``repetitions``, on saved poses of movements of our own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poseapp.library.pose_files import save_poses
from poseapp.library.saved_poses import SavedPoses
from poseapp.library.shelf import default_library
from poseapp.paths import assets_dir
from poseapp.pose import PoseSequence
from tests.cli.conftest import Run
from tools import motion
from tools.motion import impostors
from tools.motion.nuisances import noisy


def _save(path: Path, action: str, view: str, seed: int, **how: Any) -> Path:
    sequence = motion.perform(action, view=view, seed=seed, **how).sequence()
    save_poses(path, SavedPoses(noisy(sequence, np.random.default_rng(seed), 1.0)))
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("references")
    for action in ("squat", "lateral_raise", "punch"):
        for view in ("front", "left"):
            _save(folder / f"{action}_{view}.npz", action, view, 1)
    (folder / "notes.txt").write_text("not a reference")
    return folder


@pytest.fixture
def squats(tmp_path: Path) -> Path:
    return _save(tmp_path / "me.npz", "squat", "left", 5, reps=3, pause=0.4, tempo=1.2, body="child")


def test_recognise_names_movement_view_and_file(run: Run, library: Path, squats: Path) -> None:
    outcome = run("recognise", squats, "--library", library)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "squat from the left (squat_left.npz)"


def test_recognise_in_json(run: Run, library: Path, squats: Path) -> None:
    answer = run("recognise", squats, "--library", library, "--json").json
    assert (answer["format"], answer["version"]) == ("poseapp-recognition", 1)
    assert (answer["sure"], answer["doubt"], answer["references"]) == (True, None, 6)
    first = answer["candidates"][0]
    assert (first["name"], first["view"], first["mirrored"]) == ("squat", "left", False)
    assert first["file"] == str(library / "squat_left.npz")
    assert first["distance"] < answer["candidates"][1]["distance"]


def test_recognise_is_not_sure_of_somebody_who_stands(run: Run, library: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    still = impostors.still_first(motion.perform("squat").sequence(), rng)
    path = tmp_path / "still.npz"
    save_poses(path, SavedPoses(still))
    outcome = run("recognise", path, "--library", library)
    assert outcome.code == 0
    assert outcome.out.startswith("Not sure: the person stands still\n")


def test_recognise_without_a_view_in_the_name(run: Run, tmp_path: Path, squats: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    _save(folder / "deep_squat.npz", "squat", "left", 1)
    assert run("recognise", squats, "--library", folder).out.startswith("deep squat (deep_squat.npz)\n")
    assert run("recognise", squats, "--library", folder, "--json").json["candidates"][0]["view"] is None


def test_recognise_says_what_is_wrong_with_the_folder(run: Run, tmp_path: Path, squats: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    run("recognise", squats, "--library", empty).fails(3, "no clips and no saved poses")
    run("recognise", squats, "--library", tmp_path / "none").fails(3, "cannot be read")
    run("recognise", squats, "--library", squats).fails(3, "is not a folder")


def test_recognise_by_a_folder_as_the_library_keeps_it(run: Run, tmp_path: Path) -> None:
    shelf = default_library()
    entry = shelf.find("squat/left")
    me = tmp_path / "me.npz"
    save_poses(me, SavedPoses(shelf.load(entry).poses))
    kept = assets_dir() / "references"
    answer = run("recognise", me, "--library", kept, "--json").json
    assert answer["references"] == len(shelf.entries())
    assert answer["library"] == str(kept)
    first = answer["candidates"][0]
    assert (first["name"], first["view"], first["reference"]) == ("squat", "left", "squat/left")
    assert run("recognise", me, "--library", kept / "squat").out.startswith("squat from the left (left)\n")
    assert run("recognise", me, "--library", kept / "squat" / "left", "--json").json["references"] == 1


def test_recognise_passes_over_what_is_no_reference_and_says_so(run: Run, squats: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    shutil.copytree(assets_dir() / "references" / "punch" / "left", folder / "punch" / "left")
    shutil.copytree(assets_dir() / "references" / "punch" / "front", folder / "punch" / "front")
    (folder / "punch" / "front" / "poses.npz").unlink()
    _save(folder / "squat_left.npz", "squat", "left", 1)
    (folder / "package.json").write_text('{"name": "something else"}')
    (folder / "holiday.mp4").write_text("not a clip")
    nobody = PoseSequence(np.zeros((9, 17, 2)), np.zeros((9, 17)), np.arange(9.0))
    save_poses(folder / "nobody.npz", SavedPoses(nobody))
    outcome = run("recognise", squats, "--library", folder, "--json")
    assert outcome.code == 0
    assert outcome.json["references"] == 2
    assert outcome.json["candidates"][0]["file"] == str(folder / "squat_left.npz")
    said = outcome.err.splitlines()
    assert len(said) == 4
    assert "“punch/front” cannot be used: “poses.npz” is missing" in said[0]
    assert said[1].startswith("“holiday.mp4” is left out: “holiday.mp4” has no video")
    assert said[2].startswith("“nobody.npz” is left out: Too little of the body was seen")
    assert said[3].startswith("“package.json” is left out: ")


def test_recognise_by_a_folder_in_which_nothing_can_be_used(run: Run, squats: Path, tmp_path: Path) -> None:
    folder = tmp_path / "useless"
    folder.mkdir()
    (folder / "package.json").write_text("{}")
    outcome = run("recognise", squats, "--library", folder)
    assert outcome.code == 3
    assert outcome.err.splitlines()[0].startswith("“package.json” is left out: ")
    assert outcome.err.splitlines()[1] == f"Nothing in “{folder}” can be used as a reference."
    assert run("recognise", squats, "--library", folder, "--json").json["error"] == "clip"
    shutil.copytree(assets_dir() / "references" / "punch" / "front", folder / "alone")
    (folder / "alone" / "reference.json").write_text("{}")
    run("recognise", squats, "--library", folder / "alone").fails(3, "“alone” cannot be used")


def test_repetitions_are_listed(run: Run, squats: Path) -> None:
    outcome = run("repetitions", squats)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "3 repetitions"
    assert [line.split()[0] for line in lines[1:]] == ["1", "2", "3"]


def test_repetitions_in_json_with_a_reference(run: Run, library: Path, tmp_path: Path) -> None:
    tired = _save(tmp_path / "tired.npz", "squat", "left", 5, reps=4, amplitudes=(1, 1, 1, 0.4))
    answer = run("repetitions", tired, "--reference", library / "squat_left.npz", "--json").json
    assert (answer["format"], answer["version"], answer["count"]) == ("poseapp-repetitions", 1, 4)
    assert answer["worst"] == 3
    assert answer["best"] in (0, 1, 2)
    assert answer["trend"] < 0
    assert answer["method"] == "form"
    spans = [(r["start"], r["end"]) for r in answer["repetitions"]]
    assert all(a < b for a, b in spans)
    assert all(r["total"] is not None for r in answer["repetitions"])
    assert answer["reference"]["file"] == str(library / "squat_left.npz")
    shown = run("repetitions", tired, "--reference", library / "squat_left.npz").out
    assert shown.count("worst") == shown.count("best") == 1
    assert "points from one repetition to the next" in shown


def test_repetitions_without_a_reference_have_no_score(run: Run, squats: Path) -> None:
    answer = run("repetitions", squats, "--json").json
    assert answer["count"] == 3
    assert answer["best"] is answer["worst"] is answer["mean"] is answer["trend"] is answer["method"] is None
    assert "reference" not in answer


def test_an_unfinished_repetition_is_counted_apart(run: Run, tmp_path: Path) -> None:
    done = motion.perform("squat", view="left", reps=3, seed=4, pause=0.4)
    start, end = done.reps[2]
    path = tmp_path / "cut.npz"
    seen = noisy(done.sequence(), np.random.default_rng(4), 1.0).between(0, start + 0.6 * (end - start))
    save_poses(path, SavedPoses(seen))
    shown = run("repetitions", path, "--reference", path).out.splitlines()
    assert shown[0] == "2 repetitions and one unfinished"
    assert shown[3].endswith("s   unfinished")
    assert len(shown) == 4  # no trend of two
    answer = run("repetitions", path, "--reference", path, "--json").json
    assert (answer["count"], answer["unfinished"]) == (2, 1)
    assert [r["finished"] for r in answer["repetitions"]] == [True, True, False]
    assert {answer["best"], answer["worst"]} == {0, 1}
    assert answer["mean"] > 90
    assert answer["trend"] is None


def test_repetitions_are_scored_as_tolerantly_as_asked_for(run: Run, library: Path, tmp_path: Path) -> None:
    tired = _save(tmp_path / "tired.npz", "squat", "left", 5, reps=2, amplitudes=(1, 0.7))
    asked = ("repetitions", tired, "--reference", library / "squat_left.npz")
    strict, gentle = run(*asked, "--json").json, run(*asked, "--strictness", "gentle", "--json").json
    assert (strict["strictness"], gentle["strictness"]) == ("strict", "gentle")
    assert gentle["repetitions"][1]["total"] > strict["repetitions"][1]["total"] + 10
    run(*asked, "--strictness", "cruel").fails(2, "There is no strictness “cruel”.")
    run(*asked, "--strictness", "gentle", "--method", "classic").fails(2, "knows no strictness")


def test_standing_still_is_no_repetition(run: Run, tmp_path: Path) -> None:
    still = impostors.still_first(motion.perform("squat").sequence(), np.random.default_rng(0))
    path = tmp_path / "still.npz"
    save_poses(path, SavedPoses(still))
    assert run("repetitions", path).out.startswith("No repetition was seen: the person stands still")
    assert run("repetitions", path, "--json").json["repetitions"] == []
