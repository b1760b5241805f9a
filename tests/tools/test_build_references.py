"""The built-in library is built from clips and their truth by one command."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from build_references import keypoints_that_matter, main

from poseapp.library.entry_files import encode_poses, load_entry, load_truth
from poseapp.library.reference import Origin
from poseapp.library.saved_poses import SavedPoses
from poseapp.library.shelf import Library
from poseapp.pose import Keypoint, PoseSequence
from tests import clips
from tools.motion import ACTIONS

_FRAMES = 12


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    """A folder with one clip and a truth in which the right wrist is farthest away in frame 8."""
    folder = tmp_path / "rendered"
    folder.mkdir()
    clips.write_clip(folder / "side_bend_front.mp4", clips.person_pictures(_FRAMES))
    xy = np.tile(np.linspace(100, 400, 17)[:, None], (_FRAMES, 1, 2)).astype(np.float32)
    xy[8, Keypoint.RIGHT_WRIST] += 90
    visible = np.ones((_FRAMES, 17), dtype=bool)
    np.savez(folder / "side_bend_front.npz", xy=xy, visible=visible, t=np.arange(_FRAMES) / 30)
    return folder


def test_a_clip_and_its_truth_become_a_reference(rendered: Path, tmp_path: Path) -> None:
    out = tmp_path / "references"
    assert main(["--clips", str(rendered), "--out", str(out)]) == 0
    library = Library(out, None)
    (entry,) = library.entries()
    assert library.problems == ()
    assert (entry.name, entry.origin, entry.view) == ("side_bend/front", Origin.BUILT_IN, "front")
    assert (entry.title, entry.cues) == (ACTIONS["side_bend"].title, (ACTIONS["side_bend"].cue,))
    assert entry.stills == (pytest.approx(8 / 30, abs=0.001),)
    assert len(library.load(entry).poses) == _FRAMES
    truth = library.truth(entry)
    assert truth is not None
    assert truth.xy[8, Keypoint.RIGHT_WRIST, 0] == truth.xy[7, Keypoint.RIGHT_WRIST, 0] + 90
    before = {path.name: path.read_bytes() for path in entry.folder.iterdir()}
    assert main(["--clips", str(rendered), "--out", str(out), "--only", "side_bend_front"]) == 0
    assert {path.name: path.read_bytes() for path in entry.folder.iterdir()} == before


def test_looked_at_again_only_the_poses_change_and_only_if_they_differ(rendered: Path, tmp_path: Path) -> None:
    out = tmp_path / "references"
    assert main(["--clips", str(rendered), "--out", str(out)]) == 0
    (entry,) = Library(out, None).entries()
    before = {path.name: path.read_bytes() for path in entry.folder.iterdir()}
    found, truth = load_entry(entry).poses, load_truth(entry)
    other = PoseSequence(found.xy + 7, found.confidence, found.t)
    entry.poses_file.write_bytes(encode_poses(SavedPoses(other, entry.frame_size, entry.model, ""), truth))
    assert main(["--again", "--out", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in entry.folder.iterdir()} == before


def test_where_the_truth_is_spatial_the_still_is_the_same_from_everywhere(rendered: Path, tmp_path: Path) -> None:
    npz = rendered / "side_bend_front.npz"
    with np.load(npz) as arrays:
        kept = dict(arrays)
    xyz = np.zeros((_FRAMES, 17, 3), dtype=np.float32)
    xyz[5, Keypoint.RIGHT_WRIST, 2] = 0.4  # towards the camera, unseen in the picture
    xyz[10] += 2  # a step aside
    np.savez(npz, **kept, xyz=xyz)
    assert main(["--clips", str(rendered), "--out", str(tmp_path / "references")]) == 0
    (entry,) = Library(tmp_path / "references", None).entries()
    assert entry.stills == (pytest.approx(5 / 30, abs=0.001),)


def test_what_is_missing_is_said(rendered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def says(words: str) -> None:
        assert main(["--clips", str(rendered), "--out", str(tmp_path / "out")]) == 1
        assert words in capsys.readouterr().err
        assert not (tmp_path / "out").exists()

    npz = rendered / "side_bend_front.npz"
    with np.load(npz) as arrays:
        kept = dict(arrays)
    np.savez(npz, **{name: array[:5] for name, array in kept.items()})
    says("has 12 pictures, its truth 5")
    np.savez(npz, xy=kept["xy"], t=kept["t"])
    says("no array visible")
    npz.unlink()
    says("side_bend_front.npz")
    (rendered / "side_bend_front.mp4").rename(rendered / "yodel_front.mp4")
    says("yodel_front.mp4 is not called after a movement")
    (rendered / "yodel_front.mp4").unlink()
    says("no such clips")


def test_keypoints_that_matter_are_those_of_movers_and_of_known_mistakes() -> None:
    kick = keypoints_that_matter(ACTIONS["front_kick"])
    assert {Keypoint.RIGHT_ANKLE, Keypoint.LEFT_SHOULDER} <= set(kick)  # the leg kicks, the trunk must not fall back
    assert Keypoint.LEFT_ANKLE not in kick
    assert Keypoint.NOSE not in kick
    assert list(kick) == sorted(kick)
