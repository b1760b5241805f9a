"""Segment vectors: what moves them and what does not."""

from __future__ import annotations

import numpy as np

from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.scoring.cleaning import clean
from poseapp.scoring.segments import MIN_LENGTH, mirrored, segment_vectors


def _sequence(pose: Pose, frames: int = 30) -> PoseSequence:
    xy = pose.xy[None].repeat(frames, axis=0)
    return PoseSequence(xy, np.full((frames, 17), 0.9), np.arange(frames) / 30)


def test_vectors_of_a_standing_person(standing: Pose) -> None:
    segments = segment_vectors(clean(_sequence(standing)))
    v = segments.vectors[10]
    np.testing.assert_allclose(v[Keypoint.NOSE], (0, -0.4), atol=1e-6)  # mid-shoulder is (200, 100)
    np.testing.assert_allclose(v[Keypoint.LEFT_SHOULDER], (0.3, -1.0), atol=1e-6)
    np.testing.assert_allclose(v[Keypoint.LEFT_WRIST], (0.05, 0.5), atol=1e-6)
    np.testing.assert_allclose(v[Keypoint.RIGHT_ANKLE], (-0.02, 0.8), atol=1e-6)
    assert segments.lengths[Keypoint.NOSE] == MIN_LENGTH
    np.testing.assert_allclose(segments.lengths[Keypoint.LEFT_SHOULDER], np.hypot(0.3, 1.0))


def test_place_and_distance_change_nothing(standing: Pose) -> None:
    near = segment_vectors(clean(_sequence(Pose(standing.xy * 2.5 + 300, standing.confidence))))
    far = segment_vectors(clean(_sequence(standing)))
    np.testing.assert_allclose(near.vectors, far.vectors, atol=1e-5)


def test_an_error_in_the_elbow_does_not_show_in_the_shoulder(standing: Pose) -> None:
    xy = standing.xy.copy()
    xy[[Keypoint.LEFT_ELBOW, Keypoint.LEFT_WRIST]] += (20, -10)
    moved = segment_vectors(clean(_sequence(Pose(xy, standing.confidence)))).vectors[10]
    rest = segment_vectors(clean(_sequence(standing))).vectors[10]
    differs = np.flatnonzero(np.abs(moved - rest).max(axis=1) > 1e-6)
    assert list(differs) == [Keypoint.LEFT_ELBOW]


def test_mirrored_twice_is_the_same(standing: Pose) -> None:
    segments = segment_vectors(clean(_sequence(standing)))
    np.testing.assert_array_equal(mirrored(mirrored(segments)).vectors, segments.vectors)
    np.testing.assert_allclose(mirrored(segments).vectors[5, Keypoint.LEFT_WRIST], (0.05, 0.5), atol=1e-6)


def test_both_clips_hang_on_the_same_shoulder(standing: Pose) -> None:
    """From the side the far shoulder is seen in one clip and not in the other; the nose must not jump for it."""
    one = _sequence(standing)
    confidence = one.confidence.copy()
    confidence[:, Keypoint.RIGHT_SHOULDER] = 0.1
    other = PoseSequence(one.xy, confidence, one.t)
    clips = clean(one), clean(other)
    seen = np.minimum(clips[0].seen, clips[1].seen)
    a, b = (segment_vectors(clip, seen).vectors[10, Keypoint.NOSE] for clip in clips)
    np.testing.assert_allclose(a, b, atol=0.02)
    alone = segment_vectors(clips[0]).vectors[10, Keypoint.NOSE]
    assert np.linalg.norm(alone - b) > 0.2


def test_a_shoulder_that_is_often_hidden_is_no_half_of_the_middle(standing: Pose) -> None:
    """Where it is hidden it is only guessed, and the head would seem to move with the guess."""
    clip = _sequence(standing, 100)
    often, seldom = clip.confidence.copy(), clip.confidence.copy()
    often[30:70, Keypoint.RIGHT_SHOULDER] = 0
    seldom[30:50, Keypoint.RIGHT_SHOULDER] = 0
    alone, both = (
        segment_vectors(clean(PoseSequence(clip.xy, confidence, clip.t))).vectors[10, Keypoint.NOSE]
        for confidence in (often, seldom)
    )
    middle = standing.xy[[Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER]].mean(axis=0)
    for vector, parent in ((alone, standing.xy[Keypoint.LEFT_SHOULDER]), (both, middle)):
        expected = standing.xy[Keypoint.NOSE] - parent
        np.testing.assert_allclose(vector / np.linalg.norm(vector), expected / np.linalg.norm(expected), atol=1e-5)


def test_trust_bridges_a_short_gap_and_not_a_long_one(standing: Pose) -> None:
    clip = _sequence(standing, 90)
    confidence = clip.confidence.copy()
    confidence[20:25, Keypoint.LEFT_WRIST] = 0
    confidence[50:80, Keypoint.LEFT_WRIST] = 0
    trust = segment_vectors(clean(PoseSequence(clip.xy, confidence, clip.t))).trust[:, Keypoint.LEFT_WRIST]
    assert trust[22] == 1
    assert trust[65] == 0
