"""A still pose by what people type: a photo, or a moment of a clip or a reference as ``clip.mp4@1.5``."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from poseapp.commands.material import Named, load_material, local_file, named
from poseapp.errors import ClipError, NotEnoughSeenError, UsageError
from poseapp.library.entry import Entry

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.pose import Keypoint, Pose, PoseSequence
    from poseapp.vision.frame import Frame

__all__ = ["StillSpec", "load_still", "parse_still"]

#: A moment this far beyond the last picture still means the last picture.
_SLACK_S = 0.1


@dataclass(frozen=True, slots=True)
class StillSpec:
    """A picture, or a moment of a clip.

    Parameters
    ----------
    path : Path or Entry
        The picture, the clip, the saved poses, or the reference of the library.
    seconds : float or None
        The moment in the clip's own time; None for a picture, and for the key moment of a reference.
    """

    path: Named
    seconds: float | None

    @property
    def model(self) -> str | None:
        """The model that made the poses of a reference of the library; None when there is none yet."""
        return self.path.model if isinstance(self.path, Entry) else None

    @property
    def keypoints(self) -> tuple[Keypoint, ...] | None:
        """Those that matter in a reference of the library; None: all."""
        return self.path.keypoints if isinstance(self.path, Entry) else None


def parse_still(spec: str) -> StillSpec:
    """What `spec` names. A file of exactly that name comes before a moment of a clip.

    Raises
    ------
    UsageError
        It is an address, or what follows the @ is not a number of seconds.
    LibraryError
        There is neither a file nor a reference of that name.
    """
    path = local_file(spec)
    name, at, moment = spec.rpartition("@")
    if not at or path.exists():
        return StillSpec(named(spec), None)
    try:
        seconds = float(moment)
    except ValueError:
        # An @ may belong to a name that is merely missing; whoever opens it says so.
        if not Path(name).exists():
            return StillSpec(named(spec), None)
        seconds = float("nan")
    if not (isfinite(seconds) and seconds >= 0):
        raise UsageError(f"“{moment}” is not a number of seconds.", f"Write it like this: {name}@1.5")
    return StillSpec(named(name), seconds)


def load_still(still: StillSpec, model: str | None, work: Work) -> Pose:
    """The pose of a still: the largest person of the picture, or the saved pose of the moment.

    Raises
    ------
    ClipError, LibraryError, ModelError
        As when reading a picture, a clip or a reference of the library.
    NotEnoughSeenError
        There is nobody in it.
    UsageError
        A clip without a moment, or a moment after its end.
    """
    from poseapp.library.pose_files import is_pose_file
    from poseapp.vision.extract import estimate_still
    from poseapp.vision.models import DEFAULT_MODEL

    path = still.path
    if isinstance(path, Entry):
        from poseapp.session.references import load_reference

        progress = None if model in (None, path.model) else work.step(f"Looking at {path.name}")
        found = load_reference(path, model or path.model, progress=progress, cancelled=work.cancelled)
        return _pose_at(found.poses, found.key_moment if still.seconds is None else still.seconds, path.name)
    if is_pose_file(path):
        poses = load_material(path, None, work).poses
        if still.seconds is None and len(poses) > 1:
            raise UsageError(f"“{path.name}” holds {len(poses)} poses.", f"Say which, in seconds: {path}@1.5")
        return _pose_at(poses, still.seconds or 0.0, path.name)
    if still.seconds is None:
        from poseapp.vision.sources.picture import PICTURE_SUFFIXES

        try:
            return estimate_still(path, model or DEFAULT_MODEL)[1]
        except ClipError as error:
            if path.suffix.lower() in PICTURE_SUFFIXES or not path.is_file():
                raise
            raise ClipError(
                f"“{path.name}” is not a picture.", f"A moment of a clip is written like this: {path}@1.5"
            ) from error
    frame = _frame_at(path, still.seconds)
    return estimate_still(frame.bgr, model or DEFAULT_MODEL)[1]


def _pose_at(poses: PoseSequence, seconds: float, name: str) -> Pose:
    """The saved pose nearest to `seconds`."""
    if seconds > poses.t[-1] + _SLACK_S:
        raise _after_the_end(name, seconds, float(poses.t[-1]))
    pose = poses[poses.nearest(seconds)]
    if not pose.confidence.any():
        raise NotEnoughSeenError(f"Nobody was seen at that moment of “{name}”.", "Choose another moment.")
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
        raise _after_the_end(clip.name, seconds, _time(nearest))
    return nearest


def _time(frame: Frame) -> float:
    return frame.media_time or 0.0


def _after_the_end(name: str, seconds: float, end: float) -> UsageError:
    return UsageError(f"“{name}” ends at {end:.2f} s; there is no second {seconds:g} in it.", "Choose less.")
