"""Bad input of every kind: one sentence, what to do, the documented exit code, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from poseapp.library.pose_files import load_poses
from poseapp.paths import models_dir
from tests.cli.conftest import Run

#: Fixture of tests/bad_input.py, exit code, words of the sentence.
BAD_CLIPS = [
    ("missing", 3, "There is no file"),
    ("directory", 3, "folder"),
    ("zero_byte", 3, "empty"),
    ("text_renamed", 3, "text.mp4"),
    ("truncated_mp4", 3, "truncated.mp4"),
    ("audio_only", 3, "audio.mov"),
    ("av1_without_frames", 3, "av1.mp4"),
    ("unreadable", 3, "unreadable.mp4"),
    ("no_person", 5, "Nobody was seen in “nobody.mp4”"),
    ("one_frame", 5, "only 1 of the 1 frame of"),
    ("person_in_two_frames", 5, "frames of “two frames.mp4”"),
]

#: Clips that are odd but good, and how many frames they have.
ODD_CLIPS = [("four_k", 6), ("rotated_phone", 10), ("variable_frame_rate", 20), ("unicode_path", 20)]


@pytest.mark.parametrize(("kind", "code", "words"), BAD_CLIPS)
def test_bad_clips(
    run: Run, request: pytest.FixtureRequest, coach_poses: Path, tmp_path: Path, kind: str, code: int, words: str
) -> None:
    clip = request.getfixturevalue(kind)
    target = tmp_path / "poses.npz"
    target.write_bytes(b"older poses")
    run("extract", clip, "-o", target).fails(code, words)
    assert target.read_bytes() == b"older poses"
    assert list(tmp_path.iterdir()) == [target]
    if code == 3:  # those with pictures take their time
        run("similarity", f"{coach_poses}@0", clip).fails(code, words)
    outcome = run("score", coach_poses, clip, "--json")
    document = outcome.json
    assert list(document) == ["error", "message", "hint", "exit_code"]
    assert (outcome.code, document["exit_code"], outcome.err) == (code, code, "")
    assert document["error"] == {3: "clip", 5: "not_enough_seen"}[code]
    assert words in document["message"]


@pytest.mark.parametrize(("kind", "frames"), ODD_CLIPS)
def test_odd_clips_are_good_clips(
    run: Run, request: pytest.FixtureRequest, tmp_path: Path, kind: str, frames: int
) -> None:
    target = tmp_path / "Posen – 姿势.json"
    outcome = run("extract", request.getfixturevalue(kind), "-o", target, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["clip"]["poses_with_person"] == len(load_poses(target).poses) == frames
    assert outcome.json["output"] == str(target)


def test_a_download_that_broke_off_gives_what_there_is_and_says_so(
    run: Run, truncated_playable: Path, tmp_path: Path
) -> None:
    outcome = run("extract", truncated_playable, "-o", tmp_path / "p.npz")
    assert outcome.code == 0
    assert len(outcome.err.splitlines()) == 1
    assert " of the 0.7 seconds of “truncated playable.mp4” could be read. The file is cut off" in outcome.err
    found = len(load_poses(tmp_path / "p.npz").poses)
    assert 3 <= found < 20
    answer = run("score", tmp_path / "p.npz", truncated_playable, "--json")
    assert answer.json["attempt"]["incomplete"] == {
        "read_s": pytest.approx(found / 30, abs=0.04),
        "announced_s": pytest.approx(20 / 30, abs=0.002),
    }
    assert answer.json["reference"]["incomplete"] is None
    assert "could be read" in answer.err


def test_a_practice_with_half_a_download_says_so(run: Run, truncated_playable: Path, coach_clip: Path) -> None:
    half = {"read_s": pytest.approx(0.43, abs=0.1), "announced_s": pytest.approx(20 / 30, abs=0.002)}
    outcome = run("practise", "--source", truncated_playable, "--reference", coach_clip, "--json")
    assert outcome.json["incomplete"] == {"reference": None, "source": half}
    assert outcome.err.count("could be read") == 1
    outcome = run("practise", "--source", coach_clip, "--reference", truncated_playable, "--json")
    assert outcome.json["incomplete"] == {"reference": half, "source": None}
    assert outcome.err.count("could be read") == 1


@pytest.mark.parametrize(
    ("still", "code", "words"),
    [
        ("no such picture.jpg", 3, "There is no"),
        ("no such clip.mp4@1", 3, "There is no"),
        ("{ordinary}", 3, "is not a picture"),
        ("{ordinary}@soon", 2, "not a number of seconds"),
        ("{ordinary}@-1", 2, "not a number of seconds"),
        ("{ordinary}@nan", 2, "not a number of seconds"),
        ("{ordinary}@99", 2, "ends at 0.63 s"),
        ("{coach_poses}@99", 2, "ends at 0.47 s"),
        ("{coach_poses}", 2, "holds 15 poses"),
        ("{no_person}@0.5", 5, "Nobody was seen"),
        ("{text_renamed}@0", 3, "text.mp4"),
        ("{directory}", 3, "folder"),
        ("http://127.0.0.1:9/picture.jpg", 2, "is not a file"),
    ],
)
def test_bad_stills(
    run: Run, request: pytest.FixtureRequest, coach_poses: Path, still: str, code: int, words: str
) -> None:
    names = [name for name in ("ordinary", "no_person", "text_renamed", "directory", "coach_poses") if name in still]
    spec = still.format(**{name: request.getfixturevalue(name) for name in names})
    run("similarity", spec, coach_poses).fails(code, words)


@pytest.mark.parametrize("suffix", [".npz", ".json", ".csv"])
def test_damaged_poses(run: Run, coach_clip: Path, coach_poses: Path, tmp_path: Path, suffix: str) -> None:
    whole, damaged = tmp_path / f"whole{suffix}", tmp_path / f"damaged{suffix}"
    assert run("extract", coach_clip, "-o", whole).code == 0
    content = whole.read_bytes()
    damaged.write_bytes(content[: len(content) * 2 // 3])
    run("score", coach_poses, damaged).fails(3, "damaged or does not hold poses")
    assert run("score", damaged, coach_poses, "--json").json["error"] == "clip"


def test_too_little_in_saved_poses(run: Run, coach_poses: Path, tmp_path: Path) -> None:
    import numpy as np

    nobody = tmp_path / "nobody.npz"
    np.savez(nobody, xy=np.zeros((9, 17, 2)), confidence=np.zeros((9, 17)), t=np.arange(9.0))
    run("score", coach_poses, nobody).fails(5, "Nobody was seen in the attempt")
    run("score", nobody, coach_poses).fails(5, "Nobody was seen in the reference")
    run("score", coach_poses, nobody, "--method", "classic").fails(5, "Nobody was seen in the attempt")
    run("score", nobody, coach_poses, "--method", "classic").fails(5, "Nobody was seen in the reference")
    run("similarity", f"{coach_poses}@0", nobody).fails(5, "Too little was seen")
    run("similarity", f"{nobody}@0", coach_poses).fails(5, "Nobody was seen")


def test_outputs_that_cannot_be_written_are_met_before_the_work(
    run: Run, coach_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("poseapp.vision.extract.extract_poses", lambda *_, **__: pytest.fail("work was begun"))
    run("extract", coach_clip, "-o", tmp_path / "none" / "p.npz").fails(7, "its folder does not exist")
    (tmp_path / "folder.npz").mkdir()
    run("extract", coach_clip, "-o", tmp_path / "folder.npz").fails(7, "a folder has that name")
    (tmp_path / "file").touch()
    assert run("extract", coach_clip, "-o", tmp_path / "file" / "p.npz", "--json").json["error"] == "output"
    if Path("/proc/self").is_dir():  # a folder in which not even the superuser can make a file
        run("extract", coach_clip, "-o", "/proc/self/p.npz").fails(7, "saved")


def test_a_folder_that_is_not_writable(run: Run, coach_clip: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("permissions do not hold for the superuser")
        run("extract", coach_clip, "-o", tmp_path / "p.npz").fails(7, "not allowed")
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_is_full_at_the_end(
    run: Run, coach_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "poses.csv"
    target.write_bytes(b"older poses")
    monkeypatch.setattr(os, "fsync", no_room)
    run("extract", coach_clip, "-o", target).fails(7, "no room left", "Free some space")
    assert target.read_bytes() == b"older poses"
    assert list(tmp_path.iterdir()) == [target]


_LIMITED = """
import resource, signal, sys
from poseapp.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing too much is then an error, not the end of the process
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
def test_a_real_limit_on_the_size_of_files(coach_clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "poses.csv"
    target.write_bytes(b"older poses")
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, "extract", coach_clip, "-o", target, "--json"],
        capture_output=True,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "state")},
        timeout=60,
        check=False,
    )
    document = json.loads(done.stdout)
    assert (done.returncode, document["error"], done.stderr) == (7, "output", b"")
    assert "could not be saved" in document["message"]
    assert target.read_bytes() == b"older poses"
    assert {path.name for path in tmp_path.iterdir()} <= {"poses.csv", "state"}


