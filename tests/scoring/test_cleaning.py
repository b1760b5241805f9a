"""Cleaning: gaps, outliers, frame rates, jitter and the size of the body, in closed form."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from scipy import ndimage

from poseapp.errors import NotEnoughSeenError
from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.scoring.cleaning import FPS, body_scale, clean

WRIST = Keypoint.LEFT_WRIST


def _held(pose: Pose, frames: int = 60, fps: float = 30) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    xy = np.repeat(pose.xy[None].astype(float), frames, axis=0)
    return xy, np.full((frames, 17), 0.9), np.arange(frames) / fps


@pytest.mark.parametrize("fps", [12.0, 24.0, 30.0, 60.0])
def test_any_frame_rate_becomes_one(standing: Pose, fps: float) -> None:
    xy, confidence, t = _held(standing, round(2 * fps) + 1, fps)
    clip = clean(PoseSequence(xy, confidence, t + 7))
    assert len(clip) == 2 * FPS + 1
    np.testing.assert_allclose([clip.t[0], clip.t[-1]], [7, 9])
    assert clip.fps == pytest.approx(fps)


def test_a_straight_movement_is_left_alone_away_from_its_ends(standing: Pose) -> None:
    """A Gaussian and a linear interpolation both leave a straight line where it is."""
    xy, confidence, t = _held(standing)
    xy[:, WRIST, 0] += 100 * t
    clip = clean(PoseSequence(xy, confidence, t))
    np.testing.assert_allclose(clip.xy[10:-10, WRIST], xy[10:-10, WRIST], atol=0.01)
    np.testing.assert_allclose(clip.rough_noise, 0, atol=1e-3)


def test_gap_is_bridged_and_known_to_be_bridged(standing: Pose) -> None:
    xy, confidence, t = _held(standing)
    xy[:, WRIST, 0] += 100 * t
    truth = xy.copy()
    xy[20:30, WRIST], confidence[20:30, WRIST] = 0, 0
    clip = clean(PoseSequence(xy, confidence, t))
    np.testing.assert_allclose(clip.xy[15:35, WRIST], truth[15:35, WRIST], atol=0.05)
    assert (clip.confidence[20:30, WRIST] == 0).all()
    assert clip.seen[WRIST] == pytest.approx(50 / 60)


def test_single_glitch_is_taken_out(standing: Pose) -> None:
    xy, confidence, t = _held(standing)
    xy[30, WRIST] += (80, -60)  # a torso is 100 px
    clip = clean(PoseSequence(xy, confidence, t))
    np.testing.assert_allclose(clip.xy[:, WRIST], xy[:1, WRIST].repeat(60, axis=0), atol=1e-6)
    assert clip.erratic[WRIST] == pytest.approx(1 / 60)
    assert clip.erratic[Keypoint.NOSE] == 0


def test_a_fast_movement_is_no_glitch(standing: Pose) -> None:
    xy, confidence, t = _held(standing, 90)
    xy[:, WRIST, 0] += 60 * (1 - np.cos(2 * np.pi * 1.5 * t))  # out and back 1.5 times a second
    clip = clean(PoseSequence(xy, confidence, t))
    assert clip.erratic[WRIST] == 0


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0, 90.0])
@pytest.mark.parametrize("spread", [2.0, 12.0, 60.0])
def test_outliers_are_those_of_their_definition(standing: Pose, fps: float, spread: float) -> None:
    """Farther from the running median than three times what is usual there, and than an eighth of the torso."""
    rng = np.random.default_rng(round(fps + spread))
    xy, confidence, t = _held(standing, 120, fps)
    xy += rng.normal(0, spread * np.linspace(0, 1, 17)[:, None], xy.shape)
    xy[:, WRIST] += 80 * np.sin(5 * t)[:, None]
    scale = body_scale(xy, confidence > 0)
    assert scale is not None
    size = (2 * int(0.3 * fps / 2) + 1,)
    away = np.linalg.norm(xy - ndimage.median_filter(xy, size=(*size, 1, 1), mode="nearest"), axis=2)
    usual = 1.4826 * ndimage.median_filter(away, size=(*size, 1), mode="nearest")
    expected = away > np.maximum(3 * usual, 0.12 * scale)
    assert expected.any() or spread == 2
    clip = clean(PoseSequence(xy, confidence, t))
    np.testing.assert_array_equal(clip.erratic, expected.mean(axis=0))


def test_jitter_is_measured_before_and_after_smoothing(standing: Pose) -> None:
    rng = np.random.default_rng(0)
    xy, confidence, t = _held(standing, 3000)
    clip = clean(PoseSequence(xy + rng.normal(0, 2, xy.shape), confidence, t))
    np.testing.assert_allclose(clip.rough_noise, 2, rtol=0.1)
    measured = (clip.xy - clip.xy.mean(axis=0))[50:-50].std(axis=(0, 2))
    np.testing.assert_allclose(clip.noise, measured, rtol=0.15)


def test_size_of_the_body(standing: Pose) -> None:
    xy = standing.xy[None].astype(float).repeat(10, axis=0)
    present = np.ones((10, 17), dtype=bool)
    assert body_scale(xy, present) == pytest.approx(100)
    present[:, [Keypoint.LEFT_SHOULDER, Keypoint.LEFT_HIP]] = False
    assert body_scale(xy, present) == pytest.approx(np.hypot(10, 100))  # the right side alone


def test_size_from_the_limbs_when_the_hips_are_out_of_the_picture(standing: Pose) -> None:
    present = np.ones((10, 17), dtype=bool)
    present[:, [Keypoint.LEFT_HIP, Keypoint.RIGHT_HIP]] = False
    scale = body_scale(standing.xy[None].astype(float).repeat(10, axis=0), present)
    assert scale == pytest.approx(100, rel=0.15)


def test_nobody_or_too_short_is_said(standing: Pose) -> None:
    xy, confidence, t = _held(standing, 10)
    with pytest.raises(NotEnoughSeenError, match="Too little of the body"):
        clean(PoseSequence(xy, confidence * 0, t))
    with pytest.raises(NotEnoughSeenError, match="too few pictures"):
        clean(PoseSequence(xy[:2], confidence[:2], t[:2]))
    with pytest.raises(NotEnoughSeenError, match="longer than an hour"):
        clean(PoseSequence(xy, confidence, t * 1e6))


def test_a_clock_that_runs_a_billion_times_too_fast_takes_no_more_memory(standing: Pose) -> None:
    xy, confidence, t = _held(standing, 300)
    tracemalloc.start()
    clip = clean(PoseSequence(xy, confidence, t * 1e-9))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6  # each of 300 × 17 × 2 samples with the 300 around it is 24 MB
    assert len(clip) == 1
    assert clip.fps == 1000
