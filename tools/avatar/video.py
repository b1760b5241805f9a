"""Write H.264 clips through ffmpeg, whole or not at all, the same bytes for the same pictures."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

__all__ = ["VideoError", "VideoWriter"]

# Decoding everywhere (High profile, yuv420p), playing before all is there (faststart), reproducible: no encoder's
# name, no date, and a fixed number of threads, because the encoder's decisions depend on it.
_ENCODING = (
    "-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-preset", "slow", "-threads", "2",
    "-bsf:v", "filter_units=remove_types=6", "-fflags", "+bitexact", "-flags:v", "+bitexact",
    "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4",
)  # fmt: skip


class VideoError(RuntimeError):
    """The clip could not be written."""


class VideoWriter:
    """A clip being written; it is at `path` when the ``with`` block has ended without an error.

    Parameters
    ----------
    path : Path
        Where to; an old file is replaced at the end.
    size : (int, int)
        Width and height in pixels, both even.
    fps : int
        Pictures per second.
    crf : int
        Quality, smaller is better (x264's constant rate factor).

    Raises
    ------
    VideoError
        There is no ffmpeg, or it fails.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: int = 30, crf: int = 23) -> None:
        self._path, self._unfinished = path, path.with_name(f".{path.name}.part")
        raw = ("-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{size[0]}x{size[1]}", "-r", str(fps), "-i", "-")
        command = ("ffmpeg", "-y", "-loglevel", "error", *raw, "-crf", str(crf), *_ENCODING, str(self._unfinished))
        try:
            self._ffmpeg = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        except FileNotFoundError:
            raise VideoError("ffmpeg is not installed; install it (Debian: apt-get install ffmpeg)") from None

    def write(self, bgr: NDArray[np.uint8]) -> None:
        """Add a picture, shape (height, width, 3)."""
        if self._ffmpeg.stdin is None:
            raise VideoError("the clip is already closed")
        try:
            self._ffmpeg.stdin.write(np.ascontiguousarray(bgr).tobytes())
        except BrokenPipeError:
            raise VideoError(f"ffmpeg stopped: {self._complaint()}") from None

    def _complaint(self) -> str:
        _, said = self._ffmpeg.communicate()
        return said.decode(errors="replace").strip() or "it did not say why"

    def __enter__(self) -> VideoWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:
            self._ffmpeg.kill()
            self._ffmpeg.communicate()
            self._unfinished.unlink(missing_ok=True)
            return
        said = self._complaint()
        if self._ffmpeg.returncode:
            self._unfinished.unlink(missing_ok=True)
            raise VideoError(f"ffmpeg could not write {self._path.name}: {said}")
        self._unfinished.replace(self._path)
