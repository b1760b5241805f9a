"""A reference's folder: reading it, and nothing but what was checked."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.errors import LibraryError
from poseapp.library import entry_json, pose_npz
from poseapp.library.entry import CLIP_FILE, DOCUMENT_FILE, POSES_FILE, THUMBNAIL_FILE, Entry
from poseapp.library.reference import Origin, Reference
from poseapp.library.saved_poses import MAX_FILE_BYTES, DamagedPosesError, SavedPoses, checked_poses
from poseapp.pose import PoseSequence

__all__ = ["MAX_BYTES", "encode_poses", "load_entry", "load_truth", "read_entry"]

#: Bytes that each file may have; a clip of an hour in good quality.
MAX_BYTES: Final = MappingProxyType(
    {
        DOCUMENT_FILE: entry_json.MAX_DOCUMENT_BYTES,
        POSES_FILE: MAX_FILE_BYTES,
        CLIP_FILE: 4 * 2**30,
        THUMBNAIL_FILE: 4 * 2**20,
    }
)
_HINT: Final = "Remove its folder from the library, or copy it there again."


def read_entry(folder: Path, name: str, origin: Origin) -> Entry:
    """What the folder of a reference says of it. Of poses, clip and thumbnail only kind and size are looked at.

    Raises
    ------
    LibraryError
        A file is missing, too large, not an ordinary one or damaged.
    """
    try:
        for file in (POSES_FILE, CLIP_FILE, THUMBNAIL_FILE):
            _check(folder / file)
        return entry_json.decode(_content(folder / DOCUMENT_FILE), name, folder, origin)
    except DamagedPosesError as error:
        raise _damaged(name, error) from error


def load_entry(entry: Entry) -> Reference:
    """The reference with the poses that are kept with it; the clip is not opened.

    Raises
    ------
    LibraryError
        The poses are missing or damaged.
    """
    try:
        saved = pose_npz.decode(_content(entry.poses_file))
        if saved.frame_size not in (None, entry.frame_size) or saved.model not in ("", entry.model):
            raise DamagedPosesError("its poses are those of another clip or model")
        if abs(saved.poses.duration - entry.duration) > 0.1:
            raise DamagedPosesError("its poses last longer or shorter than it says")
        if any(not saved.poses.t[0] - 1 <= still <= saved.poses.t[-1] + 1 for still in entry.stills):
            raise DamagedPosesError("a still lies outside its poses")
    except DamagedPosesError as error:
        raise _damaged(entry.name, error) from error
    return Reference(
        name=entry.name,
        clip=entry.clip,
        poses=saved.poses,
        frame_size=entry.frame_size,
        model=entry.model,
        keypoints=entry.keypoints,
        action=entry.action,
        title=entry.title,
        view=entry.view,
        cues=entry.cues,
        stills=entry.stills,
        thumbnail=entry.thumbnail,
        origin=entry.origin,
    )


def load_truth(entry: Entry) -> PoseSequence | None:
    """The exact keypoints of the clip's frames; None when the reference does not bring them.

    Returns
    -------
    PoseSequence or None
        At the times of the poses. Confidence is 1 where a keypoint can be seen and 0 where something hides it;
        positions are exact in either case.

    Raises
    ------
    LibraryError
        The file is missing or damaged.
    """
    try:
        arrays = pose_npz.unpack(_content(entry.poses_file))
        if "truth_xy" not in arrays and "truth_visible" not in arrays:
            return None
        t = pose_npz.poses_from(arrays).poses.t
        return _truth(arrays, t)
    except DamagedPosesError as error:
        raise _damaged(entry.name, error) from error


def encode_poses(saved: SavedPoses, truth: PoseSequence | None) -> bytes:
    """The bytes of ``poses.npz``.

    Raises
    ------
    ValueError
        The truth is not that of the same frames.
    """
    more: dict[str, NDArray[np.generic]] = {}
    if truth is not None:
        if len(truth) != len(saved.poses) or not np.allclose(truth.t, saved.poses.t, rtol=0, atol=0.005):
            raise ValueError("truth and poses must be of the same frames")
        more = {"truth_xy": truth.xy, "truth_visible": truth.confidence > 0}
    return pose_npz.encode(saved, more)


def _truth(arrays: dict[str, NDArray[np.generic]], t: NDArray[np.float64]) -> PoseSequence:
    xy, visible = arrays.get("truth_xy"), arrays.get("truth_visible")
    if xy is None or visible is None or xy.dtype.kind != "f" or visible.dtype.kind != "b":
        raise DamagedPosesError("its truth is not positions and whether they are visible")
    return checked_poses(xy.astype(np.float64), visible.astype(np.float64), t).poses


def _check(path: Path) -> None:
    """Make sure that a file is an ordinary one of a size that may be."""
    try:
        status = path.lstat()
    except OSError as error:
        raise DamagedPosesError(f"“{path.name}” is missing") from error
    # Links could lead anywhere, and opening a pipe waits for ever.
    if not stat.S_ISREG(status.st_mode):
        raise DamagedPosesError(f"“{path.name}” is not an ordinary file")
    if not 0 < status.st_size <= MAX_BYTES[path.name]:
        raise DamagedPosesError(f"“{path.name}” is {'too large' if status.st_size else 'empty'}")


def _content(path: Path) -> bytes:
    _check(path)
    limit = MAX_BYTES[path.name]
    try:
        # Between the look and the opening it may have become a pipe.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise DamagedPosesError(f"“{path.name}” cannot be read ({error.strerror or error})") from error
    if len(content) > limit:
        raise DamagedPosesError(f"“{path.name}” is too large")
    return content


def _damaged(name: str, error: DamagedPosesError) -> LibraryError:
    return LibraryError(f"The reference “{name}” cannot be used: {error}.", _HINT)
