"""The rendered attempts that other tests rely on: complete, readable, and their truth is plausible."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from poseapp.paths import assets_dir
from tools.avatar.build import ATTEMPTS, DEMO_ATTEMPT
from tools.avatar.clip import Truth

_FOLDER = Path(__file__).parents[1] / "data" / "attempts"
_LISTED = json.loads((_FOLDER / "attempts.json").read_text(encoding="utf-8"))
# The feet never leave their places.
_PLANTED = {"squat", "front_raise", "side_bend", "overhead_press", "biceps_curl", "shoulder_shrug"}


def _truth(name):
    return Truth.load(_FOLDER / f"{name}.npz")


def test_the_list_is_what_the_tool_films():
    assert [attempt.described() for attempt in ATTEMPTS] == _LISTED
    named = {one[key] for one in _LISTED for key in ("video", "truth")}
    assert {path.name for path in _FOLDER.iterdir()} == named | {"attempts.json"}
    assert sum(path.stat().st_size for path in _FOLDER.iterdir()) < 4_000_000


@pytest.mark.parametrize("one", _LISTED, ids=lambda one: one["name"])
def test_truth_is_finite_inside_the_picture_and_one_row_for_each_picture(one):
    truth = _truth(one["name"])
    frames = len(truth.t)
    assert truth.xy.shape == (frames, 17, 2)
    assert truth.xyz.shape == (frames, 17, 3)
    assert truth.visible.shape == (frames, 17)
    assert truth.visible.dtype == np.bool_
    assert truth.visible.any(axis=1).all()
    assert np.isfinite(truth.xy).all()
    assert np.isfinite(truth.xyz).all()
    assert truth.xy.min() > 0
    assert (truth.xy < truth.frame_size).all()
    assert truth.t == pytest.approx(np.arange(frames) / 30)
    capture = cv2.VideoCapture(str(_FOLDER / one["video"]))
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == frames
    assert capture.get(cv2.CAP_PROP_FPS) == 30
    size = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    assert size == tuple(truth.frame_size)
    capture.release()


@pytest.mark.parametrize("one", [o for o in _LISTED if o["action"] in _PLANTED], ids=lambda one: one["name"])
def test_planted_feet_stay(one):
    ankles = _truth(one["name"]).xyz[:, 15:]
    assert np.ptp(ankles, axis=0).max() < 0.03  # metres; the keypoint is skin that moves a little over the bone


@pytest.mark.parametrize("one", _LISTED, ids=lambda one: one["name"])
def test_nobody_stands_below_the_floor_or_flies_and_bones_keep_their_length(one):
    xyz = _truth(one["name"]).xyz
    lowest = xyz[:, 15:, 2].min(axis=1)
    assert lowest.min() > 0.04
    assert lowest.max() < 0.35  # a jump
    shins = np.linalg.norm(xyz[:, 13:15] - xyz[:, 15:17], axis=2)
    assert np.ptp(shins, axis=0).max() < 0.12 * shins.mean()


def _knee_bend(name):
    xyz = _truth(name).xyz.astype(float)
    thigh, shin = xyz[:, 11] - xyz[:, 13], xyz[:, 15] - xyz[:, 13]
    cosine = (thigh * shin).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shin, axis=1)
    return 180 - np.rad2deg(np.arccos(cosine)).min()


def test_the_demo_s_squat_is_visibly_less_deep():
    assert _knee_bend("squat_left_clean") > _knee_bend("squat_left_shallow") + 20
    shipped = assets_dir() / "demo" / f"{DEMO_ATTEMPT}.mp4"
    assert shipped.read_bytes() == (_FOLDER / f"{DEMO_ATTEMPT}.mp4").read_bytes()
