"""The folder as one file: .tar.xz on Linux, .zip elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

__all__ = ["pack", "unpack"]


def pack(folder: Path, level: int = 0) -> Path:
    """Put `folder` into an archive beside it.

    Parameters
    ----------
    folder : Path
    level : int
        Of xz, 0..9: 2 is 8 % smaller than 0 and takes more than twice the time.

    Returns
    -------
    Path
        The archive.
    """
    if sys.platform.startswith("linux"):
        return _tar_xz(folder, level)
    path = folder.with_name(f"{folder.name}.zip")
    path.unlink(missing_ok=True)
    if sys.platform == "darwin":
        # Knows the links and signatures of an application, which the ZIP files of Python do not.
        subprocess.run(["ditto", "-c", "-k", "--keepParent", str(folder), str(path)], check=True)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder.parent))
    return path


def unpack(archive: Path, into: Path) -> Path:
    """Unpack `archive` below `into`; returns its one folder."""
    if archive.name.endswith(".tar.xz"):
        subprocess.run(["tar", "-xf", str(archive), "-C", str(into)], check=True)
    elif sys.platform == "darwin":
        subprocess.run(["ditto", "-x", "-k", str(archive), str(into)], check=True)
    else:
        shutil.unpack_archive(archive, into)
    (folder,) = into.iterdir()
    return folder


def _tar_xz(folder: Path, level: int) -> Path:
    path = folder.with_name(f"{folder.name}.tar.xz")
    with path.open("wb") as file:
        command = ["xz", "-T0", f"-{level}", "--stdout"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file) as xz:
            assert xz.stdin is not None
            with tarfile.open(fileobj=xz.stdin, mode="w|") as archive:
                # In order, and owned by nobody in particular.
                for root, folders, names in os.walk(folder):
                    folders.sort()
                    for name in sorted([*names, *(f for f in folders if (Path(root) / f).is_symlink())]):
                        full = Path(root) / name
                        archive.add(full, str(full.relative_to(folder.parent)), recursive=False, filter=_anonymous)
            xz.stdin.close()
    if xz.returncode:
        raise subprocess.CalledProcessError(xz.returncode, command)
    return path


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member
