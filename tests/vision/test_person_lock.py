"""Who is followed, from scripted people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from poseapp.pose import Pose
from poseapp.vision.person_lock import FORGET, PATIENCE, PersonLock, person_at, principal_person
from tests.fakes import moved

_SIZE = (1280, 720)


def _follow(lock: PersonLock, *pictures: Sequence[Pose]) -> list[Pose | None]:
    return [lock.update(people, *_SIZE).pose for people in pictures]


def test_the_largest_person_first(standing: Pose) -> None:
    small, large = moved(standing, 100, 150, scale=0.7), moved(standing, 700, 0)
    assert principal_person([small, large], *_SIZE) == 1


def test_of_equals_the_most_central_one_first(standing: Pose) -> None:
    assert principal_person([moved(standing, 0), moved(standing, 500), moved(standing, 1000)], *_SIZE) == 1


def test_of_equals_the_surest_one_first(standing: Pose) -> None:
    left, right = moved(standing, 200, confidence=0.5), moved(standing, 680, confidence=0.9)
    assert principal_person([left, right], *_SIZE) == 1


def test_nobody_to_begin_with() -> None:
    lock = PersonLock()
    assert _follow(lock, [], []) == [None, None]
    assert lock.region(*_SIZE) is None
    assert not lock.following


def test_the_order_of_the_people_does_not_matter(standing: Pose) -> None:
    ours, other = moved(standing, 440), moved(standing, 900, confidence=0.9)
    lock = PersonLock()
    assert _follow(lock, [ours], [other, ours], [ours, other], [other, ours]) == [ours] * 4


def test_a_larger_and_surer_person_never_takes_over(standing: Pose) -> None:
    ours = moved(standing, 200, 100, scale=0.7, confidence=0.6)
    large = moved(standing, 600, 0, scale=1.5)
    lock = PersonLock()
    assert _follow(lock, [ours], *[[large, ours]] * 200) == [ours] * 201


def test_who_walks_through_never_steals(standing: Pose) -> None:
    """From left to right in front of ours, hiding us for ten pictures while they stand where we stood."""
    ours = moved(standing, 440)
    lock = PersonLock()
    assert _follow(lock, [ours]) == [ours]
    for step in range(81):
        passer = moved(standing, 40 + 10 * step, confidence=0.95)
        hidden = abs(step - 40) <= 5
        found = lock.update([passer] if hidden else [passer, ours], *_SIZE)
        assert found.pose is (None if hidden else ours), f"step {step}"
        assert found.others == (passer,)


def test_who_comes_into_the_picture_while_ours_is_hidden_waits(standing: Pose) -> None:
    ours, stranger = moved(standing, 440), moved(standing, 900)
    lock = PersonLock()
    _follow(lock, [ours])
    assert _follow(lock, *[[stranger]] * PATIENCE) == [None] * PATIENCE
    assert lock.update([ours, stranger], *_SIZE).pose is ours


def test_after_patience_the_nearest_in_place_and_size(standing: Pose) -> None:
    ours = moved(standing, 440)
    far, near = moved(standing, 1000), moved(standing, 150)
    lock = PersonLock()
    _follow(lock, [ours], *[[]] * PATIENCE)
    assert lock.update([far, near], *_SIZE).pose is near


def test_when_long_gone_the_scene_is_a_new_one(standing: Pose) -> None:
    lock = PersonLock()
    _follow(lock, [moved(standing, 50, 100, scale=0.6)], *[[]] * FORGET)
    beside, central = moved(standing, 60, 100, scale=0.6), moved(standing, 440, scale=1.2)
    assert lock.update([beside, central], *_SIZE).pose is central


def test_found_again_after_a_short_loss_although_moved(standing: Pose) -> None:
    ours, later = moved(standing, 440), moved(standing, 490)
    lock = PersonLock()
    assert _follow(lock, [ours], [], [], [], [], [later]) == [ours, None, None, None, None, later]


def test_a_fast_movement_is_followed(standing: Pose) -> None:
    """A squat at five pictures a second: everything but the feet sinks by 40 px from picture to picture."""
    lock = PersonLock()
    for sunk in (0, 40, 80, 120, 80, 40, 0):
        xy = standing.xy.copy()
        xy[:13, 1] += sunk
        xy[13:15, 1] += sunk / 2
        body = Pose(xy, standing.confidence)
        assert lock.update([body], *_SIZE).pose is body


def test_somebody_running_is_followed(standing: Pose) -> None:
    lock = PersonLock()
    for x in range(0, 800, 35):
        body = moved(standing, x)
        assert lock.update([body], *_SIZE).pose is body


def test_a_model_that_slides_to_another_body_is_not_believed(standing: Pose) -> None:
    """One person only is answered, and keypoint by keypoint it becomes a smaller one beside ours."""
    ours, other = moved(standing, 440), moved(standing, 600, 90, scale=0.7)
    lock = PersonLock()
    _follow(lock, [ours], [ours])
    assert _follow(lock, *[[other]] * PATIENCE) == [None] * PATIENCE


def test_a_limb_found_twice_is_nobody_else(standing: Pose) -> None:
    confidence = np.zeros(17)
    confidence[11:] = 0.6
    legs = Pose(standing.xy, confidence)
    lock = PersonLock()
    _follow(lock, [standing])
    found = lock.update([legs, standing], *_SIZE)
    assert found.pose is standing
    assert found.others == ()


def test_half_a_body_is_given_up_for_the_whole(standing: Pose) -> None:
    confidence = np.where(np.arange(17) >= 11, 0.6, 0.0)
    legs = Pose(standing.xy, confidence)
    lock = PersonLock()
    assert _follow(lock, [legs], [legs, standing], [standing]) == [legs, standing, standing]


def test_switching(standing: Pose) -> None:
    ours, other = moved(standing, 440), moved(standing, 900, scale=0.8)
    lock = PersonLock()
    _follow(lock, [ours, other])
    assert lock.switch([ours, other], 1).pose is other
    assert _follow(lock, *[[ours, other]] * 5) == [other] * 5


def test_reset(standing: Pose) -> None:
    small, large = moved(standing, 100, 200, scale=0.5), moved(standing, 440)
    lock = PersonLock()
    _follow(lock, [small], [small, large])
    lock.reset()
    assert lock.update([small, large], *_SIZE).pose is large


def test_the_region_is_round_the_person_and_in_turns_everywhere_when_lost(standing: Pose) -> None:
    lock = PersonLock()
    ours = moved(standing, 440)
    _follow(lock, [ours])
    region = lock.region(*_SIZE)
    assert region == pytest.approx((440, 0, 840, 400), abs=1e-3)
    seen = []
    for _ in range(6):
        _follow(lock, [])
        seen.append(lock.region(*_SIZE))
    assert seen == [None, region] * 3
    _follow(lock, *[[]] * PATIENCE)
    assert [lock.region(*_SIZE) for _ in range(4) if _follow(lock, [])] == [None] * 4


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (200, 150, 0),
        (200, 40, 0),  # the top of the head, above all keypoints
        (600, 300, 1),
        (400, 200, None),
        (0, 700, None),
    ],
)
def test_who_is_at_a_point(standing: Pose, x: float, y: float, expected: int | None) -> None:
    assert person_at([standing, moved(standing, 400)], x, y) == expected


def test_where_two_overlap_the_nearer_keypoint_decides(standing: Pose) -> None:
    behind = moved(standing, 40)
    wrist = behind.xy[9]
    assert person_at([standing, behind], float(wrist[0]), float(wrist[1])) == 1
