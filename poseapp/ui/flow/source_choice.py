"""Which source is shown: a camera by name, a clip or a network camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from poseapp.vision.cameras import CameraInfo
from poseapp.vision.sources.base import FrameSource
from poseapp.vision.sources.camera import CameraSource
from poseapp.vision.sources.choose import source_for

__all__ = ["SourceChoice"]


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source that was chosen, from which as many sources as needed can be made.

    Parameters
    ----------
    spec : str
        As on the command line: a camera's number or name, an address, or a file.
    camera : CameraInfo, optional
        The very camera, when it was chosen from the list: names need not be unique.
    name : str
        What to call it in place of the file's name.
    """

    spec: str
    camera: CameraInfo | None = None
    name: str = ""

    @classmethod
    def of_camera(cls, camera: CameraInfo) -> SourceChoice:
        return cls(camera.name, camera)

    @property
    def is_file(self) -> bool:
        """Whether it is a clip (or picture), which can be played from its beginning."""
        return self.camera is None and Path(self.spec).is_file()

    @property
    def is_camera(self) -> bool:
        """Whether it is a camera of this computer."""
        return not self.is_file and "://" not in self.spec

    @property
    def title(self) -> str:
        """What the window calls it."""
        return self.name or (Path(self.spec).name if self.is_file else self.spec)

    @property
    def needs_list(self) -> bool:
        """Whether the cameras must be listed to know what is meant."""
        return not (self.camera or self.is_file or "://" in self.spec or self.spec.strip().isdigit())

    def make(self, *, loop: bool, cameras: tuple[CameraInfo, ...] = ()) -> FrameSource:
        """A source to be opened by the capture thread. Clips play in real time, again and again if `loop`.

        Parameters
        ----------
        loop : bool
        cameras : tuple of CameraInfo
            Those that are plugged in, for names of cameras: listing them can take a while and is done elsewhere.

        Raises
        ------
        SourceError
            There is nothing like that.
        """
        if self.camera is not None:
            return CameraSource(self.camera)
        return source_for(self.spec, paced=True, loop=loop, cameras=lambda: cameras)
