"""Which cameras there are, and finding the same one again after it was unplugged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2

__all__ = ["CameraInfo", "camera_openings", "find_again", "list_cameras"]

#: Device numbers tried when the system's own list cannot be had.
_PROBED = 4
_SYSFS = Path("/sys/class/video4linux")
_DEV = Path("/dev")


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera as the system lists it.

    Parameters
    ----------
    index : int
        Device number for OpenCV with ``backend``. May change whenever a camera is plugged in or out.
    name : str
        For a person.
    path : str or None
        The system's own address of the device, where known.
    vid, pid : int or None
        USB vendor and product, where known.
    backend : int
        OpenCV back end (``cv2.CAP_…``) that ``index`` belongs to.
    """

    index: int
    name: str
    path: str | None = None
    vid: int | None = None
    pid: int | None = None
    backend: int = cv2.CAP_ANY


class _Listed(Protocol):
    """What the package cv2-enumerate-cameras says of a camera."""

    index: int
    name: str
    path: str | None
    vid: int | None
    pid: int | None


#: Cameras that the system lists for one back end.
Listing = Callable[[int], Iterable[_Listed]]


def list_cameras(
    *, platform: str = sys.platform, listing: Listing | None = None, opens: Callable[[int, int], bool] | None = None
) -> tuple[CameraInfo, ...]:
    """Return the cameras that are plugged in, each one once; empty when there is none.

    Parameters
    ----------
    platform, listing, opens : optional
        For tests: the value of ``sys.platform``, what the system lists, and whether a back end opens a device number.
    """
    listing = listing or _system_listing
    found: dict[object, CameraInfo] = {}
    for backend in _backends(platform)[:-1]:
        for camera in sorted(_listed(listing, backend), key=lambda camera: camera.index):
            found.setdefault(_device_key(camera, platform), camera)
    if found:
        return tuple(found.values())
    return tuple(_probed(platform, opens or _opens))


def find_again(camera: CameraInfo, cameras: Callable[[], tuple[CameraInfo, ...]] = list_cameras) -> CameraInfo | None:
    """Return the camera under its present device number; None when it is not plugged in.

    The same address with the same vendor and product comes first, then the same model and name elsewhere (another
    socket), then the same address where vendor and product are not known.
    """
    present = cameras()

    def first(matches: Callable[[CameraInfo], bool]) -> CameraInfo | None:
        return next(filter(matches, present), None)

    known = camera.vid is not None
    same_model = first(lambda c: known and (c.vid, c.pid, c.path) == (camera.vid, camera.pid, camera.path))
    same_kind = first(lambda c: known and (c.vid, c.pid, c.name) == (camera.vid, camera.pid, camera.name))
    same_place = first(
        lambda c: (
            not known and (c.path, c.name) == (camera.path, camera.name) and bool(c.path or c.index == camera.index)
        )
    )
    return same_model or same_kind or same_place


def camera_openings(
    camera: CameraInfo, *, platform: str = sys.platform, listing: Listing | None = None
) -> tuple[tuple[int, int], ...]:
    """Return (back end, device number) pairs that lead to this camera, in the order to try them.

    On Windows a device number means another camera in another back end, so each one is asked for its own.
    """
    backends = _backends(platform)
    if platform != "win32" or camera.backend == cv2.CAP_ANY:
        return tuple((backend, camera.index) for backend in backends)
    ways: list[tuple[int, int]] = []
    for backend in backends[:-1]:
        if backend == camera.backend:
            ways.append((backend, camera.index))
            continue
        key = _device_key(camera, platform)
        same = (c for c in _listed(listing or _system_listing, backend) if _device_key(c, platform) == key)
        ways.extend((backend, c.index) for c in same)
    return tuple(ways)


def _backends(platform: str) -> tuple[int, ...]:
    """Return the back ends of a platform, best first; the last one is always "whichever works"."""
    if platform == "win32":
        return cv2.CAP_DSHOW, cv2.CAP_MSMF, cv2.CAP_ANY
    if platform == "darwin":
        return cv2.CAP_AVFOUNDATION, cv2.CAP_ANY
    if platform.startswith("linux"):
        return cv2.CAP_V4L2, cv2.CAP_ANY
    return (cv2.CAP_ANY,)


def _system_listing(backend: int) -> Iterable[_Listed]:
    from cv2_enumerate_cameras import enumerate_cameras

    return enumerate_cameras(backend)


def _listed(listing: Listing, backend: int) -> list[CameraInfo]:
    try:
        given = list(listing(backend))
    except (ImportError, OSError, RuntimeError, ValueError, AttributeError):
        # The package reaches into the system in a different way on each; without it there is the probing.
        return []
    return [
        CameraInfo(int(c.index), _short_name(c.name or f"Camera {c.index}"), c.path or None, c.vid, c.pid, backend)
        for c in given
    ]


def _short_name(name: str) -> str:
    """Undo "Integrated Camera: Integrated C", the way in which Linux names webcams."""
    left, _, right = name.partition(": ")
    return left if right and left.startswith(right.rstrip()) else name


def _device_key(camera: CameraInfo, platform: str) -> object:
    """Return what two entries of the same physical camera have in common."""
    if camera.path is None:
        return camera.backend, camera.index
    if platform == "win32":
        # The part after the device names the interface of one back end.
        return camera.path.lower().partition("#{")[0]
    if platform.startswith("linux"):
        device = _SYSFS / Path(camera.path).name / "device"
        if device.exists():
            return str(device.resolve()), camera.name
    return camera.path


def _probed(platform: str, opens: Callable[[int, int], bool]) -> Iterable[CameraInfo]:
    """Cameras that answer when their number is tried; up to the first gap, or what Linux has nodes for."""
    backend = _backends(platform)[0]
    if platform.startswith("linux"):
        numbers = sorted(int(p.name[5:]) for p in _DEV.glob("video*") if p.name[5:].isdigit())
        for index in numbers:
            if opens(backend, index):
                yield CameraInfo(index, f"Camera {index}", str(_DEV / f"video{index}"), None, None, backend)
        return
    for index in range(_PROBED):
        if not opens(backend, index):
            return
        yield CameraInfo(index, f"Camera {index}", None, None, None, backend)


def _opens(backend: int, index: int) -> bool:
    capture = cv2.VideoCapture(index, backend)
    opened = capture.isOpened()
    capture.release()
    return bool(opened)
