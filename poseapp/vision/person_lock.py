"""Who is who from picture to picture: one person is followed, the others are kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from poseapp.pose import Box, Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.vision.crop import CropRegion
from poseapp.vision.oks import body_scale, object_keypoint_similarity

__all__ = ["PersonLock", "person_at", "principal_person"]

#: Least object keypoint similarity from one picture to the next; poses of two people who stand apart have 0.
MIN_OKS: Final = 0.1
#: Pictures without the followed person after which another is accepted: 1.5 s at 30 pictures/s.
PATIENCE: Final = 45
#: A body that moved too fast for `MIN_OKS` is still the same within this many body scales ...
_NEAR: Final = 0.5
#: ... and, unseen, may have gone this much farther with every picture, up to a limit,
_NEAR_GROWTH: Final = 0.05
_NEAR_LIMIT: Final = 1.5
#: if its size differs by no more than this ratio.
_SIZE_RATIO: Final = 1.5
#: Pictures for which another person who is not seen is remembered.
_REMEMBER_OTHERS: Final = 30
#: A click counts within this share of the body scale round the box of the keypoints (heads and hands reach beyond).
_CLICK_MARGIN: Final = 0.25


class PersonLock:
    """Follows one person.

    In every picture the people found are matched with those of the picture before, the followed one and the others
    alike, by object keypoint similarity, the most similar pair first. So somebody who walks in front is taken for
    who he was before and not for the one he hides. When the followed person is gone, nobody else is accepted for
    `PATIENCE` pictures; then whoever is nearest in place and size.
    """

    def __init__(self) -> None:
        self._crop = CropRegion()
        self.reset()

    def reset(self) -> None:
        """Forget everybody; the next person followed is the largest and most central one."""
        self._crop.reset()
        self._last: Pose | None = None
        self._step = np.zeros(2, dtype=np.float32)
        self._missed = 0
        self._others: list[tuple[Pose, int]] = []

    @property
    def following(self) -> bool:
        """Whether the person was found in the last picture."""
        return self._last is not None and self._missed == 0

    def region(self, width: int, height: int) -> Box | None:
        """Part of the next picture (`width` × `height` pixels) to look at; None: all of it."""
        if self._last is None or self._missed:
            self._crop.reset()
            return None
        return self._crop.follow(self._last, width, height)

    def update(self, people: Sequence[Pose], width: int, height: int) -> int | None:
        """Take in the people found in the next picture.

        Parameters
        ----------
        people : sequence of Pose
            In pixels of the picture, which is `width` × `height` pixels large.

        Returns
        -------
        int or None
            Index of the followed person; None: not there.
        """
        if self._last is None:
            chosen = principal_person(people, width, height)
            owners: dict[int, int] = {}
        else:
            chosen, owners = self._match(people)
        self._accept(people, chosen, owners)
        return chosen

    def switch(self, people: Sequence[Pose], index: int) -> None:
        """Follow ``people[index]`` from now on, whoever was followed before."""
        self._step[:] = 0
        self._last = None
        self._others = []
        self._accept(people, index, {})

    def _match(self, people: Sequence[Pose]) -> tuple[int | None, dict[int, int]]:
        """Index of the followed person, and for the others found the index of who they were."""
        assert self._last is not None
        predicted = Pose(self._last.xy + self._step, self._last.confidence)
        pairs = [(similarity, -1, i) for i, p in enumerate(people) if (similarity := self._same(predicted, p)) > 0]
        pairs += [
            (object_keypoint_similarity(other, person), j, i)
            for j, (other, _) in enumerate(self._others)
            for i, person in enumerate(people)
        ]
        owners: dict[int, int] = {}
        for similarity, owner, i in sorted(pairs, reverse=True):
            if similarity < MIN_OKS:
                break
            if i not in owners and owner not in owners.values():
                owners[i] = owner
        chosen = next((i for i, owner in owners.items() if owner == -1), None)
        strangers = [i for i in range(len(people)) if i not in owners]
        if chosen is None:
            chosen = self._near(people, strangers)
        if chosen is None and self._missed >= PATIENCE and people:
            chosen = min(range(len(people)), key=lambda i: _difference(self._last, people[i]))
        owners.pop(chosen if chosen is not None else -1, None)
        return chosen, owners

    def _same(self, predicted: Pose, person: Pose) -> float:
        assert self._last is not None
        return max(object_keypoint_similarity(self._last, person), object_keypoint_similarity(predicted, person))

    def _near(self, people: Sequence[Pose], strangers: Sequence[int]) -> int | None:
        """The stranger who stands where the followed person was and is as large; a fast movement looks like that."""
        within = min(_NEAR + _NEAR_GROWTH * self._missed, _NEAR_LIMIT)
        near = [
            (distance, i)
            for i in strangers
            if (distance := _distance(self._last, people[i])) <= within
            and abs(_log_size_ratio(self._last, people[i])) <= np.log(_SIZE_RATIO)
        ]
        return min(near)[1] if near else None

    def _accept(self, people: Sequence[Pose], chosen: int | None, owners: dict[int, int]) -> None:
        seen_again = set(owners.values())
        forgotten = [
            (pose, age + 1)
            for j, (pose, age) in enumerate(self._others)
            if j not in seen_again and age < _REMEMBER_OTHERS
        ]
        self._others = [(person, 0) for i, person in enumerate(people) if i != chosen] + forgotten
        if chosen is None:
            self._missed += 1
            self._step[:] = 0
            return
        person = people[chosen]
        if self._last is not None and self._missed == 0:
            self._step = _centre(person) - _centre(self._last)
        self._last = person
        self._missed = 0


def principal_person(people: Sequence[Pose], width: int, height: int) -> int | None:
    """Index of the largest, surest and most central person in a picture of `width` × `height` pixels."""
    if not people:
        return None
    middle = np.array([width, height], dtype=np.float32) / 2

    def prominence(i: int) -> float:
        off_centre = float(np.linalg.norm((_centre(people[i]) - middle) / middle)) / np.sqrt(2)
        return body_scale(people[i]) * people[i].score * float(1 - 0.5 * min(off_centre, 1.0))

    return max(range(len(people)), key=prominence)


def person_at(people: Sequence[Pose], x: float, y: float) -> int | None:
    """Index of the person at a point of the picture, in pixels; the nearest one where several are."""
    point = np.array([x, y], dtype=np.float32)
    found: list[tuple[float, int]] = []
    for i, person in enumerate(people):
        box, scale = person.box(MIN_CONFIDENCE), body_scale(person)
        if box is None or scale <= 0:
            continue
        margin = _CLICK_MARGIN * scale
        if Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin).contains(x, y):
            distance = np.linalg.norm(person.xy[person.seen()] - point, axis=1).min()
            found.append((float(distance) / scale, i))
    return min(found)[1] if found else None


def _centre(pose: Pose) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Middle of the torso or, when none was seen, of whatever was."""
    seen = pose.seen()
    torso = [k for k in (5, 6, 11, 12) if seen[k]]
    points = pose.xy[torso] if torso else pose.xy[seen] if seen.any() else pose.xy
    return np.asarray(points.mean(axis=0), dtype=np.float32)


def _distance(pose: Pose | None, other: Pose) -> float:
    """Between the centres of two bodies, in scales of the first."""
    assert pose is not None
    return float(np.linalg.norm(_centre(pose) - _centre(other))) / max(body_scale(pose), 1.0)


def _log_size_ratio(pose: Pose | None, other: Pose) -> float:
    assert pose is not None
    return float(np.log(max(body_scale(other), 1.0) / max(body_scale(pose), 1.0)))


def _difference(pose: Pose | None, other: Pose) -> float:
    return _distance(pose, other) + abs(_log_size_ratio(pose, other))
