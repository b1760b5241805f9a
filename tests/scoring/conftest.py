"""Movements of our own for the tests of scoring."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from poseapp.pose import PoseSequence
from tools import motion
from tools.motion.nuisances import noisy

Performed = Callable[..., PoseSequence]


@pytest.fixture(scope="session")
def performed() -> Performed:
    """An action as an estimator sees it: ``performed("squat", view="left", seed=2, noise=1.0, ...)``."""

    def perform(action: str, *, seed: int = 1, noise: float = 1.0, **how: object) -> PoseSequence:
        sequence = motion.perform(action, seed=seed, **how).sequence()  # type: ignore[arg-type]
        return noisy(sequence, np.random.default_rng(seed), noise) if noise else sequence

    return perform
