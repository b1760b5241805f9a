"""What is put into a library comes back, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poseapp.errors import ClipError, LibraryError, OutputError, PoseAppError
from poseapp.library import writing
from poseapp.library.reference import Origin
from poseapp.library.shelf import Library
from poseapp.pose import Keypoint, PoseSequence
from tests.library.conftest import Write


def _files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir())


def test_what_was_written_is_read(write: Write, parts: dict[str, Any], tmp_path: Path) -> None:
    written = write()
    library = Library(None, tmp_path / "own")
    entry = library.find("squat/left")
    assert entry == written
    assert library.problems == ()
    assert (entry.origin, entry.action, entry.title, entry.view) == (Origin.OWN, "squat", "Übung 1", "left")
    assert entry.duration == pytest.approx(1.3, abs=0.001)
    assert (entry.frame_size, entry.model) == ((540, 720), "posenet-257")
    assert entry.keypoints == (Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE)
    assert (entry.cues, entry.stills) == (("Sit back.", "Heels down."), (0.5, 1.0))
    assert (entry.notes, entry.source, entry.licence) == ("First line\nsecond line", "me", "CC0")
    assert entry.clip.read_bytes() == parts["clip"].read_bytes()
    assert entry.thumbnail.read_bytes() == parts["thumbnail"]

    reference = library.load(entry)
    np.testing.assert_array_equal(reference.poses.xy, parts["poses"].xy)
    np.testing.assert_array_equal(reference.poses.confidence, parts["poses"].confidence)
    np.testing.assert_array_equal(reference.poses.t, parts["poses"].t)
    assert (reference.name, reference.clip, reference.thumbnail) == ("squat/left", entry.clip, entry.thumbnail)
    assert (reference.heading, reference.key_moment, reference.origin) == ("Übung 1", 0.5, Origin.OWN)
    assert (reference.keypoints, reference.cues, reference.view) == (entry.keypoints, entry.cues, "left")

    truth = library.truth(entry)
    assert truth is not None
    np.testing.assert_array_equal(truth.xy, parts["truth"].xy)
    np.testing.assert_array_equal(truth.confidence, parts["truth"].confidence)


def test_little_is_needed(write: Write, tmp_path: Path) -> None:
    entry = write(
        "Mine", truth=None, action="", view="", keypoints=None, cues=(), stills=(), notes="", source="", licence=""
    )
    library = Library(None, tmp_path / "own")
    assert library.entries() == (entry,)
    assert library.truth(entry) is None
    assert entry.keypoints is None
    assert library.load(entry).keypoints is None


def test_the_same_reference_gives_the_same_bytes(write: Write, tmp_path: Path) -> None:
    first, second = write(root=tmp_path / "a"), write(root=tmp_path / "b")
    assert _files(first.folder) == _files(second.folder)
    for name in _files(first.folder):
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_others_may_read_what_they_may_read_around_it(write: Write, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(mode=0o755)
    entry = write("Mine")
    assert stat.S_IMODE(entry.folder.stat().st_mode) == stat.S_IMODE((tmp_path / "own").stat().st_mode)


def test_nothing_is_overwritten_unless_asked(write: Write, tmp_path: Path) -> None:
    write()
    with pytest.raises(LibraryError, match="There is a reference “squat/left” already"):
        write(title="Other")
    library = Library(None, tmp_path / "own")
    assert library.find("squat/left").title == "Übung 1"
    write(title="Other", replace=True)
    assert library.find("squat/left").title == "Übung 1"  # as it was when first asked
    library.refresh()
    assert library.find("squat/left").title == "Other"
    assert _files(tmp_path / "own") == [
        f"squat/left/{name}" for name in ("clip.mp4", "poses.npz", "reference.json", "thumbnail.jpg")
    ]


def test_a_power_cut_while_replacing_leaves_the_old_one(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    rename = Path.rename

    class PowerCut(BaseException):
        pass

    def cut(self: Path, target: Path) -> Path:
        if target.name == "left":
            raise PowerCut
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut)
        with pytest.raises(PowerCut):
            write(title="Other", replace=True)
    assert not (tmp_path / "own" / "squat" / "left").exists()
    library = Library(None, tmp_path / "own")
    assert library.load(library.find("squat/left")).title == "Übung 1"
    with pytest.raises(LibraryError, match="already"):
        write(title="Third")
    write(title="Third", replace=True)
    library.refresh()
    assert [entry.title for entry in library.entries()] == ["Third"]
    assert len(_files(tmp_path / "own")) == 4


@pytest.mark.parametrize("replace", [False, True])
def test_a_full_disk_leaves_nothing_behind(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    if replace:
        write()
    before = _files(tmp_path / "own") if replace else []

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OutputError, match="There is no room left"):
        write(title="Other", replace=replace)
    assert _files(tmp_path / "own") == before
    assert [entry.title for entry in Library(None, tmp_path / "own").entries()] == ["Übung 1"] * replace


def test_when_the_new_one_cannot_take_its_place_the_old_one_returns(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name.startswith(".new-"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OutputError, match="writing there is not allowed"):
        write(title="Other", replace=True)
    assert sorted(path.name for path in (tmp_path / "own" / "squat").iterdir()) == ["left"]
    assert Library(None, tmp_path / "own").find("squat/left").title == "Übung 1"


@pytest.mark.parametrize("replace", [False, True])
def test_of_many_writers_each_wins_or_says_so_and_one_whole_reference_is_there(
    write: Write, tmp_path: Path, replace: bool
) -> None:
    writers = 6
    start = threading.Barrier(writers)
    won: list[str] = []
    failed: list[PoseAppError] = []

    def one(number: int) -> None:
        start.wait(10)
        try:
            write(title=f"Title {number}", thumbnail=b"%d" % number, replace=replace)
            won.append(f"Title {number}")
        except PoseAppError as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(won) + len(failed) == writers
    assert won
    if not replace:
        assert len(won) == 1
    assert all(isinstance(error, LibraryError) and "already" in error.sentence for error in failed)
    library = Library(None, tmp_path / "own")
    (entry,) = library.entries()
    assert entry.title in won
    assert entry.thumbnail.read_bytes() == entry.title.removeprefix("Title ").encode()
    library.load(entry)
    assert [path.name for path in (tmp_path / "own" / "squat").iterdir() if path.name.startswith(".new-")] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": " "},
        {"title": "x" * 101},
        {"title": "a\nb"},
        {"title": "\udc80"},
        {"view": "behind"},
        {"cues": ("x" * 301,)},
        {"cues": ("x",) * 11},
        {"notes": "x" * 4001},
        {"notes": "bell \a"},
        {"stills": (-1.0,)},
        {"stills": (9.0,)},
        {"stills": (float("nan"),)},
        {"keypoints": ()},
        {"frame_size": (0, 5)},
        {"model": ""},
        {"poses": PoseSequence.from_poses([], []), "truth": None},
    ],
)
def test_what_could_not_be_read_again_is_not_written(write: Write, tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(LibraryError, match="was not saved"):
        write(**changes)
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("thumbnail", [b"", bytes(5 * 2**20)])
def test_a_thumbnail_of_an_impossible_size_is_not_written(write: Write, tmp_path: Path, thumbnail: bytes) -> None:
    with pytest.raises(LibraryError, match=r"thumbnail\.jpg"):
        write(thumbnail=thumbnail)
    assert _files(tmp_path / "own") == []


def test_truth_of_other_frames_is_a_mistake(write: Write, parts: dict[str, Any]) -> None:
    truth = parts["truth"]
    with pytest.raises(ValueError, match="same frames"):
        write(truth=truth.between(0, 0.5))
    with pytest.raises(ValueError, match="same frames"):
        write(truth=PoseSequence(truth.xy, truth.confidence, truth.t + 1))


def test_a_clip_that_cannot_be_copied(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ClipError, match=r"“none\.mp4” cannot be read"):
        write(clip=tmp_path / "none.mp4")
    with pytest.raises(ClipError, match="not an ordinary file"):
        write(clip=tmp_path)
    assert _files(tmp_path / "own") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(write: Write, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(ClipError, match="not an ordinary file"):
        write(clip=tmp_path / "pipe.mp4")


@pytest.mark.parametrize(
    "name",
    [
        "", "/", "..", "../squat", "squat/..", "/etc/passwd", "a/b/c", "squat/", ".hidden", "a\\b", "C:\\x", "C:x",
        "con", "NUL.txt", "com1/left", "trailing.", "trailing ", " leading", "a\0b", "a\nb", "a" * 61, "ä" * 61,
        "a:b", "a*b", "a?b", '"a"', "a|b", "~", "-x", "\u202etxt", "squat/./left",
    ],
)  # fmt: skip
def test_names_cannot_lead_anywhere_else(write: Write, tmp_path: Path, name: str) -> None:
    with pytest.raises(LibraryError, match="cannot be called"):
        write(name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["squat", "Übung 1", "深蹲/左", "v1.2 (take 3)/front", "a_b-c+d, e", "7", "console"])
def test_ordinary_names_are_taken(write: Write, tmp_path: Path, name: str) -> None:
    entry = write(name)
    assert Library(None, tmp_path / "own").find(name) == entry


def test_a_reference_is_not_put_inside_another_or_over_something_else(write: Write, tmp_path: Path) -> None:
    write("squat")
    with pytest.raises(LibraryError, match="which is a reference itself"):
        write("squat/left")
    holiday = tmp_path / "own" / "holiday"
    holiday.mkdir()
    (holiday / "photo.jpg").write_bytes(b"photo")
    with pytest.raises(LibraryError, match="holds something else"):
        write("holiday", replace=True)
    assert (holiday / "photo.jpg").read_bytes() == b"photo"
