"""What did not do the movement gets nothing; who did it does not pay for that."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import KEYPOINTS, PoseSequence
from poseapp.scoring import scorer
from poseapp.scoring.cleaning import clean
from poseapp.scoring.comparison import compare_either_side, done
from tests.scoring.conftest import Performed
from tools.motion import impostors, perform
from tools.motion.faults import graded
from tools.motion.nuisances import mirrored, noisy

REFERENCES = [
    ("squat", "left"),
    ("biceps_curl", "front"),
    ("lateral_raise", "front"),
    ("outward_rotation", "front"),  # a small one
    ("punch", "right"),
    ("side_bend", "front"),
]


def _total(reference: PoseSequence, attempt: PoseSequence) -> float:
    card = scorer().score(reference, attempt)
    return 0.0 if card.total is None else card.total


@pytest.mark.parametrize(("action", "view"), REFERENCES)
def test_those_who_did_not_do_it(performed: Performed, action: str, view: str) -> None:
    reference, again = performed(action, view=view), performed(action, view=view, seed=2)
    rng = np.random.default_rng(0)
    assert _total(reference, again) >= 95
    assert _total(reference, impostors.still_first(again, rng)) <= 10
    assert _total(reference, impostors.still_median(again, rng)) <= 10
    assert _total(reference, impostors.noise_only(again, rng)) <= 5
    assert _total(reference, impostors.shuffled(again, rng)) <= 30


@pytest.mark.parametrize(("action", "keep"), [("lateral_raise", 0.15), ("overhead_press", 0.06), ("side_bend", 0.06)])
def test_no_order_of_a_small_movements_pictures_passes(action: str, keep: float) -> None:
    """Chance makes some orders run on for a while, and the path would find that stretch."""
    how = graded(keep).how()
    reference = noisy(perform(action, view="front", seed=11, **how).sequence(), np.random.default_rng(11))
    again = perform(action, view="front", seed=5, before=0.2, after=0.2, **how).sequence()
    assert _total(reference, noisy(again, np.random.default_rng(4))) >= 95
    orders = [np.random.default_rng(seed) for seed in range(1000, 1010)]
    assert max(_total(reference, impostors.shuffled(noisy(again, rng), rng)) for rng in orders) <= 30


@pytest.mark.parametrize(
    ("action", "view"), [("lateral_raise", "left"), ("squat", "front"), ("overhead_press", "front")]
)
def test_a_small_part_of_the_way_is_more_than_nothing(performed: Performed, action: str, view: str) -> None:
    """Little is given for it, and less for less; nothing is left for standing still."""
    reference = performed(action, view=view)
    half, less = (
        _total(reference, performed(action, view=view, seed=2, **graded(keep).how())) for keep in (0.5, 0.4)
    )
    assert 10 >= half > less > 0
    still = impostors.still_first(performed(action, view=view, seed=2), np.random.default_rng(0))
    assert _total(reference, still) == 0


@pytest.mark.parametrize(
    ("action", "other"), [("squat", "lateral_raise"), ("biceps_curl", "side_bend"), ("punch", "squat")]
)
def test_another_action(performed: Performed, action: str, other: str) -> None:
    assert _total(performed(action, view="front"), performed(other, view="front", seed=2)) <= 20


def test_backwards_where_it_is_another_movement(performed: Performed) -> None:
    circle = performed("arm_circle", view="front")
    assert _total(circle, impostors.backwards(performed("arm_circle", view="front", seed=2))) <= 40


def test_backwards_where_it_is_the_same_movement(performed: Performed) -> None:
    raised = performed("lateral_raise", view="front")
    assert _total(raised, impostors.backwards(performed("lateral_raise", view="front", seed=2))) >= 95


@pytest.mark.parametrize("noise", [1.0, 2.0, 3.0])
def test_a_small_movement_survives_an_estimators_jitter(performed: Performed, noise: float) -> None:
    small = performed("outward_rotation", view="front", noise=0.5)
    assert _total(small, performed("outward_rotation", view="front", seed=3, noise=noise)) >= 95


def test_frozen_reference_asks_for_the_pose_and_not_for_a_movement(performed: Performed) -> None:
    squat = performed("squat", view="left", noise=0)
    rng = np.random.default_rng(0)
    bottom = int(squat.xy[:, 11, 1].argmax())
    held = PoseSequence(squat.xy[bottom : bottom + 1].repeat(60, axis=0), squat.confidence[:60], np.arange(60) / 30)
    assert _total(held, impostors.still_first(held, rng)) >= 95
    assert _total(held, impostors.still_first(squat, rng)) <= 30


def test_a_mirrored_attempt_is_right_and_said_to_be_mirrored(performed: Performed) -> None:
    punch = performed("punch", view="front")
    attempt = mirrored(performed("punch", view="front", seed=2))
    card = scorer().score(punch, attempt)
    assert card.mirrored
    assert card.total is not None
    assert card.total >= 95


def test_presence_is_full_for_a_repeat_and_none_for_standing_still(performed: Performed) -> None:
    squat = clean(performed("squat", view="left"))
    again = performed("squat", view="left", seed=2)
    full = done(compare_either_side(squat, clean(again)))
    none = done(compare_either_side(squat, clean(impostors.still_first(again, np.random.default_rng(0)))))
    assert full.factor == 1
    assert full.amplitude == pytest.approx(1, abs=0.05)
    assert none.factor == 0
    assert none.amplitude == pytest.approx(0, abs=0.1)


def test_feedback_says_that_nothing_was_done(performed: Performed) -> None:
    squat = performed("squat", view="left")
    card = scorer().score(squat, impostors.still_first(squat, np.random.default_rng(0)))
    assert [(i.quantity, i.direction) for i in card.feedback] == [("movement", "still")]


def test_hardly_anything_seen_gives_a_sentence_and_no_total(performed: Performed) -> None:
    squat = performed("squat", view="left")
    confidence = squat.confidence.copy()
    confidence[:, [11, 12, 13, 14, 15, 16]] = 0.05  # a table in front of the legs
    card = scorer().score(squat, PoseSequence(squat.xy, confidence, squat.t))
    assert card.total is None
    assert card.form is None
    assert card.reason.endswith("so there is no score.")
    assert card.keypoints[13].score is None


@pytest.mark.parametrize("who", ["reference", "attempt"])
def test_nobody_there(performed: Performed, who: str) -> None:
    someone = performed("squat", view="left")
    nobody = PoseSequence.from_poses([None] * 40, np.arange(40) / 30)
    card = scorer().score(*((nobody, someone) if who == "reference" else (someone, nobody)))
    assert card.total is None
    assert card.reason
    assert card.reason.startswith(f"Nobody was seen in the {who}")
    assert len(card.keypoints) == len(KEYPOINTS)
    assert card.seen_count == 0


def test_a_keypoint_that_is_not_seen_has_no_score_and_does_not_enter(performed: Performed) -> None:
    squat = performed("squat", view="front")
    confidence = squat.confidence.copy()
    xy = squat.xy.copy()
    confidence[:, 10], xy[:, 10] = 0.1, 0
    card = scorer().score(squat, PoseSequence(xy, confidence, squat.t))
    assert card.keypoints[10].score is None
    assert card.total is not None
    assert card.total >= 95
