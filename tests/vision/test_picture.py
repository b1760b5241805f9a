"""Pictures: read upright, fitted without distortion, placed in a model's input and found again."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import ClipError
from poseapp.pose import Box
from poseapp.vision.picture import ModelInput, fit_inside, for_screen, read_picture

import cv2  # isort: skip - after the room that sets its environment


def _blob(width: int, height: int, x: float, y: float, sigma: float) -> np.ndarray:
    """A bright spot on black whose centre of gravity is at pixel-centre coordinates (x, y)."""
    rows, columns = np.mgrid[0:height, 0:width]
    value = 255 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * sigma**2))
    return np.repeat(value[..., None], 3, axis=2).astype(np.uint8)


def _centre_of_gravity(image: np.ndarray) -> np.ndarray:
    rows, columns = np.mgrid[0 : image.shape[0], 0 : image.shape[1]]
    weight = image.astype(np.float64)
    return np.array([(columns * weight).sum(), (rows * weight).sum()], dtype=np.float64) / weight.sum()


@pytest.mark.parametrize(
    ("width", "height", "region"),
    [
        (1280, 720, None),
        (720, 1280, None),
        (540, 720, None),
        (200, 150, None),
        (1280, 720, Box(400, 100, 900, 600)),
        (1280, 720, Box(333.3, -120.5, 1083.3, 629.5)),
        (1281, 721, Box(-200, 100, 1500, 900)),
        (3840, 2160, Box(1000, 200, 2600, 1800)),
    ],
)
def test_a_place_in_the_input_is_found_again_in_the_picture(width: int, height: int, region: Box | None) -> None:
    spot = 0.52 * width, 0.4 * height
    picture = _blob(width, height, *spot, sigma=max(width, height) / 60)
    tensor, placement = ModelInput(257, 257, "int32", 0, 255).place(picture, region)
    found = placement.to_picture(_centre_of_gravity(tensor[0, :, :, 0]).astype(np.float32))
    # A hundredth of the side of an input pixel's footprint is what eight-bit values allow; half is the wrong centre.
    np.testing.assert_allclose(found, spot, atol=0.06 * placement.scale)


def test_aspect_is_kept_and_the_rest_is_black() -> None:
    white = np.full((720, 1280, 3), 255, dtype=np.uint8)
    tensor, _ = ModelInput(256, 256, "int32", 0, 255).place(white)
    rows = np.flatnonzero(tensor[0, :, 128, 0] > 127)
    assert len(rows) == 256 * 720 / 1280
    assert rows.mean() == pytest.approx(127.5)
    assert (tensor[0, 128, :, 0] == 255).all()
    assert (tensor[0, :50] == 0).all()


def test_a_region_beyond_the_picture_is_black_there() -> None:
    white = np.full((100, 100, 3), 255, dtype=np.uint8)
    tensor, _ = ModelInput(100, 100, "int32", 0, 255).place(white, Box(-50, -50, 50, 50))
    assert (tensor[0, 50:, 50:] == 255).all()
    assert tensor[0, :50].max() == 0
    assert tensor[0, :, :50].max() == 0


@pytest.mark.parametrize("region", [Box(2000, 0, 2100, 100), Box(-400, -400, -300, -300), Box(5, 5, 5, 5)])
def test_a_region_without_any_picture_is_no_crash(region: Box) -> None:
    white = np.full((100, 100, 3), 255, dtype=np.uint8)
    tensor, _ = ModelInput(64, 64, "int32", 0, 255).place(white, region)
    assert tensor.shape == (1, 64, 64, 3)


def test_colours_are_rgb_in_the_models_range() -> None:
    picture = np.zeros((64, 64, 3), dtype=np.uint8)
    picture[:] = (0, 51, 255)  # blue, green, red
    tensor, _ = ModelInput(64, 64, "float32", -1, 1).place(picture)
    np.testing.assert_allclose(tensor[0, 32, 32], (1.0, -0.6, -1.0), atol=1e-6)
    assert tensor.dtype == np.float32


def test_the_picture_is_not_written_to() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (300, 500, 3), dtype=np.uint8)
    before = picture.copy()
    picture.setflags(write=False)
    ModelInput(257, 257, "float32", -1, 1).place(picture, Box(-10, 50, 290, 350))
    np.testing.assert_array_equal(picture, before)


def test_large_pictures_do_not_alias() -> None:
    """Lines finer than an input pixel become grey, not a pattern."""
    lines = np.zeros((2056, 2056, 3), dtype=np.uint8)
    lines[::2] = 255
    tensor, _ = ModelInput(257, 257, "int32", 0, 255).place(lines)
    assert tensor.std() < 3


@pytest.mark.parametrize(
    ("size", "room", "expected"),
    [
        ((1280, 720), (640, 640), (640, 360)),
        ((720, 1280), (640, 640), (360, 640)),
        ((1920, 1080), (1000, 200), (356, 200)),
        ((320, 240), (1000, 1000), (320, 240)),
        ((3000, 1), (300, 300), (300, 1)),
    ],
)
def test_fit_inside_keeps_the_aspect_and_never_enlarges(
    size: tuple[int, int], room: tuple[int, int], expected: tuple[int, int]
) -> None:
    fitted = fit_inside(np.zeros((size[1], size[0], 3), dtype=np.uint8), *room)
    assert (fitted.shape[1], fitted.shape[0]) == expected


def test_fit_inside_averages() -> None:
    checks = np.zeros((512, 512, 3), dtype=np.uint8)
    checks[::2, ::2] = checks[1::2, 1::2] = 200
    assert np.abs(fit_inside(checks, 128, 128).astype(int) - 100).max() <= 1


def _jpeg(path: Path, orientation: int | None) -> Path:
    """A JPEG 80 × 40, black with a white left half, with an EXIF orientation (TIFF 6.0, tag 274)."""
    picture = np.zeros((40, 80, 3), dtype=np.uint8)
    picture[:, :40] = 255
    coded = cv2.imencode(".jpg", picture)[1].tobytes()
    if orientation is not None:
        tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + struct.pack(">HHIHH", 274, 3, 1, orientation, 0) + bytes(4)
        segment = b"Exif\0\0" + tiff
        coded = coded[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + coded[2:]
    path.write_bytes(coded)
    return path


def test_a_phones_photo_is_turned_upright(tmp_path: Path) -> None:
    plain = read_picture(_jpeg(tmp_path / "plain.jpg", None))
    assert plain.shape == (40, 80, 3)
    assert plain[20, 10].min() > 200
    # 6: the row that is the first in the file is the right side of the upright picture.
    turned = read_picture(_jpeg(tmp_path / "Übung mit Leerzeichen.jpg", 6))
    assert turned.shape == (80, 40, 3)
    assert turned[10, 20].min() > 200
    assert turned[70, 20].max() < 50


def test_a_huge_photo_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    cv2.imwrite(str(path), np.zeros((600, 6000, 3), dtype=np.uint8))
    assert read_picture(path).shape == (384, 3840, 3)


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text", "cut"])
def test_what_is_no_picture_gets_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo.jpg"
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("Milk, bread")
    elif kind == "cut":
        path.write_bytes(_jpeg(path, None).read_bytes()[:50])
    with pytest.raises(ClipError, match=r"photo\.jpg") as caught:
        read_picture(path)
    assert caught.value.sentence.endswith(".")
    assert caught.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_photo(tmp_path: Path) -> None:
    path = _jpeg(tmp_path / "photo.jpg", None)
    path.chmod(0)
    with pytest.raises(ClipError, match="cannot be opened"):
        read_picture(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "photo.jpg")
    with pytest.raises(ClipError, match="not an ordinary file"):
        read_picture(tmp_path / "photo.jpg")


@pytest.mark.parametrize(
    ("size", "room", "expected"),
    [
        ((640, 480), (640, 480), (640, 480)),
        ((640, 480), (320, 300), (320, 240)),
        ((640, 480), (1280, 2000), (1280, 960)),  # a dense screen shows more pixels than the camera has
        ((640, 480), (100_000, 100_000), (3840, 2880)),
    ],
)
def test_for_screen_fits_the_screen_exactly(
    size: tuple[int, int], room: tuple[int, int], expected: tuple[int, int]
) -> None:
    bgr = np.zeros((size[1], size[0], 3), dtype=np.uint8)
    shown = for_screen(bgr, *room)
    assert (shown.shape[1], shown.shape[0]) == expected
    assert shown.shape[2] == 4
    assert shown[..., 3].min() == 255


@pytest.mark.parametrize("room", [(64, 48), (32, 24), (128, 96)])
def test_for_screen_turns_the_picture_as_a_mirror_does(room: tuple[int, int]) -> None:
    bgr = np.zeros((48, 64, 3), dtype=np.uint8)
    bgr[:, :32] = 200
    shown = for_screen(bgr, *room, mirrored=True)
    assert (shown.shape[1], shown.shape[0]) == room
    assert shown[:, -4:, :3].min() == 200
    assert shown[:, :4, :3].max() == 0
    assert bgr[0, 0, 0] == 200
