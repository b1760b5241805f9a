"""The demo: which clips it is made of, and what comes of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import Cancelled, ClipError, LibraryError
from poseapp.library.reference import Origin
from poseapp.library.shelf import default_library
from poseapp.paths import assets_dir
from poseapp.scoring.wording import sentences
from poseapp.session.demo import DEMO_REFERENCE, clip_pictures, demo_attempt, demo_reference, run_demo
from poseapp.vision.models import DEFAULT_MODEL
from poseapp.vision.sources.file import FileSource


def test_an_attempt_at_the_built_in_example_is_judged_honestly() -> None:
    told: list[int] = []
    demo = run_demo(DEFAULT_MODEL, progress=lambda done, _: told.append(done))
    assert demo.reference.name == DEMO_REFERENCE
    assert demo.reference.model == DEFAULT_MODEL
    assert demo.clip == demo_attempt()
    # The coach's poses are kept with the example: only the attempt was looked at.
    assert told == list(range(1, len(demo.attempt.poses) + 1))
    total = demo.attempt.card.total
    assert total is not None
    assert 20 < total < 80  # a squat, but a shallow one
    # The first page promises what the demo gives; other processors may round the poses otherwise.
    picture = (assets_dir() / "first_run" / "score.png").read_bytes()
    promised = re.search(rb"tEXtScore\0(\d+)", picture)
    assert promised is not None
    assert abs(int(promised[1]) - total) < 1.5, "the first page shows another score: make first-run"
    assert sentences(demo.attempt.card)[0].startswith("Bend your knees more")
    assert demo.attempt.trace is not None


def test_the_built_in_example_is_meant_even_beside_an_own_one_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(assets_dir() / "references" / "squat" / "left", tmp_path / "references" / "squat" / "left")
    monkeypatch.setattr("poseapp.library.shelf.user_data_dir", lambda: tmp_path)
    assert default_library().find(DEMO_REFERENCE).origin is Origin.OWN
    assert demo_reference().origin is Origin.BUILT_IN


def test_an_installation_without_its_clips_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poseapp.session.demo.assets_dir", lambda: tmp_path)
    with pytest.raises(LibraryError, match="squat/left"):
        demo_reference()
    with pytest.raises(ClipError):
        next(clip_pictures(demo_attempt()))


def test_a_demo_can_be_cancelled() -> None:
    told: list[int] = []
    with pytest.raises(Cancelled):
        run_demo(DEFAULT_MODEL, progress=lambda done, _: told.append(done), cancelled=lambda: len(told) >= 2)
    assert told == [1, 2]


def test_pictures_come_from_the_first_with_their_times() -> None:
    with FileSource(demo_attempt()) as source:
        wanted = [(frame.media_time, frame.bgr) for _, frame in zip(range(4), source, strict=False)]
    pictures = clip_pictures(demo_attempt())
    for t, bgr in wanted:
        given_t, given = next(pictures)
        assert given_t == t
        assert np.array_equal(given, bgr)
    pictures.close()
