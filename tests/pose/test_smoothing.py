"""The One Euro filter against its defining properties."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, Pose
from poseapp.pose.smoothing import OneEuroFilter

FPS = 30


def _moved(pose: Pose, dx: float) -> Pose:
    return Pose(pose.xy + np.float32([dx, 0]), pose.confidence)


def test_the_first_pose_passes_and_a_resting_one_stays(standing: Pose) -> None:
    smooth = OneEuroFilter()
    for i in range(10):
        np.testing.assert_allclose(smooth(standing, i / FPS).xy, standing.xy, atol=1e-4)


def test_without_speed_term_it_is_the_exponential_filter_of_the_paper(standing: Pose) -> None:
    smooth = OneEuroFilter(min_cutoff_hz=1.0, beta=0.0)
    smooth(standing, 0.0)
    step = smooth(_moved(standing, 30), 1 / FPS)
    alpha = 1 / (1 + FPS / (2 * np.pi))
    np.testing.assert_allclose(step.xy[:, 0] - standing.xy[:, 0], 30 * alpha, rtol=1e-4)


def test_noise_at_rest_shrinks_and_fast_movement_lags_little(standing: Pose) -> None:
    rng = np.random.default_rng(0)
    smooth, noisy, filtered = OneEuroFilter(), [], []
    for i in range(300):
        pose = Pose(standing.xy + rng.normal(0, 1.5, (17, 2)).astype(np.float32), standing.confidence)
        noisy.append(pose.xy)
        filtered.append(smooth(pose, i / FPS).xy)
    assert np.std(filtered[30:]) < np.std(noisy[30:])
    jitter = np.abs(np.diff(filtered[30:], axis=0)).mean() / np.abs(np.diff(noisy[30:], axis=0)).mean()
    assert jitter < 0.5

    smooth = OneEuroFilter()
    speed_px = 400.0  # four torso lengths a second: a quick punch
    for i in range(FPS):
        shown = smooth(_moved(standing, speed_px * i / FPS), i / FPS)
    lag_s = (speed_px * (FPS - 1) / FPS - float((shown.xy - standing.xy)[0, 0])) / speed_px
    assert 0 < lag_s < 0.03


def test_an_unseen_keypoint_passes_and_starts_afresh_after_a_gap(standing: Pose) -> None:
    smooth = OneEuroFilter(max_gap_s=0.2)
    smooth(standing, 0.0)
    confidence = np.ones(17)
    confidence[Keypoint.NOSE] = 0
    hidden = Pose(_moved(standing, 50).xy, confidence)
    assert smooth(hidden, 0.1).xy[Keypoint.NOSE, 0] == hidden.xy[Keypoint.NOSE, 0]
    back = smooth(_moved(standing, 80), 0.3)
    assert back.xy[Keypoint.NOSE, 0] == pytest.approx(standing.xy[Keypoint.NOSE, 0] + 80)


def test_time_that_stands_still_changes_nothing(standing: Pose) -> None:
    smooth = OneEuroFilter()
    smooth(standing, 1.0)
    again = smooth(_moved(standing, 10), 1.0)
    np.testing.assert_array_equal(again.xy, _moved(standing, 10).xy)
