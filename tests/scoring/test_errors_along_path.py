"""Errors along the path: what of an offset is posture, and what is a fault."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring.alignment import WarpingPath
from poseapp.scoring.cleaning import clean
from poseapp.scoring.comparison import compare_either_side
from poseapp.scoring.errors_along_path import Matched, naming_errors, score_errors
from tests.scoring.conftest import Performed

_FRAMES = 50
_WRIST = Keypoint.LEFT_WRIST


def _off_by(share: float, length: float = 0.8) -> Matched:
    """One segment is off by the same share of its length all the time."""
    reference = np.zeros((_FRAMES, 17, 2))
    reference[..., 1] = length
    attempt = reference.copy()
    attempt[:, _WRIST, 0] += share * length
    frames = np.arange(_FRAMES)
    ones = np.ones((_FRAMES, 17))
    return Matched(
        WarpingPath(frames, frames.copy(), 0.0), reference, attempt, attempt, ones, np.full(17, length), np.zeros(17)
    )


@pytest.mark.parametrize(
    ("share", "left"), [(0.0, 0.0), (0.1, 0.0), (0.15, 0.05), (0.2, 0.1), (0.225, 0.175), (0.25, 0.25), (0.5, 0.5)]
)
def test_a_tenth_of_a_small_offset_is_posture_and_a_large_one_is_a_fault(share: float, left: float) -> None:
    errors = score_errors(_off_by(share))
    assert errors[_WRIST] == pytest.approx(left, abs=1e-12)
    assert np.delete(errors, _WRIST).max() == 0


def test_a_larger_offset_never_costs_less() -> None:
    errors = [score_errors(_off_by(share))[_WRIST] for share in np.linspace(0, 0.6, 61)]
    assert (np.diff(errors) >= -1e-12).all()


def test_nothing_is_forgiven_when_the_part_at_fault_is_named() -> None:
    assert naming_errors(_off_by(0.1))[_WRIST] == pytest.approx(0.1)


def test_what_is_seldom_seen_has_less_to_say(performed: Performed) -> None:
    """The right wrist goes astray; in an attempt in which it is hidden for two thirds of the time that says less."""
    curl = performed("biceps_curl", view="front")
    xy = curl.xy.copy()
    xy[:, Keypoint.RIGHT_WRIST] += (40, -40)
    hidden = curl.confidence.copy()
    hidden[np.arange(len(curl)) % 30 >= 10, Keypoint.RIGHT_WRIST] = 0
    always, seldom = (
        compare_either_side(clean(curl), clean(PoseSequence(xy, confidence, curl.t)))
        for confidence in (curl.confidence, hidden)
    )
    assert seldom.errors[Keypoint.RIGHT_WRIST] == pytest.approx(always.errors[Keypoint.RIGHT_WRIST], rel=0.1)
    assert seldom.weights[Keypoint.RIGHT_WRIST] > 0
    assert seldom.error < 0.95 * always.error
