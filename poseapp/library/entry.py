"""A reference in a library, without its poses: what a list shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from poseapp.library.reference import Origin
from poseapp.pose import Keypoint

__all__ = ["CLIP_FILE", "DOCUMENT_FILE", "POSES_FILE", "THUMBNAIL_FILE", "Entry"]

#: The files of a reference's folder; their names are fixed, so that none can lead out of it.
DOCUMENT_FILE: Final = "reference.json"
POSES_FILE: Final = "poses.npz"
CLIP_FILE: Final = "clip.mp4"
THUMBNAIL_FILE: Final = "thumbnail.jpg"


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in a library.

    Parameters
    ----------
    name : str
        Unique in its library, such as ``squat/left``.
    folder : Path
        Where its files lie.
    origin : Origin
        The built-in library or the user's own.
    action, title, view : str
        As in :class:`~poseapp.library.reference.Reference`; the title is never empty.
    duration : float
        Seconds from the first to the last pose.
    frame_size : tuple of int
        Width and height of the clip in pixels.
    model : str
        Name of the model that made the poses.
    keypoints : tuple of Keypoint or None
        Those that matter; None: all.
    cues : tuple of str
        Lines of technique.
    stills : tuple of float
        Seconds of the moments worth holding, the most telling first.
    notes : str
        The coach's notes; may be empty.
    source, licence : str
        Who made it and how, and under which licence it may be used; may be empty.
    """

    name: str
    folder: Path
    origin: Origin
    title: str
    duration: float
    frame_size: tuple[int, int]
    model: str
    action: str = ""
    view: str = ""
    keypoints: tuple[Keypoint, ...] | None = None
    cues: tuple[str, ...] = ()
    stills: tuple[float, ...] = ()
    notes: str = ""
    source: str = ""
    licence: str = ""

    @property
    def clip(self) -> Path:
        """The coach's video."""
        return self.folder / CLIP_FILE

    @property
    def poses_file(self) -> Path:
        """The poses, and the truth where it is known."""
        return self.folder / POSES_FILE

    @property
    def thumbnail(self) -> Path:
        """A small JPEG of the key moment."""
        return self.folder / THUMBNAIL_FILE
