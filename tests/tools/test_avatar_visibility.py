"""Which keypoints a camera sees, from depth pictures made by hand."""

import numpy as np

from tools.avatar.visibility import THICKNESS, visible


def _points(x=10.0, y=20.0):
    return np.tile([x, y], (17, 1))


def test_a_point_just_below_the_surface_is_seen_and_one_behind_something_is_not():
    seen = np.full((60, 40), 4.0, dtype=np.float32)
    assert visible(_points(), 4.0 + 0.9 * THICKNESS, seen, 1.0).all()
    assert not visible(_points(), 4.0 + THICKNESS + 0.01, seen, 1.0).any()


def test_only_what_lies_in_front_of_the_point_counts():
    seen = np.full((60, 40), 6.0, dtype=np.float32)
    seen[:, :20] = 3.0  # a wall over the left half
    xy = _points()
    xy[::2, 0] = 30.0
    flags = visible(xy, np.full(17, 5.0), seen, 1.0)
    assert flags[::2].all()
    assert not flags[1::2].any()


def test_the_picture_may_be_drawn_larger_than_it_is_told():
    seen = np.full((120, 80), 6.0, dtype=np.float32)
    seen[40, 20] = 3.0  # pixel (10, 20) of a picture half as large
    flags = visible(_points(10.2, 20.2), np.full(17, 5.0), seen, 2.0)
    assert not flags.any()
    assert visible(_points(10.7, 20.2), np.full(17, 5.0), seen, 2.0).all()


def test_a_point_outside_of_the_picture_is_not_seen():
    seen = np.full((60, 40), 9.0, dtype=np.float32)
    for x, y in ((-0.5, 5), (40.0, 5), (5, -1), (5, 60.0)):
        assert not visible(_points(x, y), np.full(17, 1.0), seen, 1.0).any()
