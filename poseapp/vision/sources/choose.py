"""From what a person writes to the source it means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from poseapp.errors import CameraError, SourceError
from poseapp.vision.cameras import CameraInfo, list_cameras
from poseapp.vision.sources.base import FrameSource
from poseapp.vision.sources.camera import CameraSource
from poseapp.vision.sources.file import FileSource
from poseapp.vision.sources.network import NetworkSource
from poseapp.vision.sources.picture import PICTURE_SUFFIXES, PictureSource

__all__ = ["source_for"]


def source_for(
    spec: str,
    *,
    paced: bool = False,
    loop: bool = False,
    cameras: Callable[[], tuple[CameraInfo, ...]] = list_cameras,
) -> FrameSource:
    """Return the source that ``spec`` names, not yet open.

    Parameters
    ----------
    spec : str
        A camera's number (``0``), name or part of it (``C920``) or device (``/dev/video0``); an address with
        ``http://``, ``https://`` or ``rtsp://``; a picture or clip. A file that exists comes before a camera's name.
    paced, loop : bool
        For clips, see :class:`~poseapp.vision.sources.file.FileSource`.
    cameras : optional
        For tests: what lists the cameras.

    Raises
    ------
    SourceError
        Nothing of that name, or several. That a file is missing or damaged is found when the source is opened.
    """
    text = spec.strip()
    if not text:
        raise SourceError("No source was named.", "Name a clip, a camera or the address of a network camera.")
    if text.isascii() and text.isdigit():
        return CameraSource(int(text), cameras=cameras)
    if "://" in text:
        return NetworkSource(text)
    path = Path(text)
    if _is_device(path):
        return CameraSource(_camera_at(path, cameras()), cameras=cameras)
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return PictureSource(path)
    camera = None if _exists(path) else _camera_called(text, cameras(), could_be_a_file=_looks_like_a_file(path))
    return FileSource(path, paced=paced, loop=loop) if camera is None else CameraSource(camera, cameras=cameras)


def _camera_called(text: str, present: tuple[CameraInfo, ...], *, could_be_a_file: bool) -> CameraInfo | None:
    """Return the one camera of that name; None when there is none but ``text`` could be the name of a file."""
    wanted = text.casefold()
    named = [camera for camera in present if camera.name.casefold() == wanted]
    named = named or [camera for camera in present if wanted in camera.name.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        numbers = ", ".join(f"{camera.index} ({camera.name})" for camera in named)
        raise CameraError(f"Several cameras are called “{text}”: {numbers}.", "Name one of them by its number.")
    if could_be_a_file:
        return None
    raise CameraError(
        f"There is no camera called “{text}” and no such file; {_in_words(present)}.", "Check the name."
    )


def _camera_at(path: Path, present: tuple[CameraInfo, ...]) -> CameraInfo:
    # Names such as /dev/v4l/by-id/… are links to the device.
    device = str(path.resolve())
    for camera in present:
        if camera.path == device:
            return camera
    raise CameraError(f"There is no camera at {path}; {_in_words(present)}.", "Choose another.")


def _in_words(present: tuple[CameraInfo, ...]) -> str:
    if not present:
        return "no camera is plugged in"
    return "there are: " + ", ".join(camera.name for camera in present)


def _is_device(path: Path) -> bool:
    return path.parts[:2] == ("/", "dev") and any(part.startswith(("video", "v4l")) for part in path.parts[2:])


def _looks_like_a_file(path: Path) -> bool:
    return bool(path.suffix) or len(path.parts) > 1


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        # A name the system cannot even look for; opening it says what is wrong.
        return True
