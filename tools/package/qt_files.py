"""Which of Qt's files the application needs.

PyInstaller's hooks bring every plugin that belongs to a module and every library that some plugin asks for: Qt Quick
for an on-screen keyboard, a PDF reader as an image format. The plugins are chosen here by name; the libraries go that
only what was left out asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath

__all__ = ["keep_used"]

#: Plugins by the name of their folder and a pattern of their file name without prefix and ending.
_PLUGINS = {
    "iconengines": "qsvgicon",
    "imageformats": "qsvg|qjpeg",
    "permissions": "qdarwincamerapermission",
    "platforminputcontexts": "composeplatforminputcontextplugin|ibusplatforminputcontextplugin",
    "platforms": "qxcb|qwayland|qoffscreen|qminimal|qwindows|qcocoa",
    # GTK itself would have to be the system's own.
    "platformthemes": "qxdgdesktopportal",
    "styles": "qmodernwindowsstyle|qmacstyle",
    # The sound effects play without it on every system; it would bring a second FFmpeg.
    "multimedia": "(?!)",
    "texttospeech": "qtexttospeech_(speechd|sapi|winrt|speechdarwin)",
    "wayland-decoration-client": "adwaita|bradient",
    "wayland-graphics-integration-client": "qt-plugin-wayland-egl",
    "wayland-shell-integration": "xdg-shell",
    "xcbglintegrations": "(?!)",
}
_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<folder>[^/]+)/(?:lib)?(?P<name>[^/.]+)")
#: Also the OpenSSL that PyInstaller's hook brings for Qt's network requests: there are none.
_DROPPED = re.compile(
    r"PySide6/(?:Qt/)?(?:translations|qml|resources|libexec)/|^lib(?:ssl|crypto)(?:\.so\.3|-3.*\.dll)$"
)

Entry = tuple[str, str, str]


def keep_used(entries: Iterable[Entry], imports_of: Callable[[str], Iterable[tuple[str, str | None]]]) -> list[Entry]:
    """`entries` without the Qt files that nothing needs.

    Parameters
    ----------
    entries : iterable of (str, str, str)
        PyInstaller's table of contents: name in the application, path here, kind.
    imports_of : callable
        Gives the libraries that a file asks for, as names and, where they were found, paths:
        ``PyInstaller.depend.bindepend.get_imports``.

    Returns
    -------
    list
        In the order of `entries`.
    """
    files = list(entries)
    chosen = [entry for entry in files if _is_wanted(PurePath(entry[0]).as_posix())]
    paths = {PurePath(entry[0]).name: entry[1] for entry in files if entry[2] == "BINARY"}

    def reached(starts: Iterable[str]) -> set[str]:
        """Names of the files that those at `starts` ask for, directly or not."""
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            asked = {PurePath(name).name for name, _path in imports_of(waiting.pop())} & set(paths)
            waiting += [paths[name] for name in asked - found]
            found |= asked
        return found

    code = {"BINARY", "EXTENSION"}
    for_dropped = reached(path for name, path, kind in set(files) - set(chosen) if kind in code)
    for_chosen = reached(
        path for name, path, kind in chosen if kind in code and PurePath(name).name not in for_dropped
    )
    return [entry for entry in chosen if PurePath(entry[0]).name not in for_dropped - for_chosen]


def _is_wanted(name: str) -> bool:
    plugin = _PLUGIN.search(name)
    if plugin is not None:
        return re.fullmatch(_PLUGINS.get(plugin["folder"], "(?!)"), plugin["name"]) is not None
    return _DROPPED.search(name) is None
