"""A clip's poses, all of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from poseapp.errors import Cancelled, NotEnoughSeenError
from poseapp.pose import Pose, PoseSequence
from poseapp.shortfall import Shortfall
from poseapp.vision.crop import search_regions
from poseapp.vision.estimators import create_estimator
from poseapp.vision.frame import BgrImage
from poseapp.vision.models import DEFAULT_MODEL
from poseapp.vision.picture import read_picture
from poseapp.vision.sources.base import SourceInfo
from poseapp.vision.sources.clip_check import shown_name
from poseapp.vision.sources.file import FileSource
from poseapp.vision.tracker import PoseTracker

__all__ = ["ExtractedPoses", "Progress", "estimate_still", "extract_poses"]

#: Called with the frames done and the frames expected; None while nobody knows.
Progress = Callable[[int, int | None], None]

#: Fewer frames with a person than this are no movement.
MIN_FRAMES: Final = 3
_HINT: Final = "Choose a clip in which one person is seen from head to foot, in good light."


@dataclass(frozen=True, slots=True, eq=False)
class ExtractedPoses:
    """What was seen in a clip.

    Parameters
    ----------
    poses : PoseSequence
        The followed person in pixels of the clip, one pose for each frame, in the clip's own time.
    frame_size : tuple of int
        Width and height of the upright frames in pixels.
    model : str
        Name of the model.
    shortfall : Shortfall or None
        That the clip gave less than it announces; None when all of it was read.
    """

    poses: PoseSequence
    frame_size: tuple[int, int]
    model: str
    shortfall: Shortfall | None = None


def extract_poses(
    clip: Path,
    model: str = DEFAULT_MODEL,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExtractedPoses:
    """Follow the largest and most central person through a clip.

    Parameters
    ----------
    clip : Path
        A video file.
    model : str
        Name of a model.
    progress : callable, optional
        Called with the number of frames done and the number expected (None: not known) after every frame.
    cancelled : callable, optional
        Asked before every frame whether to stop.

    Raises
    ------
    ClipError
        The clip is missing or cannot be read.
    ModelError
        The model is missing or damaged.
    NotEnoughSeenError
        A person was seen in fewer than three frames.
    Cancelled
        `cancelled` said so.
    """
    poses: list[Pose | None] = []
    times: list[float] = []
    # The clip is opened first: a wrong clip is said at once, without loading a model.
    source = FileSource(clip, paced=False)
    with contextlib.closing(source):
        info = source.open()
        expected = _expected_frames(info)
        with contextlib.closing(PoseTracker(create_estimator(model))) as tracker:
            for frame in source:
                if cancelled is not None and cancelled():
                    raise Cancelled
                assert frame.media_time is not None
                times.append(frame.media_time)
                poses.append(tracker.track(frame.bgr).pose)
                if progress is not None:
                    progress(len(poses), max(expected, len(poses)) if expected else None)
    _check_enough_seen(clip, poses)
    return ExtractedPoses(PoseSequence.from_poses(poses, times), (info.width, info.height), model, source.shortfall)


def estimate_still(picture: Path | BgrImage, model: str = DEFAULT_MODEL) -> tuple[BgrImage, Pose]:
    """Find the largest and most central person in a photo.

    Returns
    -------
    picture : ndarray, shape (height, width, 3), uint8, BGR
        Upright.
    pose : Pose
        In its pixels.

    Raises
    ------
    ClipError
        The photo is missing or cannot be read.
    ModelError
        The model is missing or damaged.
    NotEnoughSeenError
        Nobody was seen.
    """
    bgr = read_picture(picture) if isinstance(picture, Path) else picture
    with contextlib.closing(PoseTracker(create_estimator(model))) as tracker:
        looks = (tracker.track(bgr).pose for _ in search_regions(bgr.shape[1], bgr.shape[0]))
        pose = next((found for found in looks if found is not None), None)
    if pose is None:
        where = shown_name(picture) if isinstance(picture, Path) else "the picture"
        raise NotEnoughSeenError(
            f"Nobody was seen in {where}.", "Choose a picture in which one person is seen from head to foot."
        )
    return bgr, pose


def _check_enough_seen(clip: Path, poses: list[Pose | None]) -> None:
    seen = sum(pose is not None for pose in poses)
    if not seen:
        raise NotEnoughSeenError(f"Nobody was seen in {shown_name(clip)}.", _HINT)
    if seen < MIN_FRAMES:
        frames = "frame" if len(poses) == 1 else "frames"
        raise NotEnoughSeenError(
            f"A person was seen in only {seen} of the {len(poses)} {frames} of {shown_name(clip)}.", _HINT
        )


def _expected_frames(info: SourceInfo) -> int | None:
    if info.fps is None or info.duration is None:
        return None
    return round(info.fps * info.duration) or None
