"""What is filmed for the product: every action from every side, and pairs of attempts without and with a mistake."""

import dataclasses

import pytest

from tools.avatar.build import ATTEMPTS, COACH_SHOTS, DEMO_ATTEMPT
from tools.avatar.clip import Film
from tools.motion import ACTIONS, VIEWS

_PAIRS = list(zip(ATTEMPTS[::2], ATTEMPTS[1::2], strict=True))


def test_twelve_actions_from_three_sides_by_two_coaches():
    assert len({shot.name for shot in COACH_SHOTS}) == len(COACH_SHOTS) == 36
    actions = {shot.action for shot in COACH_SHOTS}
    assert len(actions) == 12
    assert actions <= set(ACTIONS)
    for action in actions:
        mine = [shot for shot in COACH_SHOTS if shot.action == action]
        assert {shot.view for shot in mine} == set(VIEWS)
        assert len({dataclasses.replace(shot, view="front") for shot in mine}) == 1  # the same performance
    by_body = [sum(shot.body == body for shot in COACH_SHOTS) for body in ("coach", "coachf")]
    assert by_body == [18, 18]


def test_attempts_are_by_other_people_elsewhere_at_another_speed():
    assert len({clean.shot.action for clean, _ in _PAIRS}) >= 10
    for attempt in ATTEMPTS:
        assert attempt.shot.body in {"userm", "userf"}
        assert attempt.shot.room == "home"
        assert 1.1 <= attempt.shot.tempo <= 1.25


@pytest.mark.parametrize(("clean", "wrong"), _PAIRS, ids=lambda attempt: attempt.name)
def test_a_pair_differs_by_the_mistake_alone(clean, wrong):
    assert clean.name == f"{clean.shot.name}_clean"
    assert wrong.name == f"{wrong.shot.name}_{wrong.shot.mistake}"
    assert dataclasses.replace(wrong.shot, mistake=None) == clean.shot
    assert clean.described()["mistake"] is None
    assert wrong.described()["mistake"]["parts"]
    a, b = Film(clean.shot), Film(wrong.shot)
    assert (a.t == b.t).all()
    assert abs(a.xyz - b.xyz).max() > 0.1  # metres: no mistake too small to be seen


def test_the_demo_is_one_of_them():
    assert DEMO_ATTEMPT in {attempt.name for attempt in ATTEMPTS}


@pytest.mark.parametrize("shot", COACH_SHOTS, ids=lambda shot: shot.name)
def test_nothing_leaves_the_picture(shot):
    film = Film(shot)
    width, height = film.camera.size
    assert film.xy.min() > 2
    assert film.xy[..., 0].max() < width - 2
    assert film.xy[..., 1].max() < height - 2
    assert 2.0 < film.t[-1] < 7.0
