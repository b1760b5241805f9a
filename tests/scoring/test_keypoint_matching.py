"""How far two movements are from each other, keypoint by keypoint, in closed form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring.keypoint_matching import KeypointsCompared, Moments

_FRAMES = 60
_WRIST = Keypoint.LEFT_WRIST


def _compared(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], cost: float = 0.0, hidden: float = 0.0
) -> KeypointsCompared:
    """Two movements ``(T, 17, 2)``, of the second of which a part is hidden in the first."""
    share = float(len(ours))
    return Moments(
        share=np.full((1, KEYPOINT_COUNT), share),
        ours=(ours**2).sum(axis=(0, 2))[None],
        theirs=(theirs**2).sum(axis=(0, 2))[None],
        common=(ours * theirs).sum(axis=(0, 2))[None],
        our_sum=ours.sum(axis=0)[None],
        their_sum=theirs.sum(axis=0)[None],
        start=ours[None, 0],
    ).compared(np.array([cost]), np.array([share * KEYPOINT_COUNT / (1 - hidden)]))


def _still() -> NDArray[np.float64]:
    return np.tile(np.random.default_rng(1).normal(0, 0.5, (KEYPOINT_COUNT, 2)), (_FRAMES, 1, 1))


def _swinging(size: float, keypoint: int = _WRIST) -> NDArray[np.float64]:
    """One keypoint swings by `size` torso lengths, twice."""
    vectors = _still()
    vectors[:, keypoint, 0] += size * np.sin(4 * np.pi * np.arange(_FRAMES) / _FRAMES)
    return vectors


def test_the_same_costs_its_path_alone() -> None:
    found = _compared(_swinging(0.3), _swinging(0.3), cost=0.07)
    assert found.distance == pytest.approx([0.07], abs=1e-6)
    np.testing.assert_allclose(found.moves_otherwise, 0, atol=1e-9)


def test_what_the_reference_does_not_show_counts_against_it() -> None:
    assert _compared(_still(), _still(), hidden=0.4).distance == pytest.approx([0.04], abs=1e-6)


def test_other_proportions_are_taken_off() -> None:
    longer = _still()
    longer[:, [Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE]] *= 1.1
    found = _compared(_still(), longer)
    assert found.distance == pytest.approx([0], abs=1e-6)
    assert found.scale[0, Keypoint.LEFT_KNEE] == pytest.approx(1 / 1.1)
    assert found.scale[0, Keypoint.LEFT_ELBOW] == pytest.approx(1)


def test_one_side_alone_is_no_proportion() -> None:
    """One factor for both sides leaves something of either."""
    longer = _still()
    longer[:, Keypoint.LEFT_KNEE] *= 1.1
    left, right = (float(np.linalg.norm(_still()[0, k])) for k in (Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE))
    factor = np.hypot(left, right) / np.hypot(1.1 * left, right)
    expected = (abs(1.1 * factor - 1) * left + abs(factor - 1) * right) / KEYPOINT_COUNT
    assert _compared(_still(), longer).distance == pytest.approx([expected], rel=1e-4)


@pytest.mark.parametrize(("chord", "counts"), [(0.1, 0.1), (0.4, 0.4), (0.9, 0.45)])
def test_a_limb_elsewhere_counts_up_to_a_limit(chord: float, counts: float) -> None:
    """A vector of length 1 turned by 2 asin(chord / 2) ends `chord` away."""
    angle = 2 * np.arcsin(chord / 2)
    ours, theirs = _still(), _still()
    ours[:, _WRIST] = (1, 0)
    theirs[:, _WRIST] = (np.cos(angle), np.sin(angle))
    found = _compared(ours, theirs)
    assert np.sqrt(found.apart[0, _WRIST]) == pytest.approx(chord, abs=1e-6)
    assert found.distance == pytest.approx([counts / KEYPOINT_COUNT], abs=1e-6)


@pytest.mark.parametrize(
    ("ours", "theirs", "low", "high"),
    [
        (0.4, 0.2, 0, 0.01),  # half the way
        (0.4, -0.4, 1.98, 2),  # the other way
        (0.4, 0.0, 0.9, 1),  # not at all
        (0.0, 0.4, 0.9, 1),  # something of one's own
        (0.0, 0.0, 0, 1e-9),  # as still as it should be
        (0.001, -0.001, 0, 0.01),  # breathing
    ],
)
def test_which_way_a_keypoint_moves_and_not_how_far(ours: float, theirs: float, low: float, high: float) -> None:
    otherwise = _compared(_swinging(ours), _swinging(theirs)).moves_otherwise
    assert low - 1e-9 <= otherwise[0, _WRIST] <= high
    # A sine of amplitude a has the mean square a^2 / 2; motions of 0.02 torso lengths have no direction.
    least = 0.02**2
    expected = 1 - (ours * theirs / 2 + least) / np.sqrt((ours**2 / 2 + least) * (theirs**2 / 2 + least))
    assert otherwise[0, _WRIST] == pytest.approx(expected, abs=1e-9)
    np.testing.assert_allclose(np.delete(otherwise[0], _WRIST), 0, atol=1e-9)


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [
        ((), 0.0),
        (("LEFT_ELBOW", "LEFT_WRIST"), 0.0),  # the other arm is where it should be
        (("LEFT_ELBOW", "RIGHT_WRIST"), 0.06),  # half of either arm
        (("LEFT_ELBOW", "LEFT_WRIST", "RIGHT_WRIST"), 0.06),
        (("LEFT_KNEE", "LEFT_ANKLE", "RIGHT_KNEE", "RIGHT_ANKLE"), 0.12),
        (("LEFT_WRIST", "RIGHT_KNEE"), 0.0),  # one of the arms and one of the legs
    ],
)
def test_how_far_a_pair_of_limbs_is_elsewhere(elsewhere: tuple[str, ...], expected: float) -> None:
    moved = _still()
    ours = _still()
    for name in elsewhere:
        vector = ours[:, Keypoint[name]]
        # Turned by so much that the tip is 0.12 away: the length, and with it the proportions, stay.
        turn = 2 * np.arcsin(0.06 / np.linalg.norm(vector[0]))
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        moved[:, Keypoint[name]] = vector @ rotation.T
    assert _compared(ours, moved).pair_elsewhere == pytest.approx([expected], abs=1e-6)


def test_of_a_pair_of_limbs_the_seen_side_counts() -> None:
    moved = _still()
    moved[:, [Keypoint.LEFT_KNEE, Keypoint.LEFT_ANKLE]] *= -1  # farther than what still counts, whatever they measure
    found = _compared(_still(), moved)
    assert found.pair_elsewhere == pytest.approx([0], abs=1e-6)
    share = found.share.copy()
    share[:, [Keypoint.RIGHT_KNEE, Keypoint.RIGHT_ANKLE]] = 0
    assert replace(found, share=share).pair_elsewhere > 0.1
    share[:, [Keypoint.LEFT_KNEE, Keypoint.LEFT_ANKLE]] = 0
    assert replace(found, share=share).pair_elsewhere == pytest.approx([0], abs=1e-6)


@pytest.mark.parametrize(
    ("way", "kept"),
    [
        (0.5, 0.25),
        (0.3, 0.25),
        (1.1, 1.0),  # too far is wrong in full
        (-1.0, 0.25 + 0.75 * (1.3 / 2) ** 2),  # the other way: three tenths of the right way are what is nearest
    ],
)
def test_an_arm_that_goes_less_far_is_a_quarter_as_wrong_as_its_difference(way: float, kept: float) -> None:
    """It lies, at all times, between where it began and where it should be."""
    ours, theirs = _still(), _still()
    there = np.sin(np.pi * np.arange(_FRAMES) / _FRAMES)[:, None]
    # A little, and at right angles to the vectors: their lengths, and with them the proportions, stay.
    for keypoint in (Keypoint.LEFT_ELBOW, _WRIST):
        across = ours[0, keypoint, ::-1] * (-0.01, 0.01)
        ours[:, keypoint] += there * across
        theirs[:, keypoint] += there * way * across
    theirs[:, Keypoint.LEFT_SHOULDER] += there * 0.01
    found = _compared(ours, theirs)
    assert found.eased[0, _WRIST] == pytest.approx(kept * found.apart[0, _WRIST], rel=0.05)
    trunk = [Keypoint.LEFT_SHOULDER, Keypoint.LEFT_HIP]
    np.testing.assert_allclose(found.eased[:, trunk], found.apart[:, trunk], atol=1e-12)
