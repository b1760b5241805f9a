"""What an action says of itself is what the figure does."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose.keypoints import MIRROR_ORDER
from tools import motion
from tools.motion.faults import visible_degrees

_ACTIONS = pytest.mark.parametrize("action", motion.ACTIONS.values(), ids=lambda a: a.name)


def _from_hips(action: motion.Action) -> np.ndarray:
    """Keypoints in metres from the middle of the hips, x to the person's left."""
    xyz = motion.perform(action, before=0, after=0, fps=120).xyz
    return xyz - xyz[:, 11:13].mean(axis=1, keepdims=True)


def _mirrored(xyz: np.ndarray) -> np.ndarray:
    return xyz[:, list(MIRROR_ORDER)] * np.array([-1, 1, 1])


def _size(xyz: np.ndarray) -> float:
    """The longest way between two places of one joint, along one axis of the room; metres."""
    return float(np.ptp(xyz[:, 5:], axis=0).max())


def _along_the_way(xyz: np.ndarray) -> np.ndarray:
    """Postures at equal parts of the way that all joints travel together: how fast, and where one waits, is gone."""
    steps = np.linalg.norm(np.diff(xyz[:, 5:], axis=0), axis=2).sum(axis=1)
    way = np.concatenate(([0], np.cumsum(steps)))
    at = np.linspace(0, way[-1], 100)
    columns = [np.interp(at, way, column) for column in xyz[:, 5:].reshape(len(xyz), -1).T]
    return np.stack(columns, axis=1).reshape(100, 12, 3)


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.linalg.norm(a - b, axis=2).max())


@_ACTIONS
def test_its_own_reverse_goes_back_the_way_it_came_or_as_the_other_side_would(action):
    xyz = _from_hips(action)
    way = _along_the_way(xyz)
    other = _along_the_way(_mirrored(xyz))
    off = min(_apart(way, way[::-1]), _apart(way, other[::-1])) / _size(xyz)
    assert off < 0.2 if action.own_reverse else off > 0.4


@_ACTIONS
def test_symmetric_is_what_equals_its_mirror_image(action):
    xyz = _from_hips(action)
    off = _apart(xyz, _mirrored(xyz)) / _size(xyz)
    assert off < 0.15 if action.symmetric else off > 0.4


@_ACTIONS
def test_small_is_what_travels_less_than_a_forearm_and_a_half(action):
    assert (_size(_from_hips(action)) < 0.38) == action.small


@_ACTIONS
def test_nothing_jumps(action):
    xyz = motion.perform(action, before=0, after=0, fps=120).xyz
    assert np.linalg.norm(np.diff(xyz, axis=0), axis=2).max() * 120 < 10  # m/s; a boxer's fist reaches about 9


@_ACTIONS
def test_what_it_names_exists(action):
    parts = {"left_arm", "right_arm", "left_leg", "right_leg", "trunk"}
    assert set(action.includes) <= set(motion.ACTIONS) - {action.name}
    assert set(action.movers) <= parts
    assert action.cue
    assert len({m.name for m in action.mistakes}) == len(action.mistakes)
    assert all(set(m.parts) <= parts and m.segments for m in action.mistakes)


@_ACTIONS
def test_a_mistake_shows_in_the_parts_in_which_it_lies(action):
    right = {view: motion.perform(action, view=view) for view in motion.VIEWS}
    for mistake in action.mistakes:
        wrong = {view: motion.perform(action, view=view, **mistake.errors) for view in motion.VIEWS}
        anywhere = {view: visible_degrees(right[view], wrong[view]) for view in motion.VIEWS}
        best = max(anywhere, key=anywhere.__getitem__)
        own = visible_degrees(right[best], wrong[best], mistake.parts)
        assert own > 0.75 * anywhere[best], mistake.name  # a leaning trunk carries the arms along
