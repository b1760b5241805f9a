"""``poseapp score`` with the default method: the whole card, other sides, tolerance and several takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poseapp.library.pose_files import load_poses, save_poses
from poseapp.library.saved_poses import SavedPoses
from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.report.card_json import card_document
from poseapp.scoring import scorer
from tests.cli.conftest import Run


def raising_the_left_arm(standing: Pose, degrees: float) -> PoseSequence:
    """The straight left arm is raised sideways by `degrees` and lowered again, in 2 s at 30 poses per second."""
    t = np.arange(61) / 30
    angle = np.radians(degrees) * np.sin(np.pi * t / 2) ** 2
    xy = np.repeat(standing.xy[None], len(t), axis=0)
    outwards = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    xy[:, Keypoint.LEFT_ELBOW] = standing.xy[Keypoint.LEFT_SHOULDER] + 50 * outwards
    xy[:, Keypoint.LEFT_WRIST] = standing.xy[Keypoint.LEFT_SHOULDER] + 100 * outwards
    return PoseSequence(xy, np.ones((len(t), 17)), t)


@pytest.fixture(scope="module")
def movements(standing: Pose, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Saved poses of an arm raised by 90°, by 60°, by 70°, and of the other arm raised by 90°."""
    folder = tmp_path_factory.mktemp("movements")
    whole = raising_the_left_arm(standing, 90)
    sequences = {
        "whole": whole,
        "low": raising_the_left_arm(standing, 60),
        "take": raising_the_left_arm(standing, 70),
        "mirrored": PoseSequence.from_poses([pose.mirrored(400) for pose in whole], whole.t),
    }
    for name, poses in sequences.items():
        np.savez(folder / f"{name}.npz", xy=poses.xy, confidence=poses.confidence, t=poses.t)
    return {name: folder / f"{name}.npz" for name in sequences}


def test_score_in_json_is_the_whole_card_of_the_default_method(run: Run, movements: dict[str, Path]) -> None:
    card = scorer().score(*(load_poses(movements[name]).poses for name in ("whole", "low")))
    outcome = run("score", movements["whole"], movements["low"], "--json")
    document = outcome.json
    assert (outcome.code, outcome.err) == (0, "")
    expected = card_document(card)
    assert {key: document[key] for key in expected} == expected
    assert (document["method"], document["strictness"], document["take"]) == ("form", "strict", None)
    assert [take["file"] for take in document["takes"]] == [str(movements["whole"])]
    first = document["feedback"][0]
    assert (first["part"], first["quantity"], first["direction"]) == ("left_arm", "arm_height", "less")
    assert first["amount"] == pytest.approx(30, abs=1)
    assert run("score", movements["whole"], movements["low"]).out.splitlines()[1] == first["sentence"]


def test_score_says_when_the_other_side_was_used(run: Run, movements: dict[str, Path]) -> None:
    outcome = run("score", movements["whole"], movements["mirrored"])
    assert outcome.out.startswith("Total 100 of 100\n")
    assert "the other side than the coach" in outcome.out
    assert run("score", movements["whole"], movements["mirrored"], "--json").json["mirrored"] is True


def test_a_gentler_score_is_higher(run: Run, movements: dict[str, Path]) -> None:
    totals = {}
    for strictness in ("strict", "normal", "gentle"):
        words = ("--strictness", strictness, "--json")
        document = run("score", movements["whole"], movements["low"], *words).json
        assert document["strictness"] == strictness
        totals[strictness] = document["total"]
    assert totals["strict"] < totals["normal"] < totals["gentle"]


def test_the_take_that_fits_best_judges(run: Run, movements: dict[str, Path]) -> None:
    whole, low, take = (movements[name] for name in ("whole", "low", "take"))
    alone = run("score", take, low, "--json").json
    document = run("score", whole, low, "--take", take, "--take", whole, "--json").json
    assert (document["take"], document["total"]) == (1, alone["total"])
    assert document["reference"]["file"] == str(take)
    assert [one["file"] for one in document["takes"]] == [str(whole), str(take), str(whole)]
    assert run("score", whole, low, "--take", take).out.startswith(
        "Judged by take 2 of 2, which fits best: take.npz\nTotal "
    )


@pytest.mark.parametrize(
    ("which", "reason", "hint"),
    [
        ("long", "longer than an hour", "Cut out the part that matters."),
        ("short", "too few pictures", "Record for longer."),
        ("hands", "Too little of the body", "Step back until shoulders and hips are in."),
        ("nobody", "Nobody was seen in the", "Use clips in which the whole body is seen, or another model."),
    ],
)
def test_what_can_be_done_about_a_missing_score_fits_the_reason(
    run: Run, standing: Pose, movements: dict[str, Path], tmp_path: Path, which: str, reason: str, hint: str
) -> None:
    good = raising_the_left_arm(standing, 90)
    hands = np.zeros_like(good.confidence)
    hands[:, [Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST]] = 1
    sequences = {
        "long": PoseSequence(good.xy, good.confidence, good.t * 3601 / 2),
        "short": PoseSequence(good.xy[:2], good.confidence[:2], good.t[:2]),
        "hands": PoseSequence(good.xy, hands, good.t),
        "nobody": PoseSequence(good.xy, np.zeros_like(hands), good.t),
    }
    path = tmp_path / f"{which}.npz"
    save_poses(path, SavedPoses(sequences[which]))
    for words in ((movements["whole"], path), (path, movements["whole"])):
        outcome = run("score", *words)
        outcome.fails(5, reason if words[1] == path else reason[1:])
        assert outcome.err.splitlines()[1] == hint
