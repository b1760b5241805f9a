"""Properties of the default score that hold whatever the movement."""

from __future__ import annotations

import dataclasses
import itertools
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poseapp.pose import KEYPOINTS, Keypoint, PoseSequence
from poseapp.scoring import ScoreCard, scorer
from poseapp.scoring.form import FormScorer, score_of
from tests.scoring.conftest import Performed
from tools.motion.faults import graded
from tools.motion.nuisances import mirrored, moved

ACTIONS = ["squat", "lateral_raise", "biceps_curl", "punch", "arm_circle"]
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _score(reference: PoseSequence, attempt: PoseSequence, **how: Any) -> ScoreCard:
    return scorer().score(reference, attempt, **how)


def _total(reference: PoseSequence, attempt: PoseSequence, **how: Any) -> float:
    total = _score(reference, attempt, **how).total
    assert total is not None
    return total


def test_the_curve_in_closed_form() -> None:
    assert score_of(0) == 100
    assert score_of(9.5) == 50
    assert score_of(19) == pytest.approx(100 / 17)
    assert score_of(19, tolerance=2) == 50
    assert score_of(float("inf")) == 0


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("view", ["front", "left"])
def test_identity_scores_100(performed: Performed, action: str, view: str) -> None:
    sequence = performed(action, view=view)
    card = _score(sequence, sequence)
    assert card.total == pytest.approx(100)
    assert card.form == card.total
    assert all(k.score == pytest.approx(100) for k in card.keypoints if k.score is not None)
    assert card.feedback == ()
    assert card.timing is not None
    assert card.timing.score == 100
    assert card.timing.tempo_ratio == pytest.approx(1)
    assert not card.mirrored


@FEW
@given(
    scale=st.floats(0.3, 4), x=st.floats(-900, 900), y=st.floats(-900, 900), later=st.floats(0, 5000),
    action=st.sampled_from(ACTIONS),
)  # fmt: skip
def test_place_size_and_clock_change_nothing(
    performed: Performed, scale: float, x: float, y: float, later: float, action: str
) -> None:
    reference, attempt = performed(action, view="front"), performed(action, view="front", seed=5, tempo=0.8)
    there = moved(attempt, scale, (x, y))
    there = PoseSequence(there.xy, there.confidence, there.t + later)
    # float32 pixels and sampling times shifted by less than a frame are all that may differ
    assert _total(reference, there) == pytest.approx(_total(reference, attempt), abs=1.0)


@FEW
@given(fps=st.sampled_from([15.0, 20.0, 25.0, 30.0, 50.0, 60.0]), action=st.sampled_from(ACTIONS))
def test_the_frame_rate_changes_nothing(performed: Performed, fps: float, action: str) -> None:
    assert _total(performed(action, view="front"), performed(action, view="front", seed=6, fps=fps)) >= 95


@pytest.mark.parametrize("action", ACTIONS)
def test_mirrored_reference_and_attempt_score_alike(performed: Performed, action: str) -> None:
    reference, attempt = performed(action, view="front"), performed(action, view="front", seed=7)
    straight, turned = _total(reference, attempt), _total(mirrored(reference), mirrored(attempt))
    assert turned == pytest.approx(straight, abs=0.5)


@pytest.mark.parametrize("action", ["squat", "lateral_raise", "biceps_curl", "overhead_press"])
def test_less_amplitude_never_scores_higher(performed: Performed, action: str) -> None:
    view = "left" if action == "squat" else "front"
    reference = performed(action, view=view)
    totals = [
        _total(reference, performed(action, view=view, seed=8, **graded(keep).how()))
        for keep in (1.0, 0.85, 0.7, 0.55, 0.4, 0.25)
    ]
    assert all(more >= less - 0.5 for more, less in itertools.pairwise(totals))
    assert totals[0] >= 95
    assert totals[-1] <= 10


@pytest.mark.parametrize("strictness", ["strict", "normal", "gentle"])
def test_gentler_never_scores_lower(performed: Performed, strictness: str) -> None:
    reference, attempt = performed("squat", view="left"), performed("squat", view="left", seed=2, **graded(0.7).how())
    card = FormScorer(strictness).score(reference, attempt)  # type: ignore[arg-type]
    assert card.strictness == strictness
    assert card.total is not None
    assert card.total >= _total(reference, attempt)


