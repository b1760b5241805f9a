"""What single parts left undone or did besides, on arms and legs that swing by known angles."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.scoring.alignment import WarpingPath
from poseapp.scoring.errors_along_path import Matched
from poseapp.scoring.limbs import Limbs, limbs
from poseapp.scoring.segments import Segments

_ARMS, _LEGS = slice(7, 11), slice(13, 17)
_UPPER, _LOWER = slice(7, 9), slice(9, 11)  # arms
_FRAMES = 90
_SWING = np.sin(2 * np.pi * 3 * np.arange(_FRAMES) / _FRAMES)  # whole turns: mean 0, mean square a half
_ALL, _ONLY_ARMS = np.ones(17), np.zeros(17)
_ONLY_ARMS[_ARMS] = 1.0


def _chord(degrees: float) -> float:
    """Size of a swing whose root mean square, on a circle of radius 1, is the chord of an angle."""
    return float(np.sqrt(2) * 2 * np.sin(np.radians(degrees) / 2))


def _moving(legs: float, arms: float = 40.0) -> NDArray[np.float64]:
    """Vectors of length 1 to which arms and legs swing sideways by these RMS degrees."""
    vectors = np.zeros((_FRAMES, 17, 2))
    vectors[..., 1] = 1.0
    vectors[:, _ARMS, 0] = _chord(arms) * _SWING[:, None]
    vectors[:, _LEGS, 0] = _chord(legs) * _SWING[:, None]
    return vectors


def _limbs(
    wanted: NDArray[np.float64],
    shown: NDArray[np.float64],
    weights: NDArray[np.float64],
    *,
    legs_seen: float = 1.0,
    legs_confidence: float = 1.0,
    noise: float = 0.0,
) -> Limbs:
    confidence, seen = np.ones((_FRAMES, 17)), np.ones(17)
    confidence[:, _LEGS], seen[_LEGS] = legs_confidence, legs_seen
    none, jitter, t = np.zeros(17), np.full(17, noise), np.arange(_FRAMES) / 30
    reference, attempt = (
        Segments(t.copy(), vectors, vectors.copy(), confidence, jitter, jitter.copy(), seen, none)
        for vectors in (wanted, shown)
    )
    every = np.arange(_FRAMES)
    matched = Matched(
        WarpingPath(every, every.copy(), 0.0), wanted, shown, shown, confidence, np.ones(17), none + noise
    )
    return limbs(matched, reference, attempt, weights)


def test_a_repeat_leaves_nothing_undone_and_does_nothing_besides() -> None:
    for weights in (_ALL, _ONLY_ARMS):
        found = _limbs(_moving(legs=20), _moving(legs=20), weights)
        assert found.undone == pytest.approx(0)
        assert found.besides == pytest.approx(0)


@pytest.mark.parametrize(("degrees", "cost"), [(4.9, 0), (5.6, 0.2), (6.5, 0.5), (8.1, 1)])
def test_legs_that_stand_still_cost_by_how_far_they_should_move(degrees: float, cost: float) -> None:
    assert _limbs(_moving(legs=degrees), _moving(legs=0), _ALL).undone == pytest.approx(cost)


@pytest.mark.parametrize(("kept", "cost"), [(0.0, 1), (0.05, 1), (0.2, 0.5), (0.35, 0), (2.0, 0), (-1.0, 1)])
def test_legs_that_move_less_far_move(kept: float, cost: float) -> None:
    """Which is an error of form; the other way round is not their movement."""
    less = _moving(legs=12)
    less[:, _LEGS, 0] *= kept
    assert _limbs(_moving(legs=12), less, _ALL).undone == pytest.approx(cost, abs=1e-9)


def test_one_arm_of_two_that_stands_still_is_an_error_and_not_another_movement() -> None:
    one = _moving(legs=0)
    one[:, [8, 10], 0] = 0
    assert _limbs(_moving(legs=0), one, _ALL) == Limbs(0.0, 0.0)


@pytest.mark.parametrize(("degrees", "cost"), [(4.9, 0), (6, 0.2), (7.5, 0.5), (10.1, 1)])
def test_legs_that_nobody_asked_for_cost_when_they_travel_far(degrees: float, cost: float) -> None:
    found = _limbs(_moving(legs=0), _moving(legs=degrees), _ONLY_ARMS)
    assert found.besides == pytest.approx(cost)
    assert found.undone == pytest.approx(0)


def test_what_the_reference_does_besides_may_be_done_or_left() -> None:
    assert _limbs(_moving(legs=12), _moving(legs=0), _ONLY_ARMS).besides == 0
    assert _limbs(_moving(legs=12), _moving(legs=12 * 1.9), _ONLY_ARMS).besides == 0


def test_where_all_count_what_is_done_besides_is_an_error_of_form() -> None:
    assert _limbs(_moving(legs=0), _moving(legs=30), _ALL).besides == 0


def test_it_says_which_part_it_was() -> None:
    assert _limbs(_moving(legs=20), _moving(legs=0), _ALL).idle == "legs"
    assert _limbs(_moving(legs=20), _moving(legs=20, arms=0), _ALL).idle == "arms"
    assert _limbs(_moving(legs=0), _moving(legs=20), _ONLY_ARMS).busy == "legs"
    repeat = _limbs(_moving(legs=20), _moving(legs=20), _ALL)
    assert (repeat.idle, repeat.busy) == ("", "")


def _bent(upper: float, lower: float = 40.0) -> NDArray[np.float64]:
    """Upper arms and forearms that swing by these RMS degrees; the legs stand still."""
    vectors = _moving(legs=0)
    vectors[:, _UPPER, 0] = _chord(upper) * _SWING[:, None]
    vectors[:, _LOWER, 0] = _chord(lower) * _SWING[:, None]
    return vectors


@pytest.mark.parametrize(("degrees", "cost"), [(6.9, 0), (9.5, 0.5), (12.1, 1)])
def test_upper_arms_that_should_rest_are_another_movement_when_they_travel_far(degrees: float, cost: float) -> None:
    found = _limbs(_bent(upper=0), _bent(upper=degrees), _ALL)
    assert found.otherwise == pytest.approx(cost)
    assert found.undone == pytest.approx(0)  # the arms as a whole do move


@pytest.mark.parametrize(("degrees", "cost"), [(7.9, 0), (10, 0.5), (12.1, 1)])
def test_upper_arms_that_rest_are_another_movement_when_they_should_travel_far(degrees: float, cost: float) -> None:
    assert _limbs(_bent(upper=degrees), _bent(upper=0), _ALL).otherwise == pytest.approx(cost)


@pytest.mark.parametrize("kept", [0.1, 0.3, 1.0, 1.9])
def test_upper_arms_that_do_the_same_less_or_further_do_nothing_else(kept: float) -> None:
    shown = _bent(upper=20)
    shown[:, _UPPER, 0] *= kept
    assert _limbs(_bent(upper=20), shown, _ALL).otherwise == pytest.approx(0)


def test_upper_arms_that_do_something_as_small_instead_are_asked_by_how_they_go_along() -> None:
    """A tenth of the way that goes along counts as less of the same; with as much that does not, it does not."""
    shown = _bent(upper=0)
    across = np.cos(2 * np.pi * 3 * np.arange(_FRAMES) / _FRAMES)
    shown[:, _UPPER, 0] = 0.1 * _chord(20) * (_SWING + 2 * across)[:, None]
    # The amplitude of .1 leaves a sixth of .05 to .35; the correlation of 1 / sqrt(5) leaves nothing.
    assert _limbs(_bent(upper=20), shown, _ALL).otherwise == pytest.approx(5 / 6, abs=1e-6)


@pytest.mark.parametrize("weights", [_ALL, _ONLY_ARMS])
def test_legs_that_were_hardly_seen_are_not_asked(weights: NDArray[np.float64]) -> None:
    """They have no weight then, which is not for the coach's choice."""
    unseen = weights.copy()
    unseen[_LEGS] = 0
    for wanted, shown in ((0, 20), (20, 0)):
        found = _limbs(_moving(legs=wanted), _moving(legs=shown), unseen, legs_seen=0.25)
        assert found.undone == pytest.approx(0)
        assert found.besides == 0


def test_legs_that_are_half_known_have_half_a_say() -> None:
    unsure = {"legs_confidence": 0.25}
    assert _limbs(_moving(legs=20), _moving(legs=0), _ALL, **unsure).undone == pytest.approx(0.5)
    assert _limbs(_moving(legs=0), _moving(legs=20), _ONLY_ARMS, **unsure).besides == pytest.approx(0.5)


def test_jitter_is_no_movement() -> None:
    """Legs that sway by 4.5° with jitter of 4° on top would seem to move by 6°."""
    swaying = _moving(legs=4.5)
    swaying += np.random.default_rng(0).normal(0, 0.05, swaying.shape)
    assert _limbs(_moving(legs=0), swaying, _ONLY_ARMS).besides > 0.1
    assert _limbs(_moving(legs=0), swaying, _ONLY_ARMS, noise=0.05).besides < 0.03
