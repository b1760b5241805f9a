"""Our poses against truths from outside, on sampled frames; ``python -m benchmarks accuracy`` takes all of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.truth import COUPLE_INPUT, avatar_errors, couple_errors, couple_picture, punch_errors
from poseapp.vision.estimators import create_estimator
from poseapp.vision.models import model_info
from poseapp.vision.posenet import PoseNetEstimator
from poseapp.vision.tracker import PoseTracker


@pytest.mark.parametrize("model", ["posenet-257", "posenet-353"])
def test_the_punch_agrees_with_the_seed_systems_keypoints(shared_data: Path, model: str) -> None:
    errors = punch_errors(PoseTracker(create_estimator(model)), shared_data, step=5)
    assert len(errors) == 20
    assert np.median(errors) <= 0.08


def test_the_couple_agrees_with_the_peers_decoder(shared_data: Path) -> None:
    estimator = PoseNetEstimator(model_info("posenet-257"), input_size=COUPLE_INPUT)
    assert len(estimator.estimate(couple_picture(shared_data))) == 2
    errors = couple_errors(estimator, shared_data)
    assert len(errors) == 2
    for error in errors:
        assert np.median(error) <= 4
        assert error.max() <= 12


@pytest.mark.parametrize(
    ("model", "view", "least"),
    [
        ("posenet-257", "front", 0.95),
        ("posenet-353", "front", 0.95),
        ("movenet-lightning", "front", 0.97),
        ("movenet-thunder", "front", 0.98),
        ("posenet-257", "left", 0.85),
        ("movenet-thunder", "left", 0.97),
    ],
)
def test_the_avatar_coachs_visible_joints_are_found(shared_avatar: Path, model: str, view: str, least: float) -> None:
    """PCK@0.2: the share of body joints within a fifth of the torso's length of the truth."""
    clips = sorted((shared_avatar / "clips").glob(f"*_coach_{view}.mp4"))
    assert len(clips) == 6
    errors = np.concatenate([avatar_errors(PoseTracker(create_estimator(model)), clip, step=8) for clip in clips])
    visible = errors[np.isfinite(errors)]
    assert len(visible) > 400
    assert (visible <= 0.2).mean() >= least
