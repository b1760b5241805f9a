"""Votes and second opinions, in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.vision.posenet_refine import second_opinions, voted

_STRIDE = 16
_RADIUS = 20.0
_LEFT_KNEE, _RIGHT_KNEE, _RIGHT_ANKLE = 13, 14, 16
_BELOW = [(_RIGHT_ANKLE,) if k == _RIGHT_KNEE else () for k in range(17)]

Chain = tuple[int, NDArray[np.float32], NDArray[np.float32]]


def _offsets(true_yx: tuple[float, float], share: float) -> NDArray[np.float32]:
    """Of a network that answers only a share of the way from each of 9 × 9 cells to the keypoint."""
    offset = np.zeros((9, 9, 34), dtype=np.float32)
    for axis, cells in enumerate(np.mgrid[0:9, 0:9] * _STRIDE):
        offset[..., 17 * axis : 17 * axis + 17] = (share * (true_yx[axis] - cells))[..., None]
    return offset


def _at(y: float, x: float) -> NDArray[np.float32]:
    return np.tile(np.array([y, x], dtype=np.float32), (1, 17, 1))


def test_cells_that_agree_are_believed() -> None:
    places = voted(_at(70, 61), np.zeros((9, 9, 17), np.float32), _offsets((66.5, 63.25), 1.0), _STRIDE)
    np.testing.assert_allclose(places, _at(66.5, 63.25), atol=1e-4)


def test_cells_that_go_part_of_the_way_let_a_keypoint_jump_less_together() -> None:
    """Each goes four fifths of the way: the nearest one's answer jumps by a fifth of a cell at the border of two."""
    truth = np.arange(56.0, 73.0, 0.5)
    alone, together = [], []
    for true in truth:
        offset = _offsets((true, 64), 0.8)
        y, x = np.mgrid[0:9, 0:9] * _STRIDE
        logits = np.repeat((4 - 2 * np.hypot(y - true, x - 64) / _STRIDE)[..., None], 17, axis=2).astype(np.float32)
        row = round(true / _STRIDE)
        alone.append(row * _STRIDE + float(offset[row, 4, 0]))
        together.append(float(voted(_at(alone[-1], 64), logits, offset, _STRIDE)[0, 0, 0]))
    assert max(np.diff(alone)) > 3.2
    assert max(np.diff(together)) < 2
    assert np.std(together - truth) < 0.5 * np.std(alone - truth)


def test_a_vote_for_a_keypoint_elsewhere_does_not_count() -> None:
    offset = _offsets((64, 64), 1.0)
    offset[3, :, :17] += 60
    places = voted(_at(64, 64), np.zeros((9, 9, 17), np.float32), offset, _STRIDE)
    np.testing.assert_allclose(places, _at(64, 64), atol=0.01)


def test_the_surer_cell_counts_more() -> None:
    """Two cells vote, 4 px to either side of the place, one of them with three times the confidence."""
    logits = np.full((9, 9, 17), -80, np.float32)
    logits[4, 3], logits[4, 5] = np.log(0.25 / 0.75), np.log(0.75 / 0.25)
    offset = np.zeros((9, 9, 34), np.float32)
    offset[4, 3, 17:], offset[4, 5, 17:] = 12, -12
    np.testing.assert_allclose(voted(_at(64, 64), logits, offset, _STRIDE), _at(64, 66), atol=1e-3)


@pytest.mark.parametrize("yx", [(-3.0, 64.0), (500.0, -400.0)])
def test_without_votes_and_outside_a_keypoint_stays(yx: tuple[float, float]) -> None:
    logits = np.full((9, 9, 17), -80, np.float32)
    np.testing.assert_array_equal(voted(_at(*yx), logits, _offsets((0, 0), 0.0), _STRIDE), _at(*yx))


def _body() -> NDArray[np.float32]:
    """Keypoints 50 px from one another."""
    return np.stack((np.arange(17) * 50.0, np.zeros(17)), axis=-1).astype(np.float32)


def _wrong(opinion: float) -> tuple[NDArray[np.float32], NDArray[np.float32], Chain]:
    """One person whose right leg lies on the left knee, and a chain of the same body that knows better."""
    yx = _body()[None].copy()
    yx[0, [_RIGHT_KNEE, _RIGHT_ANKLE]] = yx[0, _LEFT_KNEE]
    confidence = np.full((1, 17), 0.5, np.float32)
    return yx, confidence, (_RIGHT_KNEE, _body(), np.full(17, opinion, np.float32))


def test_a_surer_chain_of_the_same_body_corrects_a_limb() -> None:
    yx, confidence, chain = _wrong(0.7)
    second_opinions(yx, confidence, [chain], _BELOW, _RADIUS)
    np.testing.assert_array_equal(yx[0], _body())
    np.testing.assert_allclose(np.flatnonzero(confidence[0] > 0.6), [_RIGHT_KNEE, _RIGHT_ANKLE])


def test_what_hangs_on_the_keypoint_stays_where_it_is_surer() -> None:
    yx, confidence, chain = _wrong(0.7)
    confidence[0, _RIGHT_ANKLE] = 0.9
    second_opinions(yx, confidence, [chain], _BELOW, _RADIUS)
    np.testing.assert_array_equal(yx[0, _RIGHT_KNEE], _body()[_RIGHT_KNEE])
    np.testing.assert_array_equal(yx[0, _RIGHT_ANKLE], _body()[_LEFT_KNEE])


def test_a_chain_that_is_hardly_surer_changes_nothing() -> None:
    yx, confidence, chain = _wrong(0.55)
    before = yx.copy()
    second_opinions(yx, confidence, [chain], _BELOW, _RADIUS)
    np.testing.assert_array_equal(yx, before)


def test_another_body_changes_nothing() -> None:
    yx, confidence, (kind, places, sure) = _wrong(0.9)
    before = yx.copy()
    places[:9] += 200
    second_opinions(yx, confidence, [(kind, places, sure)], _BELOW, _RADIUS)
    np.testing.assert_array_equal(yx, before)


def test_a_knee_is_never_put_on_the_other_knee() -> None:
    yx, confidence, (kind, places, sure) = _wrong(0.9)
    yx[0] = _body()
    places[_RIGHT_KNEE] = places[_LEFT_KNEE]
    second_opinions(yx, confidence, [(kind, places, sure)], _BELOW, _RADIUS)
    np.testing.assert_array_equal(yx[0], _body())


def test_nobody_needs_no_second_opinion() -> None:
    *_, chain = _wrong(0.9)
    second_opinions(np.zeros((0, 17, 2), np.float32), np.zeros((0, 17), np.float32), [chain], _BELOW, _RADIUS)
