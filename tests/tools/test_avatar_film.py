"""Filming without a renderer: what a shot is, where the figure is put, the files that come out."""

import dataclasses
import shutil
import subprocess

import numpy as np
import pytest

from tools.avatar.clip import Film, FilmError, Shot, Truth
from tools.avatar.video import VideoWriter


def test_the_figure_is_in_the_middle_and_never_too_near():
    film = Film(Shot("lunge", "left", "coachf"))
    assert film.xyz[..., 0].min() == pytest.approx(-film.xyz[..., 0].max())
    towards = Film(Shot("lunge", "front", "coachf"))
    assert towards.xyz[:, 15:, 1].min() == pytest.approx(-0.25)


def test_the_truth_is_the_camera_s_picture_of_the_keypoints():
    film = Film(Shot("punch", "right", "userm", room="home"))
    xy, _ = film.camera.project(film.xyz)
    assert film.xy == pytest.approx(xy)
    # Turning and moving the person keeps all distances.
    body = film.motion.keypoints
    assert np.linalg.norm(film.xyz[:, 5] - film.xyz[:, 15], axis=1) == pytest.approx(
        np.linalg.norm(body[:, 5] - body[:, 15], axis=1)
    )


def test_an_unknown_mistake_is_told_with_those_there_are():
    with pytest.raises(FilmError, match="shallow"):
        Film(Shot("squat", "left", "coach", mistake="upside_down"))


def test_a_mistake_changes_the_movement():
    clean, shallow = (Film(Shot("squat", "left", "coach", mistake=m)) for m in (None, "shallow"))
    assert shallow.xyz[:, 11, 2].min() > clean.xyz[:, 11, 2].min() + 0.1  # the hips stay higher


def test_truth_comes_back_from_its_file(tmp_path):
    film = Film(Shot("shoulder_shrug", "front", "userf"))
    truth = Truth(
        film.xy.astype(np.float32), np.ones(film.xy.shape[:2], bool), film.xyz.astype(np.float32), film.t,
        np.array([540, 720]),
    )  # fmt: skip
    truth.save(tmp_path / "a.npz")
    truth.save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npz", "b.npz"]
    back = Truth.load(tmp_path / "a.npz")
    for field in dataclasses.fields(Truth):
        assert np.array_equal(getattr(back, field.name), getattr(truth, field.name))


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_clips_are_written_whole_or_not_at_all_and_the_same_each_time(tmp_path):
    pictures = np.random.default_rng(1).integers(0, 255, (6, 64, 48, 3), dtype=np.uint8)
    for name in "ab":
        with VideoWriter(tmp_path / f"{name}.mp4", (48, 64)) as video:
            for picture in pictures:
                video.write(picture)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    probe = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,profile,pix_fmt,nb_frames,r_frame_rate",
         "-of", "csv=p=0", str(tmp_path / "a.mp4")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert probe.stdout.strip() == "h264,High,yuv420p,30/1,6"
    with pytest.raises(KeyError):
        _broken_off(tmp_path / "c.mp4", pictures[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "b.mp4"]


def _broken_off(path, picture):
    with VideoWriter(path, (48, 64)) as video:
        video.write(picture)
        raise KeyError
