"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from poseapp.errors import OutputError

__all__ = ["check_can_write", "written_whole"]


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary sibling of `path` for writing; rename it over `path` when the block ends well.

    A power cut, a full disk or an exception in the block leaves what stood at `path` before.

    Parameters
    ----------
    path : Path
        The file to appear. Its folder must exist.

    Yields
    ------
    BinaryIO
        The temporary file, binary.

    Raises
    ------
    OutputError
        The folder is missing, is not writable or the disk is full.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield cast("BinaryIO", stream)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes private files; what a person saves gets the permissions of any other file of theirs.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(*_words(path, error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def check_can_write(path: Path) -> None:
    """Make sure, before long work, that a file can appear at `path`; nothing there is touched.

    Raises
    ------
    OutputError
        The folder is missing or not writable, or `path` is a folder.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise OutputError(*_words(path, error)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _words(path: Path, error: OSError) -> tuple[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no room left to save “{path}”.", "Free some space, or save to another disk."
    if error.errno == errno.ENOENT:
        return f"“{path}” cannot be saved: its folder does not exist.", "Make the folder, or choose another."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"“{path}” cannot be saved: writing there is not allowed.", "Choose another folder."
    if error.errno == errno.EISDIR or path.is_dir():
        return f"“{path}” cannot be saved: a folder has that name.", "Choose another name."
    return f"“{path}” could not be saved: {error.strerror or error}.", "Try another place."
