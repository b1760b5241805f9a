"""One person, followed from picture to picture."""

from __future__ import annotations

from typing import Final

from poseapp.pose import Box, Pose
from poseapp.vision.crop import search_regions, square_round
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.frame import BgrImage
from poseapp.vision.person_lock import PersonLock, Tracked, person_at, person_left_at

__all__ = ["PoseTracker", "Tracked"]

#: Side of the square looked at round a click where nobody was found before, as a share of the picture's shorter side.
_CLICK_SQUARE: Final = 0.75


class PoseTracker:
    """Looks for people where the followed one was, and everywhere when he or she is not there.

    One square round the followed person is looked at in every picture. When the person is not in it, the whole
    picture is looked at, and then, picture by picture, parts of it. When the person is found like that, a second look
    from near makes the pose as good as the next ones will be. So a picture costs one estimate as a rule, three at
    most.

    Two people who meet are one for some pictures, and a model that knows only one person slides to another who passes
    in front: so when the person has left a place, it is asked whether he or she still stands there; of a model that
    knows only one, by one more look.

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
        self._searched = 0

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
            self._searched = 0
        self._size = width, height
        click, self._click = self._click, None
        if click is not None and (switched := self._switch(bgr, *click)) is not None:
            return self._look_closer(bgr, switched)
        region = self._lock.region(width, height)
        following = self._lock.following
        searching = region is None and not following
        if searching:
            regions = search_regions(width, height)
            region = regions[self._searched % len(regions)]
            self._searched += 1
        found = self._lock.update(self._estimator.estimate(bgr, region), width, height)
        if found.pose is None and following and region is not None:
            searching = True
            found = self._lock.update(self._estimator.estimate(bgr), width, height)
        if found.pose is None:
            return found
        self._searched = 0
        if searching:
            return self._look_closer(bgr, found)
        return self._look_back(bgr, found, found.pose)

    def lock(self, x: float, y: float) -> None:
        """Follow the person at a point (source pixels) from the next picture on; nobody there: nothing changes."""
        self._click = (x, y)

    def reset(self) -> None:
        """Forget everybody; the next person followed is the largest and most central one."""
        self._click = None
        self._searched = 0
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

    def _look_back(self, bgr: BgrImage, found: Tracked, pose: Pose) -> Tracked:
        """The person who still stands where the followed one was a second ago, or `found`, whose person is `pose`."""
        place = self._lock.left_behind(stood=self._estimator.multi_person)
        if place is None:
            return found
        others = found.others
        if not self._estimator.multi_person:
            others = self._estimator.estimate(bgr, square_round(place, bgr.shape[1], bgr.shape[0]))
        people = (*others, pose)
        index = person_left_at(people, place, pose)
        return found if index is None else self._lock.switch(people, index)
