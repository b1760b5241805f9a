"""Left and right mistaken for each other for a moment."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, Pose
from poseapp.scoring.swaps import unswapped

ELBOWS = [Keypoint.LEFT_ELBOW, Keypoint.RIGHT_ELBOW]


def _clip(pose: Pose) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    t = np.arange(60) / 30
    xy = np.repeat(pose.xy[None].astype(float), 60, axis=0)
    xy[:, ELBOWS, 1] -= 20 * np.sin(t)[:, None]
    return xy, np.full((60, 17), 0.9), t


@pytest.mark.parametrize("slips", [((10, 14),), ((10, 16), (20, 23)), ((2, 4), (5, 9), (40, 50))])
def test_slips_are_mended(standing: Pose, slips: tuple[tuple[int, int], ...]) -> None:
    truth, confidence, t = _clip(standing)
    xy = truth.copy()
    for start, end in slips:
        xy[start:end, ELBOWS] = truth[start:end, ELBOWS[::-1]]
    mended, _ = unswapped(xy, confidence, t, 100.0)
    np.testing.assert_array_equal(mended, truth)


def test_nothing_is_touched_without_a_slip(standing: Pose) -> None:
    xy, confidence, t = _clip(standing)
    assert unswapped(xy, confidence, t, 100.0)[0] is xy


def test_arms_that_cross_are_left_alone(standing: Pose) -> None:
    xy, confidence, t = _clip(standing)
    swing = 45 * np.cos(2 * np.pi * t)  # across the middle and back, twice
    xy[:, ELBOWS[0], 0], xy[:, ELBOWS[1], 0] = 200 + swing, 200 - swing
    assert unswapped(xy, confidence, t, 100.0)[0] is xy


def test_a_lasting_exchange_is_not_a_slip(standing: Pose) -> None:
    xy, confidence, t = _clip(standing)
    xy[10:50, ELBOWS] = xy[10:50, ELBOWS[::-1]]
    assert unswapped(xy, confidence, t, 100.0)[0] is xy
