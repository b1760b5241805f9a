"""Network cameras: motion JPEG over http, and rtsp."""

from __future__ import annotations

import math
import socket
from urllib.parse import SplitResult, urlsplit

import cv2

from poseapp.errors import CameraError
from poseapp.vision.sources.live import Capture, LiveSource, Loss, OpenCapture, open_capture
from poseapp.vision.sources.pace import Clock

__all__ = ["SCHEMES", "NetworkSource"]

#: Addresses that are opened, with their usual ports. FFmpeg knows many more ("file:", "concat:", "subfile:"), some of
#: which read local files or write to the network; none of them is a camera.
SCHEMES = {"http": 80, "https": 443, "rtsp": 554}

# Without these a server that went silent blocks for half a minute. Nothing else may be asked for: with a buffer
# size, a rate or a picture size among the parameters, opening fails outright.
_PARAMS = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 3000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 2000)
#: Opening that fails only after this long has run into the limit above.
_MUTE_S = 2.5
#: A damaged picture fails one read and then it goes on; a server that closed fails all.
_FAILURES = 10
_FIRST_PICTURE_S = 1.5
#: For finding out why a server could not be opened.
_PORT_TIMEOUT_S = 1.0


class NetworkSource(LiveSource):
    """Pictures of a camera on the network.

    Parameters
    ----------
    url : str
        ``http://``, ``https://`` or ``rtsp://``. A name and a password in it are used and never shown.
    clock, capture : optional
        For tests.

    Raises
    ------
    CameraError
        The address is not one of those, or names no computer.

    Notes
    -----
    OpenCV needs at most 3 s to open and 2 s to notice silence. A slow reader is given ever older pictures (1.5 s and
    more were measured), so read in a thread of its own that does nothing else.
    """

    def __init__(self, url: str, *, clock: Clock | None = None, capture: OpenCapture = open_capture) -> None:
        self._url = url.strip()
        self._parts, self._port = _checked(self._url)
        super().__init__(
            self._shown(), failures=_FAILURES, first_picture_s=_FIRST_PICTURE_S, watch_repeats=False, clock=clock
        )
        self._open_capture = capture

    def _shown(self) -> str:
        """Return the address without name, password and query, which may hold a key."""
        host = self._parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        port = f":{self._parts.port}" if self._parts.port else ""
        return f"{self._parts.scheme}://{host}{port}{self._parts.path}"

    def _connect(self) -> Capture:
        begun = self._clock.now()
        capture = self._open_capture(self._url, cv2.CAP_FFMPEG, _PARAMS)
        if not capture.isOpened():
            capture.release()
            raise self._refused(after_s=self._clock.now() - begun)
        count = capture.get(cv2.CAP_PROP_FRAME_COUNT)
        if math.isfinite(count) and count > 0:
            capture.release()
            raise CameraError(f"“{self.title}” is a clip, not a camera.", "Download it and open the file.")
        return capture

    def _refused(self, after_s: float) -> CameraError:
        """Find out what opening failed on, which OpenCV does not say."""
        try:
            socket.create_connection((self._parts.hostname or "", self._port), _PORT_TIMEOUT_S).close()
        except ConnectionRefusedError:
            return CameraError(
                f"The network camera “{self.title}” refused the connection.",
                "Check the address and the port, and that the camera is on.",
            )
        except socket.gaierror:
            return CameraError(
                f"There is no computer called “{self._parts.hostname}” on the network.", "Check the address."
            )
        except OSError:
            return CameraError(
                f"The network camera “{self.title}” does not answer.", "Check the address and that the camera is on."
            )
        if after_s >= _MUTE_S:
            return CameraError(
                f"The network camera “{self.title}” takes the connection and then sends nothing.",
                "Check the address, or switch the camera off and on.",
            )
        return self._no_first_picture()

    def _no_first_picture(self) -> CameraError:
        return CameraError(
            f"The network camera “{self.title}” sends no pictures that can be read.",
            "Check the path, the name and the password in the address.",
        )

    def _lost(self, loss: Loss) -> CameraError:
        how = "went silent" if loss is Loss.SILENT else "closed the connection"
        return CameraError(f"The network camera “{self.title}” {how}.", "Check that the camera is on and in reach.")


def _checked(url: str) -> tuple[SplitResult, int]:
    """Take an address apart; CameraError when it may not be opened, without repeating it: it may hold a password."""
    wrong = CameraError(
        "This address of a network camera cannot be understood.", "Write it as rtsp://192.168.1.20/stream."
    )
    if not url.isprintable() or " " in url:
        raise wrong
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in SCHEMES:
        raise CameraError("Network cameras are opened by http, https and rtsp addresses only.", wrong.hint)
    if not parts.hostname:
        raise wrong
    return parts, port or SCHEMES[parts.scheme]
