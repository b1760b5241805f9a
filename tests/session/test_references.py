"""What a person names becomes something to practise against."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import LibraryError
from poseapp.library.entry import Entry
from poseapp.library.reference import Origin
from poseapp.library.shelf import default_library
from poseapp.library.writing import write_entry
from poseapp.pose import Keypoint, PoseSequence
from poseapp.session.references import load_reference, open_example
from tests import clips


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third of a second with a person in it."""
    return clips.write_clip(tmp_path_factory.mktemp("clips") / "bend.mp4", clips.person_pictures(10))


@pytest.fixture
def entry(clip: Path, own_library: Path) -> Entry:
    """That clip in the user's own library, with poses that no model would find."""
    poses = PoseSequence(np.full((10, 17, 2), 7.0), np.ones((10, 17)), np.arange(10) / 30)
    return write_entry(
        own_library, "Bend", clip=clip, poses=poses, frame_size=(540, 720), model="posenet-257", thumbnail=b"jpeg",
        title="My bend", stills=(0.2,), keypoints=(Keypoint.NOSE,), view="front", cues=("Long arm.",),
    )  # fmt: skip


def test_a_reference_is_there_at_once_when_its_model_looked_at_it(entry: Entry) -> None:
    asked: list[int] = []
    reference = load_reference(entry, "posenet-257", progress=lambda done, total: asked.append(done))
    assert asked == []
    assert (reference.poses.xy == 7).all()
    assert (reference.heading, reference.key_moment, reference.origin) == ("My bend", 0.2, Origin.OWN)


def test_with_another_model_its_clip_is_looked_at_and_the_rest_is_kept(entry: Entry) -> None:
    asked: list[int] = []
    reference = load_reference(entry, "movenet-lightning", progress=lambda done, total: asked.append(done))
    assert asked == list(range(1, 11))
    assert reference.model == "movenet-lightning"
    assert reference.poses.xy.std() > 50
    assert (reference.name, reference.heading, reference.key_moment) == ("Bend", "My bend", 0.2)
    assert (reference.keypoints, reference.cues, reference.view) == ((Keypoint.NOSE,), ("Long arm.",), "front")
    assert (reference.clip, reference.thumbnail) == (entry.clip, entry.thumbnail)


def test_a_clip_is_called_after_its_file(clip: Path) -> None:
    reference = load_reference(clip, "posenet-257")
    assert (reference.name, reference.heading, reference.origin) == ("bend", "bend", Origin.CLIP)
    assert (reference.stills, reference.thumbnail) == ((), None)


def test_a_file_comes_before_a_reference(
    clip: Path, entry: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_example("bend") == entry
    assert open_example(str(clip)) == clip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Bend").mkdir()
    assert open_example("Bend") == entry  # a folder is no clip
    (tmp_path / "bend").write_bytes(b"a clip without a suffix")
    assert open_example("bend") == Path("bend")


@pytest.mark.parametrize("name", ["squat/left", "squat_left", "Squat_Left"])
def test_built_in_references_by_name(name: str) -> None:
    assert open_example(name) == default_library().find("squat/left")


def test_what_looks_like_a_file_is_taken_for_a_missing_one(tmp_path: Path) -> None:
    for name in ("squat.mp4", str(tmp_path / "squat"), ""):
        assert open_example(name) == Path(name)


def test_anything_else_is_said_to_be_neither(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no file and no reference “squat/lefd”") as error:
        open_example("squat/lefd")
    assert "Did you mean squat/left" in error.value.hint
    for name in ("a\0b", "x" * 10_000):
        with pytest.raises(LibraryError) as error:
            open_example(name)
        assert len(error.value.sentence) < 120
