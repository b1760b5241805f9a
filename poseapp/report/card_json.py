"""A score card as a JSON object; docs/command-line.md documents its fields, `VERSION` guards them."""

from __future__ import annotations

from typing import Any

from poseapp.report.numbers import rounded
from poseapp.scoring import KeypointScore, ScoreCard

__all__ = ["FORMAT", "VERSION", "card_document"]

#: Value of the ``format`` field, and its version: raised when a reader of the old one would be misled.
FORMAT = "poseapp-score"
VERSION = 1


def card_document(card: ScoreCard) -> dict[str, Any]:
    """The score card as plain dictionaries, lists, strings and numbers, in a fixed order.

    Parameters
    ----------
    card : ScoreCard
        What a scorer found.

    Returns
    -------
    dict
        ``format``, ``version``, ``method``, ``total`` (0..100 or None), ``reason`` (why there is no total, else
        None), ``seen_count``, ``keypoints`` (17, in keypoint order), ``reference_duration_s``,
        ``attempt_duration_s``. No value is NaN.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "method": card.method,
        "total": rounded(card.total, 2),
        "reason": card.reason or None,
        "seen_count": card.seen_count,
        "keypoints": [_keypoint(k) for k in card.keypoints],
        "reference_duration_s": rounded(card.reference_duration, 3),
        "attempt_duration_s": rounded(card.attempt_duration, 3),
    }


def _keypoint(score: KeypointScore) -> dict[str, Any]:
    return {
        "keypoint": score.keypoint.key,
        "score": rounded(score.score, 2),
        "seen": rounded(score.seen, 3),
    }
