"""A coach's clip, or a reference of the library, to something to practise against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from poseapp.errors import LibraryError
from poseapp.library.entry import Entry
from poseapp.library.entry_files import load_entry
from poseapp.library.reference import Reference
from poseapp.library.shelf import SeveralReferencesError, default_library
from poseapp.session.jobs import Progress

__all__ = ["load_reference", "open_example"]


def load_reference(
    clip: Path | Entry,
    model: str,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reference:
    """Find the coach's poses in every frame of a clip.

    A reference of the library whose poses were made with `model` is there at once; otherwise its clip is looked
    at, and everything else is kept.

    Parameters
    ----------
    clip : Path or Entry
        The coach's video, or a reference of the library.
    model : str
        Name of the model that looks at it.
    progress : callable, optional
        Called with the frames done and their number, or None while it is unknown.
    cancelled : callable, optional
        Asked between frames.

    Raises
    ------
    ClipError, LibraryError
        The clip cannot be read, or the reference is damaged.
    NotEnoughSeenError
        There is nobody in it.
    ModelError
        The model cannot be loaded.
    Cancelled
        `cancelled` said so.
    """
    kept = load_entry(clip) if isinstance(clip, Entry) else None
    if kept is not None and kept.model == model:
        return kept
    # Imported here: OpenCV and the model's runtime must not delay the window.
    from poseapp.vision.extract import extract_poses

    path = clip.clip if isinstance(clip, Entry) else clip
    found = extract_poses(path, model, progress=progress, cancelled=cancelled)
    if kept is None:
        return Reference(
            name=path.stem,
            clip=path,
            poses=found.poses,
            frame_size=found.frame_size,
            model=found.model,
            shortfall=found.shortfall,
        )
    return replace(kept, poses=found.poses, frame_size=found.frame_size, model=found.model, shortfall=found.shortfall)


def open_example(spec: str) -> Path | Entry:
    """What a person means by `spec`: a file of that name, or else a reference of the library.

    Parameters
    ----------
    spec : str
        A path, or a name such as ``squat/left`` or ``squat_left``.

    Returns
    -------
    Path or Entry
        The path when there is no such reference and `spec` is plainly that of a file, having a suffix; whoever
        opens it says that it is missing.

    Raises
    ------
    LibraryError
        There is neither a file nor a reference of that name, or there are several references.
    """
    path = Path(spec)
    try:
        is_folder = path.is_dir()  # which is no clip, so a reference may be meant
        if path.exists() and not is_folder:
            return path
    except (OSError, ValueError):  # no file can be called so
        is_folder = False
    try:
        return default_library().find(spec)
    except SeveralReferencesError:
        raise
    except LibraryError as error:
        if path.suffix or path.is_absolute() or is_folder or not spec:
            return path
        shown = spec if len(spec) <= 60 else f"{spec[:60]}…"
        raise LibraryError(f"There is no file and no reference “{shown}”.", error.hint) from error
