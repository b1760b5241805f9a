"""Listing cameras once each, and finding the same one again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from poseapp.vision import cameras
from poseapp.vision.cameras import CameraInfo, camera_openings, find_again, list_cameras

import cv2  # isort: skip - after the room that sets its environment

DSHOW = r"\\?\usb#vid_046d&pid_0892&mi_00#7&1#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
MSMF = r"\\?\USB#VID_046D&PID_0892&MI_00#7&1#{e5323777-f976-4f5b-9b55-b94699c46e44}\GLOBAL"


def entry(index: int, name: str | None, path: str | None, vid: int | None = 1, pid: int | None = 2) -> Any:
    return SimpleNamespace(index=index, name=name, path=path, vid=vid, pid=pid)


def listing(**by_backend: list[Any]) -> Callable[[int], Iterable[Any]]:
    return lambda backend: by_backend.get({cv2.CAP_DSHOW: "dshow", cv2.CAP_MSMF: "msmf"}.get(backend, "other"), [])


def never(backend: int, index: int) -> bool:
    raise AssertionError("probed although the system lists cameras")


def test_one_webcam_with_several_nodes_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two nodes of one webcam share their device; the infrared camera of a laptop has its own."""
    for node, device in {"video0": "usb1", "video2": "usb1", "video4": "usb2"}.items():
        (tmp_path / device).mkdir(exist_ok=True)
        (tmp_path / node).mkdir()
        (tmp_path / node / "device").symlink_to(tmp_path / device)
    monkeypatch.setattr(cameras, "_SYSFS", tmp_path)
    listed = [
        entry(4, "Laptop IR: Laptop IR", "/dev/video4"),
        entry(2, "HD Webcam C920", "/dev/video2"),
        entry(0, "HD Webcam C920", "/dev/video0"),
    ]
    found = list_cameras(platform="linux", listing=listing(other=listed), opens=never)
    assert found == (
        CameraInfo(0, "HD Webcam C920", "/dev/video0", 1, 2, cv2.CAP_V4L2),
        CameraInfo(4, "Laptop IR", "/dev/video4", 1, 2, cv2.CAP_V4L2),
    )


def test_on_windows_both_back_ends_are_asked_and_each_camera_is_listed_once() -> None:
    found = list_cameras(
        platform="win32",
        listing=listing(
            dshow=[entry(0, "OBS Virtual Camera", None, None, None), entry(1, "C920", DSHOW)],
            msmf=[entry(0, "C920", MSMF), entry(1, "Only MSMF", r"\\?\other#{1}")],
        ),
        opens=never,
    )
    assert [(c.name, c.backend, c.index) for c in found] == [
        ("OBS Virtual Camera", cv2.CAP_DSHOW, 0),
        ("C920", cv2.CAP_DSHOW, 1),
        ("Only MSMF", cv2.CAP_MSMF, 1),
    ]


def test_on_windows_every_back_end_is_given_its_own_number() -> None:
    both = listing(
        dshow=[entry(0, "OBS", None), entry(1, "C920", DSHOW)],
        msmf=[entry(0, "C920", MSMF), entry(1, "Other", r"\\?\other#{1}")],
    )
    camera = CameraInfo(1, "C920", DSHOW, 1, 2, cv2.CAP_DSHOW)
    assert camera_openings(camera, platform="win32", listing=both) == ((cv2.CAP_DSHOW, 1), (cv2.CAP_MSMF, 0))


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("linux", (cv2.CAP_V4L2, cv2.CAP_ANY)),
        ("darwin", (cv2.CAP_AVFOUNDATION, cv2.CAP_ANY)),
        ("win32", (cv2.CAP_DSHOW, cv2.CAP_MSMF, cv2.CAP_ANY)),
        ("freebsd", (cv2.CAP_ANY,)),
    ],
)
def test_order_of_the_back_ends(platform: str, expected: tuple[int, ...]) -> None:
    assert camera_openings(CameraInfo(3, "x"), platform=platform) == tuple((b, 3) for b in expected)


