"""What the history holds: an attempt as it was judged, and the progress with one movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT

__all__ = [
    "END",
    "MAX_CARD",
    "MAX_LINE",
    "MAX_NAME",
    "START",
    "AttemptRecord",
    "Manner",
    "PracticedReference",
    "Progress",
    "manner_of",
]

#: Characters that are kept of a name or a title, and of a sentence.
MAX_NAME: Final = 300
MAX_LINE: Final = 1000
#: Characters of a card; one of an attempt of two hours stays below.
MAX_CARD: Final = 16 * 2**20
#: Attempts end from `START` until before `END`: every system can tell such a time as local time.
START: Final = datetime(1970, 1, 1, tzinfo=UTC)
END: Final = datetime(3000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PracticedReference:
    """What was practised. Attempts at equal ones belong together.

    Parameters
    ----------
    name : str
        In the library, such as ``squat/left``, or the clip's file name.
    title : str
        The movement for a person, such as ``Squat``; may be empty.
    view : str
        ``front``, ``left``, ``right``, or empty when not known.
    """

    name: str
    title: str = ""
    view: str = ""

    def __post_init__(self) -> None:
        for field in ("name", "title", "view"):
            object.__setattr__(self, field, _text(getattr(self, field), MAX_NAME))


@dataclass(frozen=True, slots=True)
class Manner:
    """How an attempt was judged. Scores of different manners cannot be compared.

    Parameters
    ----------
    method, strictness, model : str
        As of :class:`AttemptRecord`.
    """

    method: str
    strictness: str
    model: str


@dataclass(frozen=True, slots=True, eq=False)
class AttemptRecord:
    """An attempt as the history keeps it, but for its poses.

    Texts are cut at :data:`MAX_NAME` and :data:`MAX_LINE` characters, and signs that no file can hold become
    question marks.

    Parameters
    ----------
    ended_at : datetime
        When the recording ended; aware, kept in UTC, to the microsecond.
    reference : PracticedReference
        What was practised.
    method : str
        Name of the scoring method.
    strictness : str
        How tolerant it was; empty when the method knows none.
    total, form, timing : float or None
        0..100; `total` is None when too little was seen to judge.
    reason : str
        Why there is no total; empty when there is one.
    sentence : str
        What to change first, in English; empty when nothing is.
    keypoint_scores : array_like, shape (17,)
        0..100, NaN for "not seen"; read-only float64.
    duration_s : float
        Seconds from the first to the last pose.
    card : str
        The whole score card as JSON; empty in lists, see :meth:`poseapp.library.history.History.attempts`.
    model : str
        Name of the model that made the poses; empty when not known.
    id : int or None
        Given by the history.

    Raises
    ------
    ValueError
        `ended_at` has no time zone or is not of 1970 to 2999, a number is infinite, the scores are not 17, or the
        card is too long.
    """

    ended_at: datetime
    reference: PracticedReference
    method: str
    strictness: str
    total: float | None
    form: float | None
    timing: float | None
    reason: str
    sentence: str
    keypoint_scores: NDArray[np.float64]
    duration_s: float
    card: str
    model: str = ""
    id: int | None = None

    def __post_init__(self) -> None:
        if self.ended_at.tzinfo is None:
            raise ValueError("the end of an attempt needs a time zone")
        if not START <= self.ended_at < END:
            raise ValueError(f"an attempt cannot have ended at {self.ended_at}")
        object.__setattr__(self, "ended_at", self.ended_at.astimezone(UTC))
        for field, most in (
            ("method", MAX_NAME),
            ("strictness", MAX_NAME),
            ("model", MAX_NAME),
            ("reason", MAX_LINE),
            ("sentence", MAX_LINE),
        ):
            object.__setattr__(self, field, _text(getattr(self, field), most))
        if len(self.card) > MAX_CARD:
            raise ValueError(f"a card of {len(self.card)} characters is too long")
        object.__setattr__(self, "card", _text(self.card, MAX_CARD))
        if not all(
            isfinite(value) for value in (self.total, self.form, self.timing, self.duration_s) if value is not None
        ):
            raise ValueError("the numbers of an attempt must be finite")
        object.__setattr__(self, "keypoint_scores", _scores(self.keypoint_scores))

    @property
    def manner(self) -> Manner:
        """How it was judged."""
        return Manner(self.method, self.strictness, self.model)


@dataclass(frozen=True, slots=True)
class Progress:
    """How it went with one movement, from the first attempt to the last.

    Parameters
    ----------
    reference : PracticedReference
        What was practised.
    ended_at : tuple of datetime
        End of each attempt, oldest first, UTC; there is at least one.
    totals : tuple of (float or None)
        As many, 0..100; None where too little was seen to judge.
    manners : tuple of Manner
        As many; how each was judged.
    """

    reference: PracticedReference
    ended_at: tuple[datetime, ...]
    totals: tuple[float | None, ...]
    manners: tuple[Manner, ...]

    @property
    def count(self) -> int:
        """How many attempts."""
        return len(self.totals)

    @property
    def last_at(self) -> datetime:
        """When the newest attempt ended."""
        return self.ended_at[-1]

    @property
    def last(self) -> float | None:
        """Total of the newest attempt; None when it has none."""
        return self.totals[-1]

    @property
    def manner(self) -> Manner:
        """How the newest attempt that has a total was judged; without any, the newest."""
        return manner_of(self.manners, self.totals)

    @property
    def comparable(self) -> tuple[float, ...]:
        """The totals that can be compared with the last one, oldest first."""
        manner = self.manner
        both = zip(self.totals, self.manners, strict=True)
        return tuple(total for total, each in both if total is not None and each == manner)

    @property
    def best(self) -> float | None:
        """The highest total; None when no attempt has one."""
        return max((total for total in self.totals if total is not None), default=None)


def manner_of(manners: Sequence[Manner], totals: Sequence[float | None]) -> Manner:
    """How the last of attempts (oldest first, at least one) was judged that has a total; without any, the last."""
    newest_first = zip(reversed(manners), reversed(totals), strict=True)
    return next((manner for manner, total in newest_first if total is not None), manners[-1])


def _text(text: str, most: int) -> str:
    return text[:most].replace("\0", "?").encode("utf-8", "replace").decode()


def _scores(values: ArrayLike) -> NDArray[np.float64]:
    scores = np.array(values, dtype=np.float64)
    if scores.shape != (KEYPOINT_COUNT,) or np.isinf(scores).any():
        raise ValueError(f"an attempt needs {KEYPOINT_COUNT} scores, finite or NaN, got shape {scores.shape}")
    scores.setflags(write=False)
    return scores
