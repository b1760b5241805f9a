"""The contract of everything that finds people in a picture."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from poseapp.pose import Box, Pose
from poseapp.vision.frame import BgrImage

__all__ = ["PoseEstimator"]


@runtime_checkable
class PoseEstimator(Protocol):
    """Finds people in pictures. One instance belongs to one thread.

    Attributes
    ----------
    name : str
        The model's name in the manifest, such as ``posenet-257``.
    multi_person : bool
        Whether more than one person can be returned.
    """

    name: str
    multi_person: bool

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        """Find the people in a picture.

        Parameters
        ----------
        bgr : ndarray, shape (height, width, 3), uint8
            The picture; it is not written to.
        region : Box, optional
            Part of the picture to look at, in pixels; may reach beyond its borders (black there). The whole
            picture by default.

        Returns
        -------
        tuple of Pose
            Most confident first, in pixels of `bgr`; empty when nobody was found.
        """
        ...

    def close(self) -> None:
        """Free the model; a second call does nothing."""
        ...
