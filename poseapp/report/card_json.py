"""A score card as a JSON object; docs/command-line.md documents its fields, `VERSION` guards them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from poseapp.report.numbers import rounded
from poseapp.scoring import FeedbackItem, HeatMap, KeypointScore, MatchedTimes, ScoreCard, Span, Timing
from poseapp.scoring.wording import sentence, timing_sentence

__all__ = ["FORMAT", "VERSION", "card_document"]

#: Value of the ``format`` field, and its version: raised when a reader of the old one would be misled.
#: 2: the default method is ``form``, and all that it finds is told.
FORMAT = "poseapp-score"
VERSION = 2


def card_document(card: ScoreCard) -> dict[str, Any]:
    """The whole score card as plain dictionaries, lists, strings and numbers, in a fixed order.

    Parameters
    ----------
    card : ScoreCard
        What a scorer found.

    Returns
    -------
    dict
        ``format``, ``version``, then the fields of the card: ``method``, ``strictness``, ``take``, ``total`` (0..100
        or None), ``reason`` (why there is no total, else None), ``form``, ``timing``, ``mirrored``, ``feedback``
        (data and an English sentence each), ``seen_count``, ``keypoints`` (17, in keypoint order),
        ``reference_duration_s``, ``attempt_duration_s``, ``heat``, ``path``. No value is NaN.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "method": card.method,
        "strictness": card.strictness,
        "take": card.take,
        "total": rounded(card.total, 2),
        "reason": card.reason or None,
        "form": rounded(card.form, 2),
        "timing": None if card.timing is None else _timing(card.timing),
        "mirrored": card.mirrored,
        "feedback": [_feedback(item) for item in card.feedback],
        "seen_count": card.seen_count,
        "keypoints": [_keypoint(k) for k in card.keypoints],
        "reference_duration_s": rounded(card.reference_duration, 3),
        "attempt_duration_s": rounded(card.attempt_duration, 3),
        "heat": None if card.heat is None else _heat(card.heat),
        "path": None if card.path is None else _path(card.path),
    }


def _keypoint(score: KeypointScore) -> dict[str, Any]:
    return {
        "keypoint": score.keypoint.key,
        "score": rounded(score.score, 2),
        "seen": rounded(score.seen, 3),
    }


def _timing(timing: Timing) -> dict[str, Any]:
    return {
        "sentence": timing_sentence(timing),
        "score": rounded(timing.score, 2),
        "tempo_ratio": rounded(timing.tempo_ratio, 4),
        "departure_s": rounded(timing.departure_s, 3),
        "hurried": [_span(span) for span in timing.hurried],
        "hesitated": [_span(span) for span in timing.hesitated],
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "reference_start": rounded(span.reference_start, 3),
        "reference_end": rounded(span.reference_end, 3),
        "attempt_start": rounded(span.attempt_start, 3),
        "attempt_end": rounded(span.attempt_end, 3),
    }


def _feedback(item: FeedbackItem) -> dict[str, Any]:
    return {
        "sentence": sentence(item),
        "part": item.part,
        "joint": None if item.joint is None else item.joint.key,
        "both_sides": item.both_sides,
        "quantity": item.quantity,
        "direction": item.direction,
        "amount": rounded(item.amount, 3),
        "wanted": rounded(item.wanted, 1),
        "found": rounded(item.found, 1),
        "reference_t": rounded(item.reference_t, 3),
        "attempt_t": rounded(item.attempt_t, 3),
        "error": rounded(item.error, 2),
    }


def _heat(heat: HeatMap) -> dict[str, Any]:
    return {
        "t": _numbers(heat.t, 3),
        "degrees": {part: _numbers(row, 1) for part, row in zip(heat.parts, heat.degrees, strict=True)},
    }


def _path(path: MatchedTimes) -> dict[str, Any]:
    return {"reference": _numbers(path.reference, 3), "attempt": _numbers(path.attempt, 3)}


def _numbers(values: NDArray[np.float64], digits: int) -> list[float | None]:
    return [rounded(float(value), digits) for value in values]
