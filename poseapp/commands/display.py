"""What keeps a window from opening on X11, found out before Qt does: Qt would end the whole program."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

__all__ = ["x11_obstacle"]

_PATIENCE_S = 3.0
_PACKAGES = "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"


def x11_obstacle() -> str | None:
    """Why Qt could not open a window on the X display of ``DISPLAY``, as a sentence.

    Returns
    -------
    str or None
        None when nothing is in the way, or when no X display would be used.
    """
    name = os.environ.get("DISPLAY", "")
    uses_x11 = os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb") and not os.environ.get("WAYLAND_DISPLAY")
    if not sys.platform.startswith("linux") or not name or not uses_x11:
        return None
    if not _answers(name):
        return f"The display “{name}” does not answer, so the window cannot be opened."
    missing = _missing_library()
    if missing is not None:
        return f"The window cannot be opened: {missing}. On Debian and Ubuntu install {_PACKAGES}."
    return None


def _answers(name: str) -> bool:
    """Whether somebody listens where X(7) says that the display `name` is."""
    parts = re.fullmatch(r"(?:unix|(?P<host>.*)):(?P<number>\d+)(?:\.\d+)?", name)
    if parts is None:
        return False
    number = int(parts["number"])
    if parts["host"]:
        return _reaches((parts["host"].removeprefix("tcp/").strip("[]"), 6000 + number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place is fixed by X
    return _reaches("\0" + path) or _reaches(path)


def _reaches(address: str | tuple[str, int]) -> bool:
    try:
        if isinstance(address, tuple):
            with socket.create_connection(address, timeout=_PATIENCE_S):
                return True
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(_PATIENCE_S)
            probe.connect(address)
            return True
    except OSError:
        return False


def _missing_library() -> str | None:
    """What Qt's X11 plugin lacks, in the loader's words; it would be loaded a moment later anyway."""
    package = find_spec("PySide6")
    if package is None or package.origin is None:
        return None
    plugin = Path(package.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.exists():  # a frozen build has it elsewhere, and its libraries with it
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error)
    return None
