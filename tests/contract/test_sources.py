"""What every picture source keeps to, whatever it reads from. A new kind of source adds one entry to ``CASES``."""

from __future__ import annotations

import gc
import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from poseapp.vision.cameras import CameraInfo
from poseapp.vision.sources.base import FrameSource
from poseapp.vision.sources.camera import CameraSource
from poseapp.vision.sources.file import FileSource
from poseapp.vision.sources.network import NetworkSource
from poseapp.vision.sources.picture import PictureSource
from tests.clips import numbered_pictures, picture_number, write_clip
from tests.fake_capture import ScriptedCapture
from tests.mjpeg import MjpegServer

import cv2  # isort: skip - after the room that sets its environment

#: Pictures of the clip; more than any test reads.
_COUNT = 12


@dataclass(frozen=True)
class Case:
    """One kind of source.

    ``pictures`` is how many it has (None without end), ``may_skip`` whether a machine under load may get fewer.
    """

    make: Callable[[Path], AbstractContextManager[FrameSource]]
    live: bool
    pictures: int | None
    title: str | None = None
    may_skip: bool = False


@contextmanager
def _file(folder: Path) -> Iterator[FrameSource]:
    yield FileSource(write_clip(folder / "numbered.mp4", numbered_pictures(_COUNT)))


@contextmanager
def _paced(folder: Path) -> Iterator[FrameSource]:
    yield FileSource(write_clip(folder / "numbered.mp4", numbered_pictures(_COUNT)), paced=True, speed=4.0)


@contextmanager
def _looped(folder: Path) -> Iterator[FrameSource]:
    yield FileSource(write_clip(folder / "numbered.mp4", numbered_pictures(_COUNT)), loop=True)


@contextmanager
def _picture(folder: Path) -> Iterator[FrameSource]:
    path = folder / "photo.png"
    cv2.imwrite(str(path), numbered_pictures(1)[0])
    yield PictureSource(path)


@contextmanager
def _camera(folder: Path) -> Iterator[FrameSource]:
    camera = CameraInfo(0, "HD Webcam", "/dev/video0", 1, 2, cv2.CAP_V4L2)
    numbered = numbered_pictures(256)
    yield CameraSource(
        camera,
        capture=lambda *_: ScriptedCapture(itertools.cycle(numbered)),
        cameras=lambda: (camera,),
        platform="linux",
    )


@contextmanager
def _network(folder: Path) -> Iterator[FrameSource]:
    with MjpegServer() as server:
        yield NetworkSource(server.url)


