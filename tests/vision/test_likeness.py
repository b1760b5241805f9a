"""Object keypoint similarity against COCO's formula by hand."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Pose
from poseapp.vision.likeness import body_scale, object_keypoint_similarity
from tests.fakes import moved


def test_scale_is_the_root_of_the_outlines_area(standing: Pose) -> None:
    """Box 90 × 306 px, of which a body fills 0.53."""
    assert body_scale(standing) == pytest.approx(np.sqrt(0.53 * 90 * 306))


def test_a_narrow_box_counts_at_least_the_torso_squared(standing: Pose) -> None:
    sideways = standing.xy.copy()
    sideways[:, 0] = 200
    assert body_scale(Pose(sideways, standing.confidence)) == pytest.approx(100)


def test_the_same_pose_has_one(standing: Pose) -> None:
    assert object_keypoint_similarity(standing, standing) == pytest.approx(1)


def test_one_keypoint_away_by_the_formula(standing: Pose) -> None:
    """A wrist 30 px away: exp(-d² / (2 s² k²)) with k = 2 · 0.062; the other sixteen have 1."""
    xy = standing.xy.copy()
    xy[10] += (0, -30)
    s2 = 0.53 * 90 * 306
    expected = (16 + np.exp(-(30**2) / (2 * s2 * (2 * 0.062) ** 2))) / 17
    assert object_keypoint_similarity(standing, Pose(xy, standing.confidence)) == pytest.approx(expected, rel=1e-5)


def test_unseen_keypoints_do_not_count(standing: Pose) -> None:
    xy, confidence = standing.xy.copy(), standing.confidence.copy()
    xy[9], confidence[9] = (900, 900), 0.1
    assert object_keypoint_similarity(standing, Pose(xy, confidence)) == pytest.approx(1)


def test_two_shared_keypoints_say_nothing(standing: Pose) -> None:
    confidence = np.zeros(17)
    confidence[:2] = 1
    assert object_keypoint_similarity(standing, Pose(standing.xy, confidence)) == 0


def test_people_beside_each_other_have_almost_none(standing: Pose) -> None:
    assert object_keypoint_similarity(standing, moved(standing, 150)) < 0.01


def test_symmetric(standing: Pose) -> None:
    other = moved(standing, 10, -5, scale=1.2, confidence=0.8)
    there = object_keypoint_similarity(standing, other)
    assert 0 < there < 1
    assert object_keypoint_similarity(other, standing) == pytest.approx(there)
