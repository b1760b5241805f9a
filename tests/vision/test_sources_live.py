"""When a webcam counts as lost, how it is opened, and who releases it: scripted, with a clock moved by hand."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import CameraError
from poseapp.vision.cameras import CameraInfo
from poseapp.vision.frame import BgrImage
from poseapp.vision.sources.camera import CameraSource
from tests.clips import numbered_pictures
from tests.fake_capture import FAIL, FakeDevices, ScriptedCapture, ScriptedClock, Step

import cv2  # isort: skip - after the room that sets its environment

CAMERA = CameraInfo(2, "HD Webcam C920", "/dev/video2", 0x046D, 0x0892, cv2.CAP_V4L2)
MJPG = float(cv2.VideoWriter.fourcc(*"MJPG"))
PICTURES = numbered_pictures(64)


def camera(
    *captures: ScriptedCapture, clock: ScriptedClock | None = None, platform: str = "linux", **options: object
) -> CameraSource:
    return CameraSource(
        CAMERA,
        clock=clock or ScriptedClock(),
        capture=FakeDevices(*captures),
        cameras=lambda: (CAMERA,),
        platform=platform,
        **options,  # type: ignore[arg-type]
    )


def at_30_fps(clock: ScriptedClock, steps: Iterator[BgrImage]) -> Iterator[Step]:
    """Let a thirtieth of a second pass before every picture."""

    def after_a_while(picture: BgrImage) -> Callable[[], BgrImage]:
        def step() -> BgrImage:
            clock.time += 1 / 30
            return picture

        return step

    return map(after_a_while, steps)


def test_a_few_failed_reads_are_nothing() -> None:
    source = camera(ScriptedCapture([PICTURES[0], FAIL, FAIL, FAIL, PICTURES[1]]))
    source.open()
    frames = [source.read(), source.read()]
    assert [f.index for f in frames if f] == [0, 1]


def test_reads_that_go_on_failing_are_a_lost_camera() -> None:
    clock = ScriptedClock()
    source = camera(ScriptedCapture([PICTURES[0]]), clock=clock)
    source.open()
    source.read()
    with pytest.raises(CameraError, match="“HD Webcam C920” gives no more pictures") as caught:
        source.read()
    assert "Plug the camera back in." in caught.value.hint
    assert clock.time - 100.0 <= 2.0
    # It paused between the failures instead of keeping a core busy.
    assert min(clock.waits) > 0


def test_a_camera_that_blocks_until_the_drivers_time_limit_is_lost() -> None:
    clock = ScriptedClock()

    def blocks() -> Step:
        clock.time += 2.0
        return FAIL

    source = camera(ScriptedCapture([PICTURES[0], blocks]), clock=clock)
    source.open()
    source.read()
    with pytest.raises(CameraError, match="gives no more pictures"):
        source.read()
    assert clock.time == pytest.approx(102.0)


def test_a_camera_that_repeats_its_last_picture_is_lost_after_two_seconds() -> None:
    clock = ScriptedClock()
    moving = [PICTURES[i] for i in range(30)]
    steps = at_30_fps(clock, itertools.chain(moving, itertools.repeat(PICTURES[29], 300)))
    source = camera(ScriptedCapture(steps), clock=clock)
    source.open()
    given: list[int] = []
    with pytest.raises(CameraError, match="only repeats its last picture"):
        given.extend(frame.index for frame in source)
    # The last new picture came after one second; those of the next two seconds were still given.
    assert clock.time == pytest.approx(100.0 + 1.0 + 2.0, abs=0.05)
    assert len(given) == pytest.approx(30 + 60, abs=1)


def test_a_still_scene_is_not_a_lost_camera() -> None:
    """A sensor's noise: one pixel of one picture in ten changes by one."""
    clock = ScriptedClock()

    def still() -> Iterator[BgrImage]:
        for i in range(300):
            picture = PICTURES[0].copy()
            picture[37, 11, 1] += i // 10 % 2
            yield picture

    source = camera(ScriptedCapture(at_30_fps(clock, still())), clock=clock)
    source.open()
    assert sum(1 for _ in itertools.islice(source, 300)) == 300


def test_black_first_pictures_are_pictures() -> None:
    clock = ScriptedClock()
    black = np.zeros_like(PICTURES[0])
    steps = at_30_fps(clock, itertools.chain([black] * 30, PICTURES))
    source = camera(ScriptedCapture(steps), clock=clock)
    source.open()
    assert sum(1 for _ in itertools.islice(source, 60)) == 60


