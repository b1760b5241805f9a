"""Which movement it is: one of the library, seen from where, by which side, or none of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poseapp.errors import NotEnoughSeenError, UsageError
from poseapp.pose import PoseSequence
from poseapp.scoring.cleaning import clean
from poseapp.scoring.recognition import RecognitionLibrary
from poseapp.scoring.segments import mirrored as mirrored_segments
from poseapp.scoring.segments import segment_vectors
from poseapp.scoring.shape_matching import ShapeStack
from poseapp.scoring.shapes import FRAMES, active_part, shape_of
from poseapp.scoring.typical_repetition import shapes_in
from tools import motion
from tools.motion import impostors
from tools.motion.edits import LessAmplitude
from tools.motion.nuisances import mirrored, moved, noisy

_ACTIONS = ("squat", "lateral_raise", "knee_raise", "punch")


def _take(action: str, view: str, **how: object) -> PoseSequence:
    sequence = motion.perform(action, view=view, **{"seed": 1, **how}).sequence()  # type: ignore[arg-type]
    return noisy(sequence, np.random.default_rng(2), 1.0)


@pytest.fixture(scope="module")
def takes() -> list[tuple[str, str, PoseSequence]]:
    return [(action, view, _take(action, view)) for action in _ACTIONS for view in motion.VIEWS]


@pytest.fixture(scope="module")
def library(takes: list[tuple[str, str, PoseSequence]]) -> RecognitionLibrary:
    return RecognitionLibrary(takes)


def test_a_reference_is_nearest_to_itself(
    library: RecognitionLibrary, takes: list[tuple[str, str, PoseSequence]]
) -> None:
    assert len(library) == len(takes)
    for i, (name, view, poses) in enumerate(takes):
        best = library.recognise(poses).best
        assert best is not None
        assert (best.name, best.view, best.mirrored, best.index) == (name, view, False, i)
        assert best.distance == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("action", _ACTIONS)
@pytest.mark.parametrize("view", motion.VIEWS)
def test_another_person_at_another_tempo_after_standing_around(
    library: RecognitionLibrary, action: str, view: str
) -> None:
    how = {
        "body": "small_woman",
        "tempo": 1.3,
        "local_tempo": 0.2,
        "before": 2.0,
        "after": 1.5,
        "fps": 24.0,
        "seed": 9,
    }
    best = library.recognise(_take(action, view, **how)).best
    assert best is not None
    assert (best.name, best.view) == (action, view)


@settings(max_examples=15)
@given(
    scale=st.floats(0.3, 3),
    x=st.floats(-500, 500),
    y=st.floats(-500, 500),
    which=st.integers(0, 3 * len(_ACTIONS) - 1),
    late=st.floats(0, 1e4),
)
def test_place_size_and_clock_are_nothing(
    library: RecognitionLibrary,
    takes: list[tuple[str, str, PoseSequence]],
    scale: float,
    x: float,
    y: float,
    which: int,
    late: float,
) -> None:
    poses = moved(takes[which][2], scale, (x, y))
    best = library.recognise(PoseSequence(poses.xy, poses.confidence, poses.t + late)).best
    assert best is not None
    assert best.index == which
    assert best.distance == pytest.approx(0, abs=5e-3)


def test_the_other_side_is_recognised_and_said(library: RecognitionLibrary) -> None:
    """A punch with the right fist seen from the left, turned round, is one with the left fist seen from the right."""
    best = library.recognise(mirrored(_take("punch", "left", seed=5))).best
    assert best is not None
    assert (best.name, best.view, best.mirrored) == ("punch", "right", True)


def test_a_movement_that_is_its_own_mirror_image_is_not_called_mirrored(library: RecognitionLibrary) -> None:
    best = library.recognise(mirrored(_take("squat", "front", seed=5))).best
    assert best is not None
    assert (best.name, best.view, best.mirrored) == ("squat", "front", False)


def test_a_set_of_repetitions_is_the_movement(library: RecognitionLibrary) -> None:
    best = library.recognise(_take("lateral_raise", "front", reps=4, seed=3)).best
    assert best is not None
    assert best.name == "lateral_raise"


@pytest.mark.parametrize("action", _ACTIONS)
@pytest.mark.parametrize("view", motion.VIEWS)
def test_three_repetitions_are_as_near_as_one(library: RecognitionLibrary, action: str, view: str) -> None:
    how = {"body": "small_woman", "tempo": 1.2, "seed": 5}
    once, thrice = (
        library.recognise(_take(action, view, reps=reps, pause=pause, **how)).best
        for reps, pause in ((1, 0.0), (3, 0.7))
    )
    assert once is not None
    assert thrice is not None
    assert (thrice.name, thrice.view) == (once.name, once.view) == (action, view)
    assert thrice.distance <= once.distance + 0.03


def test_one_repetition_is_recognised_by_a_reference_of_several() -> None:
    takes = [(action, "front", _take(action, "front", reps=4, pause=0.3)) for action in _ACTIONS]
    library = RecognitionLibrary(takes)
    assert len(library) == len(takes)
    for i, action in enumerate(_ACTIONS):
        best = library.recognise(_take(action, "front", seed=8)).best
        assert best is not None
        assert (best.name, best.index, best.mirrored) == (action, i, False)


def test_the_typical_repetition_is_neither_the_short_nor_the_cut_one() -> None:
    """Of four, one goes two fifths of the way: what is compared beside the whole goes all of it."""
    amplitudes = [1.0, 0.4, 1.0, 1.0]
    done = motion.perform("lateral_raise", view="front", reps=4, amplitudes=amplitudes, seed=1).sequence()
    whole, typical = shapes_in(segment_vectors(clean(done)))
    once = shape_of(segment_vectors(clean(motion.perform("lateral_raise", view="front", seed=1).sequence())))
    likeness = ShapeStack([once]).likeness(typical, np.arange(1))
    assert likeness.amplitude[0] == pytest.approx(1, abs=0.1)
    assert likeness.distance[0] < ShapeStack([once]).likeness(whole, np.arange(1)).distance[0] / 2


def test_one_movement_has_one_shape() -> None:
    assert len(shapes_in(segment_vectors(clean(_take("squat", "left"))))) == 1


def test_other_legs_are_another_movement_however_near_the_arms_are() -> None:
    """From the side, who squats with the arms raised to the front is not raising the arms."""
    names = ("front_raise", "biceps_curl", "side_bend")
    library = RecognitionLibrary([(name, "left", _take(name, "left")) for name in names])
    assert library.recognise(_take("front_raise", "left", seed=4)).best is not None
    found = library.recognise(_take("squat", "left", seed=4))
    first, second = found.candidates[:2]
    assert first.name == "front_raise"
    assert first.distance < 0.35
    assert first.distance < 0.65 * second.distance  # near enough, and the next one far behind
    assert found.doubt == "unlike"


def test_a_movement_that_is_not_there_is_not_sure(library: RecognitionLibrary) -> None:
    found = library.recognise(_take("warrior", "front"))
    assert found.doubt == "unlike"
    assert found.best is None
    assert len(found.candidates) == len({c.name for c in found.candidates}) >= 1
    distances = [c.distance for c in found.candidates]
    assert distances == sorted(distances)


def test_standing_still_is_not_sure(library: RecognitionLibrary) -> None:
    rng = np.random.default_rng(0)
    for action in _ACTIONS:
        still = impostors.still_first(_take(action, "left"), rng)
        assert library.recognise(still).doubt == "still"


def test_disorder_is_not_sure(library: RecognitionLibrary) -> None:
    rng = np.random.default_rng(0)
    squat = _take("squat", "left")
    assert library.recognise(impostors.shuffled(squat, rng)).best is None
    assert library.recognise(impostors.noise_only(squat, rng)).best is None


def test_a_library_without_references_and_one_with_nobody() -> None:
    with pytest.raises(UsageError):
        RecognitionLibrary([])
    nobody = PoseSequence(np.zeros((9, 17, 2)), np.zeros((9, 17)), np.arange(9) / 30)
    with pytest.raises(NotEnoughSeenError):
        RecognitionLibrary([("nobody", "front", nobody)])


def test_nobody_in_the_attempt(library: RecognitionLibrary) -> None:
    nobody = PoseSequence(np.zeros((9, 17, 2)), np.zeros((9, 17)), np.arange(9) / 30)
    with pytest.raises(NotEnoughSeenError):
        library.recognise(nobody)


def test_the_active_part_leaves_standing_out() -> None:
    done = motion.perform("squat", view="left", before=2.0, after=1.5)
    start, stop = active_part(segment_vectors(clean(done.sequence())))
    ((begins, ends),) = done.reps
    assert start / 30 == pytest.approx(begins, abs=0.35)
    assert stop / 30 == pytest.approx(ends, abs=0.35)


def test_a_shape_has_no_mean_and_mirrors_with_the_body() -> None:
    segments = segment_vectors(clean(_take("knee_raise", "front")))
    shape = shape_of(segments)
    assert shape.vectors.shape == (FRAMES, 17, 2)
    weight = shape.trust[:, :, None] + 1e-6
    np.testing.assert_allclose((weight * shape.departure).sum(axis=0) / weight.sum(axis=0), 0, atol=1e-9)
    turned = shape_of(mirrored_segments(segments))
    np.testing.assert_allclose(turned.vectors[:, 9], shape.vectors[:, 10] * (-1, 1), atol=1e-12)
    at_once = shape.mirrored()
    for name in ("vectors", "departure", "trust", "energy", "whiteness"):
        np.testing.assert_allclose(getattr(at_once, name), getattr(turned, name), atol=1e-9)


def test_rough_and_exact_distances_agree_on_the_order() -> None:
    shapes = [shape_of(segment_vectors(clean(_take(action, "front")))) for action in _ACTIONS]
    stack = ShapeStack(shapes)
    for i, shape in enumerate(shapes):
        rough = stack.distances(shape)
        exact = stack.likeness(shape, np.arange(len(shapes)))
        assert rough.argmin() == exact.distance.argmin() == i
        assert exact.distance[i] >= rough[i] - 1e-5
        assert exact.amplitude[i] == pytest.approx(1, abs=0.02)
        assert exact.whiteness[i] < 0.1


def test_half_the_way_has_half_the_amplitude() -> None:
    whole, half = (
        shape_of(segment_vectors(clean(motion.perform("lateral_raise", amplitudes=[a]).sequence())))
        for a in (1.0, 0.5)
    )
    likeness = ShapeStack([whole]).likeness(half, np.arange(1))
    assert 0.35 < likeness.amplitude[0] < 0.65


def test_an_arm_that_hangs_makes_no_other_movement_of_it() -> None:
    names = ("arm_circle", "side_bend", "front_raise", "lateral_raise")
    library = RecognitionLibrary([(name, "front", _take(name, "front")) for name in names])
    for part in ("left_arm", "right_arm"):
        wrong = _take("arm_circle", "front", edits=(LessAmplitude((part,), 0.0),), seed=4)
        assert library.recognise(wrong).candidates[0].name == "arm_circle"


def test_an_arm_that_should_be_overhead_and_hangs_is_not_standing_still() -> None:
    """The arm is nearly all that should move in the picture; the trunk says what it is."""
    names = ("side_bend", "lateral_raise", "outward_rotation", "shoulder_shrug", "arm_circle", "punch")
    library = RecognitionLibrary([(name, view, _take(name, view)) for name in names for view in motion.VIEWS])
    wrong = _take("side_bend", "front", edits=(LessAmplitude(("right_arm",), 0.0),), seed=4)
    assert library.recognise(wrong).candidates[0].name == "side_bend"


@pytest.mark.parametrize("view", ["left", "right"])
@pytest.mark.parametrize("part", ["left_arm", "right_arm"])
def test_the_way_from_hanging_arms_into_the_start_position_is_no_part_of_it(view: str, part: str) -> None:
    """Both hands go up to the shoulders before they press; with one of them the press then ends early."""
    names = ("overhead_press", "lateral_raise", "side_bend", "jumping_jack", "arm_circle", "front_raise")
    library = RecognitionLibrary([(name, side, _take(name, side)) for name in names for side in motion.VIEWS])
    how = {"relaxed": True, "before": 1.2, "after": 1.2, "tempo": 1.1, "edits": (LessAmplitude((part,), 0.6),)}
    first = library.recognise(_take("overhead_press", view, seed=4, **how)).candidates[0]
    assert (first.name, first.view) == ("overhead_press", view)


def test_what_an_attempt_does_before_and_after_is_said() -> None:
    """Standing still is not counted, and raising the arms into place is."""
    once, from_hanging = (
        shape_of(segment_vectors(clean(motion.perform("overhead_press", view="left", **how).sequence())))  # type: ignore[arg-type]
        for how in ({"before": 1.5, "after": 1.5}, {"relaxed": True, "before": 1.5, "after": 1.5})
    )
    stack = ShapeStack([once])
    assert stack.likeness(once, np.arange(1)).left_out[0] == pytest.approx(0, abs=0.04)
    assert stack.likeness(from_hanging, np.arange(1)).left_out[0] > 0.15
    assert stack.likeness(from_hanging, np.arange(1)).distance[0] < 0.1
