"""Single pictures as a source of one frame."""

from __future__ import annotations

from pathlib import Path

from poseapp.vision.frame import Frame
from poseapp.vision.picture import read_picture
from poseapp.vision.sources.base import FrameSource, SourceInfo
from poseapp.vision.sources.pace import Clock

__all__ = ["PICTURE_SUFFIXES", "PictureSource"]

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})


class PictureSource(FrameSource):
    """A photo: one picture, then the end.

    Parameters
    ----------
    path : Path or str
    """

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self.title = self._path.name
        self.live = False
        self._clock = Clock()
        self._opened = False
        self._frame: Frame | None = None

    def open(self) -> SourceInfo:
        """Read the picture.

        Raises
        ------
        ClipError
            Missing, a folder, empty, not readable, not a picture.
        """
        self.close()
        self._clock.reset()
        self._frame = frame = Frame(0, self._clock.now(), read_picture(self._path), media_time=0.0)
        self._opened = True
        width, height = frame.size
        return SourceInfo(self.title, width, height, fps=None, live=False)

    def read(self) -> Frame | None:
        """The picture the first time, then None."""
        if not self._opened:
            raise RuntimeError("read from a picture that is not open")
        if self._clock.interrupted:
            return None
        frame, self._frame = self._frame, None
        return frame

    def close(self) -> None:
        """Forget the picture."""
        self._opened = False
        self._frame = None

    def interrupt(self) -> None:
        """Make every later read return None, until the next :meth:`open`."""
        self._clock.interrupt()
