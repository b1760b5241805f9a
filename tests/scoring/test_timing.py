"""Timing: the tempo and where it was uneven, apart from form."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import PoseSequence
from poseapp.scoring import Timing, scorer
from tests.scoring.conftest import Performed


def _timing(reference: PoseSequence, attempt: PoseSequence) -> Timing:
    timing = scorer().score(reference, attempt).timing
    assert timing is not None
    return timing


@pytest.mark.parametrize("tempo", [0.6, 0.8, 1.25, 1.6])
def test_an_even_tempo_is_measured_and_costs_nothing(performed: Performed, tempo: float) -> None:
    timing = _timing(performed("squat", view="left"), performed("squat", view="left", seed=2, tempo=tempo))
    assert timing.tempo_ratio == pytest.approx(tempo, rel=0.08)
    assert timing.score >= 95
    assert timing.hurried == timing.hesitated == ()


def test_form_does_not_pay_for_timing(performed: Performed) -> None:
    reference, attempt = performed("squat", view="left"), _paused(performed("squat", view="left", seed=2), 0.8)
    card = scorer().score(reference, attempt)
    assert card.form is not None
    assert card.timing is not None
    assert card.form >= 95
    assert card.timing.score <= 60


def test_a_pause_is_found_where_it_was(performed: Performed) -> None:
    attempt = performed("squat", view="left", seed=2)
    timing = _timing(performed("squat", view="left"), _paused(attempt, 1.0))
    assert len(timing.hesitated) == 1
    span = timing.hesitated[0]
    at = attempt.t[_half_way(attempt)]
    assert span.attempt_start <= at + 0.3
    assert span.attempt_end >= at + 0.7
    assert span.attempt_end - span.attempt_start > span.reference_end - span.reference_start


def test_hurrying_is_found(performed: Performed) -> None:
    attempt = performed("squat", view="left", seed=2, tempo=0.5)
    middle = _half_way(attempt)
    t = attempt.t.copy()
    step = np.diff(t, prepend=t[0])
    step[middle:] /= 4  # the second half four times as fast
    timing = _timing(
        performed("squat", view="left"), PoseSequence(attempt.xy, attempt.confidence, np.cumsum(step) + 1e-9)
    )
    assert timing.hurried
    assert timing.hurried[-1].attempt_end > np.cumsum(step)[middle]


def _half_way(sequence: PoseSequence) -> int:
    """Frame in which the hips are half-way down for the first time."""
    hips = sequence.xy[:, 11, 1]
    return int(np.argmax(hips > (hips.min() + hips.max()) / 2))


def _paused(sequence: PoseSequence, seconds: float) -> PoseSequence:
    """Stops for a while half-way down."""
    i, n = _half_way(sequence), round(seconds * 30)
    order = np.concatenate([np.arange(i), np.full(n, i), np.arange(i, len(sequence))])
    xy = sequence.xy[order] + np.random.default_rng(0).normal(0, 0.5, (len(order), 17, 2))
    return PoseSequence(xy, sequence.confidence[order], np.arange(len(order)) / 30)


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.6, 0.9, 1.5])
@pytest.mark.parametrize("action", ["squat", "lateral_raise"])
def test_spans_and_score_agree(performed: Performed, action: str, seconds: float) -> None:
    """A low score has its reason, a high one needs none, and what was lost stands in the span."""
    attempt = _paused(performed(action, view="front", seed=2), seconds)
    timing = _timing(performed(action, view="front"), attempt)
    spans = timing.hurried + timing.hesitated
    assert bool(spans) == (timing.score < 90)
    assert all(timing.lost(span) > 0 for span in timing.hesitated)
    assert all(timing.lost(span) < 0 for span in timing.hurried)


def test_a_slight_drift_over_all_of_a_movement_is_no_hurrying(performed: Performed) -> None:
    """A quarter of a second in three is less than the departure that costs nothing."""
    attempt = performed("squat", view="left", seed=2)
    share = attempt.t / attempt.t[-1]
    drifting = PoseSequence(attempt.xy, attempt.confidence, attempt.t + 0.07 * np.sin(2 * np.pi * share))
    timing = _timing(performed("squat", view="left"), drifting)
    assert timing.score >= 90
    assert timing.hurried == timing.hesitated == ()


def test_a_stretch_at_many_times_the_tempo_has_no_timing(performed: Performed) -> None:
    """Half a second of a squat is no squat at six times the tempo."""
    attempt = performed("squat", view="left", seed=2)
    quick = PoseSequence(attempt.xy, attempt.confidence, attempt.t / 6)
    assert scorer().score(performed("squat", view="left"), quick).timing is None
