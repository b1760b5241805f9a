"""When there is no total: what was asked for too little, and what was seen too little."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring import scorer
from tests.scoring.conftest import Performed

_SHORT = "The reference is too short: it takes a movement, or a pose held for a second. So there is no score."
_LITTLE = "Too little of what moves in this exercise was seen, so there is no score."


def _held(squat: PoseSequence, seconds: float, fps: float = 30.0) -> PoseSequence:
    """The lowest pose, from 0 to `seconds`."""
    bottom = int(squat.xy[:, Keypoint.LEFT_HIP, 1].argmax())
    t = np.arange(round(seconds * fps) + 1) / fps
    return PoseSequence(
        squat.xy[bottom].repeat(len(t)).reshape(17, 2, -1).transpose(2, 0, 1), squat.confidence[: len(t)], t
    )


@pytest.mark.parametrize(("seconds", "fps"), [(2 / 30, 30), (0.3, 30), (2.0, 1.5)])
def test_a_few_poses_ask_for_nothing(performed: Performed, seconds: float, fps: float) -> None:
    """Every squat passes by them, and would be perfect."""
    squat = performed("squat", view="left", noise=0)
    card = scorer().score(_held(squat, seconds, fps), squat)
    assert (card.total, card.reason) == (None, _SHORT)


@pytest.mark.parametrize("seconds", [29 / 30, 2.0])
def test_a_pose_that_is_held_for_a_second_is_a_reference(performed: Performed, seconds: float) -> None:
    squat = performed("squat", view="left", noise=0)
    held = _held(squat, seconds)
    assert scorer().score(held, _held(squat, 3.0)).total == pytest.approx(100)


def test_a_movement_may_be_short(performed: Performed) -> None:
    """A third of a second on the way down."""
    squat = performed("squat", view="left", noise=0)
    lowest = float(squat.t[int(squat.xy[:, Keypoint.LEFT_HIP, 1].argmax())])
    part = squat.between(lowest / 2, lowest / 2 + 0.34)
    assert scorer().score(part, part).total == pytest.approx(100)


def test_a_part_that_is_seen_only_while_it_rests_is_not_seen_enough(performed: Performed) -> None:
    """The arms hang for most of the time, and are hidden as soon as they do not."""
    curl = performed("biceps_curl", view="front", noise=0, before=3.0, after=3.0)
    height = curl.xy[:, Keypoint.LEFT_WRIST, 1] - curl.xy[:, Keypoint.LEFT_SHOULDER, 1]
    away = height < height[0] - 0.1 * np.ptp(height)
    assert away.mean() < 0.5  # in more of the pictures they are seen
    arms = [Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST, Keypoint.LEFT_ELBOW, Keypoint.RIGHT_ELBOW]
    confidence = curl.confidence.copy()
    confidence[np.ix_(away, arms)] = 0
    card = scorer().score(curl, PoseSequence(curl.xy, confidence, curl.t))
    assert (card.total, card.reason) == (None, _LITTLE)
    assert scorer().score(curl, curl).total == pytest.approx(100)
