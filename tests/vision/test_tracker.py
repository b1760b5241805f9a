"""Where the tracker looks, and whom it finds, with a scripted estimator."""

from __future__ import annotations

import pytest

from poseapp.pose import Box, Pose
from poseapp.vision.frame import BgrImage
from poseapp.vision.tracker import PoseTracker
from tests.fakes import ScriptedEstimator, moved, picture

_BIG = (1280, 720)


def test_first_everywhere_then_near_then_only_near(standing: Pose) -> None:
    ours = moved(standing, 300)
    estimator = ScriptedEstimator([[ours]] * 3)
    tracker = PoseTracker(estimator)
    for number in range(3):
        assert tracker.track(picture(number, *_BIG)).pose is ours
    assert [number for number, _ in estimator.looks] == [0, 0, 1, 2]
    assert estimator.looks[0][1] is None
    assert all(region == pytest.approx((300, 0, 700, 400)) for _, region in estimator.looks[1:])


def test_who_fills_the_picture_is_looked_at_once(standing: Pose) -> None:
    estimator = ScriptedEstimator([[standing]] * 3)
    tracker = PoseTracker(estimator)
    for number in range(3):
        assert tracker.track(picture(number, 380, 380)).pose is standing
    assert estimator.looks == [(0, None), (1, None), (2, None)]


def test_lost_from_sight_the_whole_picture_is_searched_at_once(standing: Pose) -> None:
    """In the third picture the person has jumped out of the square but not far from it."""
    near, away = moved(standing, 300), moved(standing, 330)
    script = [[near], [near], [moved(near, 700)], [away]]
    estimator = ScriptedEstimator(script)
    tracker = PoseTracker(estimator)
    poses = [tracker.track(picture(number, *_BIG)).pose for number in range(4)]
    assert poses == [near, near, None, away]
    third = [region for number, region in estimator.looks if number == 2]
    assert third[0] is not None
    assert third[1] is None


def test_an_empty_room_costs_one_look_a_picture() -> None:
    """Everywhere, then in the middle, on the left and on the right, and again."""
    estimator = ScriptedEstimator([[]] * 6)
    tracker = PoseTracker(estimator)
    for number in range(6):
        found = tracker.track(picture(number))
        assert found.pose is None
        assert found.others == ()
    squares = [None, (80, 0, 560, 480), (0, 0, 480, 480), (160, 0, 640, 480)]
    assert estimator.looks == list(enumerate([*squares, *squares[:2]]))


def test_a_missing_person_costs_one_look_a_picture(standing: Pose) -> None:
    estimator = ScriptedEstimator([[moved(standing, 300)], *[[]] * 6])
    tracker = PoseTracker(estimator)
    for number in range(7):
        tracker.track(picture(number, *_BIG))
    assert [sum(n == number for n, _ in estimator.looks) for number in range(7)] == [2, 2, 1, 1, 1, 1, 1]


def test_who_is_too_small_for_the_whole_picture_is_found_in_a_part(standing: Pose) -> None:
    class ShortSighted(ScriptedEstimator):
        def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
            people = super().estimate(bgr, region)
            return () if region is None or region.width > 500 else people

    far = moved(standing, 400, 200, scale=0.4)
    tracker = PoseTracker(ShortSighted([[far]] * 6))
    poses = [tracker.track(picture(number)).pose for number in range(6)]
    assert poses == [None, far, far, far, far, far]


def test_a_click_switches_to_the_person_there(standing: Pose) -> None:
    ours, other = moved(standing, 300), moved(standing, 900)
    tracker = PoseTracker(ScriptedEstimator([[ours, other]] * 4))
    assert tracker.track(picture(0, *_BIG)).pose is ours
    tracker.lock(1100, 200)
    found = tracker.track(picture(1, *_BIG))
    assert found.pose is other
    assert found.others == (ours,)
    assert tracker.track(picture(2, *_BIG)).pose is other


def test_a_click_on_nobody_changes_nothing(standing: Pose) -> None:
    ours = moved(standing, 300)
    tracker = PoseTracker(ScriptedEstimator([[ours]] * 3))
    tracker.track(picture(0, *_BIG))
    tracker.lock(1200, 700)
    assert tracker.track(picture(1, *_BIG)).pose is ours