def test_a_camera_that_wakes_up_slowly_is_waited_for() -> None:
    clock = ScriptedClock()
    source = camera(ScriptedCapture([FAIL] * 60 + PICTURES), clock=clock)
    source.open()
    assert clock.time - 100.0 == pytest.approx(3.0)
    frame = source.read()
    assert frame is not None
    assert frame.index == 0


def test_a_camera_may_change_its_size() -> None:
    small = np.zeros((48, 64, 3), dtype=np.uint8)
    source = camera(ScriptedCapture([PICTURES[0], small, PICTURES[1]]))
    source.open()
    assert [frame.size for frame in itertools.islice(source, 3)] == [(160, 96), (64, 48), (160, 96)]


@pytest.mark.parametrize("wrong", [np.zeros((0, 0, 3), np.uint8), np.zeros((4, 4), np.uint8), None])
def test_what_is_no_colour_picture_counts_as_failed(wrong: BgrImage | None) -> None:
    class Odd(ScriptedCapture):
        def retrieve(self) -> tuple[bool, BgrImage | None]:
            given, bgr = super().retrieve()
            return (True, wrong) if bgr is not None and not bgr.any() else (given, bgr)

    black = np.zeros_like(PICTURES[0])
    source = camera(Odd([PICTURES[1], black, PICTURES[2]]))
    source.open()
    frames = list(itertools.islice(source, 2))
    np.testing.assert_array_equal(frames[1].bgr, PICTURES[2])


def test_an_error_out_of_opencv_counts_as_failed() -> None:
    def throw() -> Step:
        raise cv2.error("unknown format")

    source = camera(ScriptedCapture([PICTURES[0], throw, PICTURES[1]]))
    source.open()
    assert sum(1 for _ in itertools.islice(source, 2)) == 2


@pytest.mark.parametrize(
    ("platform", "backend", "order"),
    [
        ("linux", cv2.CAP_V4L2, ["fourcc", "width", "height", "fps"]),
        ("darwin", cv2.CAP_AVFOUNDATION, ["fourcc", "width", "height", "fps"]),
        ("win32", cv2.CAP_DSHOW, ["width", "height", "fps", "fourcc"]),
    ],
)
def test_asks_for_motion_jpeg_size_and_rate_in_the_order_of_the_platform(
    platform: str, backend: int, order: list[str]
) -> None:
    capture = ScriptedCapture(PICTURES)
    listed = CameraInfo(2, "Cam", None, 1, 2, backend)
    devices = FakeDevices(capture)
    source = CameraSource(
        listed, width=640, height=480, fps=60, capture=devices, cameras=lambda: (listed,), platform=platform
    )
    source.open()
    source.close()
    assert devices.asked == [(2, backend)]
    assert capture.names_set() == order
    assert dict(capture.set_calls) == {
        cv2.CAP_PROP_FOURCC: MJPG,
        cv2.CAP_PROP_FRAME_WIDTH: 640,
        cv2.CAP_PROP_FRAME_HEIGHT: 480,
        cv2.CAP_PROP_FPS: 60,
    }


def test_size_and_rate_are_what_the_camera_does_not_what_was_asked() -> None:
    capture = ScriptedCapture(PICTURES, properties={cv2.CAP_PROP_FPS: 15.0, cv2.CAP_PROP_FRAME_WIDTH: 9999.0})
    info = camera(capture, width=1280, height=720, fps=30).open()
    assert (info.width, info.height, info.fps) == (160, 96, 15.0)


@pytest.mark.parametrize("nonsense", [0.0, -1.0, float("nan"), 1e9])
def test_a_rate_that_cannot_be_is_unknown(nonsense: float) -> None:
    assert camera(ScriptedCapture(PICTURES, properties={cv2.CAP_PROP_FPS: nonsense})).open().fps is None


def test_the_next_back_end_is_tried() -> None:
    refusing, working = ScriptedCapture(opened=False), ScriptedCapture(PICTURES)
    devices = FakeDevices(refusing, working)
    source = CameraSource(CAMERA, capture=devices, cameras=lambda: (CAMERA,), platform="linux")
    source.open()
    assert devices.asked == [(2, cv2.CAP_V4L2), (2, cv2.CAP_ANY)]
    assert len(refusing.released_by) == 1
    source.close()


