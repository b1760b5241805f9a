"""What all tests of attempts share: each is judged once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from benchmarks.attempt_poses import RenderedAttempt
from benchmarks.library_truth import judged
from poseapp.scoring import ScoreCard

Judged = Callable[[RenderedAttempt, str], ScoreCard]


@pytest.fixture(scope="session")
def card_of() -> Judged:
    """The score card of an attempt for a model."""
    return cache(judged)
