"""The camera of the avatar's room, against plain pinhole arithmetic and against its own matrix for OpenGL."""

import numpy as np
import pytest

from tools.avatar.scene import LOOKS, ROOMS, Camera, light_matrix, look_at

LEVEL = Camera(distance=4.0, height=1.0, aim=1.0, fov=90.0, size=(600, 800))


def test_a_level_camera_projects_like_a_pinhole():
    # 90 degrees of view over 800 pixels: the focal length is 400 pixels.
    xy, depth = LEVEL.project(np.array([[0, 0, 1.0], [0.5, 0, 1.0], [0, 1.0, 2.0], [-1.0, -2.0, 0.0]]))
    assert depth == pytest.approx([4, 4, 5, 2])
    assert xy == pytest.approx(np.array([[300, 400], [350, 400], [300, 320], [100, 600]]))


def test_the_aim_is_in_the_middle_of_the_picture_and_up_is_up():
    camera = Camera(distance=4.2, height=1.6, aim=0.9)
    xy, depth = camera.project(np.array([[0, 0, 0.9], [0, 0, 1.5]]))
    assert xy[0] == pytest.approx([270, 360])
    assert depth[0] == pytest.approx(np.hypot(4.2, 0.7))
    assert xy[1, 1] < 360
    assert xy[1, 0] == pytest.approx(270)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_the_matrix_for_the_renderer_says_the_same_as_the_projection(room, rng_points):
    camera = room.camera
    clip = np.column_stack((rng_points, np.ones(len(rng_points)))) @ camera.matrix().T
    ndc = clip[:, :3] / clip[:, 3:]
    xy, depth = camera.project(rng_points)
    width, height = camera.size
    assert np.column_stack(((ndc[:, 0] + 1) * width / 2, (1 - ndc[:, 1]) * height / 2)) == pytest.approx(xy)
    assert camera.metres((ndc[:, 2] + 1) / 2) == pytest.approx(depth)


@pytest.fixture
def rng_points():
    return np.random.default_rng(4).uniform((-1, -0.8, 0), (1, 0.8, 2.2), (40, 3))


def test_a_view_matrix_turns_and_shifts_but_does_not_bend():
    view = look_at(np.array([1.0, -3.0, 1.5]), np.array([0.0, 0.0, 1.0]))
    assert view[:3, :3] @ view[:3, :3].T == pytest.approx(np.eye(3))
    assert np.linalg.det(view[:3, :3]) == pytest.approx(1)
    assert view @ [1.0, -3.0, 1.5, 1] == pytest.approx([0, 0, 0, 1])
    assert (view @ [0, 0, 1.0, 1])[:2] == pytest.approx([0, 0])


def test_all_that_is_near_the_figure_is_on_the_shadow_map():
    corners = np.array([(x, y, z, 1) for x in (-0.9, 0.9) for y in (-0.9, 0.9) for z in (0, 2.2)])
    assert np.abs((corners @ light_matrix().T)[:, :3]).max() < 1


def test_colours_are_linear_rgb():
    for look in LOOKS.values():
        colours = (look.skin, look.shirt, look.trousers, look.shoes, look.hair, look.trim, look.iris)
        assert all(len(c) == 3 and min(c) > 0 and max(c) < 1 for c in colours)
