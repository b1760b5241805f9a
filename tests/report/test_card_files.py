"""A score card as JSON and as text says what the card says, and nothing else."""

from __future__ import annotations

import io
import json
from math import nan

import msgspec
import pytest
from rich.console import Console

from poseapp.pose import KEYPOINTS, Keypoint
from poseapp.report.card_json import card_document
from poseapp.report.card_text import card_text
from poseapp.report.numbers import rounded
from poseapp.scoring import KeypointScore, ScoreCard


def _card(total: float | None = 83.456, reason: str = "") -> ScoreCard:
    scores = {k: 100.0 - 5 * k for k in KEYPOINTS} | {Keypoint.LEFT_ANKLE: None}
    return ScoreCard(
        method="classic",
        total=total,
        keypoints=tuple(KeypointScore(k, scores[k], 0.12345 if scores[k] is None else 1.0) for k in KEYPOINTS),
        reference_duration=3.60012,
        attempt_duration=4.0,
        reason=reason,
    )


def _shown(card: ScoreCard, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(card_text(card))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_document_has_the_documented_fields_in_their_order() -> None:
    document = card_document(_card())
    assert list(document) == [
        "format",
        "version",
        "method",
        "total",
        "reason",
        "seen_count",
        "keypoints",
        "reference_duration_s",
        "attempt_duration_s",
    ]
    assert document["format"] == "poseapp-score"
    assert document["version"] == 1
    assert (document["total"], document["reason"], document["seen_count"]) == (83.46, None, 16)
    assert document["reference_duration_s"] == 3.6
    assert [k["keypoint"] for k in document["keypoints"]] == [k.key for k in KEYPOINTS]
    assert document["keypoints"][9] == {"keypoint": "left_wrist", "score": 55.0, "seen": 1.0}
    assert document["keypoints"][15] == {"keypoint": "left_ankle", "score": None, "seen": 0.123}


def test_no_score_is_null_with_a_reason_and_nan_never_appears() -> None:
    card = _card(None, "Nobody was seen in the attempt, so there is no score.")
    text = msgspec.json.encode(card_document(card)).decode()
    document = json.loads(text, parse_constant=pytest.fail)
    assert document["total"] is None
    assert document["reason"] == card.reason
    assert card_document(_card(nan))["total"] is None


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(None, 2, None), (nan, 2, None), (float("inf"), 0, None), (2.0 / 3, 3, 0.667), (-1e-9, 2, 0.0)],
)
def test_rounded(value: float | None, digits: int, expected: float | None) -> None:
    assert rounded(value, digits) == expected
    assert str(rounded(-1e-9, 2)) == "0.0"


def test_the_text_lists_the_worst_keypoint_first_and_the_unseen_last() -> None:
    lines = _shown(_card()).splitlines()
    assert lines[0] == "Total 83 of 100"
    rows = lines[4:]
    assert len(rows) == 17
    assert rows[0].split() == ["right", "ankle", "20", "████", "100%"]
    assert rows[-2].split() == ["nose", "100", "█" * 20, "100%"]
    assert rows[-1].split() == ["left", "ankle", "–", "not", "seen", "12%"]


def test_the_text_without_a_score_says_why() -> None:
    reason = "Nobody was seen in the attempt, so there is no score."
    assert _shown(_card(None, reason)).startswith(f"No score. {reason}\n")


def test_scores_beyond_the_scale_keep_their_number_and_a_bar_within_it() -> None:
    keypoints = tuple(KeypointScore(k, -41.0 if k % 2 else 100.0, 1.0) for k in KEYPOINTS)
    text = _shown(ScoreCard("classic", 29.5, keypoints, 1.0, 1.0))
    assert "-41" in text
    assert max(line.count("█") for line in text.splitlines()) == 20


def test_the_text_fits_a_narrow_terminal() -> None:
    assert max(map(len, _shown(_card(), width=60).splitlines())) <= 60
