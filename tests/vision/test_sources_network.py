"""Network cameras that refuse, hang, die midway or send rubbish, on a real connection over loopback."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from poseapp.errors import CameraError
from poseapp.vision.sources.network import NetworkSource
from tests.clips import DEMO_CLIP, numbered_pictures, picture_number
from tests.fake_capture import FakeDevices, ScriptedCapture, ScriptedClock, Step
from tests.mjpeg import MjpegServer, MuteServer

#: Everything that goes wrong is said within this time; left alone, OpenCV waits for 30 s.
_SOON_S = 20.0


def test_gives_the_pictures_of_the_server_in_order() -> None:
    with MjpegServer() as server, NetworkSource(server.url) as source:
        numbers = [picture_number(frame.bgr) for frame in itertools.islice(source, 30)]
    assert numbers == list(range(30))


def test_damaged_pictures_do_not_end_it() -> None:
    with MjpegServer(damaged=frozenset({5, 6, 9})) as server, NetworkSource(server.url) as source:
        numbers = [picture_number(frame.bgr) for frame in itertools.islice(source, 20)]
    assert [n for n in numbers if n > 9] == list(range(10, numbers[-1] + 1))


def test_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    for scheme in ("http", "rtsp"):
        begun = time.monotonic()
        with pytest.raises(CameraError, match="refused the connection"):
            NetworkSource(f"{scheme}://127.0.0.1:{port}/video").open()
        assert time.monotonic() - begun < _SOON_S


def test_a_server_that_never_answers() -> None:
    with MuteServer() as server:
        begun = time.monotonic()
        with pytest.raises(CameraError, match="takes the connection and then sends nothing"):
            NetworkSource(server.url).open()
    assert time.monotonic() - begun < _SOON_S


def test_a_server_that_has_nothing_there() -> None:
    with MjpegServer(status=404) as server, pytest.raises(CameraError, match="sends no pictures") as caught:
        NetworkSource(server.url).open()
    assert "Check the path" in caught.value.hint


@pytest.mark.parametrize(("then", "sentence"), [("close", "closed the connection"), ("hang", "went silent")])
def test_a_server_that_dies_midway(then: str, sentence: str) -> None:
    with MjpegServer(stop_after=20, then=then) as server, NetworkSource(server.url) as source:
        # Everything that was sent is given before the loss is said.
        assert [picture_number(frame.bgr) for frame in itertools.islice(source, 20)] == list(range(20))
        assert server.stopped.wait(5)
        begun = time.monotonic()
        with pytest.raises(CameraError, match=sentence):
            source.read()
        assert time.monotonic() - begun < _SOON_S


def test_after_a_loss_it_can_be_opened_again() -> None:
    with MjpegServer(stop_after=5) as server:
        source = NetworkSource(server.url)
        for _ in range(2):
            source.open()
            with pytest.raises(CameraError):
                list(source)
            source.close()


def test_a_still_scene_is_not_a_lost_camera() -> None:
    """Unlike a webcam's sensor, a codec sends the same picture again bit by bit when nothing moves."""
    clock = ScriptedClock()
    still = numbered_pictures(1)[0]

    def step() -> Step:
        clock.time += 0.1
        return still

    source = NetworkSource(
        "rtsp://127.0.0.1/x", clock=clock, capture=FakeDevices(ScriptedCapture(itertools.repeat(step)))
    )
    source.open()
    assert sum(1 for _ in itertools.islice(source, 100)) == 100


def test_a_clip_on_a_server_is_not_a_camera() -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(DEMO_CLIP.parent))) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_address[1]}/{DEMO_CLIP.name}"
            with pytest.raises(CameraError, match="is a clip, not a camera"):
                NetworkSource(url).open()
        finally:
            server.shutdown()
            thread.join(10)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "concat:http://a/b|http://c/d",
        "subfile,,start,0,end,9,,:http://a/b",
        "ftp://a/b",
        "udp://239.0.0.1:1234",
        "data:text/plain,hello",
        "http:///nothing",
        "http://a b/c",
        "http://host:port/x",
        "http://[::1/x",
        "rtsp://host/\nx",
        "",
    ],
)
def test_only_addresses_of_cameras_are_opened(address: str) -> None:
    with pytest.raises(CameraError):
        NetworkSource(address)


def test_names_and_passwords_are_used_and_never_shown() -> None:
    url = "http://anna:se%20cret@127.0.0.1:1/video?token=hidden"
    devices = FakeDevices(ScriptedCapture(opened=False))
    source = NetworkSource(url, capture=devices)
    assert source.title == "http://127.0.0.1:1/video"
    with pytest.raises(CameraError) as caught:
        source.open()
    assert devices.asked[0][0] == url
    said = f"{caught.value} {source.title} {caught.value.__cause__} {caught.value.__context__}"
    assert not any(secret in said for secret in ("anna", "cret", "hidden"))
    with pytest.raises(CameraError) as caught:
        NetworkSource("ftp://anna:secret@host/x")
    assert "secret" not in str(caught.value)


def test_addresses_of_the_next_internet_are_shown_whole() -> None:
    assert NetworkSource("rtsp://[::1]:8554/live").title == "rtsp://[::1]:8554/live"
