"""Parts that stand still or move as a whole: said when that cost most of the score."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring import FeedbackItem, ScoreCard, scorer
from poseapp.scoring.card import PARTS
from poseapp.scoring.whole_parts import part_names
from poseapp.scoring.wording import sentence, short_sentence
from tests.scoring.conftest import Performed
from tools.motion.edits import LessAmplitude
from tools.motion.nuisances import mirrored

_ARMS = tuple(k for part in ("left_arm", "right_arm") for k in PARTS[part])
_ABOVE_THE_HIPS = tuple(Keypoint)[: Keypoint.LEFT_HIP]


def _motions(card: ScoreCard) -> list[tuple[str, str]]:
    return [(item.part, item.direction) for item in card.feedback if item.quantity == "motion"]


def _stepping(poses: PoseSequence, joints: tuple[Keypoint, ...], share: float) -> PoseSequence:
    """These knees and ankles go sideways and back, once in two seconds, by a share of the leg's length."""
    xy = poses.xy.copy()
    leg = float(np.median(poses.xy[:, Keypoint.LEFT_ANKLE, 1] - poses.xy[:, Keypoint.LEFT_HIP, 1]))
    swing = share * leg * np.sin(np.pi * poses.t)
    for joint in joints:
        xy[:, joint, 0] += swing * (0.5 if joint in (Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE) else 1.0)
    return PoseSequence(xy, poses.confidence, poses.t)


def _first(card: ScoreCard) -> FeedbackItem:
    return card.feedback[0]


def test_legs_that_should_stand_still(performed: Performed) -> None:
    curl = performed("biceps_curl", view="front", noise=0)
    legs = (*PARTS["left_leg"], *PARTS["right_leg"])
    card = scorer().score(curl, _stepping(curl, legs, 0.5), _ABOVE_THE_HIPS)
    assert card.total == pytest.approx(0, abs=1)
    assert [(i.part, i.quantity, i.direction) for i in card.feedback] == [("legs", "motion", "more")]
    assert short_sentence(_first(card)) == "Keep your legs still"
    assert sentence(_first(card)).startswith("Keep your legs still, as the coach does at ")
    # Farthest at half a second and then every second.
    assert abs((_first(card).attempt_t - 0.5 + 0.5) % 1 - 0.5) < 0.1


def test_one_leg_that_should_stand_still_is_told_by_the_persons_own_side(performed: Performed) -> None:
    punch = performed("punch", view="front", noise=0)
    kicking = _stepping(punch, PARTS["left_leg"], 0.3)
    plain, turned = (scorer().score(punch, attempt, _ABOVE_THE_HIPS) for attempt in (kicking, mirrored(kicking)))
    assert _motions(plain) == [("left_leg", "more")]
    assert turned.mirrored
    assert _motions(turned) == [("right_leg", "more")]
    assert _first(turned).joint in PARTS["right_leg"]


def test_legs_that_should_move(performed: Performed) -> None:
    jack = performed("squat", view="left")
    still = performed("squat", view="left", seed=2, edits=(LessAmplitude(("left_leg", "right_leg", "root"), 0.0),))
    card = scorer().score(jack, still)
    assert card.total == pytest.approx(0, abs=5)
    item = _first(card)
    assert (item.quantity, item.direction) == ("motion", "less")
    assert short_sentence(item) in {"Move your legs too", "Move your left leg too"}
    assert not any(other.part.endswith(("leg", "legs")) for other in card.feedback[1:])


def test_the_arm_that_is_not_seen_is_not_told(performed: Performed) -> None:
    """From the left the right arm is hidden."""
    how = {"edits": (LessAmplitude(("left_arm", "right_arm"), 0.0),)}
    card = scorer().score(performed("squat", view="left"), performed("squat", view="left", seed=2, **how))
    assert _motions(card) == [("left_arm", "less")]


@pytest.mark.parametrize("keep", [0.4, 0.6])
def test_legs_that_do_too_little_are_told_how_much(performed: Performed, keep: float) -> None:
    """Which took the score down already."""
    how = {"edits": (LessAmplitude(("left_leg", "right_leg", "root"), keep),)}
    card = scorer().score(performed("squat", view="left"), performed("squat", view="left", seed=2, **how))
    assert _motions(card) == []
    assert _first(card).quantity == "knee_bend"


def test_nothing_of_it_about_another_movement_or_a_repeat(performed: Performed) -> None:
    squat = performed("squat", view="front")
    for other in (performed("squat", view="front", seed=2), performed("side_bend", view="front", seed=2)):
        assert _motions(scorer().score(squat, other, _ARMS)) == []


def test_names_of_parts() -> None:
    assert part_names("arms") == ("left_arm", "right_arm")
    assert part_names("legs") == ("left_leg", "right_leg")
    assert part_names("trunk") == ("trunk",)
    assert part_names("left_leg") == ("left_leg",)
