"""Attempts for the tests of the history: what each was worth is what the test says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from poseapp.library.history import AttemptRecord, History, PracticedReference
from poseapp.pose import Keypoint, PoseSequence
from poseapp.report.card_json import card_json
from poseapp.scoring import FeedbackItem, KeypointScore, ScoreCard, Timing

if TYPE_CHECKING:
    from tests.ui.desk import Desk

SQUAT = PracticedReference("squat/left", "Squat", "left")
BEND = PracticedReference("side_bend/front", "Side bend", "front")
CLIP = PracticedReference("my_own_move.mp4", "my_own_move", "")
#: Noon of a day in November, by the clock of this computer.
NOON = datetime(2026, 11, 20, 12).astimezone()


def card_of(
    total: float | None, keypoints: Mapping[Keypoint, float | None] | None = None, *, knees: float = 30.0
) -> ScoreCard:
    """A card with this total; every keypoint has 80 but those that `keypoints` names."""
    scores = dict.fromkeys(Keypoint, 80.0) | dict(keypoints or {})
    found = tuple(KeypointScore(k, scores[k], 0.0 if scores[k] is None else 1.0) for k in Keypoint)
    if total is None:
        return ScoreCard("form", None, found, 2.0, 1.0, reason="Too little of you was seen to judge this.")
    item = FeedbackItem(
        "legs", Keypoint.LEFT_KNEE, "knee_bend", "less", knees, 90.0, 90.0 + knees, 1.2, 1.3, knees, True
    )
    timing = Timing(93.0, 1.0, 0.05)
    return ScoreCard("form", total, found, 2.0, 1.9, form=total, timing=timing, strictness="normal", feedback=(item,))


def add(
    history: History,
    total: float | None,
    at: datetime = NOON,
    reference: PracticedReference = SQUAT,
    keypoints: Mapping[Keypoint, float | None] | None = None,
    *,
    strictness: str = "normal",
    model: str = "movenet-thunder",
) -> AttemptRecord:
    """Keep an attempt that ended at `at`."""
    card = card_of(total, keypoints)
    record = AttemptRecord(
        ended_at=at.astimezone(UTC),
        reference=reference,
        method=card.method,
        strictness=strictness,
        total=card.total,
        form=card.form,
        timing=None if card.timing is None else card.timing.score,
        reason=card.reason,
        sentence="Bend your knees more: 120° instead of 90° at 1.3 s." if card.feedback else "",
        keypoint_scores=np.array([np.nan if k.score is None else k.score for k in card.keypoints]),
        duration_s=1.9,
        card=card_json(card),
        model=model,
    )
    return history.add(record, PoseSequence(np.ones((3, 17, 2)), np.ones((3, 17)), np.arange(3) / 30))


def kept(desk: Desk) -> tuple[AttemptRecord, ...]:
    """What another program finds on the disk."""
    return History(desk.history.path).attempts()


def fill(history: History) -> None:
    """Three movements: squats over weeks, one side bend that was not judged, and a clip of one's own."""
    for days, total in ((12, 43.0), (11, 50.4), (11, 47.0), (6, 63.0), (1, 81.0), (0, 77.6)):
        add(history, total, NOON - timedelta(days=days, minutes=int(total)))
    add(history, 70.0, NOON - timedelta(days=3), BEND)
    add(history, None, NOON - timedelta(days=2), BEND, dict.fromkeys(Keypoint))
    add(history, 91.0, NOON - timedelta(days=20), CLIP, {Keypoint.RIGHT_WRIST: None, Keypoint.RIGHT_ELBOW: None})


def fill_otherwise(history: History) -> None:
    """Squats over a week, of which two were judged otherwise than the newest: gently, and by another model too."""
    for days, total, manner in (
        (6, 43.0, {}),
        (5, 92.0, {"strictness": "gentle"}),
        (3, 55.0, {}),
        (2, 95.0, {"strictness": "gentle", "model": "posenet-257"}),
        (1, 64.0, {}),
        (0, 60.0, {}),
    ):
        add(history, total, NOON - timedelta(days=days), **manner)
