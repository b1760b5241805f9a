"""The figures of the scoring benchmark, against their definitions."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import scoring
from benchmarks.scoring_parts.options import auc
from benchmarks.scoring_parts.people import FROM_OPENPOSE, from_openpose, load
from benchmarks.scoring_parts.synthetic import amplitude_hidden, amplitude_seen, severity
from benchmarks.scoring_parts.synthetic_cases import (
    SETS,
    Case,
    Result,
    attempts_at,
    reference_of,
    references,
    told_apart_from,
)
from benchmarks.scoring_parts.table import Cell, Part, Row, at_least, at_most, spread
from poseapp.pose import Keypoint
from poseapp.scoring import ScoreCard
from tools import motion

# Names of OpenPose's 18 keypoints in its COCO order.
_OPENPOSE = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye",
    "right_ear", "left_ear",
)  # fmt: skip


def test_openpose_keypoints_get_their_own_names():
    assert tuple(_OPENPOSE[i] for i in FROM_OPENPOSE) == tuple(k.key for k in Keypoint)
    array = np.zeros((3, 18, 3), dtype=np.float32)
    array[:, 4] = (50, 60, 0.8)
    sequence = from_openpose(array)
    assert sequence.xy[1, Keypoint.RIGHT_WRIST] == pytest.approx([50, 60])
    assert sequence.confidence[1].sum() == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("right", "wrong", "area"),
    [([3, 4], [1, 2], 1.0), ([1, 2], [3, 4], 0.0), ([1, 1], [1, 1], 0.5), ([2, 4], [1, 3], 0.75)],
)
def test_area_under_the_curve_counts_pairs(right, wrong, area):
    assert auc(right, wrong) == pytest.approx(area)


def test_a_goal_is_for_the_last_number_and_nothing_measured_misses_it():
    row = Row("x", {"good": Cell((50, 9.0)), "bad": Cell((1, 11.0)), "none": Cell((np.nan,))}, at_most(10))
    assert [row.reached(c) for c in ("good", "bad", "none", "absent")] == [True, False, False, None]
    assert Row("x", {"a": Cell((1.0,))}).reached("a") is None
    assert str(at_least(0.99)) == "≥ 0.99"
    document = Part("t", [row]).document()
    assert document["rows"][0]["cells"]["none"]["numbers"] == [None]


def test_spread_is_median_ninetieth_percentile_and_maximum():
    assert spread(range(101)) == (50, 90, 100)


def test_labelled_sequences_are_read_without_unpickling(shared_data):
    sequences = load(shared_data / "form_bicep.npz")
    assert len(sequences) == 16
    assert sum("_good_" in name for name in sequences) == 6
    assert all(len(s) > 50 and s.confidence[:, Keypoint.NOSE].mean() > 0.3 for s in sequences.values())


def test_cases_are_the_same_every_time_and_cover_every_kind():
    action = motion.ACTIONS["squat"]
    first, second = (list(attempts_at(action, "left", quick=True)) for _ in range(2))
    assert [c.name for c in first] == [c.name for c in second]
    assert all(np.array_equal(a.attempt.xy, b.attempt.xy) for a, b in zip(first, second, strict=True))
    assert {c.kind for c in first} == {"repeat", "fault", "two faults", "broken off", "graded", "impostor"}
    assert len(reference_of(action, "left")) > 60


def test_references_are_those_of_the_sets_that_were_asked_for():
    assert {(s, a.name) for s, a, _ in references(("unseen",), quick=False)} == {
        ("unseen", a.name) for a in motion.UNSEEN
    }
    assert len(list(references(tuple(SETS), quick=False))) == 3 * len(motion.ACTIONS)
    assert len(list(references(("tuning", "held out"), quick=True))) == 18


def test_nothing_unseen_is_needed_to_measure_the_others():
    unseen = {a.name for a in motion.UNSEEN}
    for action in (*motion.TUNING, *motion.HELD_OUT):
        others = {a.name for a in told_apart_from(action)}
        assert others == set(motion.ACTIONS) - unseen
    for action in motion.UNSEEN:
        assert {a.name for a in told_apart_from(action)} == set(motion.ACTIONS)


@pytest.mark.parametrize(
    ("typed", "sets"),
    [
        ("tuning", ("tuning",)),
        ("unseen,held-out", ("held out", "unseen")),
        ("held out", ("held out",)),
        ("all", ("tuning", "held out", "unseen")),
    ],
)
def test_sets_are_chosen_by_name_in_the_order_of_the_table(typed, sets):
    assert scoring.sets_of(typed) == sets


def test_a_set_that_does_not_exist_is_refused(capsys):
    with pytest.raises(SystemExit):
        scoring.main(["speed", "--sets", "tuning,new"])
    assert "there is no set new" in capsys.readouterr().err


@pytest.mark.parametrize(("action", "view", "seen"), [("squat", "left", True), ("outward_rotation", "left", False)])
def test_a_series_of_amplitudes_says_how_much_of_it_is_seen(action, view, seen):
    cases = [c for c in attempts_at(motion.ACTIONS[action], view, quick=True) if c.kind == "graded"]
    (degrees,) = {c.degrees for c in cases}
    assert (degrees >= 10) == seen


def _graded(view, degrees, totals):
    """One series of results with these totals, from all of the amplitude to none."""
    action, attempt = motion.ACTIONS["squat"], reference_of(motion.ACTIONS["squat"], view)
    duration = attempt.duration
    return [
        Result(
            "tuning",
            action,
            view,
            Case("graded", str(i), attempt, degrees=degrees, keep=1 - i / 10),
            {"form": ScoreCard("form", total, (), duration, duration)},
        )
        for i, total in enumerate(totals)
    ]


def test_what_the_view_hides_is_counted_apart_and_none_is_lost():
    results = [
        *_graded("left", 40, (90, 50, 20)),
        *_graded("right", 10, (50, 90, 20)),
        *_graded("front", 9.9, (1, 1, 1)),
    ]
    seen, hidden = amplitude_seen(results), amplitude_hidden(results)
    assert len(seen) + len(hidden) == len(results)
    assert severity(seen, "form") == (pytest.approx((-0.75,)), 2)  # of -1 and -1/2
    assert severity(hidden, "form") == ((0.0,), 1)
