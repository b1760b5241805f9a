"""One person, followed from picture to picture."""

from __future__ import annotations

from typing import Final

from poseapp.pose import Box
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.frame import BgrImage
from poseapp.vision.person_lock import PersonLock, Tracked, person_at

__all__ = ["PoseTracker", "Tracked"]

#: Side of the square looked at round a click where nobody was found before, as a share of the picture's shorter side.
_CLICK_SQUARE: Final = 0.75


class PoseTracker:
    """Looks for people where the followed one was, and everywhere when he or she is not there.

    One square round the followed person is looked at in every picture. When the person is not in it, the whole
    picture is looked at, and when a person is found in a whole picture, a second look from near makes the pose as
    good as the next ones will be. So a picture costs one estimate as a rule, three at most.

    It belongs to one thread, as its estimator does; only :meth:`lock` may be called from another.

    Parameters
    ----------
    estimator : PoseEstimator
        Is closed by :meth:`close`.
    """

    def __init__(self, estimator: PoseEstimator) -> None:
        self._estimator = estimator
        self._lock = PersonLock()
        self._click: tuple[float, float] | None = None
        self._size: tuple[int, int] | None = None

    def track(self, bgr: BgrImage) -> Tracked:
        """Find the followed person in the next picture.

        Parameters
        ----------
        bgr : ndarray, shape (height, width, 3), uint8
            The picture. One of another size than before begins anew: places in the old one mean nothing in it.
        """
        height, width = bgr.shape[:2]
        if self._size not in (None, (width, height)):
            self._lock.reset()
        self._size = width, height
        click, self._click = self._click, None
        if click is not None and (switched := self._switch(bgr, *click)) is not None:
            return self._look_closer(bgr, switched)
        was_followed = self._lock.following
        region = self._lock.region(width, height)
        found = self._lock.update(self._estimator.estimate(bgr, region), width, height)
        if region is not None and was_followed and found.pose is None:
            region = None
            found = self._lock.update(self._estimator.estimate(bgr), width, height)
        elif region is not None or was_followed:
            return found
        return found if found.pose is None else self._look_closer(bgr, found)

    def lock(self, x: float, y: float) -> None:
        """Follow the person at a point (source pixels) from the next picture on; nobody there: nothing changes."""
        self._click = (x, y)

    def reset(self) -> None:
        """Forget everybody; the next person followed is the largest and most central one."""
        self._click = None
        self._lock.reset()

    def close(self) -> None:
        """Free the model; a second call does nothing."""
        self._estimator.close()

    def _switch(self, bgr: BgrImage, x: float, y: float) -> Tracked | None:
        half = _CLICK_SQUARE * min(bgr.shape[:2]) / 2
        for region in (None, Box(x - half, y - half, x + half, y + half)):
            people = self._estimator.estimate(bgr, region)
            index = person_at(people, x, y)
            if index is not None:
                return self._lock.switch(people, index)
        return None

    def _look_closer(self, bgr: BgrImage, found: Tracked) -> Tracked:
        """The same person from near, or `found` if that fails."""
        height, width = bgr.shape[:2]
        region = self._lock.region(width, height)
        if region is None:
            return found
        closer = self._lock.update(self._estimator.estimate(bgr, region), width, height)
        return found if closer.pose is None else Tracked(closer.pose, found.others)
