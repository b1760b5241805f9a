"""A network camera on loopback: motion JPEG over http, well behaved or not."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from poseapp.vision.frame import BgrImage
from tests.clips import numbered_pictures

import cv2  # isort: skip - after the room that sets its environment

__all__ = ["MjpegServer", "MuteServer"]

_BOUNDARY = b"picture"


class MjpegServer:
    """Sends numbered pictures (see ``tests.clips``) to everybody who asks for ``url``.

    Parameters
    ----------
    pictures : list of BgrImage, optional
    rate : float
        Pictures per second.
    stop_after : int, optional
        Pictures after which the server misbehaves; None never.
    then : {"close", "hang"}
        What it does after ``stop_after`` pictures: end the connection, or keep it and say nothing.
    damaged : set of int
        Numbers of the pictures (0 is the first) of which only the first half is sent.
    status : int
        Anything but 200 is answered without pictures.
    """

    def __init__(
        self,
        pictures: list[BgrImage] | None = None,
        *,
        rate: float = 100.0,
        stop_after: int | None = None,
        then: str = "close",
        damaged: frozenset[int] = frozenset(),
        status: int = 200,
    ) -> None:
        self._jpegs = [cv2.imencode(".jpg", p)[1].tobytes() for p in pictures or numbered_pictures(256)]
        self._interval = 1.0 / rate
        self._stop_after = stop_after
        self._then = then
        self._damaged = damaged
        self._status = status
        self._closing = threading.Event()
        #: Set when it has begun to misbehave.
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="mjpeg server")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/video.mjpg"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _handler(outer) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler's own self is the inner one
        class Handler(BaseHTTPRequestHandler):
            timeout = 5  # of a write to a reader that does not read

            def log_message(self, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                self.send_response(outer._status)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY.decode()}")
                self.end_headers()
                if outer._status == 200:
                    # A reader that hangs up ends the connection from its side.
                    with contextlib.suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
                        outer._send_pictures(self.wfile.write)
                self.close_connection = True

        return Handler

    def _send_pictures(self, write: Callable[[bytes], object]) -> None:
        sent = 0
        while not self._closing.wait(self._interval):
            if sent == self._stop_after:
                self.stopped.set()
                if self._then == "hang":
                    self._closing.wait()
                return
            jpeg = self._jpegs[sent % len(self._jpegs)]
            if sent in self._damaged:
                jpeg = jpeg[: len(jpeg) // 2]
            write(b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % (_BOUNDARY, len(jpeg)))
            write(jpeg + b"\r\n")
            sent += 1


class MuteServer:
    """Takes connections and never says a word."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/video.mjpg"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
