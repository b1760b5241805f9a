"""Fixtures that all tests share."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from poseapp.pose import Pose
from tests.leaks import no_thread_leaks  # noqa: F401 - holds for every test

pytest_plugins = ["tests.bad_input"]

# The same examples for everybody, however slow the machine; HYPOTHESIS_PROFILE=search looks for others.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

_NUMBERS = itertools.count()
_ROOT = Path(__file__).resolve().parent.parent


def _beside_the_project(name: str) -> Path:
    folder = _ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"the measuring data ../shared/{name} does not lie beside the project")
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real clips and peers' outputs that may be measured with but not shipped."""
    return _beside_the_project("data")


@pytest.fixture(scope="session")
def shared_avatar() -> Path:
    """Folder of the avatar prototype: clips with exact ground truth."""
    return _beside_the_project("avatar")


@pytest.fixture(autouse=True)
def own_library(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's own library, which does not exist yet, instead of the one of whoever runs the tests."""
    folder = tmp_path_factory.getbasetemp() / "own library" / str(next(_NUMBERS))
    monkeypatch.setattr("poseapp.library.shelf.user_data_dir", lambda: folder)
    monkeypatch.setattr("poseapp.library.history.user_data_dir", lambda: folder)
    return folder / "references"


@pytest.fixture(scope="session")
def standing() -> Pose:
    """A person standing upright facing the camera, torso 100 px long, all keypoints certain."""
    xy = np.array(
        [
            [200, 60], [206, 54], [194, 54], [214, 58], [186, 58],
            [230, 100], [170, 100], [240, 150], [160, 150], [245, 200], [155, 200],
            [220, 200], [180, 200], [222, 280], [178, 280], [224, 360], [176, 360],
        ],
        dtype=np.float32,
    )  # fmt: skip
    return Pose(xy, np.ones(17, dtype=np.float32))
