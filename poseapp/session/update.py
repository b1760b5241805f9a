"""What the live session hands to whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from poseapp.pose import Pose
from poseapp.vision.frame import BgraImage, Frame

__all__ = ["Counters", "LiveState", "PoseUpdate"]


class LiveState(StrEnum):
    """What the live session is doing about its source."""

    STOPPED = "stopped"
    OPENING = "opening"
    RUNNING = "running"
    LOST = "lost"  # the camera went away and is looked for
    ENDED = "ended"  # a clip played to its end
    FAILED = "failed"  # could not be opened, or the model failed; `error` says why


@dataclass(frozen=True, slots=True)
class Counters:
    """Figures of the status line.

    Parameters
    ----------
    captured, processed, dropped : int
        Frames read from the source, gone through the model, and replaced by newer ones before they were.
    capture_fps : float
        Measured over the last seconds.
    pose_ms : float
        Worker time of the last frame, from taking it to handing it on, in ms.
    """

    captured: int = 0
    processed: int = 0
    dropped: int = 0
    capture_fps: float = 0.0
    pose_ms: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PoseUpdate:
    """A frame, the poses found in this very frame, and what they are worth. Kept together, shown together.

    Parameters
    ----------
    frame : Frame
        The picture as captured.
    shown : ndarray, shape (h, w, 4), uint8
        The picture scaled for the screen, BGRA (h, w fit what the screen asked for).
    shown_mirrored : bool
        Whether `shown` is turned left to right; poses never are.
    pose : Pose or None
        The followed person's raw pose in source pixels: what is recorded and scored. None: not found.
    smoothed : Pose or None
        The same, smoothed for drawing.
    others : tuple of Pose
        Other people in the picture.
    similarity : float or None
        Of `pose` to the chosen still; None without a still or when nothing could be compared.
    recording : bool
        Whether this pose was recorded.
    counters : Counters
        Figures as of this frame.
    """

    frame: Frame
    shown: BgraImage
    shown_mirrored: bool
    pose: Pose | None
    smoothed: Pose | None
    others: tuple[Pose, ...]
    similarity: float | None
    recording: bool
    counters: Counters
