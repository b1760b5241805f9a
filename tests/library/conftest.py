"""A reference that can be written, and what it consists of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poseapp.library.entry import Entry
from poseapp.library.writing import write_entry
from poseapp.pose import Keypoint, PoseSequence

Write = Callable[..., Entry]


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What :func:`write_entry` takes. The clip is copied unseen, so any bytes do."""
    clip = tmp_path_factory.mktemp("clips") / "mine.mov"
    clip.write_bytes(b"pictures" * 1000)
    rng = np.random.default_rng(5)
    t = np.arange(40) / 30
    visible = rng.random((40, 17)) > 0.3
    xy = rng.uniform(0, 540, (40, 17, 2))
    return {
        "clip": clip,
        "poses": PoseSequence(xy, rng.uniform(0, 1, (40, 17)), t),
        "truth": PoseSequence(xy + 1, visible, t),
        "frame_size": (540, 720),
        "model": "posenet-257",
        "thumbnail": b"\xff\xd8 a JPEG",
        "title": "Übung 1",
        "action": "squat",
        "view": "left",
        "keypoints": (Keypoint.RIGHT_KNEE, Keypoint.LEFT_KNEE),
        "cues": ("Sit back.", "Heels down."),
        "stills": (0.5, 1.0),
        "notes": "First line\nsecond line",
        "source": "me",
        "licence": "CC0",
    }


@pytest.fixture
def write(parts: dict[str, Any], tmp_path: Path) -> Write:
    """Writes that reference below ``tmp_path / "own"``, with changes."""

    def write(name: str = "squat/left", root: Path | None = None, **changes: Any) -> Entry:
        return write_entry(root or tmp_path / "own", name, **(parts | changes))

    return write
