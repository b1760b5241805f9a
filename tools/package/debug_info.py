"""Python's own libraries without what only a debugger reads.

A Python that was compiled on the spot carries 20 MB of it. Stripping the whole application is something else and
breaks it: the wheels of NumPy and OpenCV have patched libraries that do not survive it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.package.qt_files import Entry

__all__ = ["without_debug_info"]


def without_debug_info(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """`entries`, those of Python's own libraries pointing at copies in `folder` without debugging sections.

    Elsewhere than on Linux, or without objcopy, they are returned as they are.
    """
    files = list(entries)
    objcopy = shutil.which("objcopy")
    if objcopy is None or not sys.platform.startswith("linux"):
        return files
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(sys.base_prefix).resolve() / "lib"
    result: list[Entry] = []
    for name, path, kind in files:
        # Of a Python of the system everything lies below the same folder; what comes in wheels does not.
        if kind in {"BINARY", "EXTENSION"} and Path(path).resolve().is_relative_to(own) and "python3" in name:
            lean = folder / Path(path).name
            subprocess.run([objcopy, "--strip-debug", path, str(lean)], check=True)
            result.append((name, str(lean), kind))
        else:
            result.append((name, path, kind))
    return result
