"""The avatar's body and rig: what physics and symmetry say, and that it performs what tools.motion performs."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tools import motion
from tools.avatar import BODY_NAMES, AvatarBody, BodyFileError, Rig, skinned
from tools.avatar.body import BODIES_FOLDER
from tools.motion.channels import SLICES, STANDING, changed, packed

_PERFORMED = (
    "squat", "lunge", "punch", "front_kick", "jumping_jack", "side_bend", "front_raise", "biceps_curl",
    "overhead_press", "shoulder_shrug", "knee_raise", "tai_chi",
)  # fmt: skip
_SEGMENTS = ((5, 7), (7, 9), (6, 8), (8, 10), (11, 13), (13, 15), (12, 14), (14, 16))
_JOINTS = ((5, 7, 9), (6, 8, 10), (11, 13, 15), (12, 14, 16))
_MIRRORED = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]


@pytest.fixture(scope="module")
def rigs() -> dict[str, Rig]:
    return {name: Rig(AvatarBody.load(name)) for name in BODY_NAMES}


def _between(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Degrees between vectors."""
    cosine = (u * v).sum(-1) / np.linalg.norm(u, axis=-1) / np.linalg.norm(v, axis=-1)
    return np.rad2deg(np.arccos(np.clip(cosine, -1, 1)))


def _bone(rig: Rig, moved: np.ndarray, name: str) -> np.ndarray:
    return moved[:, rig.body.bone(name)]


@pytest.mark.parametrize("name", BODY_NAMES)
def test_a_standing_body_has_its_joints_at_heights_of_anthropometry(rigs, name):
    rig = rigs[name]
    points = rig.motion(packed(STANDING)[None]).keypoints[0]
    height = points[:, 2] / rig.body.height
    # Winter 2009, figure 4.1: shoulder 0.818, hip 0.530, knee 0.285, ankle 0.039 of stature, eyes 0.936.
    for keypoints, expected, tolerance in (
        ((1, 2), 0.936, 0.01), ((5, 6), 0.818, 0.03), ((11, 12), 0.530, 0.03), ((13, 14), 0.285, 0.02),
        ((15, 16), 0.039, 0.025),
    ):  # fmt: skip
        assert height[list(keypoints)] == pytest.approx(expected, abs=tolerance)
    assert 1.5 < rig.body.height < 2.0
    assert (points[5::2, 0] > 0).all()  # the left is to the left
    assert points[0, 1] < points[3, 1]  # the nose is in front of the ears


@pytest.mark.parametrize("name", BODY_NAMES)
def test_planted_feet_stay_during_a_squat(rigs, name):
    rig = rigs[name]
    moved = rig.motion(motion.perform("squat").channels)
    for bone in ("foot.L", "foot.R", "toe1-1.L", "toe5-1.R"):
        assert np.ptp(_bone(rig, moved.heads, bone), axis=0).max() < 1e-3
    assert np.ptp(_bone(rig, moved.heads, "upperleg01.L")[:, 2]) > 0.3 * rig.leg


def test_the_ball_of_the_rear_foot_carries_a_lunge_and_neither_sinks_nor_slides_away(rigs):
    for rig in rigs.values():
        ball = _bone(rig, rig.motion(motion.perform("lunge").channels).heads, "toe2-1.L")
        assert np.ptp(ball[:, 2]) < 0.006
        assert np.ptp(ball[:, :2], axis=0).max() < 0.03


@pytest.mark.parametrize("action", _PERFORMED)
def test_nothing_sinks_into_the_floor(rigs, action):
    for name in ("coachf", "userm"):
        body = rigs[name].body
        skin = body.parts["body"].vertices
        moved = rigs[name].motion(motion.perform(action, fps=5).channels)
        assert min(moved[i].vertices[skin, 2].min() for i in range(len(moved))) > -0.004


