"""The poses that are kept beside the attempts are those that the program finds."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from benchmarks.attempt_poses import KEPT, MODELS, Look, looks, rounded
from benchmarks.truth import pictures_of
from poseapp.pose import PoseSequence
from poseapp.vision.estimators import create_estimator
from poseapp.vision.tracker import PoseTracker

_LOOKS = looks()
_PICTURES = 40


@pytest.mark.parametrize("look", _LOOKS, ids=lambda look: f"{look.model}-{look.name}")
def test_they_belong_to_the_clip(look: Look) -> None:
    assert look.is_current, "run: python -m benchmarks.attempt_poses"


def test_nothing_else_is_kept() -> None:
    assert {path for path in KEPT.rglob("*") if path.is_file()} == {look.file for look in _LOOKS}
    assert sum(look.file.stat().st_size for look in _LOOKS) < 1_500_000


@pytest.mark.parametrize("model", MODELS)
def test_a_new_look_finds_the_same(model: str) -> None:
    look = next(look for look in _LOOKS if look.model == model)
    kept = look.poses()
    with contextlib.closing(PoseTracker(create_estimator(model))) as tracker:
        new = [tracker.track(bgr).pose for number, bgr in pictures_of(look.clip) if number < _PICTURES]
    fresh = rounded(PoseSequence.from_poses(new, kept.t[:_PICTURES]))
    # Another processor rounds differently; another crop, model or way of tracking would move most keypoints.
    assert np.median(np.abs(fresh.xy - kept.xy[:_PICTURES])) <= 0.5
    assert np.median(np.abs(fresh.confidence - kept.confidence[:_PICTURES])) <= 0.02