CASES = {
    "file": Case(_file, live=False, pictures=_COUNT, title="numbered.mp4"),
    "paced file": Case(_paced, live=False, pictures=_COUNT, title="numbered.mp4", may_skip=True),
    "looped file": Case(_looped, live=False, pictures=None, title="numbered.mp4"),
    "picture": Case(_picture, live=False, pictures=1, title="photo.png"),
    "camera": Case(_camera, live=True, pictures=None, title="HD Webcam"),
    "network": Case(_network, live=True, pictures=None),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def source(case: Case, tmp_path: Path) -> Iterator[FrameSource]:
    with case.make(tmp_path) as made:
        yield made
        made.close()


def test_says_what_it_is_before_and_after_opening(source: FrameSource, case: Case) -> None:
    assert source.title
    if case.title:
        assert source.title == case.title
    assert source.live is case.live
    info = source.open()
    assert info.live is case.live
    assert info.title == source.title
    frame = source.read()
    assert frame is not None
    assert (info.width, info.height) == frame.size == (160, 96)
    assert info.fps is None or info.fps > 0


def test_the_first_picture_is_not_lost_by_opening(source: FrameSource) -> None:
    source.open()
    frame = source.read()
    assert frame is not None
    assert (frame.index, picture_number(frame.bgr)) == (0, 0)


def test_pictures_come_in_order_with_their_times(source: FrameSource, case: Case) -> None:
    before = time.monotonic()
    source.open()
    frames = list(itertools.islice(source, 8))
    after = time.monotonic()
    assert len(frames) == min(8, case.pictures or 8) or (case.may_skip and len(frames) > 1)
    assert all(a.index < b.index for a, b in itertools.pairwise(frames))
    # What is inside the picture proves that the index counts pictures.
    assert [picture_number(f.bgr) for f in frames] == [f.index for f in frames]
    times = [f.captured_at for f in frames]
    assert times == sorted(times)
    assert before <= times[0] <= times[-1] <= after
    if case.live:
        assert all(f.media_time is None for f in frames)
    else:
        media = [f.media_time for f in frames]
        assert all(m is not None for m in media)
        assert media[0] == 0.0
        assert all(a < b for a, b in itertools.pairwise(media))  # type: ignore[operator]


def test_pictures_are_colour_pictures_and_stay_as_they_were(source: FrameSource) -> None:
    source.open()
    first = source.read()
    assert first is not None
    assert first.bgr.dtype == np.uint8
    assert first.bgr.ndim == 3
    assert first.bgr.shape[2] == 3
    copy = first.bgr.copy()
    list(itertools.islice(source, 5))
    source.close()
    np.testing.assert_array_equal(first.bgr, copy)


@pytest.mark.parametrize("case", [case for case in CASES.values() if case.pictures])
def test_what_ends_stays_at_its_end(source: FrameSource, case: Case) -> None:
    source.open()
    count = len(list(source))
    assert count == case.pictures or (case.may_skip and count > 0)
    assert source.read() is None
    assert source.read() is None


def test_can_be_opened_again(source: FrameSource) -> None:
    for _ in range(2):
        source.open()
        frame = source.read()
        assert frame is not None
        assert (frame.index, picture_number(frame.bgr)) == (0, 0)
        source.close()
    # Opening what is open starts anew as well.
    source.open()
    source.open()
    frame = source.read()
    assert frame is not None
    assert frame.index == 0


def test_closing_twice_or_unopened_does_nothing(source: FrameSource) -> None:
    source.close()
    source.open()
    source.close()
    source.close()


def test_reading_what_is_not_open_is_a_mistake_in_the_program(source: FrameSource) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        source.read()
    source.open()
    source.close()
    with pytest.raises(RuntimeError, match="not open"):
        source.read()


def test_is_its_own_context(source: FrameSource) -> None:
    with source as opened:
        assert opened is source
        assert source.read() is not None
    with pytest.raises(RuntimeError):
        source.read()


def test_is_closed_when_the_context_is_left_by_an_error(source: FrameSource) -> None:
    with pytest.raises(ZeroDivisionError), source:
        raise ZeroDivisionError
    with pytest.raises(RuntimeError):
        source.read()


def test_interrupted_it_gives_nothing_until_it_is_opened_again(source: FrameSource) -> None:
    source.open()
    source.interrupt()
    assert source.read() is None
    assert source.read() is None
    source.close()
    source.open()
    assert source.read() is not None


def test_a_reading_thread_ends_soon_after_the_interruption(source: FrameSource) -> None:
    frames: list[int] = []
    some = threading.Event()

    def read() -> None:
        with source:
            for frame in source:
                frames.append(frame.index)
                some.set()

    thread = threading.Thread(target=read)
    thread.start()
    assert some.wait(10)
    source.interrupt()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="counts handles in /proc")
def test_leaves_no_handle_open(source: FrameSource) -> None:
    def handles() -> int:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir()))

    def once() -> None:
        with source:
            assert source.read() is not None

    once()
    before = handles()
    for _ in range(5):
        once()
    # A server's own side of the last connection may close a little later.
    assert handles() <= before + 1


def test_prints_nothing(source: FrameSource, capfd: pytest.CaptureFixture[str]) -> None:
    with source:
        list(itertools.islice(source, 3))
    assert capfd.readouterr() == ("", "")
