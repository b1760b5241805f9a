"""A whole practice without a window: one clip as the trainee, one as the coach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from poseapp.library.entry import Entry
from poseapp.library.reference import Reference
from poseapp.pose import SimilarityMethod
from poseapp.scoring import DEFAULT_METHOD
from poseapp.session.jobs import Progress
from poseapp.session.judge import Attempt, judge
from poseapp.session.references import load_reference
from poseapp.session.settings import StillChoice

__all__ = ["first_still", "practise", "practise_against"]


def first_still(reference: Reference, method: SimilarityMethod = SimilarityMethod.CLASSIC) -> StillChoice | None:
    """The still to begin with: the reference's pose at its key moment; None for an empty reference."""
    poses = reference.poses
    if not len(poses):
        return None
    return StillChoice(poses[poses.nearest(reference.key_moment)], method, reference.keypoints)


def practise(
    source_clip: Path,
    reference_clip: Path | Entry,
    model: str,
    *,
    method: str = DEFAULT_METHOD,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Attempt:
    """Do what the window does with a clip as the camera, but with every frame and as fast as the machine can.

    Parameters
    ----------
    source_clip : Path
        Shows the attempt, from its first frame to its last.
    reference_clip : Path or Entry
        The coach's clip, or a reference of the library.
    model : str
        Name of the model that looks at both.
    method : str
        Name of the scoring method.
    progress : callable, optional
        Called with the frames done and their number, for the reference first and then, from 0 again, for the attempt.
    cancelled : callable, optional
        Asked between frames.

    Returns
    -------
    Attempt
        With the similarity to the reference's key moment.

    Raises
    ------
    ClipError, LibraryError, NotEnoughSeenError, ModelError, UsageError, Cancelled
        As :func:`load_reference` and :func:`judge`.
    """
    reference = load_reference(reference_clip, model, progress=progress, cancelled=cancelled)
    return practise_against(reference, source_clip, method=method, progress=progress, cancelled=cancelled)


def practise_against(
    reference: Reference,
    source_clip: Path,
    *,
    method: str = DEFAULT_METHOD,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Attempt:
    """As :func:`practise` with a reference that is loaded; the model that made its poses looks at the attempt.

    Raises
    ------
    ClipError, NotEnoughSeenError, ModelError, UsageError, Cancelled
        As :func:`judge` and :func:`poseapp.vision.extract.extract_poses`.
    """
    # Imported here: OpenCV and the model's runtime must not delay the window.
    from poseapp.vision.extract import extract_poses

    found = extract_poses(source_clip, reference.model, progress=progress, cancelled=cancelled)
    attempt = judge(reference, found.poses, method=method, still=first_still(reference))
    return replace(attempt, shortfall=found.shortfall)
