"""Keyframes, bodies and the camera: what can be said in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from tools import motion
from tools.motion.camera import hidden, turned
from tools.motion.channels import SLICES, STANDING, WIDTH, changed, packed
from tools.motion.kinematics import joints, rotation
from tools.motion.timeline import Timeline, pchip

_BONES = ((5, 7, "upper_arm"), (7, 9, "forearm"), (11, 13, "thigh"), (13, 15, "shank"))


def _angle(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Degrees at b."""
    u, v = a - b, c - b
    cosine = (u * v).sum(-1) / np.linalg.norm(u, axis=-1) / np.linalg.norm(v, axis=-1)
    return np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))


def test_the_curve_between_inner_keyframes_is_scipys():
    rng = np.random.default_rng(0)
    x = np.cumsum(rng.uniform(0.2, 1, 8))
    y = rng.normal(0, 1, (8, 3))
    at = np.linspace(x[1], x[-2], 50)
    assert np.allclose(pchip(x, y, at), PchipInterpolator(x, y)(at))


def test_the_curve_rests_at_its_ends_and_does_not_overshoot():
    x, y = np.array([0.0, 1, 2, 3]), np.array([[0.0], [1], [1], [0]])
    near = pchip(x, y, np.array([0.001, 2.999]))
    assert (near < 1e-5).all()
    assert pchip(x, y, np.linspace(-1, 4, 400)).max() == pytest.approx(1)
    assert pchip(x, y, np.array([1.2, 1.5, 1.9])) == pytest.approx(1.0)


def test_a_repetition_must_end_where_it_began():
    with pytest.raises(ValueError, match="ends where it began"):
        Timeline.of(STANDING, (1.0, {"root": (0, 0, -0.1)}))


def test_a_channel_without_a_side_sets_both_and_an_unknown_one_is_refused():
    posture = changed(STANDING, fist=0.7)
    assert posture["fist_l"] == posture["fist_r"] == 0.7
    with pytest.raises(KeyError, match="tail"):
        changed(STANDING, tail=1)


def test_columns_cover_all_channels_once():
    used = np.zeros(WIDTH, dtype=int)
    for columns in SLICES.values():
        used[columns] += 1
    assert (used == 1).all()


@pytest.mark.parametrize(
    ("angles", "of", "gives"),
    [
        ((90, 0, 0), (0, -1, 0), (1, 0, 0)),  # forward is turned to the own left
        ((0, 90, 0), (0, 0, 1), (0, -1, 0)),  # up is pitched forward
        ((0, 0, 90), (0, 0, 1), (1, 0, 0)),  # up leans to the own left
    ],
)
def test_positive_angles_go_to_the_own_left_and_forward(angles, of, gives):
    assert rotation(np.array(angles, dtype=float)) @ np.array(of) == pytest.approx(np.array(gives))


@pytest.mark.parametrize("name", motion.ACTIONS)
@pytest.mark.parametrize("body", ["average", "child"])
def test_bones_keep_their_length(name, body):
    xyz = motion.perform(name, body=body).xyz
    for a, b, bone in _BONES:
        length = getattr(motion.BODIES[body], bone)
        for side in (0, 1):
            assert np.linalg.norm(xyz[:, a + side] - xyz[:, b + side], axis=1) == pytest.approx(length, abs=1e-9)


@pytest.mark.parametrize(
    "name", ["squat", "front_raise", "biceps_curl", "overhead_press", "side_bend", "torso_twist", "shoulder_shrug"]
)
def test_standing_feet_do_not_slide(name):
    ankles = motion.perform(name).xyz[:, 15:17]
    assert np.ptp(ankles, axis=0).max() < 1e-9


@pytest.mark.parametrize("name", motion.ACTIONS)
def test_nobody_sinks_into_the_floor(name):
    for body in motion.BODIES:
        xyz = motion.perform(name, body=body).xyz
        assert xyz[:, 15:17, 2].min() >= motion.BODIES[body].ankle_height - 1e-9
        assert xyz[..., 2].min() > 0