def test_idle_is_free_and_a_missing_part_costs(performed: Performed) -> None:
    reference = performed("squat", view="left")
    idle = performed("squat", view="left", seed=3, before=2.5, after=3.0, relaxed=True)
    broken = performed("squat", view="left", seed=3, until=0.5)
    assert _total(reference, idle) >= 95
    assert _total(reference, broken) <= 40


def test_only_the_coachs_keypoints_count(performed: Performed) -> None:
    reference = performed("squat", view="front")
    attempt = performed("squat", view="front", seed=4)
    xy = attempt.xy.copy()
    xy[:, Keypoint.LEFT_WRIST, 1] -= 60
    wrong = PoseSequence(xy, attempt.confidence, attempt.t)
    legs = tuple(k for k in KEYPOINTS if k >= Keypoint.LEFT_HIP)
    assert _total(reference, wrong) <= 60
    assert _total(reference, wrong, keypoints=legs) >= 95


def test_keypoints_without_weight_are_irrelevant(performed: Performed) -> None:
    """Whatever the others do, and in whatever order they are named."""
    reference, attempt = performed("squat", view="front"), performed("squat", view="front", seed=4)
    legs = (Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE, Keypoint.LEFT_ANKLE, Keypoint.RIGHT_ANKLE)
    xy = attempt.xy.copy()
    arms = [7, 8, 9, 10]
    xy[:, arms] = xy[:, arms[::-1]] + 40
    other = PoseSequence(xy, attempt.confidence, attempt.t)
    assert _total(reference, other, keypoints=legs) == pytest.approx(_total(reference, attempt, keypoints=legs))
    assert _total(reference, attempt, keypoints=legs[::-1]) == _total(reference, attempt, keypoints=legs)


def _numbers(value: object) -> list[float]:
    if isinstance(value, np.ndarray):
        return [] if value.dtype.kind not in "fi" else [float(v) for v in value.ravel()]
    if isinstance(value, float | int):
        return [float(value)]
    if isinstance(value, tuple | list):
        return [n for v in value for n in _numbers(v)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [n for f in dataclasses.fields(value) if f.name != "heat" for n in _numbers(getattr(value, f.name))]
    return []


@settings(max_examples=60)
@given(data=st.data())
def test_no_nan_ever_reaches_a_user(data: st.DataObject) -> None:
    """Whatever a model may report: nobody, one point, everything in one place, wild positions, two frames."""

    def sequence() -> PoseSequence:
        frames = data.draw(st.integers(0, 50))
        rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
        spread = data.draw(st.sampled_from([0.0, 1.0, 100.0, 1e6]))
        kind = data.draw(st.sampled_from(["none", "some", "all", "legs"]))
        confidence = rng.random((frames, 17))
        if kind == "none":
            confidence[:] = 0
        elif kind == "some":
            confidence[rng.random((frames, 17)) < 0.7] = 0
        elif kind == "legs":
            confidence[:, :11] = 0
        t = np.cumsum(rng.uniform(0.001, 0.2, frames))
        return PoseSequence(rng.normal(0, 1, (frames, 17, 2)) * spread, confidence, t)

    card = scorer().score(sequence(), sequence())
    numbers = _numbers(card)
    assert np.isfinite(numbers).all()
    assert (card.total is None) == bool(card.reason)
    assert card.total is None or 0 <= card.total <= 100


def test_memory_is_bounded_for_ten_minutes(performed: Performed) -> None:
    """In one matrix ten minutes against ten would take 2.6 GB; peak of what numpy and dtaidistance ask for."""
    one = performed("squat", view="left")
    many = int(600 / one.duration) + 1
    xy = np.tile(one.xy, (many, 1, 1))
    ten_minutes = PoseSequence(xy, np.tile(one.confidence, (many, 1)), np.arange(len(xy)) / 30)
    tracemalloc.start()
    try:
        total = _total(ten_minutes, ten_minutes)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert total == pytest.approx(100)
    assert peak < 600e6


def test_nothing_that_counts_was_seen_in_the_reference(performed: Performed) -> None:
    """Then no keypoint has a say about the path either."""
    squat = performed("squat", view="left")
    confidence = squat.confidence.copy()
    confidence[:, Keypoint.LEFT_KNEE :] = 0
    legs = (Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE, Keypoint.LEFT_ANKLE, Keypoint.RIGHT_ANKLE)
    card = _score(PoseSequence(squat.xy, confidence, squat.t), squat, keypoints=legs)
    assert card.total is None
    assert card.reason.startswith("None of the keypoints that count is seen in the reference")
