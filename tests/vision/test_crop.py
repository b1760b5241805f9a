"""The square round a person."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Pose
from poseapp.vision.crop import CropRegion, search_regions, square_round
from tests.fakes import moved

_SIZE = (1280, 720)


def test_centred_on_the_hips_with_room_for_the_farthest_keypoint(standing: Pose) -> None:
    """Hips at (200, 200); farthest: the ankles, 160 px below. The torso reaches 100 px: 190 is less than 200."""
    box = square_round(standing, *_SIZE)
    assert box == pytest.approx((0, 0, 400, 400))


def test_a_crouching_body_keeps_the_room_it_needs_to_rise(standing: Pose) -> None:
    """All within the torso's 100 px from the hips: then 1.9 times the torso counts."""
    xy = standing.xy.copy()
    xy[:, 1] = np.clip(xy[:, 1], 100, 300)
    box = square_round(Pose(xy, standing.confidence), *_SIZE)
    assert box is not None
    assert box.width == pytest.approx(380)


def test_the_square_leaves_a_quarter_of_the_body_free(standing: Pose) -> None:
    box, body = square_round(standing, *_SIZE), standing.box()
    assert box is not None
    assert body is not None
    assert box.width >= 1.25 * max(body.width, body.height)


def test_unseen_keypoints_do_not_count(standing: Pose) -> None:
    xy, confidence = standing.xy.copy(), standing.confidence.copy()
    xy[9], confidence[9] = (600, 600), 0.1
    assert square_round(Pose(xy, confidence), *_SIZE) == pytest.approx((0, 0, 400, 400))


@pytest.mark.parametrize("unseen", [[5, 6], [11, 12]], ids=["shoulders", "hips"])
def test_without_a_torso_the_whole_picture(standing: Pose, unseen: list[int]) -> None:
    confidence = standing.confidence.copy()
    confidence[unseen] = 0
    assert square_round(Pose(standing.xy, confidence), *_SIZE) is None


def test_one_hip_is_enough(standing: Pose) -> None:
    confidence = standing.confidence.copy()
    confidence[[5, 11]] = 0
    box = square_round(Pose(standing.xy, confidence), *_SIZE)
    assert box is not None
    assert box.centre == pytest.approx((180, 200))


def test_larger_than_the_picture_is_the_picture(standing: Pose) -> None:
    assert square_round(standing, 400, 300) is None
    assert square_round(standing, 401, 300) is not None


def test_the_square_rests_while_the_person_trembles(standing: Pose) -> None:
    crop = CropRegion()
    first = crop.follow(standing, *_SIZE)
    rng = np.random.default_rng(1)
    for _ in range(50):
        trembling = Pose(standing.xy + rng.uniform(-4, 4, (17, 2)), standing.confidence)
        assert crop.follow(trembling, *_SIZE) == first


def test_the_square_follows_a_step_and_a_change_of_size(standing: Pose) -> None:
    crop = CropRegion()
    crop.follow(standing, *_SIZE)
    assert crop.follow(moved(standing, 30), *_SIZE) == pytest.approx((30, 0, 430, 400))
    larger = moved(standing, 30, scale=1.3)
    assert crop.follow(larger, *_SIZE) == pytest.approx((30, 0, 550, 520), abs=1e-3)


def test_the_body_stays_inside_a_resting_square(standing: Pose) -> None:
    """Creeping in any direction, limbs never come nearer to the border than 7 % of the side."""
    for direction in np.eye(2).tolist() + (-np.eye(2)).tolist():
        crop, body = CropRegion(), standing
        for step in range(60):
            body = moved(standing, 400 + 2 * step * direction[0], 200 + 2 * step * direction[1])
            box, limbs = crop.follow(body, *_SIZE), body.box()
            assert box is not None
            assert limbs is not None
            gap = min(limbs.x0 - box.x0, limbs.y0 - box.y0, box.x1 - limbs.x1, box.y1 - limbs.y1)
            assert gap >= 0.07 * box.width - 1e-3


def test_the_square_goes_with_a_hand_that_is_raised_slowly(standing: Pose) -> None:
    """Hips, and with them the middle, rest; the square of the standing body would end 200 px above them."""
    crop, xy = CropRegion(), standing.xy.copy()
    crop.follow(standing, *_SIZE)
    for up in range(200, -60, -2):
        xy[10] = 165, up
        box = crop.follow(Pose(xy, standing.confidence), *_SIZE)
        assert box is not None
        assert up >= box.y0 + 0.07 * box.width - 1e-3
    assert box.height > 500


def test_reset_forgets(standing: Pose) -> None:
    crop = CropRegion()
    crop.follow(standing, *_SIZE)
    crop.reset()
    assert crop.follow(moved(standing, 5), *_SIZE) == pytest.approx((5, 0, 405, 400))


def test_a_long_picture_is_searched_in_squares_that_cover_it() -> None:
    assert search_regions(1280, 720) == (None, (280, 0, 1000, 720), (0, 0, 720, 720), (560, 0, 1280, 720))
    assert search_regions(720, 1280) == (None, (0, 280, 720, 1000), (0, 0, 720, 720), (0, 560, 720, 1280))


def test_a_nearly_square_picture_is_searched_as_it_is() -> None:
    assert search_regions(600, 720) != (None,)
    assert search_regions(640, 720) == (None,)
