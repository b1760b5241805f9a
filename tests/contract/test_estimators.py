"""What every pose estimator keeps to, whatever its model. A model new in the manifest is tested at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from poseapp.pose import Box, Pose
from poseapp.pose.keypoints import MIRROR_ORDER
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.estimators import create_estimator
from poseapp.vision.frame import BgrImage
from poseapp.vision.likeness import object_keypoint_similarity
from poseapp.vision.models import list_models
from tests.clips import empty_room, person_pictures

import cv2  # isort: skip - after the room that sets its environment

_MODELS = [model.name for model in list_models()]


@pytest.fixture(scope="module", params=_MODELS)
def estimator(request: pytest.FixtureRequest) -> Iterator[PoseEstimator]:
    """One of all shipped models."""
    made = create_estimator(request.param)
    yield made
    made.close()


@pytest.fixture(scope="module")
def person() -> BgrImage:
    """Somebody facing the camera, 540 × 720."""
    return person_pictures(1)[0]


def _the_one(people: tuple[Pose, ...]) -> Pose:
    assert len(people) == 1
    return people[0]


def test_is_a_pose_estimator(estimator: PoseEstimator) -> None:
    assert isinstance(estimator, PoseEstimator)
    assert estimator.name in _MODELS
    assert estimator.multi_person is estimator.name.startswith("posenet")


def test_a_person_is_found_upright_and_the_right_way_round(estimator: PoseEstimator, person: BgrImage) -> None:
    pose = _the_one(estimator.estimate(person))
    x, y = pose.xy.T
    assert pose.score > 0.5
    assert y[0] < y[[5, 6]].mean() < y[[11, 12]].mean() < y[[13, 14]].mean() < y[[15, 16]].mean()
    assert (x[[5, 11, 15]] > x[[6, 12, 16]]).all(), "facing the camera, the left side is on the right"


def test_whom_it_finds_lies_in_the_picture(estimator: PoseEstimator, person: BgrImage) -> None:
    box = _the_one(estimator.estimate(person)).box()
    assert box is not None
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 < person.shape[1]
    assert box.y1 < person.shape[0]


def test_the_same_twice(estimator: PoseEstimator, person: BgrImage) -> None:
    first = _the_one(estimator.estimate(person))
    estimator.estimate(np.zeros_like(person))
    second = _the_one(estimator.estimate(person))
    np.testing.assert_array_equal(first.xy, second.xy)
    np.testing.assert_array_equal(first.confidence, second.confidence)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_places_are_in_the_pictures_own_pixels(estimator: PoseEstimator, person: BgrImage, factor: float) -> None:
    plain = _the_one(estimator.estimate(person))
    resized = cv2.resize(person, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    scaled = _the_one(estimator.estimate(np.asarray(resized, dtype=np.uint8)))
    assert object_keypoint_similarity(plain.scaled(factor), scaled) > 0.9


def test_a_region_changes_the_look_and_not_the_place(estimator: PoseEstimator, person: BgrImage) -> None:
    whole = _the_one(estimator.estimate(person))
    torso = whole.torso_length()
    assert torso is not None
    for region in (Box(20, 100, 520, 640), Box(-60, 20, 640, 720), Box(-200, -100, 700, 800)):
        near = _the_one(estimator.estimate(person, region))
        shift = np.linalg.norm(near.xy - whole.xy, axis=1)[5:]
        assert np.median(shift) < 0.12 * torso


def test_a_region_without_the_person_has_nobody(estimator: PoseEstimator, person: BgrImage) -> None:
    wide = np.hstack([person, np.tile(person[:, :60], (1, 12, 1))])
    assert estimator.estimate(wide, Box(600, 60, 1200, 660)) == ()


def test_mirrored_the_sides_are_exchanged(estimator: PoseEstimator, person: BgrImage) -> None:
    plain = _the_one(estimator.estimate(person))
    mirrored = _the_one(estimator.estimate(np.ascontiguousarray(person[:, ::-1])))
    assert object_keypoint_similarity(plain.mirrored(person.shape[1]), mirrored) > 0.8
    unswapped = Pose(mirrored.xy[MIRROR_ORDER], mirrored.confidence[MIRROR_ORDER])
    assert object_keypoint_similarity(plain.mirrored(person.shape[1]), unswapped) < 0.6


def _nobodys_pictures() -> list[BgrImage]:
    rng = np.random.default_rng(7)
    plain = [np.full((720, 1280, 3), grey, dtype=np.uint8) for grey in (0, 90, 255)]
    noise = [rng.integers(0, 256, (720, 1280, 3), dtype=np.uint8) for _ in range(2)]
    coarse = [
        np.asarray(cv2.resize(rng.integers(0, 256, (n, 2 * n, 3), dtype=np.uint8), (1280, 720)), dtype=np.uint8)
        for n in (6, 20, 60)
    ]
    return [*plain, *noise, *coarse, *empty_room(1)]


@pytest.mark.parametrize("picture", _nobodys_pictures())
def test_nobody_is_found_where_nobody_is(estimator: PoseEstimator, picture: BgrImage) -> None:
    assert estimator.estimate(picture) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2), (257, 257), (17, 4000)])
def test_any_size_of_picture(estimator: PoseEstimator, size: tuple[int, int]) -> None:
    assert estimator.estimate(np.zeros((*size, 3), dtype=np.uint8)) == ()


def test_the_picture_is_not_written_to(estimator: PoseEstimator, person: BgrImage) -> None:
    locked = person.copy()
    locked.setflags(write=False)
    estimator.estimate(locked)
    np.testing.assert_array_equal(locked, person)


def test_two_people_of_a_multi_person_model_surest_first(estimator: PoseEstimator, person: BgrImage) -> None:
    pair = np.hstack([person[:, 100:440], person[:, 100:440] // 3 + 120])  # the second one in fog
    people = estimator.estimate(pair)
    assert len(people) == (2 if estimator.multi_person else 1)
    scores = [pose.score for pose in people]
    assert scores == sorted(scores, reverse=True)


def test_closed_twice_and_then_not_used(person: BgrImage) -> None:
    for name in _MODELS[:1] + _MODELS[-1:]:
        made = create_estimator(name)
        made.close()
        made.close()
        with pytest.raises(RuntimeError, match="closed"):
            made.estimate(person)
