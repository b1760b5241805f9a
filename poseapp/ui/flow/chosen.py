"""What was chosen to be practised and compared with: an example, a moment of it, or a photo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from poseapp.library.entry import Entry
from poseapp.library.reference import Reference
from poseapp.pose import Pose
from poseapp.vision.frame import BgrImage

__all__ = ["ChosenStill", "Loaded", "Photo", "as_seconds", "suggested_times"]


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo that serves as a still.

    Parameters
    ----------
    name : str
        Of the file.
    bgr : ndarray, shape (height, width, 3), uint8
        The picture.
    pose : Pose
        Of the largest person in it, in its pixels.
    """

    name: str
    bgr: BgrImage
    pose: Pose


@dataclass(frozen=True, slots=True, eq=False)
class ChosenStill:
    """What the live pose is compared with.

    Parameters
    ----------
    pose : Pose
        Its pose.
    seconds : float or None
        Where in the reference it lies; None for a photo.
    name : str
        Of the photo; empty for a moment of the reference.
    """

    pose: Pose
    seconds: float | None
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A reference, and what it was made of: to be looked at again by another model.

    Parameters
    ----------
    made_of : Path or Entry
        A clip or an entry of the library.
    reference : Reference
    """

    made_of: Path | Entry
    reference: Reference


def suggested_times(reference: Reference) -> tuple[float, ...]:
    """Moments worth a tile, at most three and rising: where the person is first seen, and the stills.

    With one still, or none but the key moment, also half-way between.
    """
    poses = reference.poses
    seen = np.flatnonzero(poses.confidence.any(axis=1))
    first = float(poses.t[seen[0]]) if len(seen) else float(poses.t[0])
    stills = [float(poses.t[poses.nearest(at)]) for at in reference.stills[:2] or (reference.key_moment,)]
    if len(stills) < 2:
        stills.append(float(poses.t[poses.nearest((first + stills[0]) / 2)]))
    return tuple(sorted({first, *stills}))


def as_seconds(text: str | None) -> float | None:
    """The seconds that `text` says; None when it is no finite number."""
    try:
        seconds = float(text) if text is not None else None
    except ValueError:
        return None
    return seconds if seconds is None or np.isfinite(seconds) else None
