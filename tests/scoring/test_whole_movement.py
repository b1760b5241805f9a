"""What is said of an attempt that was not the movement."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.scoring import scorer
from tests.scoring.conftest import Performed
from tools.motion import impostors


@pytest.mark.parametrize(
    ("asked", "view", "done", "seen_from"),
    [
        ("squat", "front", "lunge", "left"),
        ("squat", "left", "front_kick", "left"),
        ("punch", "left", "side_bend", "front"),
        ("biceps_curl", "left", "squat", "left"),
        ("shoulder_shrug", "front", "squat", "front"),
    ],
)
@pytest.mark.parametrize("reps", [1, 3])
def test_whoever_moves_is_not_told_to_have_stood_still(
    performed: Performed, asked: str, view: str, done: str, seen_from: str, reps: int
) -> None:
    """Nothing fits, so the path takes a short stretch of it in which the person rests."""
    attempt = performed(done, view=seen_from, seed=2, reps=reps, before=1, after=1)
    card = scorer().score(performed(asked, view=view), attempt)
    assert [(i.quantity, i.direction) for i in card.feedback] == [("movement", "other")]


@pytest.mark.parametrize("action", ["squat", "shoulder_shrug"])
@pytest.mark.parametrize("percent", [1.0, 3.0])
def test_whoever_stands_still_is_told_so_whatever_the_jitter(
    performed: Performed, action: str, percent: float
) -> None:
    coach = performed(action, view="front")
    still = impostors.still_median(coach, np.random.default_rng(0), percent)
    assert [i.direction for i in scorer().score(coach, still).feedback] == ["still"]


@pytest.mark.parametrize("action", ["squat", "knee_raise", "biceps_curl"])
def test_poses_that_jump_about_are_neither_still_nor_another_movement(performed: Performed, action: str) -> None:
    coach, rng = performed(action, view="left"), np.random.default_rng(4)
    for jumping in (impostors.noise_only(coach, rng), impostors.shuffled(coach, rng)):
        card = scorer().score(coach, jumping)
        assert card.total == pytest.approx(0, abs=1)
        assert [(i.quantity, i.direction) for i in card.feedback] == [("movement", "unsteady")]
