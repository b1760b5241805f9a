from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from poseapp.pose import Pose
from tests.session.fakes import Stage


@pytest.fixture
def stage(standing: Pose) -> Iterator[Callable[..., Stage]]:
    """Makes stages whose sessions are stopped after the test."""
    stages: list[Stage] = []

    def make(pose: Pose | None = standing, **session_options: object) -> Stage:
        stages.append(Stage(pose, **session_options))
        return stages[-1]

    yield make
    for made in stages:
        for estimator in made.estimators:
            estimator.gate.set()
        made.stop()