@pytest.mark.parametrize("error", [ImportError, OSError, RuntimeError, NotImplementedError, AttributeError])
def test_numbers_are_tried_where_the_system_cannot_be_asked(error: type[Exception]) -> None:
    def broken(backend: int) -> Iterable[Any]:
        raise error

    tried: list[int] = []

    def opens(backend: int, index: int) -> bool:
        tried.append(index)
        return index < 2

    found = list_cameras(platform="win32", listing=broken, opens=opens)
    assert [(c.index, c.name, c.backend) for c in found] == [
        (0, "Camera 0", cv2.CAP_DSHOW),
        (1, "Camera 1", cv2.CAP_DSHOW),
    ]
    # Up to the first gap only: each attempt may take a second.
    assert tried == [0, 1, 2]


def test_on_linux_only_nodes_that_exist_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("video10", "video2", "video-codec", "null"):
        (tmp_path / name).touch()
    monkeypatch.setattr(cameras, "_DEV", tmp_path)
    found = list_cameras(platform="linux", listing=listing(), opens=lambda backend, index: index == 10)
    assert found == (CameraInfo(10, "Camera 10", str(tmp_path / "video10"), None, None, cv2.CAP_V4L2),)


def test_a_camera_without_a_name_has_one() -> None:
    found = list_cameras(platform="darwin", listing=listing(other=[entry(3, None, "")]), opens=never)
    assert (found[0].name, found[0].path) == ("Camera 3", None)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Integrated Camera: Integrated C", "Integrated Camera"),
        ("C920: C920", "C920"),
        ("USB Camera: Front", "USB Camera: Front"),
        ("Odd: ", "Odd: "),
    ],
)
def test_names_repeated_by_linux_are_shown_once(given: str, shown: str) -> None:
    assert list_cameras(platform="darwin", listing=listing(other=[entry(0, given, "p")]))[0].name == shown


C920 = CameraInfo(0, "C920", "/dev/video0", 1, 2)


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        # Two of one kind: the one in the same socket.
        ([CameraInfo(4, "C920", "/dev/video4", 1, 2), C920], 0),
        # In another socket.
        ([CameraInfo(1, "Other", "/dev/video1", 9, 9), CameraInfo(4, "C920", "/dev/video4", 1, 2)], 4),
        # Another camera took its address.
        ([CameraInfo(0, "Other", "/dev/video0", 9, 9)], None),
        # Same maker and product number, but called differently.
        ([CameraInfo(3, "C930", "/dev/video3", 1, 2)], None),
        ([], None),
    ],
)
def test_finding_a_usb_camera_again(present: list[CameraInfo], expected: int | None) -> None:
    found = find_again(C920, lambda: tuple(present))
    assert (found.index if found else None) == expected


@pytest.mark.parametrize(
    ("camera", "present", "found"),
    [
        (CameraInfo(0, "Built in", "pci0"), CameraInfo(1, "Built in", "pci0"), True),
        (CameraInfo(0, "Built in", "pci0"), CameraInfo(0, "Built in", "pci1"), False),
        (CameraInfo(0, "Camera 0"), CameraInfo(0, "Camera 0"), True),
        (CameraInfo(0, "Virtual"), CameraInfo(1, "Virtual"), False),
    ],
)
def test_finding_a_camera_without_usb_numbers_again(camera: CameraInfo, present: CameraInfo, found: bool) -> None:
    assert find_again(camera, lambda: (present,)) == (present if found else None)


@pytest.mark.skipif(any(Path("/dev").glob("video*")), reason="a camera is plugged in")
def test_no_camera_is_an_empty_list_and_silence(capfd: pytest.CaptureFixture[str]) -> None:
    assert list_cameras() == ()
    assert capfd.readouterr() == ("", "")


def test_opencv_finds_its_environment_and_stays_quiet() -> None:
    """In a process of its own: the first import decides."""
    program = """
import os, sys
for name in list(os.environ):
    if name.startswith("OPENCV_"):
        del os.environ[name]
os.environ["OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"] = "7"
from poseapp.vision.sources import choose
assert os.environ["OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"] == "7", "the user's own value was changed"
assert os.environ["OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS"] == "0"
import cv2
assert not cv2.VideoCapture(99).isOpened()
assert not cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG).isOpened()
"""
    done = subprocess.run(
        [sys.executable, "-c", program, __file__], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
