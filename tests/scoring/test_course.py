"""What was left out of the reference's way, and what was done instead, on a wrist that goes round in a circle."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring.alignment import WarpingPath
from poseapp.scoring.cleaning import clean
from poseapp.scoring.comparison import compare_either_side, done
from poseapp.scoring.course import Course, course
from poseapp.scoring.errors_along_path import match
from poseapp.scoring.segments import Segments
from tests.scoring.conftest import Performed

_TURNS, _PER_TURN = 10, 60
_FRAMES = _TURNS * _PER_TURN
_WRIST = np.eye(17)[Keypoint.LEFT_WRIST]


def _circling(frames: NDArray[np.int_]) -> Segments:
    """A wrist at those frames of ten turns; everything else hangs down and stands still."""
    angle = 2 * np.pi * frames / _PER_TURN
    vectors = np.zeros((len(frames), 17, 2))
    vectors[..., 1] = 1.0
    vectors[:, Keypoint.LEFT_WRIST] = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    none, ones = np.zeros(17), np.ones(17)
    return Segments(
        np.arange(len(frames)) / 30, vectors, vectors.copy(), np.ones((len(frames), 17)), none, none.copy(), ones,
        none.copy(),
    )  # fmt: skip


def _course(wanted: NDArray[np.int_], shown: NDArray[np.int_], matched: NDArray[np.int_]) -> Course:
    """Reference and attempt at those frames; `matched` says which of the attempt belongs to each of the reference."""
    reference, attempt = _circling(wanted), _circling(shown)
    path = WarpingPath(np.arange(len(wanted)), matched, 0.0)
    return course(match(reference, attempt, path, _WRIST), reference, attempt, _WRIST)


_ALL = np.arange(_FRAMES)


def test_a_repeat_leaves_out_nothing() -> None:
    assert _course(_ALL, _ALL, _ALL) == Course(0.0, 0.0, 0.0)


@pytest.mark.parametrize("part", [0.2, 0.5])
def test_who_stands_in_the_middle_leaves_out_that_share(part: float) -> None:
    """The attempt waits in the pose in which the reference is again after whole turns."""
    still = round(part * _TURNS) * _PER_TURN
    before = 2 * _PER_TURN
    shown = np.delete(_ALL, slice(before, before + still))
    matched = np.clip(_ALL, 0, before) + np.clip(_ALL - before - still, 0, None)
    found = _course(_ALL, shown, matched)
    assert found.left_out == pytest.approx(part, abs=0.02)
    assert found.instead == 0
    assert found.unfinished == 0


@pytest.mark.parametrize("end", ["begins late", "ends early"])
def test_a_clip_that_is_cut_leaves_out_nothing_and_does_nothing_instead(end: str) -> None:
    half = _FRAMES // 2
    late = end == "begins late"
    matched = np.clip(_ALL - half, 0, None) if late else np.clip(_ALL, 0, half - 1)
    found = _course(_ALL, _ALL[half:] if late else _ALL[:half], matched)
    assert found.left_out == pytest.approx(0, abs=0.01)
    assert found.instead == 0
    assert found.unfinished == pytest.approx(0 if late else 0.5, abs=0.02)


def test_a_clip_that_has_more_does_nothing_instead() -> None:
    half = _FRAMES // 2
    assert _course(_ALL[:half], _ALL, _ALL[:half]) == Course(0.0, 0.0, 0.0)


@pytest.mark.parametrize("part", [0.3, 0.5])
def test_what_is_done_before_instead_of_after(part: float) -> None:
    """The attempt turns as often, but many turns of it are left out, and it stands while the reference goes on."""
    more = round(part * _FRAMES)
    matched = np.minimum(_ALL + more, _FRAMES - 1)
    found = _course(_ALL, _ALL, matched)
    assert found.instead == pytest.approx(part, abs=0.03)
    assert found.unfinished == pytest.approx(part, abs=0.03)


def test_a_little_that_goes_along_at_the_end_finishes_nothing() -> None:
    """After four of ten turns the attempt stands; the last turn it goes along once more."""
    matched = np.minimum(_ALL, 4 * _PER_TURN) + np.clip(_ALL - 9 * _PER_TURN, 0, None)
    assert _course(_ALL, _ALL, matched).unfinished == pytest.approx(0.5, abs=0.02)


def test_who_goes_on_after_a_stop_has_finished() -> None:
    """A fifth of the way is left out, and a fifth is done after it."""
    fifth = _FRAMES // 5
    matched = np.minimum(_ALL, 3 * fifth) + np.clip(_ALL - 4 * fifth, 0, None)
    assert _course(_ALL, _ALL, matched).unfinished == pytest.approx(0, abs=0.01)


def test_a_reference_that_stands_has_no_course() -> None:
    assert _course(np.zeros(40, dtype=int), _ALL[:40], np.arange(40)) == Course(0.0, 0.0, 0.0)


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_few_poses(frames: int) -> None:
    assert _course(_ALL[:frames], _ALL[:frames], _ALL[:frames]) == Course(0.0, 0.0, 0.0)


def _one_after_the_other(*parts: PoseSequence) -> PoseSequence:
    xy = np.concatenate([p.xy for p in parts])
    return PoseSequence(xy, np.concatenate([p.confidence for p in parts]), np.arange(len(xy)) / 30)


def test_the_second_of_three_movements_left_out(performed: Performed) -> None:
    first, second, third = (performed(name, view="front") for name in ("biceps_curl", "side_bend", "lateral_raise"))
    reference, attempt = _one_after_the_other(first, second, third), _one_after_the_other(first, third)
    found = done(compare_either_side(clean(reference), clean(attempt)))
    assert found.course.left_out > 0.3
    assert found.factor < 0.5
    assert done(compare_either_side(clean(reference), clean(reference))).course == Course(0.0, 0.0, 0.0)


def test_who_stops_after_the_first_of_three_movements_has_not_finished(performed: Performed) -> None:
    """Or has left out the middle, where the path matches the last of standing still with the end."""
    parts = [performed(name, view="front") for name in ("biceps_curl", "side_bend", "lateral_raise")]
    found = done(compare_either_side(clean(_one_after_the_other(*parts)), clean(parts[0])))
    assert max(found.course.unfinished, found.course.left_out) > 0.4
    assert found.factor == 0