def test_a_click_finds_whom_a_model_of_one_person_overlooks(standing: Pose) -> None:
    """The whole picture gives the surest person alone; looking round the click gives the other."""
    ours, other = moved(standing, 300, confidence=1.0), moved(standing, 850, confidence=0.7)
    estimator = ScriptedEstimator([[ours, other]] * 3, multi_person=False)
    tracker = PoseTracker(estimator)
    assert tracker.track(picture(0, *_BIG)).pose is ours
    tracker.lock(1050, 200)
    assert tracker.track(picture(1, *_BIG)).pose is other
    assert tracker.track(picture(2, *_BIG)).pose is other


def test_a_click_before_the_first_picture(standing: Pose) -> None:
    large, small = moved(standing, 300), moved(standing, 1000, 200, scale=0.5)
    tracker = PoseTracker(ScriptedEstimator([[large, small]]))
    tracker.lock(1100, 300)
    assert tracker.track(picture(0, *_BIG)).pose is small


def test_another_size_of_picture_is_a_new_scene(standing: Pose) -> None:
    """A camera changes from 1280 × 720 to 640 × 360: the person is half as large and elsewhere, and no stranger."""
    half = moved(standing, 300).scaled(0.5)
    tracker = PoseTracker(ScriptedEstimator([[moved(standing, 300)], [half]]))
    tracker.track(picture(0, *_BIG))
    assert tracker.track(picture(1, 640, 360)).pose is half


def test_reset_forgets_the_person_and_the_click(standing: Pose) -> None:
    small, large = moved(standing, 1000, 200, scale=0.5), moved(standing, 300)
    tracker = PoseTracker(ScriptedEstimator([[small], [small, large]]))
    tracker.track(picture(0, *_BIG))
    tracker.lock(1100, 300)
    tracker.reset()
    assert tracker.track(picture(1, *_BIG)).pose is large


def test_close_closes_the_estimator() -> None:
    estimator = ScriptedEstimator([])
    PoseTracker(estimator).close()
    assert estimator.closed


def test_a_model_of_one_person_that_slid_to_a_passer_comes_back(standing: Pose) -> None:
    """It answers with the passer from the moment he hides ours, who still stands in the same place afterwards."""
    ours = moved(standing, 440, confidence=0.8)
    passing = [moved(standing, 440 + 12 * step) for step in range(30)]
    script = [*[[ours]] * 40, *[[ours, passer] if i > 8 else [passer] for i, passer in enumerate(passing)]]
    tracker = PoseTracker(ScriptedEstimator(script, multi_person=False))
    poses = [tracker.track(picture(number, *_BIG)).pose for number in range(len(script))]
    assert poses[39] is ours
    assert poses[44] is passing[4], "the passer cannot be told from ours while he hides ours"
    assert poses[-1] is ours


def test_of_two_who_were_one_for_some_pictures_the_one_who_stood_is_followed_without_another_look(
    standing: Pose,
) -> None:
    """While they meet, one skeleton is found, and it goes on as the passer's."""
    ours = moved(standing, 440)
    script = [
        *[[ours]] * 40,
        *[[moved(standing, 440 + 12 * i)] if i <= 8 else [ours, moved(standing, 440 + 12 * i)] for i in range(40)],
    ]
    estimator = ScriptedEstimator(script)
    tracker = PoseTracker(estimator)
    poses = [tracker.track(picture(number, *_BIG)).pose for number in range(len(script))]
    assert poses[48] is script[48][0], "the passer cannot be told from ours while they are one"
    assert poses[-1] is ours
    assert len(estimator.looks) == len(script) + 1, "only the first picture is looked at twice"


def test_who_walks_past_somebody_stays_who_it_is(standing: Pose) -> None:
    """A second after they met, somebody stands where the walker was: it is not the walker, who never stood there."""
    other = moved(standing, 440, scale=1.02)
    walking = [moved(standing, 240 + 5 * step) for step in range(90)]
    script = [[pose] if 30 <= i <= 50 else [pose, other] for i, pose in enumerate(walking)]
    tracker = PoseTracker(ScriptedEstimator(script))
    tracker.lock(440, 200)
    poses = [tracker.track(picture(number, *_BIG)).pose for number in range(len(script))]
    assert poses == walking


def test_a_person_who_walks_away_is_followed_by_a_model_of_one_person(standing: Pose) -> None:
    walking = [moved(standing, 100 + 8 * step) for step in range(100)]
    estimator = ScriptedEstimator([[pose] for pose in walking], multi_person=False)
    tracker = PoseTracker(estimator)
    assert [tracker.track(picture(number, *_BIG)).pose for number in range(100)] == walking
    looks = len(estimator.looks)
    assert looks <= 1 + 100 + 100 / 8, "looking back must stay rare"
