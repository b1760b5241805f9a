"""Clips: video files read as fast as possible, or played in real time as if they were a camera."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from poseapp.errors import ClipError
from poseapp.vision.frame import BgrImage, Frame
from poseapp.vision.sources.announced import find_shortfall
from poseapp.vision.sources.base import FrameSource, SourceInfo
from poseapp.vision.sources.clip_check import (
    MAX_SIDE_PX,
    check_file,
    shown_name,
    too_large,
    why_no_picture,
)
from poseapp.vision.sources.pace import Clock, Pacer

__all__ = ["FileSource"]

#: A damaged picture makes one grab fail; the end of the file makes all of them fail.
_GRABS_AT_THE_END = 3
#: Assumed between pictures when the file says nothing usable.
_USUAL_INTERVAL_S = 1.0 / 30.0
#: A declared rate outside these bounds, or a duration above, is not believed.
_SLOWEST_FPS, _FASTEST_FPS = 0.5, 1000.0
_LONGEST_S = 24 * 3600.0


class FileSource(FrameSource):
    """Pictures of a video file, upright, with the container's timestamps.

    Parameters
    ----------
    path : Path or str
    paced : bool
        Give every picture when it is due, as a camera would; a reader that is late by more than a tenth of a
        second misses pictures, as with a camera.
    speed : float
        Media seconds per second when paced, above 0.
    loop : bool
        Start again at the end. ``index`` goes on counting, ``media_time`` starts again at 0.
    clock : Clock, optional
        For tests.

    Notes
    -----
    Declared rates and frame counts are not relied on; the time of a picture is its own timestamp, made to increase.
    Only when the end comes long before it was announced :attr:`shortfall` says so.
    A clip counts as open when a picture was read from it: files exist that open and give none, such as AV1 without
    a decoder.

    :meth:`interrupt` holds until the next :meth:`open`.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        paced: bool = False,
        speed: float = 1.0,
        loop: bool = False,
        clock: Clock | None = None,
    ) -> None:
        if not speed > 0.0:
            raise ValueError(f"speed must be above 0, got {speed}")
        self._path = Path(path)
        self.title = self._path.name
        self.live = False
        self._paced = paced
        self._speed = speed
        self._loop = loop
        self._clock = clock or Clock()
        self._pacer = Pacer(self._clock, speed)
        self._capture: cv2.VideoCapture | None = None
        self._interval = _USUAL_INTERVAL_S
        self._first: BgrImage | None = None
        self._ahead: float | None = None
        self._last_time: float | None = None
        self._index = 0
        self._announced: tuple[float, float] | None = None
        self._grabbed = 0

    def open(self) -> SourceInfo:
        """Open the file and read its first picture.

        Raises
        ------
        ClipError
            Missing, a folder, empty, not readable, no video in it, not decodable, cut off, or too large.
        """
        self.close()
        self._clock.reset()
        self._pacer = Pacer(self._clock, self._speed)
        self._index = 0
        self.shortfall = None
        try:
            return self._start()
        except ClipError:
            self.close()
            raise

    def read(self) -> Frame | None:
        """The next picture; None at the end or when interrupted. Blocks until it is due when paced."""
        if self._capture is None:
            raise RuntimeError("read from a clip that is not open")
        while not self._clock.interrupted:
            if self._ahead is None and not self._grab():
                self._compare_length()
                if not (self._loop and self._start_again()):
                    return None
            media_time = self._ahead
            assert media_time is not None
            wanted = self._pacer.admit(media_time) if self._paced else True
            if self._clock.interrupted:
                return None
            captured_at = self._clock.now()
            index = self._index
            self._index += 1
            self._ahead = None
            bgr = self._retrieve() if wanted else None
            self._first = None
            if bgr is not None:
                return Frame(index, captured_at, bgr, media_time)
        return None

    def close(self) -> None:
        """Release the file."""
        capture, self._capture = self._capture, None
        self._first = self._ahead = self._last_time = None
        if capture is not None:
            capture.release()

    def interrupt(self) -> None:
        """Make this and every later read return None, until the next :meth:`open`."""
        self._clock.interrupt()

    def _start(self) -> SourceInfo:
        check_file(self._path)
        self._capture = capture = _open_capture(self._path)
        width, height = _whole(capture, cv2.CAP_PROP_FRAME_WIDTH), _whole(capture, cv2.CAP_PROP_FRAME_HEIGHT)
        if max(width, height) > MAX_SIDE_PX:
            raise too_large(self._path, width, height)
        fps = capture.get(cv2.CAP_PROP_FPS)
        believed = fps if _SLOWEST_FPS <= fps <= _FASTEST_FPS else None
        self._interval = 1.0 / believed if believed else _USUAL_INTERVAL_S
        self._grabbed = 0
        while self._first is None:
            if not self._grab():
                raise why_no_picture(self._path, _fourcc(capture))
            self._first = self._retrieve()
        seconds = capture.get(cv2.CAP_PROP_FRAME_COUNT) * self._interval
        duration = seconds if believed and 0.0 < seconds <= _LONGEST_S else None
        self._announced = (believed, duration) if believed and duration else None
        return SourceInfo(
            title=self.title,
            width=self._first.shape[1],
            height=self._first.shape[0],
            fps=believed,
            live=False,
            duration=duration,
        )

    def _start_again(self) -> bool:
        # Opened anew, because seeking back by frame number or time is not exact in every container.
        length = (self._last_time or 0.0) + self._interval
        self.close()
        self._start()
        self._pacer.next_round(length)
        return True

    def _grab(self) -> bool:
        """Move on to the next picture, note its time in ``_ahead``; False at the end."""
        assert self._capture is not None
        if not any(self._capture.grab() for _ in range(_GRABS_AT_THE_END)):
            return False
        time_s = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0
        if self._last_time is None:
            time_s = max(0.0, time_s) if np.isfinite(time_s) else 0.0
        elif not (np.isfinite(time_s) and time_s > self._last_time):
            time_s = self._last_time + self._interval
        self._ahead = self._last_time = time_s
        self._grabbed += 1
        return True

    def _compare_length(self) -> None:
        if self._announced is not None and self._last_time is not None:
            fps, seconds = self._announced
            read_s = self._last_time + self._interval
            self.shortfall = find_shortfall(self._path, self._grabbed, read_s, fps, seconds)

    def _retrieve(self) -> BgrImage | None:
        """Picture of the last grab; None when it is damaged."""
        assert self._capture is not None
        if self._first is not None:
            return self._first
        try:
            given, bgr = self._capture.retrieve()
        except cv2.error as error:
            raise ClipError(
                f"{shown_name(self._path)} cannot be read any further.", "Copy or record it again."
            ) from error
        if not given or bgr is None or bgr.ndim != 3 or bgr.size == 0:
            return None
        if max(bgr.shape[:2]) > MAX_SIDE_PX:
            raise too_large(self._path, bgr.shape[1], bgr.shape[0])
        return np.asarray(bgr, dtype=np.uint8)


def _open_capture(path: Path) -> cv2.VideoCapture:
    # An absolute path can never be taken for one of FFmpeg's protocols ("concat:…"), and naming the back end
    # keeps OpenCV from taking a percent sign for the pattern of numbered pictures.
    try:
        capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
    except (cv2.error, UnicodeError, TypeError) as error:
        raise ClipError(f"{shown_name(path)} cannot be opened.", "Give it a plain name and try again.") from error
    if not capture.isOpened():
        capture.release()
        raise why_no_picture(path, None)
    return capture


def _whole(capture: cv2.VideoCapture, prop: int) -> int:
    value = capture.get(prop)
    return int(value) if np.isfinite(value) else 0


def _fourcc(capture: cv2.VideoCapture) -> str:
    code = _whole(capture, cv2.CAP_PROP_FOURCC) & 0xFFFFFFFF
    return code.to_bytes(4, "little").decode("latin-1")
