"""Attempts to keep, for the tests of the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from poseapp.library.history import AttemptRecord, History, PracticedReference
from poseapp.pose import PoseSequence

SQUAT = PracticedReference("squat/left", "Squat", "left")
PUNCH = PracticedReference("Schlag – 深.mp4", "Schlag – 深", "")
NOON = datetime(2026, 5, 4, 12, 0, 0, 123456, tzinfo=UTC)


def a_record(minutes: float = 0.0, **changes: Any) -> AttemptRecord:
    """An attempt at the squat that ended that many minutes after noon."""
    scores = np.linspace(20.0, 100.0, 17)
    scores[[4, 9]] = np.nan
    fields: dict[str, Any] = {
        "ended_at": NOON + timedelta(minutes=minutes),
        "reference": SQUAT,
        "method": "form",
        "strictness": "strict",
        "total": 61.25,
        "form": 60.1,
        "timing": 93.0,
        "reason": "",
        "sentence": "Bend your knees more.",
        "keypoint_scores": scores,
        "duration_s": 3.9,
        "card": '{"format": "poseapp-score"}',
        "model": "posenet-257",
    }
    return AttemptRecord(**(fields | changes))


def some_poses(count: int = 30, seed: int = 1) -> PoseSequence:
    """Anything, at 30 per second."""
    rng = np.random.default_rng(seed)
    return PoseSequence(rng.uniform(0, 720, (count, 17, 2)), rng.uniform(0, 1, (count, 17)), np.arange(count) / 30)


def two_attempts(folder: Path) -> Path:
    """The file of a history of two attempts, with the poses of seeds 1 and 2."""
    history = History(folder / "history.sqlite")
    history.add(a_record(), some_poses())
    history.add(a_record(1), some_poses(seed=2))
    return history.path


def fields_of(record: AttemptRecord, *leave_out: str) -> dict[str, Any]:
    """All fields in a form that can be compared, NaN included."""
    names = [name for name in AttemptRecord.__slots__ if name not in leave_out]
    values = {name: getattr(record, name) for name in names}
    return values | {"keypoint_scores": [None if np.isnan(v) else v for v in record.keypoint_scores.tolist()]}


def same(one: PoseSequence, other: PoseSequence) -> bool:
    """Whether both are the same to the bit."""
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("xy", "confidence", "t"))
