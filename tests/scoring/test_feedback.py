"""Which part, when, how much, which way: faults that were put in must be the ones that are named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.scoring import FeedbackItem, ScoreCard, scorer
from poseapp.scoring.causes import causes
from poseapp.scoring.cleaning import clean
from poseapp.scoring.comparison import compare
from poseapp.scoring.errors_along_path import match
from poseapp.scoring.proportions import shared_proportions
from poseapp.scoring.segments import segment_vectors
from poseapp.scoring.wording import NOTHING, sentence, sentences, short_sentence, timing_sentence
from tests.scoring.conftest import Performed
from tools.motion.edits import BendElbow, Delay, Edit, LeanTrunk, LessAmplitude, RotateArm
from tools.motion.nuisances import mirrored


def _card(performed: Performed, action: str, view: str, **wrong: object) -> ScoreCard:
    return scorer().score(performed(action, view=view), performed(action, view=view, seed=2, **wrong))


def test_nothing_to_say_about_a_repeat(performed: Performed) -> None:
    card = _card(performed, "squat", "left")
    assert card.feedback == ()
    assert sentences(card) == (NOTHING,)


def test_shallow_squat(performed: Performed) -> None:
    item, *_ = _card(performed, "squat", "left", depth=0.5).feedback
    assert (item.quantity, item.direction) == ("knee_bend", "less")
    assert item.part in {"left_leg", "legs"}
    assert item.wanted is not None
    assert item.found is not None
    assert item.found > item.wanted + 15
    assert re.fullmatch(r"Bend your (left knee|knees) more: \d+° instead of \d+° at \d\.\d s\.", sentence(item))
    assert short_sentence(item) in {"Bend your left knee more", "Bend your knees more"}


def test_elbow_bent_all_the_time(performed: Performed) -> None:
    item, *_ = _card(performed, "lateral_raise", "front", edits=(BendElbow("r", 40),)).feedback
    assert (item.part, item.joint) == ("right_arm", Keypoint.RIGHT_WRIST)
    assert (item.quantity, item.direction) == ("elbow_bend", "more")
    assert "right elbow" in sentence(item)


def test_one_arm_not_high_enough_and_when(performed: Performed) -> None:
    reference = performed("lateral_raise", view="front")
    card = _card(performed, "lateral_raise", "front", edits=(LessAmplitude(("left_arm",), 0.5),), tempo=0.5)
    item = card.feedback[0]
    assert (item.part, item.quantity, item.direction) == ("left_arm", "arm_height", "less")
    assert item.amount == pytest.approx(40, abs=12)
    # It is worst where the arm should be highest, in the middle; at half the tempo that is later in the attempt.
    assert item.reference_t == pytest.approx(reference.duration / 2, abs=0.45)
    assert item.attempt_t > 1.4 * item.reference_t
    assert len(card.feedback) == 1


def test_late_arm(performed: Performed) -> None:
    card = _card(performed, "overhead_press", "front", edits=(Delay(("left_arm",), 0.4),))
    item = card.feedback[0]
    assert (item.part, item.quantity, item.direction) == ("left_arm", "delay", "more")
    assert item.amount == pytest.approx(0.4, abs=0.15)
    assert sentence(item).startswith("Move your left arm earlier: 0.")


def test_lean(performed: Performed) -> None:
    item, *_ = _card(performed, "squat", "left", edits=(LeanTrunk(forward=25),)).feedback
    assert item.part == "trunk"
    assert (item.quantity, item.direction) == ("lean_forward", "more")
    item, *_ = _card(performed, "biceps_curl", "front", edits=(LeanTrunk(sideways=20),)).feedback
    assert (item.quantity, item.direction) == ("lean_left", "more")


def test_the_arm_of_the_other_side_is_not_blamed(performed: Performed) -> None:
    """A bent elbow shortens the picture of one forearm; both have the same proportions."""
    card = _card(performed, "lateral_raise", "front", edits=(BendElbow("r", 45),))
    assert [item.part for item in card.feedback] == ["right_arm"]


def test_proportions_that_both_sides_share_are_taken_out(performed: Performed) -> None:
    wanted = segment_vectors(clean(performed("lateral_raise", view="front")))
    vectors = wanted.vectors.copy()
    arms, left = [9, 10], [9]
    vectors[:, arms] *= 0.9
    vectors[:, left] *= 0.95
    attempt = replace(wanted, vectors=vectors)
    path = compare(wanted, wanted).path
    matched = match(wanted, attempt, path, np.ones(17))
    again = shared_proportions(matched, attempt)
    ratio = np.linalg.norm(again.attempt[:, arms], axis=2) / np.linalg.norm(again.reference[:, arms], axis=2)
    assert ratio[:, 1] == pytest.approx(1.0, abs=1e-3)  # 0.9 is what both have in common
    assert ratio[:, 0] == pytest.approx(0.95, abs=1e-3)


def test_a_trunk_that_looks_too_long_from_the_front_should_lean(performed: Performed) -> None:
    """The camera sees no angle, so there is no number; pulled-up shoulders would be another thing."""
    coach = performed("squat", view="front", edits=(LeanTrunk(forward=25),))
    items = scorer().score(coach, performed("squat", view="front", seed=2)).feedback
    item = next(i for i in items if i.part == "trunk")
    assert (item.quantity, item.direction, item.amount) == ("lean_forward", "less", None)
    assert sentence(item).startswith("Lean further forward, as the coach does at ")


def test_two_faults_are_both_named(performed: Performed) -> None:
    edits = (LessAmplitude(("left_arm",), 0.4), BendElbow("r", 50))
    card = _card(performed, "lateral_raise", "front", edits=edits)
    assert {i.part for i in card.feedback} >= {"left_arm", "right_arm"}
    assert len(card.feedback) <= 3


@pytest.mark.parametrize(
    ("action", "edits"),
    [
        # Together they leave two fifths of the movement, which is still the movement.
        ("biceps_curl", (LessAmplitude(("left_arm",), 0.35), LessAmplitude(("right_arm",), 0.6))),
        # The second one is a quarter of the first one, and yet 19 degrees.
        ("side_bend", (BendElbow("l", 45), LessAmplitude(("right_arm",), 0.35))),
        # And of a smaller movement a fifth, which is 10 degrees.
        ("outward_rotation", (BendElbow("r", 45), LessAmplitude(("left_arm",), 0.6))),
    ],
)
def test_a_large_fault_does_not_hide_another(performed: Performed, action: str, edits: tuple[Edit, ...]) -> None:
    card = scorer().score(performed(action, view="front"), performed(action, view="front", seed=2, edits=edits))
    assert {"left_arm", "right_arm"} <= {item.part for item in card.feedback}


def test_the_other_arm_is_not_blamed_for_where_a_low_one_draws_the_path(performed: Performed) -> None:
    edits = (LessAmplitude(("left_arm",), 0.5),)
    card = _card(performed, "overhead_press", "front", edits=edits)
    assert [item.part for item in card.feedback] == ["left_arm"]


def test_left_and_right_are_the_persons_own_when_mirrored(performed: Performed) -> None:
    punch = performed("punch", view="front")
    wrong = performed("punch", view="front", seed=2, edits=(RotateArm("l", "front", 40),))
    plain, turned = scorer().score(punch, wrong), scorer().score(punch, mirrored(wrong))
    assert turned.mirrored
    assert plain.feedback[0].part == "left_arm"
    assert turned.feedback[0].part == "right_arm"
    left, right = Keypoint.LEFT_ELBOW, Keypoint.RIGHT_ELBOW
    assert turned.keypoints[right].score == pytest.approx(plain.keypoints[left].score, abs=3)
    assert turned.heat is not None
    assert plain.heat is not None
    np.testing.assert_allclose(np.nanmax(turned.heat.degrees[2]), np.nanmax(plain.heat.degrees[1]), atol=3)


def test_heat_is_where_and_when_the_fault_is(performed: Performed) -> None:
    card = _card(performed, "lateral_raise", "front", edits=(LessAmplitude(("left_arm",), 0.4),))
    heat = card.heat
    assert heat is not None
    assert heat.degrees.shape == (6, 60)
    row, column = np.unravel_index(np.nanargmax(heat.degrees), heat.degrees.shape)
    assert heat.parts[row] == "left_arm"
    assert 15 < column < 45
    assert np.nanmax(heat.degrees[4:]) < 10  # legs


def test_parts_not_seen_are_not_in_the_heat(performed: Performed) -> None:
    squat = performed("squat", view="front")
    confidence = squat.confidence.copy()
    confidence[:, [8, 10]] = 0
    card = scorer().score(squat, PoseSequence(squat.xy, confidence, squat.t))
    assert card.heat is not None
    assert np.isnan(card.heat.degrees[2]).all()


@pytest.mark.parametrize(
    ("clip", "parts", "quantity", "direction"),
    [
        ("squat_userm_left_err", {"left_leg", "legs"}, "knee_bend", "less"),
        ("raise_userm_left_err", {"left_arm"}, "arm_height", "less"),
        ("jack_userm_front_err", {"arms"}, "arm_height", "less"),
        ("punch_userf_left_err", {"left_arm"}, "elbow_bend", "less"),
    ],
)
def test_errors_put_into_rendered_attempts(
    shared_avatar: Path, clip: str, parts: set[str], quantity: str, direction: str
) -> None:
    """By the exact keypoints of the rendered clips; what was changed stands in their recipe."""
    action, _, view, *_ = clip.split("_")
    item = scorer().score(_truth(shared_avatar, f"{action}_coach_{view}"), _truth(shared_avatar, clip)).feedback[0]
    assert item.part in parts
    assert (item.quantity, item.direction) == (quantity, direction)


def test_squat_is_said_in_the_degrees_of_the_recipe(shared_avatar: Path) -> None:
    coach, attempt = _truth(shared_avatar, "squat_coach_left"), _truth(shared_avatar, "squat_userm_left_err")
    assert sentences(scorer().score(coach, attempt))[0].startswith(
        "Bend your left knee more: 118° instead of 88° at "
    )


def _truth(folder: Path, clip: str) -> PoseSequence:
    with np.load(folder / "clips" / f"{clip}.npz", allow_pickle=False) as arrays:
        keypoints = arrays["kp"]
    confidence = np.where(keypoints[..., 2] == 2, 0.9, 0.2)
    return PoseSequence(keypoints[..., :2], confidence, np.arange(len(keypoints)) / 30)


def _errors(**degrees: float) -> np.ndarray:
    errors = np.full(17, 1.0)
    for key, value in degrees.items():
        errors[Keypoint[key.upper()]] = value
    return errors


@pytest.mark.parametrize(
    ("errors", "joint"),
    [
        (_errors(left_wrist=30, left_elbow=2), Keypoint.LEFT_WRIST),
        (_errors(left_wrist=30, left_elbow=20), Keypoint.LEFT_ELBOW),
        (_errors(left_wrist=30, left_elbow=20, right_shoulder=12), Keypoint.RIGHT_SHOULDER),
        (_errors(right_ankle=20, right_knee=12), Keypoint.RIGHT_KNEE),
        (_errors(nose=20, left_ear=18, left_shoulder=15), Keypoint.LEFT_SHOULDER),
    ],
)
def test_walk_to_the_cause(errors: np.ndarray, joint: Keypoint) -> None:
    first, *_ = causes(errors, np.ones(17, dtype=bool), least=7)
    assert first.joint == joint


def test_both_sides_are_one_cause() -> None:
    found = causes(_errors(left_knee=30, right_knee=27, left_wrist=12), np.ones(17, dtype=bool), least=7)
    assert [(c.joint, c.other_side) for c in found] == [(Keypoint.LEFT_KNEE, True), (Keypoint.LEFT_WRIST, False)]


def test_no_cause_below_the_least_and_none_where_nothing_counts() -> None:
    assert causes(_errors(left_knee=6.9), np.ones(17, dtype=bool), least=7) == ()
    counts = np.ones(17, dtype=bool)
    counts[Keypoint.LEFT_KNEE] = False
    assert causes(_errors(left_knee=60), counts, least=7) == ()


def _item(quantity: str, direction: str, part: str = "left_arm") -> FeedbackItem:
    return FeedbackItem(part, Keypoint.LEFT_WRIST, quantity, direction, 20.4, 88.2, 117.9, 1.84, 3.1, 20.0)


def test_words_are_exchangeable() -> None:
    german = {
        "Straighten your {part}: {amount}° more bent than the coach's at {time} s.":
            "Strecke den {part}: bei {time} s {amount}° stärker gebeugt als beim Trainer.",
        "left elbow": "linken Ellbogen",
    }  # fmt: skip
    text = sentence(_item("elbow_bend", "more"), lambda words: german[words])
    assert text == "Strecke den linken Ellbogen: bei 1.8 s 20° stärker gebeugt als beim Trainer."


def test_reason_is_what_is_said_without_a_total(standing: Pose) -> None:
    nobody = PoseSequence.from_poses([None] * 9, np.arange(9) / 30)
    card = scorer().score(nobody, nobody)
    assert sentences(card) == (card.reason,)


def test_tempo_in_words(performed: Performed) -> None:
    slow = _card(performed, "squat", "left", tempo=0.7).timing
    assert slow is not None
    assert re.fullmatch(r"You were (2[6-9]|3[0-4]) % slower than the coach\.", timing_sentence(slow))
    even = _card(performed, "squat", "left").timing
    assert even is not None
    assert timing_sentence(even) == "Your tempo was the coach's."


@pytest.mark.parametrize(
    ("coach", "attempt", "expected"),
    [
        (0, -20, ("lean_right", "more")),
        (0, 20, ("lean_left", "more")),
        (-25, 0, ("lean_right", "less")),
        (25, 0, ("lean_left", "less")),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_lean_is_named_by_the_way_that_it_goes(
    performed: Performed, coach: float, attempt: float, expected: tuple[str, str], turned: bool
) -> None:
    """“Lean further to your left” is nothing to say to somebody who leans to the right beside an upright coach."""
    example = performed("punch", view="front", edits=(LeanTrunk(sideways=coach),))
    tried = performed("punch", view="front", seed=2, edits=(LeanTrunk(sideways=attempt),))
    card = scorer().score(example, mirrored(tried) if turned else tried)
    assert card.mirrored is turned
    item = next(i for i in card.feedback if i.quantity.startswith("lean"))
    quantity, direction = expected
    if turned:
        quantity = {"lean_left": "lean_right", "lean_right": "lean_left"}[quantity]
    assert (item.quantity, item.direction) == (quantity, direction)


def test_leaning_back_is_not_said_to_be_too_little_forward(performed: Performed) -> None:
    card = _card(performed, "biceps_curl", "left", edits=(LeanTrunk(forward=-20),))
    item = next(i for i in card.feedback if i.part == "trunk")
    assert (item.quantity, item.direction) == ("lean_back", "more")
    assert sentence(item).startswith("Lean back less: ")


def _seen_otherwise(sequence: PoseSequence, torsos: float = 0.03) -> PoseSequence:
    """Every keypoint drifts slowly by itself, as estimators put them elsewhere in another body or dress."""
    rng = np.random.default_rng(0)
    torso = np.linalg.norm(sequence.xy[:, [5, 6]].mean(axis=1) - sequence.xy[:, [11, 12]].mean(axis=1), axis=1).max()
    phase, hertz = rng.uniform(0, 2 * np.pi, (17, 2)), rng.uniform(0.3, 0.6, (17, 2))
    drift = np.sqrt(2) * torsos * torso * np.sin(2 * np.pi * hertz * sequence.t[:, None, None] + phase)
    return PoseSequence(sequence.xy + drift, sequence.confidence, sequence.t)


@pytest.mark.parametrize("action", ["lateral_raise", "squat", "biceps_curl"])
def test_no_part_is_blamed_for_what_an_estimator_does_all_over(performed: Performed, action: str) -> None:
    card = scorer().score(performed(action, view="front"), _seen_otherwise(performed(action, view="front", seed=2)))
    assert card.total is not None
    assert card.total < 95
    assert card.feedback == ()


@pytest.mark.parametrize("action", ["lateral_raise", "biceps_curl"])
def test_what_stands_out_from_it_is_named(performed: Performed, action: str) -> None:
    wrong = performed(action, view="front", seed=2, edits=(RotateArm("r", "front", 12),))
    card = scorer().score(performed(action, view="front"), _seen_otherwise(wrong))
    assert [(i.part, i.quantity, i.direction) for i in card.feedback] == [("right_arm", "arm_height", "more")]
