"""Putting a reference into a library: whole or not at all."""

from __future__ import annotations

import dataclasses
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from poseapp.errors import ClipError, LibraryError
from poseapp.files import cannot_write
from poseapp.library import entry_json
from poseapp.library.entry import CLIP_FILE, DOCUMENT_FILE, POSES_FILE, THUMBNAIL_FILE, Entry
from poseapp.library.entry_files import MAX_BYTES, encode_poses, read_entry
from poseapp.library.names import checked_name
from poseapp.library.reference import Origin
from poseapp.library.saved_poses import MAX_FRAMES, DamagedPosesError, SavedPoses
from poseapp.library.shelf import OLD_SUFFIX
from poseapp.pose import Keypoint, PoseSequence

__all__ = ["write_entry"]

#: When several write the same reference at once, each tries to be the last one this often.
_TRIES: Final = 20
_TAKEN: Final = (errno.EEXIST, errno.ENOTEMPTY)


def write_entry(
    root: Path,
    name: str,
    *,
    clip: Path,
    poses: PoseSequence,
    frame_size: tuple[int, int],
    model: str,
    thumbnail: bytes,
    title: str,
    action: str = "",
    view: str = "",
    keypoints: Sequence[Keypoint] | None = None,
    cues: Sequence[str] = (),
    stills: Sequence[float] = (),
    notes: str = "",
    source: str = "",
    licence: str = "",
    truth: PoseSequence | None = None,
    origin: Origin = Origin.OWN,
    replace: bool = False,
) -> Entry:
    """Write a reference into the library at `root`.

    Everything is written into a temporary sibling, which then gets the name: a power cut, a full disk or an exception
    leaves no half of a reference, and of one that is replaced the old or the new one.

    Parameters
    ----------
    root : Path
        The library's folder; made when it does not exist.
    name : str
        Such as ``squat/left``; see :mod:`poseapp.library.names`.
    clip : Path
        The coach's video; it is copied.
    poses : PoseSequence
        The coach's poses, in pixels of the clip, in the clip's own time.
    frame_size : tuple of int
        Width and height of the clip in pixels.
    model : str
        Name of the model that made the poses.
    thumbnail : bytes
        A small JPEG.
    title, action, view, keypoints, cues, stills, notes, source, licence
        As in :class:`~poseapp.library.entry.Entry`.
    truth : PoseSequence, optional
        Exact keypoints of the same frames; confidence is above 0 where one can be seen.
    origin : Origin
        Whose library it is.
    replace : bool
        Whether one of that name may be replaced.

    Returns
    -------
    Entry
        As the library will show it.

    Raises
    ------
    LibraryError
        The name is not allowed or taken, or something is not what a library may hold.
    ClipError
        The clip cannot be read.
    OutputError
        It could not be written.
    """
    target = root.joinpath(*checked_name(name).split("/"))
    if not replace and (os.path.lexists(target) or os.path.lexists(_old(target))):
        raise _exists(name)
    entry = Entry(
        name=name,
        folder=target,
        origin=origin,
        title=title,
        duration=poses.duration,
        frame_size=frame_size,
        model=model,
        action=action,
        view=view,
        keypoints=None if keypoints is None else tuple(keypoints),
        cues=tuple(cues),
        stills=tuple(stills),
        notes=notes,
        source=source,
        licence=licence,
    )
    try:
        if not 0 < len(poses) <= MAX_FRAMES:
            raise DamagedPosesError(f"it has {len(poses)} poses")
        document = entry_json.encode(entry)
    except DamagedPosesError as error:
        raise LibraryError(f"“{name}” was not saved: {error}.", "Change that, and save it again.") from error
    contents = {
        DOCUMENT_FILE: document,
        POSES_FILE: encode_poses(SavedPoses(poses, frame_size, model, ""), truth),
        THUMBNAIL_FILE: thumbnail,
    }
    temporary: Path | None = None
    try:
        _check_not_inside_another(root, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        # A name that no reader takes for a reference.
        temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
        for file, content in contents.items():
            _write(temporary / file, content)
        _copy(clip, temporary / CLIP_FILE)
        # mkdtemp makes private folders; a reference gets the permissions of any other folder there.
        temporary.chmod(stat.S_IMODE(target.parent.stat().st_mode))
        _sync_folder(temporary)
        written = read_entry(temporary, name, origin)  # what cannot be read again is not put there
        _put_in_place(temporary, target, name, replace=replace)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    return dataclasses.replace(written, folder=target)


def _check_not_inside_another(root: Path, target: Path) -> None:
    """A reference inside the folder of another one would not be found."""
    if target.parent != root and os.path.lexists(target.parent / DOCUMENT_FILE):
        raise LibraryError(
            f"“{target.name}” cannot be saved in “{target.parent.name}”, which is a reference itself.",
            "Choose another name.",
        )
    if target.is_dir() and not os.path.lexists(target / DOCUMENT_FILE) and any(target.iterdir()):
        raise LibraryError(f"“{target.name}” holds something else already.", "Choose another name.")


def _put_in_place(temporary: Path, target: Path, name: str, *, replace: bool) -> None:
    """Let `temporary` be called `target`.

    Folders cannot be exchanged in one step everywhere. In between the old one is ``.NAME.old``, which readers take
    for the reference as long as there is none.
    """
    old = _old(target)
    for tries_left in reversed(range(_TRIES)):
        if replace:
            _set_aside(target, old)
        try:
            temporary.rename(target)
        except OSError as error:
            # No system renames onto a folder with something in it: somebody else was quicker.
            if error.errno not in _TAKEN and not os.path.lexists(target):
                with suppress(OSError):
                    old.rename(target)
                raise
            if not (replace and tries_left):
                raise _exists(name) from error
        else:
            shutil.rmtree(old, ignore_errors=True)
            return


def _set_aside(target: Path, old: Path) -> None:
    if os.path.lexists(target):
        shutil.rmtree(old, ignore_errors=True)
        try:
            target.rename(old)
        except OSError as error:  # somebody else set it aside, and may have put a new one there
            if error.errno not in (errno.ENOENT, *_TAKEN):
                raise


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}{OLD_SUFFIX}")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _copy(clip: Path, target: Path) -> None:
    try:
        status = clip.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe waits for somebody to write into it, for ever
            raise ClipError(f"“{clip.name}” is not an ordinary file.", "Choose a video file.")
        if status.st_size > MAX_BYTES[CLIP_FILE]:
            raise ClipError(f"“{clip.name}” is too large for a library.", "Cut it shorter, or save it smaller.")
        source = clip.open("rb")
    except OSError as error:
        raise ClipError(
            f"“{clip.name}” cannot be read: {(error.strerror or str(error)).lower()}.", "Check that you may read it."
        ) from error
    with source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream, 2**20)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Let new names in a folder survive a power cut, where the system can be asked to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exists(name: str) -> LibraryError:
    return LibraryError(f"There is a reference “{name}” already.", "Choose another name, or have it replaced.")
