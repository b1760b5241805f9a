"""Reference, attempt and judgement with the real model on the demo clips."""

from __future__ import annotations

from pathlib import Path

import pytest

from poseapp.errors import Cancelled, ClipError
from poseapp.session.headless import practise
from poseapp.session.references import load_reference
from poseapp.vision.models import DEFAULT_MODEL

DEMO = Path(__file__).resolve().parents[2] / "assets" / "demo"
COACH, ATTEMPT = DEMO / "side_bend_coach.mp4", DEMO / "side_bend_attempt.mp4"


def test_a_clip_against_itself_is_worth_100_and_passes_its_own_still() -> None:
    told: list[tuple[int, int | None]] = []
    attempt = practise(COACH, COACH, DEFAULT_MODEL, progress=lambda done, total: told.append((done, total)))
    assert attempt.card.total == 100
    assert attempt.trace is not None
    assert attempt.trace.best is not None
    assert attempt.trace.best[1] == pytest.approx(1.0)
    frames = len(attempt.poses)
    assert [done for done, _ in told] == [*range(1, frames + 1)] * 2


def test_the_demo_attempt_is_seen_and_is_not_perfect() -> None:
    attempt = practise(ATTEMPT, COACH, DEFAULT_MODEL)
    assert attempt.card.total is not None
    assert attempt.card.total < 100
    assert attempt.card.seen_count >= 12
    assert attempt.card.attempt_duration == pytest.approx(124 / 30, abs=0.02)  # 125 frames at 30 per second


def test_a_reference_carries_what_is_needed_to_practise() -> None:
    reference = load_reference(COACH, DEFAULT_MODEL)
    assert (reference.name, reference.clip, reference.frame_size, reference.model) == (
        "side_bend_coach",
        COACH,
        (540, 720),
        DEFAULT_MODEL,
    )
    assert reference.poses.t[0] == pytest.approx(0.0, abs=0.05)


def test_loading_can_be_cancelled() -> None:
    done: list[int] = []
    with pytest.raises(Cancelled):
        load_reference(
            COACH,
            DEFAULT_MODEL,
            progress=lambda count, total: done.append(count),
            cancelled=lambda: len(done) >= 3,
        )
    assert done == [1, 2, 3]


def test_a_missing_clip_is_said() -> None:
    with pytest.raises(ClipError):
        load_reference(DEMO / "missing.mp4", DEFAULT_MODEL)
