"""A library may come from a stranger: whatever is wrong with a folder gives a sentence, and the others still work."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poseapp.errors import LibraryError
from poseapp.library.entry import Entry
from poseapp.library.shelf import Library
from tests.library.conftest import Write


@pytest.fixture
def root(write: Write, tmp_path: Path) -> Path:
    """A library with a sound reference ``good`` and ``squat/left``, which is to be damaged."""
    write("good", title="Good")
    write()
    return tmp_path / "own"


def _problem(root: Path) -> str:
    """The one sentence about ``squat/left``; the other reference works."""
    library = Library(None, root)
    assert [entry.name for entry in library.entries()] == ["good"]
    library.load(library.find("good"))
    (problem,) = library.problems
    assert isinstance(problem, LibraryError)
    assert problem.sentence.startswith("The reference “squat/left” cannot be used: ")
    assert problem.hint
    return problem.sentence


def _loading_fails(root: Path, words: str, *, truth: bool = False) -> None:
    library = Library(None, root)
    entry = library.find("squat/left")
    with pytest.raises(LibraryError, match=f"“squat/left” cannot be used: .*{words}"):
        (library.truth if truth else library.load)(entry)
    library.load(library.find("good"))


@pytest.mark.parametrize("file", ["clip.mp4", "poses.npz", "thumbnail.jpg"])
def test_files_that_are_missing_empty_folders_or_links(root: Path, file: str) -> None:
    path = root / "squat" / "left" / file
    kept = path.rename(root / "kept")
    assert f"“{file}” is missing" in _problem(root)
    path.touch()
    assert f"“{file}” is empty" in _problem(root)
    path.unlink()
    path.mkdir()
    assert f"“{file}” is not an ordinary file" in _problem(root)
    path.rmdir()
    if os.name != "nt":
        path.symlink_to(kept)
        assert f"“{file}” is not an ordinary file" in _problem(root)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_to_folders_are_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(root / "squat" / "left", outside)
    (root / "squat" / "left").symlink_to(outside)
    (root / "loop").symlink_to(root)
    library = Library(None, root)
    assert ([entry.name for entry in library.entries()], library.problems) == (["good"], ())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("file", ["reference.json", "poses.npz", "clip.mp4"])
def test_pipes_are_not_waited_for(root: Path, file: str) -> None:
    path = root / "squat" / "left" / file
    path.unlink()
    os.mkfifo(path)
    assert f"“{file}” is not an ordinary file" in _problem(root)


def test_files_that_are_too_large(root: Path) -> None:
    folder = root / "squat" / "left"
    os.truncate(folder / "thumbnail.jpg", 5 * 2**20)
    assert "“thumbnail.jpg” is too large" in _problem(root)
    os.truncate(folder / "thumbnail.jpg", 100)
    (folder / "reference.json").write_text(" " * 70_000)
    assert "“reference.json” is too large" in _problem(root)


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="may read everything")
def test_files_that_may_not_be_read(root: Path) -> None:
    (root / "squat" / "left" / "reference.json").chmod(0)
    assert "cannot be read" in _problem(root)


def _document(root: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((root / "squat" / "left" / "reference.json").read_bytes())
    return document


def _write_document(root: Path, document: object) -> None:
    (root / "squat" / "left" / "reference.json").write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "other"},
        {"version": 2},
        {"title": None},
        {"title": ""},
        {"title": "bell\a"},
        {"title": "x" * 101},
        {"duration_s": -1},
        {"duration_s": 1e300},
        {"duration_s": float("nan")},
        {"duration_s": "1"},
        {"frame_size": [540]},
        {"frame_size": [540, 10**9]},
        {"frame_size": [540.5, 720]},
        {"model": ""},
        {"view": "../../etc"},
        {"keypoints": []},
        {"keypoints": ["nose", "tail"]},
        {"keypoints": ["nose"] * 18},
        {"cues": "one"},
        {"cues": ["\x1b[2J"]},
        {"stills": [99]},
        {"stills": [None]},
        {"notes": "\x1b]0;title\a"},
        {"action": 7},
    ],
)
def test_descriptions_with_the_wrong_things_in_them(root: Path, changes: dict[str, object]) -> None:
    _write_document(root, _document(root) | changes)
    _problem(root)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[" * 50_000, "\ufeff{}", "{"])
def test_descriptions_that_are_none(root: Path, text: str) -> None:
    (root / "squat" / "left" / "reference.json").write_text(text, encoding="utf-8")
    _problem(root)


def test_what_a_later_version_adds_is_passed_over(root: Path) -> None:
    _write_document(root, _document(root) | {"trim": [0, 1], "title": "Still read"})
    assert Library(None, root).find("squat/left").title == "Still read"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.sampled_from(
        ["title", "action", "view", "duration_s", "frame_size", "model", "keypoints", "cues", "stills", "notes"]
    ),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
)
def test_a_description_with_anything_in_it_is_read_or_refused(root: Path, key: str, value: object) -> None:
    kept = _document(root)
    try:
        path = root / "squat" / "left" / "reference.json"
        path.write_bytes(json.dumps(kept | {key: value}).encode())
        library = Library(None, root)
        names = [entry.name for entry in library.entries()]
        assert "good" in names
        assert len(names) + len(library.problems) == 2
        for entry in library.entries():
            _is_sound(entry)
    finally:
        _write_document(root, kept)


def _is_sound(entry: Entry) -> None:
    assert 0 < len(entry.title) <= 100
    assert entry.title.isprintable()
    assert 0 <= entry.duration <= 1e6
    assert all(0 <= still <= entry.duration + 1 for still in entry.stills)
    assert all(side >= 1 for side in entry.frame_size)
    assert entry.keypoints is None or 1 <= len(entry.keypoints) <= 17
    assert all(cue.isprintable() for cue in entry.cues)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_poses_with_bytes_changed_are_read_or_refused(root: Path, data: st.DataObject) -> None:
    path = root / "squat" / "left" / "poses.npz"
    whole = path.read_bytes()
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        path.write_bytes(changed[: data.draw(st.integers(1, len(whole)))])
        library = Library(None, root)
        entry = library.find("squat/left")
        for read in (library.load, library.truth):
            try:
                read(entry)
            except LibraryError as error:
                assert error.sentence.startswith("The reference “squat/left” cannot be used: ")  # noqa: PT017
    finally:
        path.write_bytes(whole)


def _arrays(root: Path) -> dict[str, Any]:
    with np.load(root / "squat" / "left" / "poses.npz", allow_pickle=False) as arrays:
        return dict(arrays)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"xy": None}, "no array “xy”"),
        ({"xy": np.zeros((40, 16, 2))}, "17"),
        ({"confidence": np.full((40, 17), np.nan)}, "confidence"),
        ({"t": np.arange(40.0)[::-1]}, "increase"),
        ({"t": np.arange(40.0)}, "last longer or shorter"),
        ({"model": np.array("movenet-thunder")}, "another clip or model"),
        ({"frame_size": np.array([720, 540])}, "another clip or model"),
        ({f"a{i}": np.zeros(1) for i in range(20)}, "too many arrays"),
        ({"clip": np.array(["x"], dtype=object)}, "something other than numbers"),
    ],
)
def test_poses_with_the_wrong_things_in_them(root: Path, changes: dict[str, Any], words: str) -> None:
    arrays = {name: a for name, a in (_arrays(root) | changes).items() if a is not None}
    np.savez(root / "squat" / "left" / "poses.npz", **arrays)
    _loading_fails(root, words)


@pytest.mark.parametrize(
    "changes",
    [
        {"truth_visible": None},
        {"truth_xy": None},
        {"truth_xy": np.zeros((39, 17, 2), np.float32)},
        {"truth_xy": np.full((40, 17, 2), np.inf, np.float32)},
        {"truth_xy": np.zeros((40, 17, 2), np.int64)},
        {"truth_visible": np.zeros((40, 17))},
        {"truth_visible": np.zeros((40, 3), bool)},
    ],
)
def test_truth_with_the_wrong_things_in_it(root: Path, changes: dict[str, Any]) -> None:
    arrays = {name: a for name, a in (_arrays(root) | changes).items() if a is not None}
    np.savez(root / "squat" / "left" / "poses.npz", **arrays)
    _loading_fails(root, "", truth=True)
    library = Library(None, root)
    library.load(library.find("squat/left"))  # which needs no truth


def test_a_zip_bomb_of_poses_is_not_unpacked(root: Path) -> None:
    path = root / "squat" / "left" / "poses.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(8):
            with archive.open(f"a{i}.npy", "w") as part:
                for _ in range(40):
                    part.write(bytes(2**20))
    assert path.stat().st_size < 2**20
    _loading_fails(root, "too large")


def test_folders_with_odd_names_are_no_references(root: Path) -> None:
    for name in ("con", "-rf", "a b ", ".old", "..old", "x" * 100, "semi;colon", "new\nline"):
        if os.name != "nt":
            shutil.copytree(root / "good", root / name)
    library = Library(None, root)
    assert [entry.name for entry in library.entries()] == ["good", "squat/left"]


def test_more_than_so_many_references_are_left_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poseapp.library.shelf._MAX_ENTRIES", 1)
    library = Library(None, root)
    assert len(library.entries()) == 1
    assert "more than 1 references" in library.problems[0].sentence


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_does_no_harm(root: Path) -> None:
    shutil.copytree(root / "good", Path(os.fsdecode(os.fsencode(root) + b"/bad\xff")))
    library = Library(None, root)
    assert [entry.name for entry in library.entries()] == ["good", "squat/left"]
    assert not any(re.search("\udcff", problem.sentence) for problem in library.problems)
