"""What the screen wishes of the live session."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from poseapp.pose import Keypoint, Pose, SimilarityMethod

__all__ = ["Settings", "StillChoice", "Wishes"]


@dataclass(frozen=True, slots=True)
class StillChoice:
    """The still pose that the live pose is compared with.

    Parameters
    ----------
    pose : Pose
        The still's pose.
    method : SimilarityMethod
        How to compare.
    keypoints : tuple of Keypoint, optional
        Those that count; None: all.
    """

    pose: Pose
    method: SimilarityMethod = SimilarityMethod.CLASSIC
    keypoints: tuple[Keypoint, ...] | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    still: StillChoice | None = None
    screen: tuple[int, int] | None = None
    mirrored: bool = False
    lock_point: tuple[float, float] | None = None


class Settings:
    """What the screen may change while frames are being worked on.

    A frame takes one immutable snapshot; the lock is held for that moment only and never during inference.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes = Wishes()

    def set_still(self, still: StillChoice | None) -> None:
        with self._lock:
            self._wishes = replace(self._wishes, still=still)

    def set_screen_size(self, width: int, height: int) -> None:
        with self._lock:
            self._wishes = replace(self._wishes, screen=(width, height))

    def set_mirrored(self, on: bool) -> None:
        with self._lock:
            self._wishes = replace(self._wishes, mirrored=on)

    def set_lock_point(self, x: float, y: float) -> None:
        with self._lock:
            self._wishes = replace(self._wishes, lock_point=(x, y))

    def take(self) -> Wishes:
        """What is wished now; a lock point is given once."""
        with self._lock:
            wishes = self._wishes
            self._wishes = replace(wishes, lock_point=None)
        return wishes
