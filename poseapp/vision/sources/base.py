"""The contract of everything that gives pictures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from poseapp.shortfall import Shortfall
from poseapp.vision.frame import Frame

__all__ = ["FrameSource", "SourceInfo"]


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a source says of itself once it is open, read back from the source and not merely asked for.

    Parameters
    ----------
    title : str
        For a person, such as ``HD Webcam C920`` or ``squat.mp4``.
    width, height : int
        Size of the upright pictures in pixels.
    fps : float or None
        Pictures per second as declared; None when unknown. Declared rates lie: measure where it matters.
    live : bool
        True for cameras: pictures come when they come and cannot be asked for again.
    duration : float or None
        Seconds, for files that say so; may be wrong by a few frames.
    """

    title: str
    width: int
    height: int
    fps: float | None
    live: bool
    duration: float | None = None


class FrameSource(ABC):
    """Gives pictures one after another. Opened, read and closed by one and the same thread.

    A source object is cheap to make and holds no device until :meth:`open`. After :meth:`close` it can be
    opened again. It is its own context manager: ``with source: ...`` opens and closes.
    """

    #: What the source is called before it is open.
    title: str
    #: Whether pictures come from the world as it happens.
    live: bool
    #: After the end of a file: that it gave less than it announces; None when all was read, and before the end.
    shortfall: Shortfall | None = None

    @abstractmethod
    def open(self) -> SourceInfo:
        """Open the device or file and read a first picture to be sure (it is the first that :meth:`read` gives).

        Raises
        ------
        ClipError, CameraError
            With a sentence saying what was wrong and what to do.
        """

    @abstractmethod
    def read(self) -> Frame | None:
        """The next picture; None at the end of a file.

        Live sources and paced files block until it is due. Damaged pictures in between are skipped.

        Raises
        ------
        CameraError
            The camera was lost: it failed repeatedly, stayed silent or only repeated its last picture.
        """

    @abstractmethod
    def close(self) -> None:
        """Release the device or file; a second call does nothing."""

    def interrupt(self) -> None:  # noqa: B027 - most sources block too briefly to need it
        """Make a blocked :meth:`read` of another thread return soon (None). The only call allowed from elsewhere.

        It holds until the next :meth:`open`: every later read gives None too. A read blocked in a camera's driver
        returns when the driver does.
        """

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Frame]:
        while (frame := self.read()) is not None:
            yield frame