@pytest.mark.parametrize("action", _PERFORMED)
def test_limbs_keep_their_length_and_bones_only_turn(rigs, action):
    rig = rigs["userf"]
    moved = rig.motion(motion.perform(action, fps=10).channels)
    for side in "LR":
        for a, b in (
            ("upperarm01", "lowerarm01"), ("lowerarm01", "wrist"), ("upperleg01", "lowerleg01"),
            ("lowerleg01", "foot"),
        ):  # fmt: skip
            ends = (_bone(rig, moved.heads, f"{bone}.{side}") for bone in (a, b))
            length = np.linalg.norm(np.subtract(*ends), axis=1)
            at_rest = np.linalg.norm(rig.body.head(f"{a}.{side}") - rig.body.head(f"{b}.{side}"))
            assert length == pytest.approx(at_rest, abs=1e-9)
    squares = moved.rotations @ np.swapaxes(moved.rotations, -1, -2)
    assert np.abs(squares - np.eye(3)).max() < 1e-9
    assert np.linalg.det(moved.rotations) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("action", _PERFORMED)
def test_the_avatar_performs_what_the_vocabulary_says(rigs, action):
    performance = motion.perform(action)
    for rig in rigs.values():
        points = rig.motion(performance.channels).keypoints
        for a, b in _SEGMENTS:
            off = _between(points[:, b] - points[:, a], performance.xyz[:, b] - performance.xyz[:, a])
            assert off.max() < 9  # the regressor's hips lie up to 6 degrees beside the thigh bones
        for a, b, c in _JOINTS:
            bend, meant = (_between(x[:, a] - x[:, b], x[:, c] - x[:, b]) for x in (points, performance.xyz))
            assert np.abs(bend - meant).max() < 10


def test_the_mirror_image_of_a_posture_is_the_posture_of_the_mirrored_channels(rigs):
    posture = changed(
        STANDING, root=(0.05, 0.02, -0.1), pelvis=(10, 5, -4), spine=(-15, 8, 12), head=(20, -5, 6), fist=0.6,
        upper_arm_l=(0.5, 0.8, 0.2), forearm_l=(-0.3, 0.6, 0.8), palm_l=40, shrug_r=10, ankle_r=(0.1, 0.3, 0.05),
        foot_r=(20, 15, 0.7),
    )  # fmt: skip
    row = packed(posture)
    mirrored = row.copy()
    for name, columns in SLICES.items():
        other = {"_l": "_r", "_r": "_l"}.get(name[-2:])
        mirrored[columns] = row[SLICES[name[:-2] + other]] if other else row[columns]
    mirrored[SLICES["root"].start] *= -1
    for name in ("pelvis", "spine", "head"):
        start = SLICES[name].start
        mirrored[[start, start + 2]] *= -1
    for rig in rigs.values():
        points, reflected = rig.motion(np.array([row, mirrored])).keypoints
        assert reflected == pytest.approx(points[_MIRRORED] * [-1, 1, 1], abs=2e-3)  # the bodies are as symmetric


def test_keypoints_without_skinning_are_those_of_the_skinned_mesh(rigs):
    rig = rigs["coach"]
    moved = rig.motion(motion.perform("punch", fps=4).channels)
    for i in range(len(moved)):
        assert rig.keypoints(moved[i]) == pytest.approx(moved.keypoints[i], abs=1e-9)


def test_a_pose_is_one_frame_of_the_motion_and_moves_attached_points_alike(rigs):
    rig = rigs["coachf"]
    channels = motion.perform("front_kick", fps=4).channels
    posed = rig.pose(channels[3])
    assert posed.vertices == pytest.approx(rig.motion(channels)[3].vertices)
    some = np.array([10, 5000, 13000])
    attached = skinned(rig.body.vertices[some], rig.body.weights[some], posed.bone_matrices)
    assert attached == pytest.approx(posed.vertices[some])


def test_a_fist_closes_the_fingers_over_the_palm_and_the_thumb_over_the_fingers(rigs):
    for rig in rigs.values():
        hand = rig.motion(np.array([packed(changed(STANDING, fist=fist)) for fist in (0, 1)])).heads
        for side in "LR":
            wrist = _bone(rig, hand, f"wrist.{side}")
            for finger in "2345":
                opened, closed = np.linalg.norm(_bone(rig, hand, f"finger{finger}-3.{side}") - wrist, axis=1)
                assert closed < 0.65 * opened
            thumb, index = (_bone(rig, hand, f"finger{bone}.{side}") for bone in ("1-3", "2-3"))
            opened, closed = np.linalg.norm(thumb - index, axis=1)
            assert closed < 0.6 * opened


