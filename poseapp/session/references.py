"""A coach's clip to a reference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from poseapp.library.reference import Reference
from poseapp.session.jobs import Progress

__all__ = ["load_reference"]


def load_reference(
    clip: Path,
    model: str,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reference:
    """Find the coach's poses in every frame of a clip.

    Parameters
    ----------
    clip : Path
        The coach's video.
    model : str
        Name of the model that looks at it.
    progress : callable, optional
        Called with the frames done and their number, or None while it is unknown.
    cancelled : callable, optional
        Asked between frames.

    Raises
    ------
    ClipError
        The clip cannot be read.
    NotEnoughSeenError
        There is nobody in it.
    ModelError
        The model cannot be loaded.
    Cancelled
        `cancelled` said so.
    """
    # Imported here: OpenCV and the model's runtime must not delay the window.
    from poseapp.vision.extract import extract_poses

    found = extract_poses(clip, model, progress=progress, cancelled=cancelled)
    return Reference(name=clip.stem, clip=clip, poses=found.poses, frame_size=found.frame_size, model=found.model)
