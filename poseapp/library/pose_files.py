"""Saved poses: one person's pose sequence as ``.npz``, ``.json`` or ``.csv``.

The three hold the same. ``.npz`` is exact and small, ``.json`` reads well in other programs, ``.csv`` opens in a
spreadsheet (and has no room for the picture's size and the model's name). docs/command-line.md describes them.

A file may come from anyone: sizes are checked before anything is read, nothing is unpickled, and whatever does
not fit gives a sentence.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from poseapp.errors import ClipError, OutputError, UsageError
from poseapp.files import written_whole
from poseapp.library import pose_csv, pose_json, pose_npz
from poseapp.library.saved_poses import MAX_FILE_BYTES, MAX_FRAMES, DamagedPosesError, SavedPoses

__all__ = ["POSE_SUFFIXES", "SavedPoses", "is_pose_file", "load_poses", "pose_format", "save_poses"]


@dataclass(frozen=True, slots=True)
class _Format:
    encode: Callable[[SavedPoses], bytes]
    decode: Callable[[bytes], SavedPoses]


_FORMATS: Final = MappingProxyType(
    {
        ".npz": _Format(pose_npz.encode, pose_npz.decode),
        ".json": _Format(pose_json.encode, pose_json.decode),
        ".csv": _Format(pose_csv.encode, pose_csv.decode),
    }
)

#: Endings of files with saved poses.
POSE_SUFFIXES: Final = tuple(_FORMATS)


def is_pose_file(path: Path) -> bool:
    """Whether the name of `path` says that it holds saved poses (and not a video)."""
    return path.suffix.lower() in _FORMATS


def pose_format(path: Path) -> str:
    """The suffix in lower case that says how `path` is to be written.

    Raises
    ------
    UsageError
        It is none of :data:`POSE_SUFFIXES`.
    """
    if not is_pose_file(path):
        raise UsageError(
            f"“{path.name}” does not say how the poses are to be saved.",
            f"Let the name end in one of: {', '.join(POSE_SUFFIXES)}.",
        )
    return path.suffix.lower()


def save_poses(path: Path, saved: SavedPoses) -> None:
    """Write poses in the format that the suffix of `path` names, whole or not at all.

    Raises
    ------
    UsageError
        The suffix is not one of :data:`POSE_SUFFIXES`.
    OutputError
        The file cannot be written, or there are more than ``MAX_FRAMES`` poses.
    """
    encode = _FORMATS[pose_format(path)].encode
    if len(saved.poses) > MAX_FRAMES:
        raise OutputError(
            f"“{path}” was not saved: {len(saved.poses)} poses are more than the {MAX_FRAMES} a file may hold.",
            "Cut the clip into shorter ones.",
        )
    content = encode(saved)
    with written_whole(path) as stream:
        stream.write(content)


def load_poses(path: Path) -> SavedPoses:
    """Read saved poses.

    Raises
    ------
    ClipError
        The file is missing, unreadable, too large, damaged or holds something else.
    UsageError
        The suffix is not one of :data:`POSE_SUFFIXES`.
    """
    decode = _FORMATS[pose_format(path)].decode
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ClipError(f"“{path}” is a folder, not a file with poses.", "Choose a file.")
        if not stat.S_ISREG(mode):  # opening a pipe waits for somebody to write into it, for ever
            raise ClipError(f"“{path}” is not an ordinary file.", "Choose a file with poses.")
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ClipError(f"There is no file “{path}”.", "Check the name and the folder.") from None
    except OSError as error:
        raise ClipError(
            f"“{path}” cannot be read: {error.strerror or error}.", "Check that you may read the file."
        ) from error
    if len(content) > MAX_FILE_BYTES:
        raise ClipError(
            f"“{path}” is larger than any file with poses may be ({MAX_FILE_BYTES // 2**20} MB).",
            "Cut the clip into shorter ones.",
        )
    if not content:
        raise ClipError(f"“{path}” is empty.", "Save the poses again with: poseapp extract.")
    try:
        return decode(content)
    except DamagedPosesError as error:
        raise ClipError(
            f"“{path}” is damaged or does not hold poses: {error}.", "Save the poses again with: poseapp extract."
        ) from error