@pytest.mark.parametrize("captures", [[ScriptedCapture(opened=False) for _ in range(2)], [ScriptedCapture()]])
def test_a_busy_camera_is_said_and_released(captures: list[ScriptedCapture]) -> None:
    """Busy shows in either way: it cannot be opened, or it opens and gives nothing."""
    source = camera(*captures)
    with pytest.raises(CameraError) as caught:
        source.open()
    assert str(caught.value) == "Another program uses the camera. Close it and I try again."
    assert all(len(capture.released_by) == 1 for capture in captures)


def test_on_macos_a_forbidden_camera_looks_like_a_busy_one() -> None:
    with pytest.raises(CameraError, match="privacy settings"):
        camera(ScriptedCapture(opened=False), ScriptedCapture(opened=False), platform="darwin").open()


def test_a_forbidden_camera_on_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = tmp_path / "video0"
    node.touch()
    # Scripted, for the superuser may open everything.
    monkeypatch.setattr("os.access", lambda path, mode: False)
    listed = CameraInfo(0, "Cam", str(node), None, None, cv2.CAP_V4L2)
    source = CameraSource(
        listed,
        capture=FakeDevices(*(ScriptedCapture(opened=False) for _ in range(2))),
        cameras=lambda: (listed,),
        platform="linux",
    )
    with pytest.raises(CameraError, match="The system does not let poseapp see the camera"):
        source.open()


def test_an_unplugged_camera_is_said_without_opening_another() -> None:
    devices = FakeDevices()
    other = CameraInfo(2, "Other", "/dev/video2", 1, 1, cv2.CAP_V4L2)
    with pytest.raises(CameraError, match="“HD Webcam C920” is not plugged in"):
        CameraSource(CAMERA, capture=devices, cameras=lambda: (other,)).open()
    assert devices.asked == []


def test_a_number_without_a_camera_says_which_there_are() -> None:
    with pytest.raises(CameraError, match=r"no camera number 7; there are: 2 \(HD Webcam C920\)"):
        CameraSource(7, cameras=lambda: (CAMERA,)).open()
    with pytest.raises(CameraError, match="No camera found"):
        CameraSource(0, cameras=tuple).open()


def test_plugged_in_elsewhere_it_is_found_again() -> None:
    elsewhere = CameraInfo(5, CAMERA.name, "/dev/video5", CAMERA.vid, CAMERA.pid, cv2.CAP_V4L2)
    present = [(CAMERA,), (), (elsewhere,)]
    devices = FakeDevices(ScriptedCapture(PICTURES[:1]), ScriptedCapture(PICTURES))
    # Chosen by its number: what is looked for later is this camera, not this number.
    source = CameraSource(2, capture=devices, cameras=lambda: present.pop(0), clock=ScriptedClock(), platform="linux")
    assert source.open().title == "HD Webcam C920"
    source.read()
    with pytest.raises(CameraError):
        source.read()
    source.close()
    with pytest.raises(CameraError, match="not plugged in"):
        source.open()
    source.open()
    assert source.read() is not None
    assert devices.asked == [(2, cv2.CAP_V4L2), (5, cv2.CAP_V4L2)]


def test_an_interrupted_read_ends_when_the_driver_lets_it_and_its_own_thread_releases() -> None:
    reached, let_go = threading.Event(), threading.Event()

    def blocks() -> Step:
        reached.set()
        assert let_go.wait(10)
        return PICTURES[1]

    capture = ScriptedCapture([PICTURES[0], blocks])
    source = CameraSource(CAMERA, capture=FakeDevices(capture), cameras=lambda: (CAMERA,), platform="linux")
    given: list[int] = []

    def read() -> None:
        with source:
            given.extend(frame.index for frame in source)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert reached.wait(10)
        source.interrupt()
        # Nothing but the driver can end this read, and nobody may release the capture under it.
        assert not capture.released_by
    finally:
        let_go.set()
        thread.join(10)
    assert not thread.is_alive()
    assert given == [0]
    assert capture.read_by == set(capture.released_by) == {thread.ident}
    assert len(capture.released_by) == 1


def test_opening_can_be_given_up() -> None:
    reached = threading.Event()

    def fails() -> Step:
        reached.set()
        return FAIL

    capture = ScriptedCapture(itertools.repeat(fails))
    source = CameraSource(CAMERA, capture=FakeDevices(capture), cameras=lambda: (CAMERA,), platform="linux")
    errors: list[CameraError] = []

    def read() -> None:
        try:
            source.open()
        except CameraError as error:
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert reached.wait(10)
    source.interrupt()
    thread.join(2)
    assert not thread.is_alive()
    assert len(errors) == 1
    assert capture.released_by == [thread.ident]
