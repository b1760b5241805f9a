"""What a file of poses holds, whatever its format, and its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import PoseSequence

__all__ = ["FORMAT", "MAX_FILE_BYTES", "MAX_FRAMES", "VERSION", "DamagedPosesError", "SavedPoses", "checked_poses"]

#: Value of the ``format`` field, and its version: raised when a reader of the old one would be misled.
FORMAT = "poseapp-poses"
VERSION = 1

#: Close to two hours at 30 poses per second.
MAX_FRAMES = 200_000
#: More than that many poses take as JSON, the longest of the formats.
MAX_FILE_BYTES = 128 * 2**20
#: No picture is so large that a body could reach beyond this many pixels.
_MAX_PIXELS = 1e6
#: Seconds; a clip of eleven days.
_MAX_SECONDS = 1e6
#: Poses per second (median); the fastest rate that is believed of a video file too.
_MAX_RATE = 1000.0
_MAX_TEXT = 200


class DamagedPosesError(ValueError):
    """The bytes are not saved poses; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class SavedPoses:
    """One person's poses and where they are from.

    Parameters
    ----------
    poses : PoseSequence
        In pixels of the clip, `t` in seconds of the clip.
    frame_size : tuple of int or None
        Width and height of the clip in pixels; None when the file does not say.
    model : str
        Name of the model that made the poses; empty when the file does not say.
    clip : str
        File name of the clip, without its folder; empty when the file does not say.
    """

    poses: PoseSequence
    frame_size: tuple[int, int] | None = None
    model: str = ""
    clip: str = ""


def checked_poses(
    xy: NDArray[np.float64],
    confidence: NDArray[np.float64],
    t: NDArray[np.float64],
    *,
    frame_size: tuple[int, int] | None = None,
    model: str = "",
    clip: str = "",
) -> SavedPoses:
    """Saved poses from what a file claims.

    Parameters
    ----------
    xy, confidence, t : ndarray
        As in :class:`~poseapp.pose.PoseSequence`, unchecked.
    frame_size, model, clip
        As in :class:`SavedPoses`, unchecked.

    Raises
    ------
    DamagedPosesError
        Something does not fit.
    """
    if t.ndim != 1:
        raise DamagedPosesError("its times are not a list of numbers")
    if not len(t):
        raise DamagedPosesError("it has no poses")
    if len(t) > MAX_FRAMES:
        raise DamagedPosesError(f"it has more than {MAX_FRAMES} poses")
    # Written so that NaN fails them too.
    if not (np.abs(xy) <= _MAX_PIXELS).all():
        raise DamagedPosesError("a position is not a number of pixels")
    if not ((confidence >= 0) & (confidence <= 1)).all():
        raise DamagedPosesError("a confidence is not within 0..1")
    if not (np.abs(t) <= _MAX_SECONDS).all():
        raise DamagedPosesError("a time is not a number of seconds")
    if frame_size is not None and not all(0 < side <= _MAX_PIXELS for side in frame_size):
        raise DamagedPosesError("the size of the picture is impossible")
    if max(len(model), len(clip)) > _MAX_TEXT:
        raise DamagedPosesError("the name of the model or the clip is too long")
    try:
        poses = PoseSequence(xy, confidence, t)
    except ValueError as error:
        raise DamagedPosesError(str(error)) from error
    # Half a per cent more, for times that were rounded.
    if poses.fps > _MAX_RATE * 1.005:
        raise DamagedPosesError(f"it has more than {_MAX_RATE:.0f} poses a second")
    return SavedPoses(poses, frame_size, model, clip)
