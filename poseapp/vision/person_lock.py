"""Who is who from picture to picture: one person is followed, the others are kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from poseapp.pose import Box, Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.vision.crop import CropRegion
from poseapp.vision.oks import body_scale, object_keypoint_similarity

__all__ = ["PersonLock", "Tracked", "person_at", "principal_person"]

#: Least object keypoint similarity from one picture to the next. The fastest movements at 5 to 30 pictures/s have
#: 0.44, two people who stand apart 0.
MIN_OKS: Final = 0.25
#: Pictures without the followed person after which another is accepted: 1.5 s at 30 pictures/s.
PATIENCE: Final = 45
#: With less than this, the body must not have moved too far nor changed its size either: models that know only one
#: person slide from body to body.
SURE_OKS: Final = 0.5
#: Pictures without anybody accepted after which the scene is a new one.
FORGET: Final = 300
#: How far, in body scales, a body may move from one picture to the next (the fastest movements: 0.15) ...
_NEAR: Final = 0.25
#: ... and how much farther with every picture in which it was not seen, up to a limit,
_NEAR_GROWTH: Final = 0.03
_NEAR_LIMIT: Final = 1.2
#: and by what ratio it may change its size (the fastest movements: 1.16).
_SIZE_RATIO: Final = 1.3
#: Pictures for which another person who is not seen is remembered.
_REMEMBER_OTHERS: Final = 30
#: With this share of its keypoints within the box of the followed body, a second skeleton is a part of that body.
_PART_SHARE: Final = 0.8
#: Or with this similarity to it: two bodies that stand apart have 0.
_TWICE_OKS: Final = 0.1
#: A click counts within this share of the body scale round the box of the keypoints (heads and hands reach beyond).
_CLICK_MARGIN: Final = 0.25

#: Stands for the followed person among the numbers of the others.
_FOLLOWED: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Tracked:
    """What was found in one picture.

    Parameters
    ----------
    pose : Pose or None
        The followed person; None: not there.
    others : tuple of Pose
        Other people who were seen. A look at the followed person alone may miss some.
    """

    pose: Pose | None
    others: tuple[Pose, ...] = ()


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
        """Part of the next picture (`width` × `height` pixels) to look at; None: all of it.

        While the followed person is missing it is in turns the place where he or she was, where a model that knows
        one person finds no other, and everywhere.
        """
        if self._last is None or self._missed > PATIENCE or self._missed % 2:
            return None
        return self._crop.follow(self._last, width, height)

    def update(self, people: Sequence[Pose], width: int, height: int) -> Tracked:
        """Take in the people found in the next picture.

        Parameters
        ----------
        people : sequence of Pose
            In pixels of the picture, which is `width` × `height` pixels large.
        """
        if self._last is None:
            return self._accept(people, principal_person(people, width, height), {})
        return self._accept(people, *self._match(people))

    def switch(self, people: Sequence[Pose], index: int) -> Tracked:
        """Follow ``people[index]`` from now on, whoever was followed before."""
        self._step[:] = 0
        self._last = None
        self._others = []
        return self._accept(people, index, {})

    def _match(self, people: Sequence[Pose]) -> tuple[int | None, dict[int, int]]:
        """Index of the followed person, and for the others found the index of who they were."""
        last = self._last
        assert last is not None
        predicted = Pose(last.xy + self._step, last.confidence)
        known = [(last, predicted), *((other,) for other, _ in self._others)]
        pairs: list[tuple[float, int, int]] = []
        for i, person in enumerate(people):
            for owner, guesses in enumerate(known, start=_FOLLOWED):
                same = max(object_keypoint_similarity(guess, person) for guess in guesses)
                if same >= SURE_OKS or (same >= MIN_OKS and _is_near(guesses[0], person)):
                    # A body may be found twice, whole and in part; the surer skeleton is the whole one.
                    pairs.append((same * person.score, owner, i))
        owners: dict[int, int] = {}
        for _, owner, i in sorted(pairs, reverse=True):
            if i not in owners and owner not in owners.values():
                owners[i] = owner
        chosen = next((i for i, owner in owners.items() if owner == _FOLLOWED), None)
        strangers = [i for i in range(len(people)) if i not in owners]
        if chosen is None:
            chosen = self._near(last, people, strangers)
        if chosen is None and self._missed >= PATIENCE and people:
            chosen = min(range(len(people)), key=lambda i: sum(_change(last, people[i])))
        return chosen, {i: owner for i, owner in owners.items() if i != chosen}

    def _near(self, last: Pose, people: Sequence[Pose], strangers: Sequence[int]) -> int | None:
        """The stranger who stands where the followed person was and is as large; a fast movement looks like that."""
        within = min(_NEAR + _NEAR_GROWTH * self._missed, _NEAR_LIMIT)
        near = [i for i in strangers if _is_near(last, people[i], within)]
        return min(near, key=lambda i: sum(_change(last, people[i])), default=None)

    def _accept(self, people: Sequence[Pose], chosen: int | None, owners: dict[int, int]) -> Tracked:
        """Take ``people[chosen]`` for the followed person, and note who else is there."""
        followed = None if chosen is None else people[chosen]
        strangers = [person for i, person in enumerate(people) if i != chosen and i not in owners]
        known = [people[i] for i in owners]
        if followed is not None:
            # Only who was seen beside the followed person is surely another: somebody who appears while that person
            # is missing may be the same one, found again.
            strangers = [person for person in strangers if not _same_body(person, followed)]
            known += strangers
        unseen = [
            (pose, age + 1)
            for j, (pose, age) in enumerate(self._others)
            if j not in owners.values() and age < _REMEMBER_OTHERS
        ]
        self._others = [(person, 0) for person in known] + unseen
        if followed is None:
            self._missed += 1
            self._step[:] = 0
            if self._missed >= FORGET:
                self.reset()
            return Tracked(None, (*known, *strangers))
        if self._last is not None and self._missed == 0:
            self._step = _centre(followed) - _centre(self._last)
        self._last = followed
        self._missed = 0
        return Tracked(followed, tuple(known))


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


def _same_body(person: Pose, body: Pose) -> bool:
    """Whether a second skeleton lies upon a body: a limb, or all of it, found twice."""
    box, seen = body.box(MIN_CONFIDENCE), person.seen()
    if box is None or not seen.any():
        return False
    inside = [box.contains(float(x), float(y)) for x, y in person.xy[seen]]
    if sum(inside) >= _PART_SHARE * len(inside):
        return True
    return object_keypoint_similarity(body, person) >= _TWICE_OKS


def _is_near(before: Pose, now: Pose, within: float = _NEAR) -> bool:
    leap, swell = _change(before, now)
    return leap <= within and swell <= np.log(_SIZE_RATIO)


def _change(before: Pose, now: Pose) -> tuple[float, float]:
    """How far a body moved, in body scales, and the absolute logarithm of how much it grew or shrank.

    Judged by the keypoints that were seen both times, for a body seen in part has another middle and size.
    """
    shared = before.seen() & now.seen()
    if np.count_nonzero(shared) >= 3:
        points = [pose.xy[shared] for pose in (before, now)]
        middles = [xy.mean(axis=0) for xy in points]
        sizes = [float(np.linalg.norm(xy - middle)) for xy, middle in zip(points, middles, strict=True)]
    else:
        middles = [_centre(before), _centre(now)]
        sizes = [body_scale(before), body_scale(now)]
    scale = max(body_scale(before), body_scale(now), 1.0)
    leap = float(np.linalg.norm(middles[1] - middles[0])) / scale
    return leap, abs(float(np.log(max(sizes[1], 1.0) / max(sizes[0], 1.0))))


def _centre(pose: Pose) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Middle of the torso or, when none was seen, of whatever was."""
    seen = pose.seen()
    torso = [k for k in (5, 6, 11, 12) if seen[k]]
    points = pose.xy[torso] if torso else pose.xy[seen] if seen.any() else pose.xy
    return np.asarray(points.mean(axis=0), dtype=np.float32)
