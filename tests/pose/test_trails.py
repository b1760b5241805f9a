"""Trails: where they run, where they break, how they fade."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, Pose
from poseapp.pose.trails import Trails

WRIST = Keypoint.LEFT_WRIST


def _at(pose: Pose, x: float, confidence: float = 1.0) -> Pose:
    xy, c = pose.xy.copy(), pose.confidence.copy()
    xy[WRIST] = (x, 100)
    c[WRIST] = confidence
    return Pose(xy, c)


def test_a_trail_joins_the_positions_and_fades_with_age(standing: Pose) -> None:
    trails = Trails((WRIST,), seconds=1.0)
    for i in range(3):
        trails.add(_at(standing, 10.0 * i), i * 0.25)
    np.testing.assert_allclose(trails.segments(), [[0, 100, 10, 100, 0.75], [10, 100, 20, 100, 1.0]])


def test_old_positions_leave(standing: Pose) -> None:
    trails = Trails((WRIST,), seconds=0.5)
    for i in range(20):
        trails.add(_at(standing, i), i * 0.1)
    assert trails.segments()[0, 0] == 13


@pytest.mark.parametrize("gap", [None, 0.1])
def test_a_trail_breaks_where_the_keypoint_was_not_seen(standing: Pose, gap: float | None) -> None:
    trails = Trails((WRIST,), seconds=1.0)
    trails.add(_at(standing, 0), 0.0)
    trails.add(_at(standing, 10), 0.1)
    trails.add(None if gap is None else _at(standing, 20, gap), 0.2)
    trails.add(_at(standing, 30), 0.3)
    assert len(trails.segments()) == 1


def test_a_trail_breaks_at_a_jump_no_limb_can_make(standing: Pose) -> None:
    trails = Trails((WRIST,), seconds=1.0)
    trails.add(_at(standing, 0), 0.0)
    trails.add(_at(standing, 80), 1 / 30)  # 24 torso lengths a second
    assert len(trails.segments()) == 1
    trails.add(_at(standing, 180), 2 / 30)  # 30
    assert len(trails.segments()) == 1


def test_time_running_backwards_starts_anew(standing: Pose) -> None:
    trails = Trails((WRIST,))
    trails.add(_at(standing, 0), 5.0)
    trails.add(_at(standing, 1), 5.1)
    trails.add(_at(standing, 2), 0.0)
    assert trails.segments().shape == (0, 5)


def test_what_is_kept_is_bounded(standing: Pose) -> None:
    trails = Trails((WRIST,), seconds=1e6, max_points=50)
    for i in range(500):
        trails.add(_at(standing, 0), float(i))
    assert len(trails.segments()) == 50


def test_another_choice_of_keypoints_and_length_holds_for_the_past_too(standing: Pose) -> None:
    trails = Trails((WRIST,), seconds=1.0)
    for i in range(5):
        trails.add(_at(standing, 10.0 * i), i * 0.2)
    trails.keypoints = (WRIST, Keypoint.NOSE)
    assert len(trails.segments()) == 8
    trails.seconds = 0.5
    assert len(trails.segments()) == 6
    trails.keypoints = ()
    assert trails.segments().shape == (0, 5)
