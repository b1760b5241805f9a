"""What a path is found by."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint
from poseapp.scoring.comparison import features
from poseapp.scoring.segments import Segments

_HIDDEN = slice(30, 90)


def _raised_and_hidden() -> Segments:
    """Four seconds with the left forearm to the side, hidden from 1 s to 3 s."""
    vectors = np.zeros((120, 17, 2))
    vectors[:, Keypoint.LEFT_WRIST, 0] = 1.0
    confidence = np.ones((120, 17))
    confidence[_HIDDEN, Keypoint.LEFT_WRIST] = 0.0
    none = np.zeros(17)
    return Segments(
        np.arange(120) / 30, vectors, vectors.copy(), confidence, none, none.copy(), np.ones(17), none.copy()
    )


@pytest.mark.parametrize(
    ("after_s", "believed"), [(0.0, 1.0), (0.2, 1.0), (0.3, 0.75), (0.4, 0.5), (0.5, 0.25), (0.6, 0.0), (1.0, 0.0)]
)
def test_what_is_hidden_is_believed_less_with_the_time_since_it_was_seen(after_s: float, believed: float) -> None:
    weights = np.eye(17)[Keypoint.LEFT_WRIST]
    found = features(_raised_and_hidden(), np.zeros((17, 2)), weights).reshape(120, 17, 2)[:, Keypoint.LEFT_WRIST, 0]
    frames = round(30 * after_s)
    assert found[_HIDDEN.start - 1 + frames] == pytest.approx(believed)
    assert found[_HIDDEN.stop - frames] == pytest.approx(believed)


def test_a_gap_that_lasts_a_little_longer_is_a_little_less_believed() -> None:
    """At no length of the gap do the features jump."""
    segments = _raised_and_hidden()
    middles = []
    for frames in range(60):
        confidence = np.ones((120, 17))
        confidence[60 - frames // 2 : 60 - frames // 2 + frames] = 0.0
        gap = Segments(
            segments.t, segments.vectors, segments.rough, confidence, segments.noise, segments.rough_noise,
            segments.seen, segments.erratic,
        )  # fmt: skip
        middles.append(features(gap, np.zeros((17, 2)), np.eye(17)[Keypoint.LEFT_WRIST])[60].max())
    assert middles[0] == 1
    assert middles[-1] == 0
    assert np.abs(np.diff(middles)).max() < 0.1
