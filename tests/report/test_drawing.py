"""Skeletons, marks and letters on pictures, looked at pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from poseapp.pose import Keypoint
from poseapp.report import lettering
from poseapp.report.drawing import COLOURS, draw_mark, draw_pill, draw_skeleton, pill_width
from poseapp.report.lettering import draw_text, text_width, wrapped

GREY = (128, 128, 128)
_K = Keypoint


def canvas(height: int = 720, width: int = 540) -> np.ndarray:
    return np.full((height, width, 3), 128, dtype=np.uint8)


def is_colour(pixel: np.ndarray, colour: str) -> bool:
    """Within what antialiasing leaves on the flat parts of a shape."""
    return int(np.abs(pixel.astype(int) - COLOURS[colour]).max()) <= 16


def leg() -> tuple[np.ndarray, np.ndarray]:
    """Only a left thigh is seen: upright, from (200, 100) to (200, 300)."""
    xy, seen = np.zeros((17, 2), dtype=np.float32), np.zeros(17, dtype=np.bool_)
    xy[_K.LEFT_HIP], xy[_K.LEFT_KNEE] = (200, 100), (200, 300)
    seen[[_K.LEFT_HIP, _K.LEFT_KNEE]] = True
    return xy, seen


def test_the_colours_are_the_windows() -> None:
    pytest.importorskip("PySide6")
    from poseapp.ui.theme import TOKENS

    for name, (blue, green, red) in COLOURS.items():
        assert getattr(TOKENS, name).lower() == f"#{red:02x}{green:02x}{blue:02x}", name


def test_a_limb_is_a_line_with_a_casing_of_twice_its_width() -> None:
    picture = canvas()
    draw_skeleton(picture, *leg(), "green")
    row = picture[200]
    assert is_colour(row[200], "green")
    assert is_colour(row[204], "rail")
    assert is_colour(row[196], "rail")
    assert tuple(row[207]) == tuple(row[193]) == GREY
    column = picture[112:288, 200]
    assert (column == COLOURS["green"]).all()
    # Discs of 6.7 with a casing of 2.5 at the joints.
    assert is_colour(picture[100, 205], "green")
    assert is_colour(picture[100, 208], "rail")
    assert tuple(picture[100, 211]) == GREY


def test_widths_grow_with_the_picture() -> None:
    picture = canvas(1440, 1080)
    draw_skeleton(picture, *leg(), "text")
    assert is_colour(picture[200, 204], "text")
    assert is_colour(picture[200, 208], "rail")
    assert tuple(picture[200, 212]) == GREY


def test_what_is_not_seen_is_not_drawn() -> None:
    xy, seen = leg()
    seen[_K.LEFT_KNEE] = False
    picture = canvas()
    draw_skeleton(picture, xy, seen, "green")
    assert (picture[115:] == 128).all()
    assert is_colour(picture[100, 200], "green")  # the hip alone


def test_what_differs_is_dashed_with_a_diamond_in_magenta() -> None:
    differs = np.zeros(17, dtype=np.bool_)
    differs[_K.LEFT_KNEE] = True
    picture = canvas()
    draw_skeleton(picture, *leg(), "green", differs)
    column = picture[:, 200]
    # 13 px on, 10 px off from y = 100, seen between the joints.
    for y in range(115, 288):
        on = (y - 100) % 23
        if 2 <= on <= 11:
            assert is_colour(column[y], "bad"), y
        elif 15 <= on <= 21:
            assert is_colour(column[y], "rail"), y
    assert is_colour(picture[100, 200], "green")  # the hip agrees
    # A diamond reaches farther along its axes than across its corners.
    assert is_colour(picture[300, 207], "bad")
    assert not is_colour(picture[306, 206], "bad")


def test_the_head_is_one_line_from_between_the_shoulders() -> None:
    xy, seen = np.zeros((17, 2), dtype=np.float32), np.zeros(17, dtype=np.bool_)
    xy[_K.LEFT_SHOULDER], xy[_K.RIGHT_SHOULDER], xy[_K.NOSE], xy[_K.LEFT_EYE] = (
        (300, 300),
        (200, 300),
        (250, 200),
        (400, 100),
    )
    seen[[_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER, _K.NOSE, _K.LEFT_EYE]] = True
    picture = canvas()
    draw_skeleton(picture, xy, seen, "green")
    assert is_colour(picture[250, 250], "green")
    assert tuple(picture[100, 400]) == GREY


@pytest.mark.parametrize("mark", ["disc", "square", "diamond"])
def test_marks_are_told_apart_by_their_corners(mark: str) -> None:
    picture = canvas(100, 100)
    draw_mark(picture, mark, 50, 50, 20, "amber")  # type: ignore[arg-type]
    amber = (picture == COLOURS["amber"]).all(axis=2)
    assert amber[50, 50]
    assert amber[50 + 16, 50 + 16] == (mark == "square")
    assert amber[50, 50 + 19] == (mark != "square")
    assert amber[50, 50 + 23] == (mark == "diamond")
    assert 1000 < amber.sum() < 1400  # of about the same area: 400 pi


def test_a_pill_keeps_to_its_size_and_lets_some_of_the_picture_through() -> None:
    picture = np.full((60, 200, 3), 255, dtype=np.uint8)
    draw_pill(picture, "Demo", 10, 10, "amber")
    width = pill_width("Demo")
    outside = np.ones(picture.shape[:2], dtype=np.bool_)
    outside[10:46, 10 : 10 + width] = False
    assert (picture[outside] == 255).all()
    assert (picture[10, 10] == 255).all()  # round ends
    # 82 % of (16, 15, 11) over white.
    assert np.abs(picture[28, 18].astype(int) - (59, 58, 55)).max() <= 1
    assert (np.abs(picture.astype(int) - COLOURS["amber"]).max(axis=2) < 30).sum() > 20


@pytest.fixture(params=["shipped typeface", "OpenCV 4", "no file"])
def letters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[None]:
    if request.param == "OpenCV 4":
        monkeypatch.delattr(cv2, "FontFace", raising=False)
    elif request.param == "no file":
        monkeypatch.setattr(lettering, "assets_dir", lambda: tmp_path)
    lettering._face.cache_clear()
    yield
    lettering._face.cache_clear()


@pytest.mark.usefixtures("letters")
def test_text_stands_on_its_line_and_is_as_wide_as_said() -> None:
    picture = canvas(120, 600)
    draw_text(picture, "H108 – H", 20, 80, 40, (255, 255, 255), "Inter-SemiBold")
    drawn = np.argwhere((picture > 200).all(axis=2))
    top, left = drawn.min(axis=0)
    bottom, right = drawn.max(axis=0)
    assert abs(bottom - 80) <= 3
    assert 24 <= bottom - top <= 36  # capitals are 0.727 of the size
    assert abs(left - 20) <= 6
    assert abs(right - left - text_width("H108 – H", 40)) <= 10


@pytest.mark.usefixtures("letters")
def test_long_text_is_broken_between_words() -> None:
    text = "Bend your knees more: 115° instead of 82° at 1.4 s."
    assert wrapped(text, 10_000, 26) == (text,)
    lines = wrapped(text, 300, 26)
    assert len(lines) >= 2
    assert " ".join(lines) == text
    assert all(text_width(line, 26) <= 300 for line in lines)
    assert wrapped("unbreakable", 5, 26) == ("unbreakable",)
