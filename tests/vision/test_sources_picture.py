"""Photos as a source of one picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import ClipError
from poseapp.vision.sources.picture import PictureSource
from tests.clips import person_pictures

import cv2  # isort: skip - after the room that sets its environment


def test_gives_the_photo_once(tmp_path: Path) -> None:
    person = person_pictures(1)[0]
    path = tmp_path / "Ü 1.png"
    path.write_bytes(cv2.imencode(".png", person)[1].tobytes())
    with PictureSource(path) as source:
        frames = list(source)
    assert len(frames) == 1
    np.testing.assert_array_equal(frames[0].bgr, person)


@pytest.mark.parametrize(
    ("fixture", "sentence"),
    [
        ("missing", "There is no file"),
        ("directory", "is a folder"),
        ("zero_byte", "is empty"),
        ("text_renamed", "is not a picture"),
        ("unreadable", "cannot be opened"),
    ],
)
def test_what_is_wrong_is_said(fixture: str, sentence: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(fixture)
    with pytest.raises(ClipError, match=sentence):
        PictureSource(path).open()
