"""A score card as JSON and as text says what the card says, and nothing else."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from math import nan

import msgspec
import numpy as np
import pytest
from rich.console import Console

from poseapp.pose import KEYPOINTS, Keypoint
from poseapp.report.card_json import card_document
from poseapp.report.card_text import MIRRORED, card_text
from poseapp.report.numbers import rounded
from poseapp.scoring import (
    PARTS,
    FeedbackItem,
    HeatMap,
    KeypointScore,
    MatchedTimes,
    ScoreCard,
    Span,
    Timing,
)
from poseapp.scoring.wording import NOTHING


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


def _full_card() -> ScoreCard:
    """A card with everything that a method may tell."""
    knees = FeedbackItem(
        "legs", Keypoint.LEFT_ANKLE, "knee_bend", "less", 30.0, 88.0, 118.0, 1.8, 2.1, 24.5, both_sides=True
    )
    arm = FeedbackItem("left_arm", None, "delay", "more", 0.3, None, None, 0.9, 1.2, 9.0)
    head = FeedbackItem("head", Keypoint.NOSE, "position", "other", None, None, None, 0.2, 0.3, 8.0)
    degrees = np.full((len(PARTS), 2), 5.0)
    degrees[0] = nan, 3.34
    degrees[-1, 1] = nan
    return replace(
        _card(61.239),
        method="form",
        form=61.239,
        timing=Timing(87.654, 1.25, 0.1234, hurried=(Span(0.5, 1.25, 0.4, 0.8),)),
        mirrored=True,
        strictness="normal",
        take=2,
        feedback=(knees, arm, head),
        heat=HeatMap(tuple(PARTS), np.array([0.5, 1.5]), degrees),
        path=MatchedTimes(np.array([0, 1 / 30, 2 / 30]), np.array([0, 0, 0.04])),
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
        "strictness",
        "take",
        "total",
        "reason",
        "form",
        "timing",
        "mirrored",
        "feedback",
        "seen_count",
        "keypoints",
        "reference_duration_s",
        "attempt_duration_s",
        "heat",
        "path",
    ]
    assert document["format"] == "poseapp-score"
    assert document["version"] == 2
    assert (document["total"], document["reason"], document["seen_count"]) == (83.46, None, 16)
    assert document["reference_duration_s"] == 3.6
    assert [k["keypoint"] for k in document["keypoints"]] == [k.key for k in KEYPOINTS]
    assert document["keypoints"][9] == {"keypoint": "left_wrist", "score": 55.0, "seen": 1.0}
    assert document["keypoints"][15] == {"keypoint": "left_ankle", "score": None, "seen": 0.123}


def test_what_a_method_does_not_tell_is_null() -> None:
    document = card_document(_card())
    assert [document[key] for key in ("take", "form", "timing", "heat", "path")] == [None] * 5
    assert (document["mirrored"], document["feedback"]) == (False, [])


def test_the_document_is_the_whole_card() -> None:
    document = json.loads(msgspec.json.encode(card_document(_full_card())), parse_constant=pytest.fail)
    assert (document["strictness"], document["take"], document["form"]) == ("normal", 2, 61.24)
    assert document["mirrored"] is True
    assert document["timing"] == {
        "sentence": "You were 25 % faster than the coach. At 0.5–1.2 s you hurried and gained 0.2 s.",
        "score": 87.65,
        "tempo_ratio": 1.25,
        "departure_s": 0.123,
        "hurried": [{"reference_start": 0.5, "reference_end": 1.25, "attempt_start": 0.4, "attempt_end": 0.8}],
        "hesitated": [],
    }
    assert document["feedback"][0] == {
        "sentence": "Bend your knees more: 118° instead of 88° at 1.8 s.",
        "part": "legs",
        "joint": "left_ankle",
        "both_sides": True,
        "quantity": "knee_bend",
        "direction": "less",
        "amount": 30.0,
        "wanted": 88.0,
        "found": 118.0,
        "reference_t": 1.8,
        "attempt_t": 2.1,
        "error": 24.5,
    }
    second = document["feedback"][1]
    assert second["sentence"] == "Move your left arm earlier: 0.3 s late at 0.9 s."
    assert (second["joint"], second["amount"], second["wanted"], second["found"]) == (None, 0.3, None, None)
    assert document["heat"]["t"] == [0.5, 1.5]
    assert list(document["heat"]["degrees"]) == list(PARTS)
    assert document["heat"]["degrees"]["head"] == [None, 3.3]
    assert document["heat"]["degrees"]["right_leg"] == [5.0, None]
    assert document["path"] == {"reference": [0.0, 0.033, 0.067], "attempt": [0.0, 0.0, 0.04]}


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


def test_the_text_says_what_to_change_then_the_timing_then_the_other_side() -> None:
    lines = _shown(_full_card(), width=120).splitlines()
    assert lines[:7] == [
        "Total 61 of 100",
        "Bend your knees more: 118° instead of 88° at 1.8 s.",
        "Move your left arm earlier: 0.3 s late at 0.9 s.",
        "Hold your head as the coach does at 0.2 s.",
        "Timing 88 of 100: You were 25 % faster than the coach. At 0.5–1.2 s you hurried and gained 0.2 s.",
        MIRRORED,
        "Method form, normal; 16 of 17 keypoints judged; reference 3.6 s, attempt 4.0 s.",
    ]
    assert lines[7] == ""
    assert lines[-1].split()[:5] == ["left", "ankle", "–", "not", "seen"]


def test_the_text_of_a_perfect_repeat_says_that_there_is_nothing_to_change() -> None:
    card = replace(_card(100.0), method="form", form=100.0)
    assert _shown(card).splitlines()[1] == NOTHING


def test_the_text_never_shows_nan() -> None:
    keypoints = tuple(KeypointScore(k, nan, 1.0) for k in KEYPOINTS)
    text = _shown(ScoreCard("classic", nan, keypoints, 1.0, 1.0))
    assert text.startswith("No score.")
    assert "nan" not in text
    assert text.count("not seen") == 17


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
