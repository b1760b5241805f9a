"""Saved poses come back as they went, and whatever is wrong with a file gives one sentence."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import ClipError, OutputError, UsageError
from poseapp.library.pose_csv import COLUMNS
from poseapp.library.pose_files import POSE_SUFFIXES, is_pose_file, load_poses, save_poses
from poseapp.library.saved_poses import MAX_FRAMES, SavedPoses
from poseapp.pose import KEYPOINTS, PoseSequence

SUFFIXES = pytest.mark.parametrize("suffix", POSE_SUFFIXES)


@pytest.fixture
def saved() -> SavedPoses:
    """Five poses with irregular times; nobody was found in the third."""
    rng = np.random.default_rng(7)
    xy = rng.uniform(0, 1920, (5, 17, 2))
    confidence = rng.uniform(0.1, 1, (5, 17))
    xy[2], confidence[2] = 0, 0
    return SavedPoses(
        PoseSequence(xy, confidence, [0.0, 0.033367, 0.08, 0.1, 0.5]), (1920, 1080), "posenet-257", "Übung – 1.mp4"
    )


@SUFFIXES
def test_what_was_saved_is_loaded(tmp_path: Path, saved: SavedPoses, suffix: str) -> None:
    path = tmp_path / f"poses of Zoë{suffix}"
    save_poses(path, saved)
    loaded = load_poses(path)
    pixels, certainty = (0, 0) if suffix == ".npz" else (0.005001, 0.00005001)
    np.testing.assert_allclose(loaded.poses.xy, saved.poses.xy, rtol=0, atol=pixels + 1e-4 * bool(pixels))
    np.testing.assert_allclose(loaded.poses.confidence, saved.poses.confidence, rtol=0, atol=certainty)
    np.testing.assert_array_equal(loaded.poses.t, saved.poses.t)
    assert not loaded.poses.confidence[2].any()
    if suffix == ".csv":
        assert (loaded.frame_size, loaded.model, loaded.clip) == (None, "", "")
    else:
        assert (loaded.frame_size, loaded.model, loaded.clip) == ((1920, 1080), "posenet-257", "Übung – 1.mp4")


@SUFFIXES
def test_the_same_poses_give_the_same_bytes(tmp_path: Path, saved: SavedPoses, suffix: str) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    save_poses(first, saved)
    save_poses(second, saved)
    assert first.read_bytes() == second.read_bytes()


def test_npz_is_read_by_numpy_alone(tmp_path: Path, saved: SavedPoses) -> None:
    save_poses(tmp_path / "p.npz", saved)
    with np.load(tmp_path / "p.npz", allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["xy"], saved.poses.xy)
        assert arrays["frame_size"].tolist() == [1920, 1080]
        assert str(arrays["model"]) == "posenet-257"


def test_npz_written_by_numpy_alone_is_read(tmp_path: Path, saved: SavedPoses) -> None:
    path = tmp_path / "p.npz"
    np.savez(
        path,
        xy=np.asfortranarray(saved.poses.xy.astype(np.float64)),
        confidence=saved.poses.confidence,
        t=saved.poses.t,
    )
    loaded = load_poses(path)
    np.testing.assert_array_equal(loaded.poses.xy, saved.poses.xy)
    assert loaded.frame_size is None


def test_json_is_read_by_any_reader(tmp_path: Path, saved: SavedPoses) -> None:
    save_poses(tmp_path / "p.json", saved)
    document = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert list(document) == ["format", "version", "clip", "model", "width", "height", "keypoints", "frames"]
    assert document["keypoints"] == [k.key for k in KEYPOINTS]
    assert document["frames"][2] == {"t": 0.08, "points": None}
    x, y, confidence = document["frames"][0]["points"][KEYPOINTS[9]]
    assert (x, y) == pytest.approx(saved.poses.xy[0, 9], abs=0.006)
    assert confidence == pytest.approx(saved.poses.confidence[0, 9], abs=0.0001)


def test_csv_is_read_by_any_reader_even_after_a_spreadsheet_saved_it(tmp_path: Path, saved: SavedPoses) -> None:
    path = tmp_path / "p.csv"
    save_poses(path, saved)
    text = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert float(rows[4]["left_wrist_x"]) == pytest.approx(saved.poses.xy[4, 9, 0], abs=0.006)
    assert set(rows[2].values()) == {"0.080000", ""}
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert len(load_poses(path).poses) == 5


def test_the_name_says_the_format(tmp_path: Path, saved: SavedPoses) -> None:
    assert is_pose_file(Path("A.NPZ"))
    assert not is_pose_file(Path("a.mp4"))
    with pytest.raises(UsageError, match=r"p\.txt.*\.npz, \.json, \.csv"):
        save_poses(tmp_path / "p.txt", saved)
    assert list(tmp_path.iterdir()) == []


def test_more_poses_than_a_file_may_hold_are_not_saved(tmp_path: Path) -> None:
    t = np.arange(MAX_FRAMES + 1, dtype=np.float64)
    poses = PoseSequence(np.zeros((len(t), 17, 2)), np.zeros((len(t), 17)), t)
    with pytest.raises(OutputError, match="more than the 200000"):
        save_poses(tmp_path / "p.npz", SavedPoses(poses))
    assert list(tmp_path.iterdir()) == []


@SUFFIXES
def test_missing_folder_and_empty_files(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ClipError, match="There is no file"):
        load_poses(tmp_path / f"none{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(ClipError, match="is a folder"):
        load_poses(tmp_path / f"folder{suffix}")
    (tmp_path / f"empty{suffix}").touch()
    with pytest.raises(ClipError, match="is empty"):
        load_poses(tmp_path / f"empty{suffix}")


@SUFFIXES
def test_a_file_cut_at_any_place_is_said_to_be_damaged(tmp_path: Path, saved: SavedPoses, suffix: str) -> None:
    whole = tmp_path / f"whole{suffix}"
    save_poses(whole, saved)
    content = whole.read_bytes()
    cut = tmp_path / f"cut{suffix}"
    for length in range(1, len(content) - 20, 97):
        cut.write_bytes(content[:length])
        try:
            loaded = load_poses(cut)
        except ClipError as error:
            assert "is damaged or does not hold poses" in error.sentence  # noqa: PT017 - either outcome is right
        else:  # CSV has no end mark: whole lines before the cut are poses
            assert suffix == ".csv"
            assert len(loaded.poses) < 5


@SUFFIXES
def test_random_bytes_are_said_to_be_damaged(tmp_path: Path, saved: SavedPoses, suffix: str) -> None:
    rng = np.random.default_rng(1)
    path = tmp_path / f"p{suffix}"
    save_poses(path, saved)
    content = np.frombuffer(path.read_bytes(), np.uint8)
    for _ in range(150):
        damaged = content.copy()
        damaged[rng.integers(0, len(damaged), 12)] = rng.integers(0, 256, 12)
        path.write_bytes(damaged.tobytes())
        try:
            load_poses(path)  # a flipped digit may still be a pose
        except ClipError as error:
            assert error.hint  # noqa: PT017 - either outcome is right, a crash is not


def _npz(path: Path, **arrays: object) -> Path:
    good: dict[str, object] = {"xy": np.zeros((3, 17, 2)), "confidence": np.ones((3, 17)), "t": np.arange(3.0)}
    np.savez(path, **{name: a for name, a in (good | arrays).items() if a is not None})  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"xy": None}, "no array “xy”"),
        ({"xy": np.zeros((3, 17, 3))}, r"\(3, 17, 3\)"),
        ({"xy": np.full((3, 17, 2), np.nan)}, "position"),
        ({"xy": np.full((3, 17, 2), 1e300)}, "position"),
        ({"xy": np.full((3, 17, 2), "left")}, "does not hold numbers"),
        ({"xy": np.zeros((3, 17, 2), dtype=complex)}, "something other than numbers"),
        ({"confidence": np.full((3, 17), 1.5)}, "confidence"),
        ({"confidence": np.full((3, 17), np.nan)}, "confidence"),
        ({"t": np.array([0.0, 2.0, 1.0])}, "increase"),
        ({"t": np.array([0.0, np.inf, np.nan])}, "time"),
        ({"t": np.float64(3)}, "times are not a list"),
        ({"frame_size": np.array([0, 5])}, "size of the picture"),
        ({"frame_size": np.array([1.5, 2])}, "two whole numbers"),
        ({"model": np.array("m" * 300)}, "too long"),
        ({"version": np.array(2)}, "version 2"),
        ({"xy": np.zeros((0, 17, 2)), "confidence": np.zeros((0, 17)), "t": np.zeros(0)}, "no poses"),
        ({f"a{i}": np.zeros(1) for i in range(20)}, "too many arrays"),
    ],
)
def test_npz_with_the_wrong_things_in_it(tmp_path: Path, arrays: dict[str, object], words: str) -> None:
    with pytest.raises(ClipError, match=words):
        load_poses(_npz(tmp_path / "p.npz", **arrays))


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_a_clock_that_no_camera_has(tmp_path: Path, suffix: str) -> None:
    """Windows of so and so many seconds would hold more poses than any memory."""
    path = tmp_path / f"p{suffix}"
    for rate in (60.0, 240.0, 1000.0):
        t = np.arange(60) / rate
        poses = PoseSequence(np.zeros((60, 17, 2)), np.ones((60, 17)), t)
        save_poses(path, SavedPoses(poses))
        assert load_poses(path).poses.fps == pytest.approx(rate, rel=1e-3)
    for step in (1e-9, 1e-5, 0.0009) if suffix == ".npz" else (1e-5, 0.0009):  # which JSON has no digits for
        poses = PoseSequence(np.zeros((60, 17, 2)), np.ones((60, 17)), np.arange(60) * step)
        save_poses(path, SavedPoses(poses))
        with pytest.raises(ClipError, match="more than 1000 poses a second"):
            load_poses(path)


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("unpickled"),))  # type: ignore[return-value]


def test_nothing_is_ever_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "p.npz"
    np.savez(path, xy=np.array([_Bomb()], dtype=object), confidence=np.ones((3, 17)), t=np.arange(3.0))
    with pytest.raises(ClipError, match="something other than numbers"):
        load_poses(path)
    assert not Path("unpickled").exists()


def test_a_header_that_claims_a_huge_array_allocates_nothing(tmp_path: Path) -> None:
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 17, 2), }"
    header += b" " * (64 - (10 + len(header)) % 64 - 1) + b"\n"
    path = tmp_path / "p.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xy.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    with pytest.raises(ClipError, match="cut short"):
        load_poses(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xy.npy", "w") as part:
        for _ in range(64):
            part.write(bytes(2**20))
    assert path.stat().st_size < 100_000
    with pytest.raises(ClipError, match="too large"):
        load_poses(path)


def _json(**changes: object) -> str:
    points = [[1.0, 2.0, 0.5]] * 17
    document: dict[str, object] = {
        "format": "poseapp-poses", "version": 1, "clip": "c.mp4", "model": "m", "width": 10, "height": 20,
        "keypoints": [k.key for k in KEYPOINTS], "frames": [{"t": 0.0, "points": points}],
    }  # fmt: skip
    return json.dumps(document | changes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "expected `object`"),
        ("{}", "missing required field"),
        ("[" * 100_000, ""),
        (_json(format="other"), "not “poseapp-poses” version 1"),
        (_json(version=2), "version 1"),
        (_json(keypoints=["nose"]), "17 of COCO"),
        (_json(frames=[]), "no poses"),
        (_json(frames=[{"t": 0, "points": [[1, 2, 0.5]] * 16}]), "length"),
        (_json(frames=[{"t": 0, "points": [[1, 2]] * 17}]), "length"),
        (_json(frames=[{"t": 0, "points": [[1, 2, 7]] * 17}]), "confidence"),
        (_json(frames=[{"t": 0, "points": [[float("nan"), 2, 0.5]] * 17}]), "json is malformed"),
        (_json(frames=[{"t": 1, "points": None}, {"t": 1, "points": None}]), "increase"),
        (_json(width=-1), "size of the picture"),
    ],
)
def test_json_with_the_wrong_things_in_it(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClipError, match=f"is damaged or does not hold poses: .*{words}"):
        load_poses(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "first line"),
        (",".join(COLUMNS) + "\n", "no poses"),
        (",".join(COLUMNS) + "\n1,2\n", "line 2 has 2 values, not 52"),
        (",".join(COLUMNS) + "\n" + ",".join(["x"] * 52) + "\n", "line 2 holds something other than numbers"),
        (",".join(COLUMNS) + "\n" + ",".join(["nan"] * 52) + "\n", "position"),
        (",".join(COLUMNS) + '\n"1', "line 2 is not CSV"),
        ("\ufffe\x00", "first line"),
    ],
)
def test_csv_with_the_wrong_things_in_it(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClipError, match=words):
        load_poses(path)