@pytest.fixture
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models that may be damaged: the manifest and the smallest model."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("manifest.json", "posenet-mobilenet-v1-075-257.tflite"):
        shutil.copy(models_dir() / name, folder)
    monkeypatch.setattr("poseapp.vision.models.models_dir", lambda: folder)
    return folder


def test_models_that_are_missing_or_damaged(run: Run, own_models: Path, coach_clip: Path, coach_poses: Path) -> None:
    model = own_models / "posenet-mobilenet-v1-075-257.tflite"
    content = model.read_bytes()
    words = ("score", coach_poses, coach_clip)
    assert run(*words).code == 0
    for damage in (content[:1000], content[:-1] + bytes([content[-1] ^ 1]), b""):
        model.write_bytes(damage)
        run(*words).fails(6, "damaged")
    model.unlink()
    run(*words).fails(6, "is missing")
    assert run(*words, "--json").json["error"] == "model"
    run("extract", coach_clip, "-o", own_models / "p.npz", "--model", "movenet-thunder").fails(6, "is missing")
    (own_models / "manifest.json").write_text("{")
    run("models").fails(6, "damaged")
    (own_models / "manifest.json").unlink()
    assert run("models", "--json").json["exit_code"] == 6


def test_a_model_that_is_not_there_by_name(run: Run, coach_clip: Path, coach_poses: Path) -> None:
    run("score", coach_poses, coach_clip, "--model", "magic").fails(6, "“magic”", "posenet-257")
