"""What a person writes, and the source it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from poseapp.errors import CameraError, SourceError
from poseapp.vision.cameras import CameraInfo
from poseapp.vision.sources.base import FrameSource
from poseapp.vision.sources.camera import CameraSource
from poseapp.vision.sources.choose import source_for
from poseapp.vision.sources.file import FileSource
from poseapp.vision.sources.network import NetworkSource
from poseapp.vision.sources.picture import PictureSource

CAMERAS = (
    CameraInfo(0, "HD Webcam C920", "/dev/video0", 1, 2),
    CameraInfo(2, "Laptop Camera", "/dev/video2", 3, 4),
    CameraInfo(4, "Laptop Camera IR", "/dev/video4", 3, 5),
)


def choose(spec: str) -> FrameSource:
    return source_for(spec, cameras=lambda: CAMERAS)


@pytest.mark.parametrize(
    ("spec", "kind", "title"),
    [
        ("0", CameraSource, "Camera 0"),
        ("HD Webcam C920", CameraSource, "HD Webcam C920"),
        ("c920", CameraSource, "HD Webcam C920"),
        # The whole name wins over being a part of another.
        ("laptop camera", CameraSource, "Laptop Camera"),
        ("IR", CameraSource, "Laptop Camera IR"),
        ("/dev/video2", CameraSource, "Laptop Camera"),
        ("http://10.0.0.2:8080/video", NetworkSource, "http://10.0.0.2:8080/video"),
        ("https://10.0.0.2/video", NetworkSource, "https://10.0.0.2/video"),
        ("rtsp://10.0.0.2/live", NetworkSource, "rtsp://10.0.0.2/live"),
        ("photo.JPG", PictureSource, "photo.JPG"),
        ("clips/squat.mp4", FileSource, "squat.mp4"),
        (" squat.mov ", FileSource, "squat.mov"),
    ],
)
def test_what_is_meant(spec: str, kind: type[FrameSource], title: str) -> None:
    source = choose(spec)
    assert type(source) is kind
    assert source.title == title


def test_a_file_that_exists_comes_before_a_cameras_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "C920").touch()
    assert type(choose("C920")) is FileSource


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (
            "Brio",
            "There is no camera called “Brio” and no such file; "
            "there are: HD Webcam C920, Laptop Camera, Laptop Camera IR.",
        ),
        ("Laptop", "Several cameras are called “Laptop”: 2 (Laptop Camera), 4 (Laptop Camera IR)."),
        (
            "/dev/video9",
            "There is no camera at /dev/video9; there are: HD Webcam C920, Laptop Camera, Laptop Camera IR.",
        ),
        ("ftp://x/y", "Network cameras are opened by http, https and rtsp addresses only."),
        ("  ", "No source was named."),
    ],
)
def test_what_cannot_be_meant(spec: str, sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        choose(spec)
    assert caught.value.sentence == sentence
    assert caught.value.hint


def test_without_cameras_it_says_so() -> None:
    with pytest.raises(CameraError, match="no camera is plugged in"):
        source_for("C920", cameras=tuple)


def test_pace_and_loop_reach_the_clip(ordinary: Path) -> None:
    looped = source_for(str(ordinary), loop=True)
    with looped:
        indices = [frame.index for frame in (looped.read() for _ in range(25)) if frame]
    assert indices == list(range(25))
