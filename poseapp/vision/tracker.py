"""One person, followed from picture to picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from poseapp.pose import Box, Pose
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.frame import BgrImage
from poseapp.vision.person_lock import PersonLock, person_at

__all__ = ["PoseTracker", "Tracked"]

#: Side of the square looked at round a click where nobody was found before, as a share of the picture's shorter side.
_CLICK_SQUARE: Final = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Tracked:
    """What was found in one picture.

    Parameters
    ----------
    pose : Pose or None
        The followed person; None: not there.
    others : tuple of Pose
        Other people who were seen, most confident first. A look at the followed person alone may miss some.
    """

    pose: Pose | None
    others: tuple[Pose, ...] = ()


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
        region = self._lock.region(width, height)
        if region is not None:
            people = self._estimator.estimate(bgr, region)
            found = self._lock.update(people, width, height)
            if found is not None:
                return _tracked(people, found)
        was_followed = region is None and self._lock.following
        people = self._estimator.estimate(bgr)
        found = self._lock.update(people, width, height)
        if found is None or was_followed:
            return _tracked(people, found)
        return self._look_closer(bgr, _tracked(people, found))

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
                self._lock.switch(people, index)
                return _tracked(people, index)
        return None

    def _look_closer(self, bgr: BgrImage, found: Tracked) -> Tracked:
        """The same person from near, or `found` if that fails."""
        height, width = bgr.shape[:2]
        region = self._lock.region(width, height)
        if region is None:
            return found
        people = self._estimator.estimate(bgr, region)
        index = self._lock.update(people, width, height)
        return found if index is None else Tracked(people[index], found.others)


def _tracked(people: Sequence[Pose], index: int | None) -> Tracked:
    return Tracked(
        None if index is None else people[index],
        tuple(person for i, person in enumerate(people) if i != index),
    )
