"""What keeps a window from opening, found out before Qt does: Qt would end the whole program."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

__all__ = ["display_obstacle"]

_PATIENCE_S = 3.0
_PACKAGES = "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
_NO_DISPLAY = "There is no display, so the window cannot be opened."


def display_obstacle() -> str | None:
    """Why Qt could not open a window, as a sentence.

    Returns
    -------
    str or None
        None when nothing is known to be in the way of at least one of the platforms that Qt would try.
    """
    asked = [name.partition(":")[0].strip().lower() for name in os.environ.get("QT_QPA_PLATFORM", "").split(";")]
    names = [name for name in asked if name]
    if not names:
        if not sys.platform.startswith("linux"):
            return None
        # Qt tries both, whichever it prefers.
        names = ["xcb", "wayland"] if os.environ.get("DISPLAY") else ["wayland"]
    obstacles = [_obstacle(name) for name in names]
    return None if None in obstacles else obstacles[0]


def _obstacle(name: str) -> str | None:
    """What is in the way of Qt's platform `name`, in lower case."""
    installed = _installed_platforms()
    if installed and name not in installed and not name.startswith("wayland"):
        return f"Qt has no platform “{name}”, which QT_QPA_PLATFORM asks for, so the window cannot be opened."
    if name == "xcb":
        return _x11_obstacle(os.environ.get("DISPLAY", ""))
    return _wayland_obstacle() if name.startswith("wayland") else None


def _installed_platforms() -> set[str]:
    """Names of Qt's platforms here; none where its plugins lie elsewhere, as in a frozen build."""
    plugins = _plugins()
    found = () if plugins is None or not plugins.is_dir() else plugins.iterdir()
    names = (re.fullmatch(r"(?:lib)?q([\w-]+)\.(?:so|dll|dylib)", path.name) for path in found)
    return {name[1].lower() for name in names if name}


def _plugins() -> Path | None:
    """Folder of Qt's platform plugins; it need not exist."""
    package = find_spec("PySide6")
    if package is None or package.origin is None:
        return None
    top = Path(package.origin).parent
    return (top if sys.platform == "win32" else top / "Qt") / "plugins" / "platforms"


def _wayland_obstacle() -> str | None:
    name, folder = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("XDG_RUNTIME_DIR", "")
    if os.environ.get("WAYLAND_SOCKET"):  # a connection that is open already
        return None
    if not name:
        return None if folder and _reaches(os.path.join(folder, "wayland-0")) else _NO_DISPLAY  # noqa: PTH118
    if _reaches(os.path.join(folder, name)):  # noqa: PTH118 - the name may be a whole path
        return None
    return f"The display “{name}” does not answer, so the window cannot be opened."


def _x11_obstacle(name: str) -> str | None:
    if not name:
        return _NO_DISPLAY
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
    plugins = _plugins()
    plugin = None if plugins is None else plugins / "libqxcb.so"
    if plugin is None or not plugin.exists():  # a frozen build has it elsewhere, and its libraries with it
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error)
    return None
