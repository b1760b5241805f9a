"""A reference's key moment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poseapp.library.reference import Reference
from poseapp.pose import Keypoint, Pose, PoseSequence


def _reference(poses: list[Pose | None]) -> Reference:
    return Reference("x", Path("x.mp4"), PoseSequence.from_poses(poses, np.arange(len(poses)) / 10), (640, 480), "m")


def _raised(pose: Pose, dy: float, dx: float = 0) -> Pose:
    xy = pose.xy + np.float32([dx, 0])
    xy[Keypoint.LEFT_WRIST, 1] -= dy
    return Pose(xy, pose.confidence)


def test_key_moment_is_where_the_body_has_changed_most_not_where_it_has_walked_farthest(standing: Pose) -> None:
    reference = _reference([standing, _raised(standing, 40), _raised(standing, 80), _raised(standing, 0, dx=200)])
    assert reference.key_moment == pytest.approx(0.2)


def test_key_moment_passes_over_frames_in_which_nobody_was_seen(standing: Pose) -> None:
    reference = _reference([None, standing, None, _raised(standing, 80)])
    assert reference.key_moment == pytest.approx(0.3)
    assert _reference([None, None]).key_moment == 0
    assert _reference([]).key_moment == 0
