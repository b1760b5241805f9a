"""A still pose by what people type: a photo, or a moment of a clip as ``clip.mp4@1.5``."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from poseapp.commands.material import load_material, local_file
from poseapp.errors import ClipError, NotEnoughSeenError, UsageError

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.pose import Pose
    from poseapp.vision.frame import Frame

__all__ = ["StillSpec", "load_still", "parse_still"]

#: A moment this far beyond the last picture still means the last picture.
_SLACK_S = 0.1


@dataclass(frozen=True, slots=True)
class StillSpec:
    """A picture, or a moment of a clip.

    Parameters
    ----------
    path : Path
        The picture, the clip or the saved poses.
    seconds : float or None
        The moment in the clip's own time; None for a picture.
    """

    path: Path
    seconds: float | None


def parse_still(spec: str) -> StillSpec:
    """What `spec` names. A file of exactly that name comes before a moment of a clip.

    Raises
    ------
    UsageError
        It is an address, or what follows the @ is not a number of seconds.
    """
    path = local_file(spec)
    name, at, moment = spec.rpartition("@")
    if not at or path.exists():
        return StillSpec(path, None)
    try:
        seconds = float(moment)
    except ValueError:
        # An @ may belong to a name that is merely missing; whoever opens it says so.
        if not Path(name).exists():
            return StillSpec(path, None)
        seconds = float("nan")
    if not (isfinite(seconds) and seconds >= 0):
        raise UsageError(f"“{moment}” is not a number of seconds.", f"Write it like this: {name}@1.5")
    return StillSpec(Path(name), seconds)


def load_still(still: StillSpec, model: str | None, work: Work) -> Pose:
    """The pose of a still: the largest person of the picture, or the saved pose of the moment.

    Raises
    ------
    ClipError, ModelError
        As when reading a picture or a clip.
    NotEnoughSeenError
        There is nobody in it.
    UsageError
        A clip without a moment, or a moment after its end.
    """
    from poseapp.library.pose_files import is_pose_file
    from poseapp.vision.extract import estimate_still
    from poseapp.vision.models import DEFAULT_MODEL

    if is_pose_file(still.path):
        return _saved_pose(still, work)
    if still.seconds is None:
        from poseapp.vision.sources.picture import PICTURE_SUFFIXES

        try:
            return estimate_still(still.path, model or DEFAULT_MODEL)[1]
        except ClipError as error:
            if still.path.suffix.lower() in PICTURE_SUFFIXES or not still.path.is_file():
                raise
            raise ClipError(
                f"“{still.path.name}” is not a picture.", f"A moment of a clip is written like this: {still.path}@1.5"
            ) from error
    frame = _frame_at(still.path, still.seconds)
    return estimate_still(frame.bgr, model or DEFAULT_MODEL)[1]


def _saved_pose(still: StillSpec, work: Work) -> Pose:
    poses = load_material(still.path, None, work).poses
    if still.seconds is None:
        if len(poses) > 1:
            raise UsageError(
                f"“{still.path.name}” holds {len(poses)} poses.", f"Say which, in seconds: {still.path}@1.5"
            )
    elif still.seconds > poses.t[-1] + _SLACK_S:
        raise _after_the_end(still.path, still.seconds, float(poses.t[-1]))
    pose = poses[0 if still.seconds is None else poses.nearest(still.seconds)]
    if not pose.confidence.any():
        raise NotEnoughSeenError(f"Nobody was seen at that moment of “{still.path.name}”.", "Choose another moment.")
    return pose


def _frame_at(clip: Path, seconds: float) -> Frame:
    """The picture of `clip` nearest to `seconds`."""
    from poseapp.vision.sources.file import FileSource

    nearest: Frame | None = None
    with FileSource(clip) as source:
        for frame in source:
            if nearest is None or abs(_time(frame) - seconds) < abs(_time(nearest) - seconds):
                nearest = frame
            if _time(frame) >= seconds:
                break
    if nearest is None:
        raise ClipError(f"“{clip.name}” holds no picture.", "Choose another clip.")
    if seconds > _time(nearest) + _SLACK_S:
        raise _after_the_end(clip, seconds, _time(nearest))
    return nearest


def _time(frame: Frame) -> float:
    return frame.media_time or 0.0


def _after_the_end(path: Path, seconds: float, end: float) -> UsageError:
    return UsageError(f"“{path.name}” ends at {end:.2f} s; there is no second {seconds:g} in it.", "Choose less.")
