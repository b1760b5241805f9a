"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from poseapp.errors import OutputError

__all__ = ["cannot_write", "check_can_write", "replaced_whole", "written_whole"]


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
    with replaced_whole(path) as temporary, temporary.open("wb") as stream:
        yield stream


@contextmanager
def replaced_whole(path: Path, suffix: str = ".part") -> Iterator[Path]:
    """As :func:`written_whole`, for writers that want a name: a temporary sibling of `path` ending in `suffix`.

    Yields
    ------
    Path
        An empty file; it must be closed again when the block ends.

    Raises
    ------
    OutputError
        As above.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        # mkstemp makes private files; what a person saves gets the permissions of any other file of theirs.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise cannot_write(path, error) from error
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
        raise cannot_write(path, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def cannot_write(path: Path, error: OSError) -> OutputError:
    """Why `path` could not be written, and what to do about it."""
    return OutputError(*_words(path, error))


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
