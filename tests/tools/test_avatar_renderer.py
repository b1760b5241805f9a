"""The renderer on a real OpenGL context; skipped where moderngl or EGL is missing."""

from contextlib import closing

import numpy as np
import pytest

from tools.motion.camera import turned

moderngl = pytest.importorskip("moderngl", reason="moderngl is not installed (tools/requirements-render.txt)")

from tools.avatar.body import AvatarBody  # noqa: E402
from tools.avatar.clip import Film, FilmError, Shot  # noqa: E402
from tools.avatar.renderer import Renderer  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def _context():
    try:
        moderngl.create_standalone_context(backend="egl").release()
    except Exception as error:  # noqa: BLE001 - moderngl raises plain Exception where there is no EGL
        pytest.skip(f"no OpenGL without a display here: {error}")


@pytest.fixture(scope="module")
def film():
    return Film(Shot("squat", "front", "coach"))


@pytest.fixture(scope="module")
def pictures(film):
    return list(film.frames([0, 45], supersampling=1.0))


def test_the_surface_that_is_seen_lies_just_before_the_keypoint(film, pictures):
    frame = pictures[0]
    for keypoint in (0, 5, 6, 13, 14):
        x, y = film.xy[0, keypoint].astype(int)
        below = film.depth[0, keypoint] - frame.depth[y, x]
        assert -0.02 < below < 0.2


def test_keypoints_are_seen_from_the_front_and_far_ones_are_not_from_the_side(film, pictures):
    assert film.seen(0, pictures[0]).all()
    side = Film(Shot("squat", "left", "coach"))
    flags = side.seen(0, next(iter(side.frames([0], supersampling=1.0))))
    assert flags[[0, 1, 3, 5, 7, 9, 11, 13, 15]].all()  # what is on the left, and the nose
    assert not flags[[4, 6, 8, 10, 12, 14]].any()  # what is on the right


def test_the_picture_shows_skin_shirt_and_wall_in_their_colours(film, pictures):
    bgr = pictures[0].bgr.astype(int)
    x, y = film.xy[0, [5, 6, 11, 12]].mean(axis=0).astype(int)
    blue, green, red = bgr[y, x]
    assert blue > green > red  # the coach's shirt is blue
    x, y = film.xy[0, 0].astype(int)
    blue, green, red = bgr[y + 6, x]
    assert red > green > blue  # skin
    wall = bgr[40, 40]
    assert wall.min() > 180
    assert np.ptp(wall) < 12


def test_the_same_posture_gives_the_same_bytes(film, pictures):
    again = list(film.frames([0, 45], supersampling=1.0))
    for one, other in zip(pictures, again, strict=True):
        assert np.array_equal(one.bgr, other.bgr)
        assert np.array_equal(one.depth, other.depth)


def test_drawing_only_what_changed_gives_what_drawing_everything_would(film, pictures):
    fresh = next(iter(film.frames([45], supersampling=1.0)))  # a first picture is drawn whole
    difference = np.abs(fresh.bgr.astype(int) - pictures[1].bgr)
    assert difference.max() <= 2
    assert np.array_equal(fresh.depth, pictures[1].depth)


def test_a_figure_that_leaves_the_picture_is_not_filmed(film):
    dressed = film.dressed()
    with closing(Renderer(film.room, dressed, film.look, 1.0)) as renderer:
        places = turned(dressed.rest, 0.0)
        assert renderer.render(places, dressed.normals(places)).bgr.shape == (720, 540, 3)
    small = AvatarBody.load("coach")
    giant = AvatarBody(
        small.name, small.vertices * 1.5, small.heads * 1.5, small.bones, small.parents, small.weights,
        small.regressor, small.parts, small.uv,
    )  # fmt: skip
    with pytest.raises(FilmError, match="leaves the picture"):
        Film(Shot("jumping_jack", "front", "coach"), giant)
