"""A pose that is held is to be held, and not only passed by."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring import scorer
from tests.scoring.conftest import Performed
from tools.motion.nuisances import noisy


def _stopping(squat: PoseSequence, seconds: float) -> PoseSequence:
    """A squat with a stop of that length at its lowest point, with an estimator's jitter."""
    bottom = _bottom(squat)
    order = np.concatenate([np.arange(bottom), np.full(round(30 * seconds), bottom), np.arange(bottom, len(squat))])
    stopping = PoseSequence(squat.xy[order], squat.confidence[order], np.arange(len(order)) / 30)
    return noisy(stopping, np.random.default_rng(3))


def _bottom(squat: PoseSequence) -> int:
    return int(squat.xy[:, Keypoint.LEFT_HIP, 1].argmax())


def _held(squat: PoseSequence, seconds: float) -> PoseSequence:
    order = np.full(round(30 * seconds) + 1, _bottom(squat))
    return PoseSequence(squat.xy[order], squat.confidence[order], np.arange(len(order)) / 30)


def _total(reference: PoseSequence, attempt: PoseSequence) -> float:
    total = scorer().score(reference, attempt).total
    assert total is not None
    return total


@pytest.mark.parametrize("seconds", [2.0, 4.0])
def test_who_passes_by_has_not_held_it(performed: Performed, seconds: float) -> None:
    coach, squat = performed("squat", view="left", noise=0), performed("squat", view="left", seed=2, noise=0)
    held = noisy(_held(coach, seconds), np.random.default_rng(1))
    assert _total(held, _stopping(squat, 0.0)) <= 10
    assert _total(held, _stopping(squat, 0.7 * seconds)) >= 95
    assert _total(held, noisy(_held(squat, seconds), np.random.default_rng(2))) >= 95


def test_who_holds_it_for_half_as_long_has_held_it_in_part(performed: Performed) -> None:
    coach, squat = performed("squat", view="left", noise=0), performed("squat", view="left", seed=2, noise=0)
    held = noisy(_held(coach, 4.0), np.random.default_rng(1))
    assert 10 < _total(held, _stopping(squat, 1.6)) < 95


def test_a_slip_does_not_end_it(performed: Performed) -> None:
    squat = performed("squat", view="left", noise=0)
    held = _held(squat, 4.0)
    xy = held.xy.copy()
    xy[58:62, :, 0] += np.linspace(60, 0, 17)
    assert _total(held, PoseSequence(xy, held.confidence, held.t)) >= 95
