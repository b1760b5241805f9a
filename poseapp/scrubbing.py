"""Text without what says who uses the program: names of people, and of their folders and files."""

from __future__ import annotations

import getpass
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

__all__ = ["scrubbed"]

_ROOT = r"(?:file:/+|~[\\/]|[A-Za-z]:[\\/]|\\\\|/)(?![\s/])"
_KNOWN = (
    "mp4|mov|m4v|avi|mkv|webm|mpe?g|wmv|3gp|mts|jpe?g|png|bmp|webp|gif|tiff?|heic|"
    "npz|json|csv|sqlite(?:-\\w+)?|db|log|txt|zip|tflite|py[cdw]?|so(?:\\.\\d+)*|dll|dylib|exe"
)
_NAME = r"[^\\/\n\"'“”‘’<>|:*?]"
#: A path between quotes goes up to the closing one.
_QUOTED = re.compile(rf"(?P<open>[\"'“‘])(?P<path>{_ROOT}[^\n]*?)(?P<close>(?P=open)|[”’])")
#: Elsewhere one with blanks goes up to the first known ending, any other up to the first blank in its last part.
_BARE = re.compile(
    rf"(?<![\w.~/\\:\"'“‘-])(?P<path>{_ROOT}"
    rf"(?:(?:{_NAME}{{1,255}}[\\/]+)*?{_NAME}{{0,255}}?\.(?:{_KNOWN})(?![\w\\/])"
    rf"|(?:{_NAME}{{1,255}}[\\/]+)+[^\s\\/\"'“”‘’<>|:*?]*))",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.\w{1,6}$")
_CODE = re.compile(r"\.(?:py[cdw]?|so[.\d]*|dll|dylib|exe)$", re.IGNORECASE)
_END = r"(?=[\\/\"'“”:\s]|$)"
#: Folders in which nobody keeps anything of their own.
_SYSTEM = re.compile(r"/(?:dev|etc|lib\w*|proc|sys|usr)/|[A-Za-z]:/(?:Windows|Program Files[^/]*)/", re.IGNORECASE)


def scrubbed(text: str) -> str:
    """`text` without the user's home directory and name, and without the names of folders and files.

    Of an absolute path only its ending is left, so that it can still be seen what kind of file was meant. Paths of
    the program itself, of Python, of its packages and of the system keep what comes below where they are installed,
    and code in the home keeps its names below it.
    """
    text = _QUOTED.sub(lambda found: found["open"] + _reduced(found["path"]) + found["close"], text)
    text = _BARE.sub(lambda found: _reduced(found["path"]), text)
    # What is left of them in unusual company.
    home = _home()
    if home is not None:
        for way in {home, home.replace("\\", "/"), home.replace("\\", "\\\\")}:
            text = re.sub(re.escape(way) + _END, "~", text)
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no entry in the system's list of users
        return text
    return re.sub(rf"(?<=[\\/]){re.escape(name)}{_END}", "user", text)


def _reduced(path: str) -> str:
    """What may be told of an absolute path."""
    plain = path.replace("\\\\", "\\").replace("\\", "/")
    for folder in _own_folders():
        if plain.startswith(folder + "/"):
            return folder.rpartition("/")[2] + plain[len(folder) :]
    if _SYSTEM.match(plain):
        return path
    home = _home()
    at_home = "~/" if plain.startswith("~/") else "" if home is None else home.replace("\\", "/") + "/"
    if at_home and f"{plain}/" == at_home:
        return "~"
    inside = bool(at_home) and plain.startswith(at_home)
    if inside and _CODE.search(plain):
        return "~/" + plain[len(at_home) :]
    ending = _ENDING.search(plain)
    return ("~/" if inside else "") + "…" + (ending[0] if ending else "")


def _home() -> str | None:
    with suppress(RuntimeError):  # neither a variable nor the system knows a home
        home = str(Path.home())
        if len(home) > 1:
            return home
    return None


@cache
def _own_folders() -> tuple[str, ...]:
    """Where the program, what comes with it, Python and packages are; the innermost first."""
    import sysconfig

    package = Path(__file__).resolve().parent
    folders = {package, package.parent / "assets", package.parent / "models"}
    folders |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        folders.add(Path(frozen))
    return tuple(sorted((folder.as_posix() for folder in folders), key=len, reverse=True))
