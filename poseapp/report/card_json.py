"""A score card as a JSON object; docs/command-line.md documents its fields, `VERSION` guards them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from poseapp.report.numbers import finite, rounded
from poseapp.scoring import FeedbackItem, HeatMap, KeypointScore, MatchedTimes, ScoreCard, Span, Timing
from poseapp.scoring.wording import sentence, timing_sentence

__all__ = ["FORMAT", "VERSION", "card_document", "card_json"]

#: Value of the ``format`` field, and its version: raised when a reader of the old one would be misled.
#: 2: the default method is ``form``, and all that it finds is told.
FORMAT = "poseapp-score"
VERSION = 2

#: A number and the decimals that say enough for a reader.
_Number: TypeAlias = Callable[[float | None, int], float | None]


def card_json(card: ScoreCard) -> str:
    """The whole score card as JSON text with exact numbers, see :func:`poseapp.report.card_reading.read_card`."""
    return msgspec.json.encode(card_document(card, exact=True)).decode()


def card_document(card: ScoreCard, *, exact: bool = False) -> dict[str, Any]:
    """The whole score card as plain dictionaries, lists, strings and numbers, in a fixed order.

    Parameters
    ----------
    card : ScoreCard
        What a scorer found.
    exact : bool
        Numbers to their last digit in place of as many as a reader needs, so that the same card can be made of them.

    Returns
    -------
    dict
        ``format``, ``version``, then the fields of the card: ``method``, ``strictness``, ``take``, ``total`` (0..100
        or None), ``reason`` (why there is no total, else None), ``form``, ``timing``, ``mirrored``, ``feedback``
        (data and an English sentence each), ``seen_count``, ``keypoints`` (17, in keypoint order),
        ``reference_duration_s``, ``attempt_duration_s``, ``heat``, ``path``. No value is NaN.
    """
    number: _Number = _whole if exact else rounded
    return {
        "format": FORMAT,
        "version": VERSION,
        "method": card.method,
        "strictness": card.strictness,
        "take": card.take,
        "total": number(card.total, 2),
        "reason": card.reason or None,
        "form": number(card.form, 2),
        "timing": None if card.timing is None else _timing(card.timing, number),
        "mirrored": card.mirrored,
        "feedback": [_feedback(item, number) for item in card.feedback],
        "seen_count": card.seen_count,
        "keypoints": [_keypoint(k, number) for k in card.keypoints],
        "reference_duration_s": number(card.reference_duration, 3),
        "attempt_duration_s": number(card.attempt_duration, 3),
        "heat": None if card.heat is None else _heat(card.heat, number),
        "path": None if card.path is None else _path(card.path, number),
    }


def _keypoint(score: KeypointScore, number: _Number) -> dict[str, Any]:
    return {
        "keypoint": score.keypoint.key,
        "score": number(score.score, 2),
        "seen": number(score.seen, 3),
    }


def _timing(timing: Timing, number: _Number) -> dict[str, Any]:
    return {
        "sentence": timing_sentence(timing),
        "score": number(timing.score, 2),
        "tempo_ratio": number(timing.tempo_ratio, 4),
        "departure_s": number(timing.departure_s, 3),
        "hurried": [_span(span, number) for span in timing.hurried],
        "hesitated": [_span(span, number) for span in timing.hesitated],
    }


def _span(span: Span, number: _Number) -> dict[str, Any]:
    return {
        "reference_start": number(span.reference_start, 3),
        "reference_end": number(span.reference_end, 3),
        "attempt_start": number(span.attempt_start, 3),
        "attempt_end": number(span.attempt_end, 3),
    }


def _feedback(item: FeedbackItem, number: _Number) -> dict[str, Any]:
    return {
        "sentence": sentence(item),
        "part": item.part,
        "joint": None if item.joint is None else item.joint.key,
        "both_sides": item.both_sides,
        "quantity": item.quantity,
        "direction": item.direction,
        "amount": number(item.amount, 3),
        "wanted": number(item.wanted, 1),
        "found": number(item.found, 1),
        "reference_t": number(item.reference_t, 3),
        "attempt_t": number(item.attempt_t, 3),
        "error": number(item.error, 2),
    }


def _heat(heat: HeatMap, number: _Number) -> dict[str, Any]:
    return {
        "t": _numbers(heat.t, 3, number),
        "degrees": {part: _numbers(row, 1, number) for part, row in zip(heat.parts, heat.degrees, strict=True)},
    }


def _path(path: MatchedTimes, number: _Number) -> dict[str, Any]:
    return {"reference": _numbers(path.reference, 3, number), "attempt": _numbers(path.attempt, 3, number)}


def _numbers(values: NDArray[np.float64], digits: int, number: _Number) -> list[float | None]:
    return [number(float(value), digits) for value in values]


def _whole(value: float | None, _digits: int) -> float | None:
    return finite(value)
