"""What the commands answer on good input."""

from __future__ import annotations

import csv
import io
import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from poseapp.library.pose_files import load_poses
from poseapp.pose import KEYPOINTS
from poseapp.pose.similarity import similarity
from poseapp.scoring import ScoreCard, scorer
from poseapp.vision.extract import extract_poses
from poseapp.vision.models import list_models
from tests import clips
from tests.cli.conftest import Run

import cv2  # isort: skip - after the room that sets its environment


@pytest.mark.parametrize("suffix", [".npz", ".json", ".csv"])
def test_extract_saves_what_the_model_saw(run: Run, coach_clip: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"poses{suffix}"
    outcome = run("extract", coach_clip, "-o", target)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"Saved 15 poses (15 with a person, 0.5 s, posenet-257) to {target}\n"
    truth = extract_poses(coach_clip).poses
    saved = load_poses(target).poses
    np.testing.assert_allclose(saved.xy, truth.xy, atol=0 if suffix == ".npz" else 0.006)
    np.testing.assert_allclose(saved.t, [i / 30 for i in range(15)], atol=0.001)
    assert list(tmp_path.iterdir()) == [target]


def test_extract_answers_in_json_and_takes_another_model(run: Run, coach_clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "poses.npz"
    outcome = run("extract", "--model", "movenet-lightning", "-o", target, coach_clip, "--json")
    assert outcome.json == {
        "format": "poseapp-extract",
        "version": 1,
        "output": str(target),
        "clip": {
            "file": str(coach_clip),
            "model": "movenet-lightning",
            "poses": 15,
            "poses_with_person": 15,
            "incomplete": None,
        },
        "width": 540,
        "height": 720,
        "duration_s": pytest.approx(14 / 30, abs=0.001),
    }
    assert load_poses(target).model == "movenet-lightning"


def test_extract_shows_progress_on_a_terminal(
    run: Run, coach_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # makes rich take standard error for a terminal
    outcome = run("extract", coach_clip, "-o", tmp_path / "p.npz", "--json")
    assert "Looking at coach.mp4" in outcome.err
    assert "100%" in outcome.err
    assert outcome.json["format"] == "poseapp-extract"


def test_ctrl_c_ends_extract_tidily(
    run: Run, coach_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[int] = []

    def interrupted_after_three(
        clip: Path, model: str, *, progress: Callable[[int, int | None], None], cancelled: Callable[[], bool]
    ) -> object:
        def watched(done: int, total: int | None) -> None:
            progress(done, total)
            frames.append(done)
            if done == 3:
                signal.raise_signal(signal.SIGINT)

        return extract_poses(clip, model, progress=watched, cancelled=cancelled)

    monkeypatch.setattr("poseapp.vision.extract.extract_poses", interrupted_after_three)
    target = tmp_path / "poses.npz"
    target.write_bytes(b"older poses")
    outcome = run("extract", coach_clip, "-o", target)
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "Stopped.\n")
    assert frames == [1, 2, 3]
    assert target.read_bytes() == b"older poses"
    assert list(tmp_path.iterdir()) == [target]


def test_score_of_a_clip_against_itself_is_100_in_words(run: Run, coach_clip: Path, coach_poses: Path) -> None:
    outcome = run("score", coach_poses, coach_clip)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Total 100 of 100\nNothing to change.")
    assert all(k.words in outcome.out for k in KEYPOINTS)


@pytest.fixture(scope="module")
def judged(coach_poses: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ScoreCard]:
    """An attempt that differs, its right ankle never seen, and the card of the scoring room."""
    saved = load_poses(coach_poses)
    xy, confidence = saved.poses.xy.copy(), saved.poses.confidence.copy()
    xy[:, 9, 0] += np.linspace(0, 200, len(xy))
    confidence[:, 16] = 0.01
    path = tmp_path_factory.mktemp("attempt") / "attempt.npz"
    np.savez(path, xy=xy, confidence=confidence, t=saved.poses.t)
    return path, scorer("classic").score(saved.poses, load_poses(path).poses)


def test_score_in_json_is_the_card_of_the_classic_method(
    run: Run, coach_poses: Path, judged: tuple[Path, ScoreCard]
) -> None:
    attempt, card = judged
    outcome = run("score", "--json", coach_poses, attempt, "--method", "classic")
    document = outcome.json
    assert (outcome.code, outcome.err) == (0, "")
    assert list(document)[:3] == ["format", "version", "method"]
    assert document["total"] == pytest.approx(card.total, abs=0.005)
    assert document["total"] < 100
    assert [k["score"] for k in document["keypoints"]] == [k.score for k in card.keypoints]
    assert document["keypoints"][16] == {"keypoint": "right_ankle", "score": None, "seen": 0.0}
    assert document["reference"] == {
        "file": str(coach_poses),
        "model": "posenet-257",
        "poses": 15,
        "poses_with_person": 15,
        "incomplete": None,
    }
    assert document["attempt"]["model"] is None
    assert document["keypoints_that_count"] is None


def test_score_with_chosen_keypoints(run: Run, coach_poses: Path, judged: tuple[Path, ScoreCard]) -> None:
    attempt, card = judged
    words = ("--method", "classic", "--keypoints", "Left Wrist, nose", "--json")
    document = run("score", coach_poses, attempt, *words).json
    assert document["keypoints_that_count"] == ["nose", "left_wrist"]
    scores = [card.keypoints[i].score for i in (0, 9)]
    assert document["total"] == pytest.approx(np.mean(scores), abs=0.005)  # type: ignore[arg-type]


def test_a_clip_beside_saved_poses_is_looked_at_with_their_model(run: Run, coach_clip: Path, tmp_path: Path) -> None:
    saved = tmp_path / "lightning.json"
    assert run("extract", coach_clip, "-o", saved, "--model", "movenet-lightning").code == 0
    for pair in ((saved, coach_clip), (coach_clip, saved)):
        document = run("score", *pair, "--json").json
        assert [document[side]["model"] for side in ("reference", "attempt")] == ["movenet-lightning"] * 2
        assert [document[side]["file"] for side in ("reference", "attempt")] == [str(path) for path in pair]
        assert document["total"] > 98  # saved to 0.01 pixel
    outcome = run("score", saved, coach_clip, "--model", "posenet-257", "--json")
    assert outcome.json["attempt"]["model"] == "posenet-257"
    assert "made with movenet-lightning" in outcome.err


def test_similarity_to_a_moment_of_the_clip_is_1_there(run: Run, coach_poses: Path) -> None:
    outcome = run("similarity", f"{coach_poses}@0.2", coach_poses, "--json")
    document = outcome.json
    assert (outcome.code, outcome.err) == (0, "")
    assert document["best"] == {"t": pytest.approx(0.2, abs=0.001), "similarity": 1.0}
    poses = load_poses(coach_poses).poses
    assert document["similarity"] == pytest.approx([similarity(pose, poses[6]) for pose in poses], abs=0.00006)
    assert document["still"] == f"{coach_poses}@0.2"
    assert (document["method"], document["keypoints_that_count"]) == ("classic", None)


def test_similarity_to_a_frame_and_to_a_photo(run: Run, coach_clip: Path, coach_poses: Path, tmp_path: Path) -> None:
    photo = tmp_path / "Foto @ home.png"
    assert cv2.imencode(".png", clips.person_pictures(1)[0])[1].tofile(photo) is None
    for still, moment in ((f"{coach_clip}@0.3", 0.3), (photo, 0.0)):
        document = run("similarity", still, coach_poses, "--json", "--method", "weighted").json
        # A picture alone is looked at as a whole, a clip near the person: the same pose within a little.
        at_moment = document["similarity"][round(moment * 30)]
        assert at_moment > 0.9
        assert at_moment == pytest.approx(document["best"]["similarity"], abs=0.03)


def test_similarity_as_csv(run: Run, coach_poses: Path) -> None:
    outcome = run("similarity", f"{coach_poses}@0", coach_poses, "--csv", "--keypoints", "arms")
    rows = list(csv.reader(io.StringIO(outcome.out)))
    assert rows[:2] == [["t", "similarity"], ["0.0000", "1.0000"]]
    assert len(rows) == 16


def test_similarity_in_words(run: Run, coach_poses: Path) -> None:
    outcome = run("similarity", f"{coach_poses}@0.4", coach_poses)
    assert outcome.out.startswith("Best 1.000 at 0.40 s\n15 of 15 poses compared")


def test_models_in_words_and_in_json(run: Run) -> None:
    text, document = run("models").out, run("models", "--json").json
    assert [model["name"] for model in document["models"]] == [model.name for model in list_models()]
    for model in document["models"]:
        assert model["name"] in text
        assert f"{model['bytes'] / 1e6:.1f} MB" in text
        assert "Apache-2.0" in model["licence"]
    assert "Apache-2.0" in text


def test_cameras_in_words_and_in_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from poseapp.vision.cameras import CameraInfo

    monkeypatch.setattr("poseapp.vision.cameras.list_cameras", tuple)
    outcome = run("cameras")
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, "No camera was found.")
    assert run("cameras", "--json").json == {"format": "poseapp-cameras", "version": 1, "cameras": []}
    camera = CameraInfo(2, "HD [Pro] Webcam", "/dev/video2", 0x046D, 0x082D)
    monkeypatch.setattr("poseapp.vision.cameras.list_cameras", lambda: (camera,))
    assert "HD [Pro] Webcam" in run("cameras").out
    assert run("cameras", "--json").json["cameras"] == [
        {"index": 2, "name": "HD [Pro] Webcam", "path": "/dev/video2", "vid": 0x046D, "pid": 0x082D}
    ]


def test_what_native_code_prints_goes_to_a_log(run: Run, log_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def chatty() -> tuple[object, ...]:
        os.write(2, b"INFO: chatter\n")
        return ()

    monkeypatch.setattr("poseapp.vision.cameras.list_cameras", chatty)
    outcome = run("cameras")
    assert (outcome.code, outcome.err) == (0, "")
    assert "INFO: chatter" in (log_folder / "native.log").read_text()
