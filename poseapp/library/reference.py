"""A coach's example."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np

from poseapp.pose import Keypoint, PoseSequence
from poseapp.shortfall import Shortfall

__all__ = ["VIEWS", "Origin", "Reference", "key_moment"]

#: From where a person may be seen, in the order in which they are listed.
VIEWS: Final = ("front", "left", "right")


class Origin(StrEnum):
    """Where a reference comes from."""

    BUILT_IN = "built-in"
    OWN = "own"
    CLIP = "clip"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """An example to practise against.

    Parameters
    ----------
    name : str
        In the library, such as ``squat/left``, or of the clip without its suffix.
    clip : Path
        The video it was made from.
    poses : PoseSequence
        The coach's poses, in pixels of the clip, `t` in the clip's own time.
    frame_size : tuple of int
        Width and height of the clip in pixels.
    model : str
        Name of the model that made the poses.
    keypoints : tuple of Keypoint, optional
        Those that matter; None: all.
    action : str
        The movement, the same for all its views, such as ``squat``; empty when not known.
    title : str
        The movement for a person, such as ``Squat``; may be empty.
    view : str
        From where the coach is seen: ``front``, ``left`` or ``right``; empty when not known.
    cues : tuple of str
        Lines of technique.
    stills : tuple of float
        Seconds of the moments worth holding, in the clip's own time, the most telling first.
    thumbnail : Path or None
        A small JPEG.
    origin : Origin
        The built-in library, the user's own, or merely a clip.
    shortfall : Shortfall or None
        That less of the clip could be read than it announces, so that the poses are those of its beginning.
    """

    name: str
    clip: Path
    poses: PoseSequence
    frame_size: tuple[int, int]
    model: str
    keypoints: tuple[Keypoint, ...] | None = None
    action: str = ""
    title: str = ""
    view: str = ""
    cues: tuple[str, ...] = ()
    stills: tuple[float, ...] = ()
    thumbnail: Path | None = None
    origin: Origin = Origin.CLIP
    shortfall: Shortfall | None = None

    @property
    def heading(self) -> str:
        """What a person calls it: the title, or the clip's name without its suffix."""
        return self.title or self.clip.stem

    @property
    def key_moment(self) -> float:
        """Seconds of a good still to begin with: the first of `stills`, or else as :func:`key_moment` finds it."""
        return self.stills[0] if self.stills else key_moment(self.poses)


def key_moment(poses: PoseSequence) -> float:
    """Seconds of the pose that differs most from the first; 0 for no poses.

    Distance is the mean over keypoints of the movement since the first pose in which the person was seen, less
    the movement of the whole body, both weighted by the lower of the two confidences.
    """
    found = np.flatnonzero(poses.confidence.any(axis=1))
    if not len(found):
        return float(poses.t[0]) if len(poses) else 0.0
    first = found[0]
    weight = np.minimum(poses.confidence, poses.confidence[first])
    total = np.maximum(weight.sum(axis=1), 1e-6)
    moved = poses.xy - poses.xy[first]
    walked = (weight[:, :, None] * moved).sum(axis=1, keepdims=True) / total[:, None, None]
    changed = np.linalg.norm(moved - walked, axis=2)
    mean = (weight * changed).sum(axis=1) / total
    return float(poses.t[int(mean.argmax())])