def test_a_squat_bends_the_knees_to_a_right_angle_or_more_and_a_shallow_one_does_not():
    def lowest(**errors):
        xyz = motion.perform("squat", **errors).xyz
        return _angle(xyz[:, 11], xyz[:, 13], xyz[:, 15]).min()

    assert 60 < lowest() < 95
    assert lowest(depth=0.5) > lowest() + 20


def test_a_curl_bends_the_elbows_and_leaves_the_upper_arms_still():
    xyz = motion.perform("biceps_curl").xyz
    elbow = _angle(xyz[:, 5], xyz[:, 7], xyz[:, 9])
    assert elbow.max() > 165
    assert elbow.min() < 45
    upper = xyz[:, 7] - xyz[:, 5]
    assert np.ptp(upper, axis=0).max() < 0.03


@pytest.mark.parametrize(("top", "degrees"), [(1.0, 92), (0.6, 55.2)])
def test_a_front_raise_comes_as_high_as_asked(top, degrees):
    xyz = motion.perform("front_raise", top=top).xyz
    upper = xyz[:, 7] - xyz[:, 5]
    raised = np.rad2deg(np.arccos(-upper[:, 2] / np.linalg.norm(upper, axis=1)))
    assert raised.max() == pytest.approx(degrees, abs=7)  # the back leans a little


def test_only_the_legs_of_a_kick_leave_the_floor_and_the_foot_comes_to_belt_height():
    performance = motion.perform("front_kick")
    rise = np.ptp(performance.xyz[:, 15:17, 2], axis=0)
    assert rise[0] < 0.01
    assert performance.xyz[:, 16, 2].max() > 0.8 * performance.xyz[0, 12, 2]


def test_the_camera_sees_a_metre_at_four_metres_as_a_quarter_of_the_focal_length():
    camera = motion.Camera(distance=4, height=1, focal=1000, width=640, height_px=640)
    assert camera.project(np.array([[0.0, 0, 1], [1, 0, 2], [1, -2, 0]])) == pytest.approx(
        np.array([[320, 320], [570, 70], [820, 820]])
    )


def test_the_left_view_shows_the_left_side_facing_left():
    front, left, right = (motion.perform("squat", view=view) for view in ("front", "left", "right"))
    nose, ears = 0, slice(3, 5)
    assert (left.xy[:, nose, 0] < left.xy[:, ears, 0].mean(axis=1)).all()
    assert (right.xy[:, nose, 0] > right.xy[:, ears, 0].mean(axis=1)).all()
    assert (front.xy[:, 5, 0] > front.xy[:, 6, 0]).all()  # the own left is on the right of the picture
    assert (front.confidence[:, 5:] > 0.5).all()
    assert left.confidence[:, [5, 11]].mean() > 0.7
    assert left.confidence[:, [4, 12]].mean() < 0.3
    assert right.confidence[:, [3, 11]].mean() < 0.3


def test_a_wrist_behind_the_back_is_hidden():
    body = motion.BODIES["average"]
    posture = changed(STANDING, upper_arm_l=(0.3, -0.3, -1), forearm_l=(-0.9, -0.35, 0.1))
    xyz = joints(packed(posture)[None], body)
    seen_from_front = hidden(xyz, motion.Camera(), body)[0]
    seen_from_behind = hidden(turned(xyz, 180), motion.Camera(), body)[0]
    assert seen_from_front[9]
    assert not seen_from_front[10]
    assert not seen_from_behind[9]
    assert seen_from_behind[0]


def test_turning_by_right_angles():
    forward = np.array([[0.0, -1, 0]])
    assert turned(forward, -90) == pytest.approx(np.array([[-1, 0, 0]]), abs=1e-12)
    assert turned(forward, 90) == pytest.approx(np.array([[1, 0, 0]]), abs=1e-12)
