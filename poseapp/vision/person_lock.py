"""Who is who from picture to picture: one person is followed, the others are kept apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Box, Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.vision.crop import CropRegion
from poseapp.vision.likeness import (
    NEAR,
    body_centre,
    body_scale,
    change,
    is_near,
    object_keypoint_similarity,
    same_body,
)

__all__ = ["PersonLock", "Tracked", "person_at", "person_left_at", "principal_person"]

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
#: How much farther than from one picture to the next a body may have moved with every picture in which it was not
#: seen, up to a limit; in body scales.
_NEAR_GROWTH: Final = 0.03
_NEAR_LIMIT: Final = 1.2
#: Pictures for which another person who is not seen is remembered.
_REMEMBER_OTHERS: Final = 30
#: Pictures after which it is asked whether the person is still where he or she was, and the way, in body scales, from
#: there that gives reason to ask.
_PAST: Final = 30
_LEFT: Final = 0.6
#: Somebody who moved by less than this, in body scales, in a third of that time stood.
_STOOD: Final = 0.15
#: Pictures from one asking to the next.
_ASK_EVERY: Final = 8
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


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Somebody who was seen, and where he or she will be in the next picture.

    Parameters
    ----------
    pose : Pose
        When last seen.
    step : ndarray, shape (2,), float32
        Pixels from one picture to the next; 0 once out of sight.
    unseen : int
        Pictures since.
    """

    pose: Pose
    step: NDArray[np.float32] = field(default_factory=lambda: np.zeros(2, dtype=np.float32))
    unseen: int = 0

    def seen_as(self, pose: Pose) -> _Known:
        if self.unseen:
            return _Known(pose)
        return _Known(pose, body_centre(pose) - body_centre(self.pose))

    def out_of_sight(self) -> _Known:
        return _Known(self.pose, unseen=self.unseen + 1)

    def similarity(self, person: Pose) -> float:
        """Object keypoint similarity, standing still or going on; 0 where nobody would have got to."""
        predicted = Pose(self.pose.xy + self.step, self.pose.confidence)
        same = max(object_keypoint_similarity(guess, person) for guess in (self.pose, predicted))
        if same >= SURE_OKS or (same >= MIN_OKS and is_near(self.pose, person)):
            return same
        return 0.0


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
        self._followed: _Known | None = None
        self._others: list[_Known] = []
        self._past: deque[Pose] = deque(maxlen=_PAST)
        self._rest = 0

    @property
    def following(self) -> bool:
        """Whether the person was found in the last picture."""
        return self._followed is not None and self._followed.unseen == 0

    def region(self, width: int, height: int) -> Box | None:
        """Part of the next picture (`width` × `height` pixels) to look at; None: all of it.

        While the followed person is missing it is in turns the place where he or she was, where a model that knows
        one person finds no other, and everywhere.
        """
        followed = self._followed
        if followed is None or followed.unseen > PATIENCE or followed.unseen % 2:
            return None
        return self._crop.follow(followed.pose, width, height)

    def left_behind(self, *, stood: bool) -> Pose | None:
        """The followed person's pose of a second ago if he or she has left that place since; not in every picture.

        When somebody still stands there, it is the person, and another who passed in front has been followed since.

        Parameters
        ----------
        stood : bool
            Only a person who stood there at that time: one who walked past somebody else is not that somebody.
        """
        self._rest = max(self._rest - 1, 0)
        if self._rest or len(self._past) < _PAST or self._followed is None:
            return None
        if change(self._past[0], self._followed.pose)[0] <= _LEFT:
            return None
        if stood and change(self._past[0], self._past[_PAST // 3])[0] > _STOOD:
            return None
        self._rest = _ASK_EVERY
        return self._past[0]

    def update(self, people: Sequence[Pose], width: int, height: int) -> Tracked:
        """Take in the people found in the next picture.

        Parameters
        ----------
        people : sequence of Pose
            In pixels of the picture, which is `width` × `height` pixels large.
        """
        if self._followed is None:
            return self._accept(people, principal_person(people, width, height), {})
        return self._accept(people, *self._match(self._followed, people))

    def switch(self, people: Sequence[Pose], index: int) -> Tracked:
        """Follow ``people[index]`` from now on, whoever was followed before."""
        self._followed = None
        self._others = []
        self._past.clear()
        return self._accept(people, index, {})

    def _match(self, followed: _Known, people: Sequence[Pose]) -> tuple[int | None, dict[int, int]]:
        """Index of the followed person, and for the others found the index of who they were."""
        pairs: list[tuple[float, int, int]] = []
        for i, person in enumerate(people):
            for owner, known in enumerate([followed, *self._others], start=_FOLLOWED):
                same = known.similarity(person)
                if same > 0:
                    # A body may be found twice, whole and in part; the surer skeleton is the whole one.
                    pairs.append((same * person.score, owner, i))
        owners: dict[int, int] = {}
        for _, owner, i in sorted(pairs, reverse=True):
            if i not in owners and owner not in owners.values():
                owners[i] = owner
        chosen = next((i for i, owner in owners.items() if owner == _FOLLOWED), None)
        if chosen is None:
            chosen = _nearest(followed, people, [i for i in range(len(people)) if i not in owners])
        if chosen is None and followed.unseen >= PATIENCE:
            chosen = _most_alike(followed, people, range(len(people)))
        return chosen, {i: owner for i, owner in owners.items() if i != chosen}

    def _accept(self, people: Sequence[Pose], chosen: int | None, owners: dict[int, int]) -> Tracked:
        """Take ``people[chosen]`` for the followed person, and note who else is there."""
        strangers = [person for i, person in enumerate(people) if i != chosen and i not in owners]
        others = [self._others[owner].seen_as(people[i]) for i, owner in owners.items()]
        if chosen is not None:
            # Only who was seen beside the followed person is surely another: somebody who appears while that person
            # is missing may be the same one, found again.
            strangers = [person for person in strangers if not same_body(person, people[chosen])]
            others += [_Known(person) for person in strangers]
        seen = (*(people[i] for i in owners), *strangers)
        gone = [known for owner, known in enumerate(self._others) if owner not in owners.values()]
        self._others = others + [known.out_of_sight() for known in gone if known.unseen < _REMEMBER_OTHERS]
        if chosen is not None:
            person = people[chosen]
            self._followed = self._followed.seen_as(person) if self._followed else _Known(person)
            self._past.append(person)
            return Tracked(person, seen)
        if self._followed is not None:
            self._followed = self._followed.out_of_sight()
            if self._followed.unseen >= FORGET:
                self.reset()
        return Tracked(None, seen)


def principal_person(people: Sequence[Pose], width: int, height: int) -> int | None:
    """Index of the largest, surest and most central person in a picture of `width` × `height` pixels."""
    if not people:
        return None
    middle = np.array([width, height], dtype=np.float32) / 2

    def prominence(i: int) -> float:
        off_centre = float(np.linalg.norm((body_centre(people[i]) - middle) / middle)) / np.sqrt(2)
        return body_scale(people[i]) * people[i].score * float(1 - 0.5 * min(off_centre, 1.0))

    return max(range(len(people)), key=prominence)


def person_left_at(people: Sequence[Pose], place: Pose, followed: Pose) -> int | None:
    """Index of somebody who stands where `place` was, is as large, and is not `followed`."""
    there = [i for i, person in enumerate(people) if is_near(place, person) and not same_body(person, followed)]
    return min(there, key=lambda i: sum(change(place, people[i])), default=None)


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


def _nearest(followed: _Known, people: Sequence[Pose], strangers: Sequence[int]) -> int | None:
    """The stranger who stands where the followed person was and is as large; a fast movement looks like that."""
    within = min(NEAR + _NEAR_GROWTH * followed.unseen, _NEAR_LIMIT)
    return _most_alike(followed, people, [i for i in strangers if is_near(followed.pose, people[i], within)])


def _most_alike(followed: _Known, people: Sequence[Pose], among: Sequence[int]) -> int | None:
    return min(among, key=lambda i: sum(change(followed.pose, people[i])), default=None)