def test_a_palm_turned_outward_turns_the_hand_and_leaves_the_wrist(rigs):
    rig = rigs["coach"]
    forward = {"upper_arm": (0.1, 0, -1), "forearm": (0.05, 1, 0)}
    heads = rig.motion(np.array([packed(changed(STANDING, palm=palm, **forward)) for palm in (0, 60)])).heads
    assert np.ptp(_bone(rig, heads, "wrist.L"), axis=0).max() < 1e-9
    thumb = _bone(rig, heads, "finger1-2.L") - _bone(rig, heads, "wrist.L")
    assert thumb[1, 0] > thumb[0, 0] + 0.02  # outward, that is to the left


def test_channels_of_another_shape_are_refused(rigs):
    with pytest.raises(ValueError, match="shape"):
        rigs["coach"].motion(np.zeros((3, 5)))


def test_an_unknown_body_and_an_unknown_bone_are_named(rigs):
    with pytest.raises(BodyFileError, match=r"no nobody\.npz.*coachf"):
        AvatarBody.load("nobody")
    with pytest.raises(KeyError, match="tail"):
        rigs["coach"].body.bone("tail")


def _copied(folder: Path) -> Path:
    folder.mkdir()
    for name in ("topology", "coach"):
        shutil.copy(BODIES_FOLDER / f"{name}.npz", folder)
    return folder


def _changed_file(path: Path, **arrays: np.ndarray | None) -> None:
    with np.load(path) as file:
        content = {**file, **arrays}
    np.savez(path, **{key: value for key, value in content.items() if value is not None})


def _stored(name: str, key: str) -> np.ndarray:
    with np.load(BODIES_FOLDER / f"{name}.npz") as file:
        return file[key]


def _with(values: np.ndarray, at: tuple[int, ...] | int, value: float) -> np.ndarray:
    out = values.copy()
    out[at] = value
    return out


@pytest.mark.parametrize(
    ("name", "key", "damage", "says"),
    [
        ("coach", "vertices", lambda x: x[:-1], "vertices have shape"),
        ("coach", "heads", lambda x: _with(x, (3, 1), np.nan), "heads are not a person's"),
        ("coach", "vertices", lambda x: _with(x, (0, 0), 900), "vertices are not a person's"),
        ("coach", "heads", lambda _: None, "lacks heads"),
        ("coach", "vertices", lambda x: x.astype(object), "damaged"),
        ("topology", "parents", lambda x: _with(x, 5, 60), "parents"),
        ("topology", "weight_bones", lambda x: _with(x, (7, 0), 200), "weights point outside"),
        ("topology", "weights", lambda x: x * 2, "weights do not sum to 1"),
        ("topology", "regressor", lambda x: _with(x, 0, 3), "regressor do not sum to 1"),
        ("topology", "regressor_at", lambda x: _with(x, (1, 0), 60000), "regressor point outside"),
        ("topology", "quads_hair", lambda x: x[:0], "faces have shape"),
        ("topology", "uv_quads_body", lambda x: x[1:], "do not belong together"),
        ("topology", "uv", lambda x: x[:-5], "uv_quads point outside"),
    ],
)
def test_a_damaged_body_is_refused(tmp_path, name, key, damage, says):
    folder = _copied(tmp_path / "bodies")
    _changed_file(folder / f"{name}.npz", **{key: damage(_stored(name, key))})
    with pytest.raises(BodyFileError, match=says):
        AvatarBody.load("coach", folder)


@pytest.mark.parametrize("keep", [0, 100, 100_000])
def test_a_body_cut_short_is_refused(tmp_path, keep):
    folder = _copied(tmp_path / "bodies")
    path = folder / "coach.npz"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BodyFileError, match="damaged"):
        AvatarBody.load("coach", folder)


def test_bodies_are_small_and_come_whole():
    sizes = [path.stat().st_size for path in BODIES_FOLDER.glob("*.npz")]
    assert len(sizes) == len(BODY_NAMES) + 1
    assert max(sizes) < 800_000
