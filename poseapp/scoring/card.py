"""What a scorer found: the one object that every screen, file and spoken sentence is read from."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint

__all__ = [
    "PARTS",
    "SLOWEST",
    "FeedbackItem",
    "HeatMap",
    "KeypointScore",
    "MatchedTimes",
    "ScoreCard",
    "SimilarityTrace",
    "Span",
    "Strictness",
    "Timing",
]

#: How tolerant a score is.
Strictness = Literal["strict", "normal", "gentle"]

#: Least tempo that is told; a file may say anything.
SLOWEST: Final = 0.01

_K = Keypoint
#: Body parts by which errors are summed up, in the order of the heat map's rows.
PARTS: Final = MappingProxyType(
    {
        "head": (_K.NOSE, _K.LEFT_EYE, _K.RIGHT_EYE, _K.LEFT_EAR, _K.RIGHT_EAR),
        "left_arm": (_K.LEFT_ELBOW, _K.LEFT_WRIST),
        "right_arm": (_K.RIGHT_ELBOW, _K.RIGHT_WRIST),
        "trunk": (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER, _K.LEFT_HIP, _K.RIGHT_HIP),
        "left_leg": (_K.LEFT_KNEE, _K.LEFT_ANKLE),
        "right_leg": (_K.RIGHT_KNEE, _K.RIGHT_ANKLE),
    }
)


@dataclass(frozen=True, slots=True)
class KeypointScore:
    """Judgement of one keypoint.

    Parameters
    ----------
    keypoint : Keypoint
        Which one.
    score : float or None
        0..100; None when it was seen too rarely to be judged ("not seen").
    seen : float
        Fraction of the frames, 0..1, in which it was seen, in the worse of the two clips.
    """

    keypoint: Keypoint
    score: float | None
    seen: float


@dataclass(frozen=True, slots=True, eq=False)
class SimilarityTrace:
    """Similarity of the attempt to a still pose over its time.

    Parameters
    ----------
    t : ndarray, shape (T,), float64
        Seconds from the start of the attempt.
    value : ndarray, shape (T,), float64
        0..1, NaN where nothing could be compared.
    """

    t: NDArray[np.float64]
    value: NDArray[np.float64]

    @property
    def best(self) -> tuple[float, float] | None:
        """Time in seconds and value of the best moment; None when nothing could be compared."""
        if not np.isfinite(self.value).any():
            return None
        i = int(np.nanargmax(self.value))
        return float(self.t[i]), float(self.value[i])


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the movement in both clips.

    Parameters
    ----------
    reference_start, reference_end : float
        Seconds in the reference's own time.
    attempt_start, attempt_end : float
        Seconds in the attempt's own time.
    """

    reference_start: float
    reference_end: float
    attempt_start: float
    attempt_end: float


@dataclass(frozen=True, slots=True)
class Timing:
    """How the attempt ran through the movement, apart from its form.

    Parameters
    ----------
    score : float
        0..100: 100 at an even tempo, whichever it is.
    tempo_ratio : float
        Speed over the reference's: 2 is twice as fast.
    departure_s : float
        Root mean square departure from that even tempo, seconds.
    hurried, hesitated : tuple of Span
        Where the attempt gained or lost time: at least one when the score is below 90, none from there on.
    """

    score: float
    tempo_ratio: float
    departure_s: float
    hurried: tuple[Span, ...] = ()
    hesitated: tuple[Span, ...] = ()

    def lost(self, span: Span) -> float:
        """Seconds by which the attempt took longer in `span` than at its own even tempo; negative when gained."""
        reference = span.reference_end - span.reference_start
        return span.attempt_end - span.attempt_start - reference / max(self.tempo_ratio, SLOWEST)


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One thing to change, as data; `poseapp.scoring.wording` makes a sentence of it.

    Parameters
    ----------
    part : str
        Body part at fault: a key of `PARTS`, ``arms`` or ``legs`` when both sides are alike, or ``body``.
    joint : Keypoint or None
        Far end of the segment at fault (the left one of a pair); None when it is the whole body.
    quantity : str
        What differs: ``elbow_bend``, ``knee_bend``, ``arm_height``, ``thigh_height``, ``lean`` or ``head_tilt``
        with ``_forward``, ``_back``, ``_left`` or ``_right`` (whichever way the coach or the attempt leans most),
        ``shoulder_height``, ``position`` (none of these), ``motion`` (a whole part moves or stands still),
        ``delay`` or ``movement``.
    direction : str
        ``more`` or ``less`` of it than the coach, ``other`` for ``position``; for ``movement``: ``still``,
        ``unsteady`` (the poses jump about) or ``other``.
    amount : float or None
        By how much: degrees, seconds for ``delay``, parts of the torso for ``shoulder_height``.
    wanted, found : float or None
        The coach's and the attempt's angle in degrees, where the angle itself means something.
    reference_t, attempt_t : float
        When it is worst, seconds in each clip's own time.
    error : float
        Degrees by which the items are ranked.
    both_sides : bool
        The other side does the same.
    """

    part: str
    joint: Keypoint | None
    quantity: str
    direction: str
    amount: float | None
    wanted: float | None
    found: float | None
    reference_t: float
    attempt_t: float
    error: float
    both_sides: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """Error by body part and time.

    Parameters
    ----------
    parts : tuple of str
        Names of the rows, keys of `PARTS`.
    t : ndarray, shape (C,), float64
        Middle of each column in seconds of the reference's own time.
    degrees : ndarray, shape (len(parts), C), float64
        Worst angle within the part; NaN where it was not seen.
    """

    parts: tuple[str, ...]
    t: NDArray[np.float64]
    degrees: NDArray[np.float64]

    def __post_init__(self) -> None:
        self.t.setflags(write=False)
        self.degrees.setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class MatchedTimes:
    """Which moment of the attempt belongs to which of the reference, for playing both in step.

    Parameters
    ----------
    reference, attempt : ndarray, shape (P,), float64
        Seconds in each clip's own time; neither ever falls.
    """

    reference: NDArray[np.float64]
    attempt: NDArray[np.float64]

    def __post_init__(self) -> None:
        self.reference.setflags(write=False)
        self.attempt.setflags(write=False)

    def reference_at(self, t: float) -> float:
        """The reference's time at `t` seconds of the attempt."""
        return float(np.interp(t, self.attempt, self.reference))


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCard:
    """Judgement of an attempt against a reference.

    Parameters
    ----------
    method : str
        Name of the scoring method.
    total : float or None
        0..100; None when too little was seen to judge, and then `reason` says so.
    keypoints : tuple of KeypointScore
        All 17, in keypoint order.
    reference_duration, attempt_duration : float
        Seconds.
    reason : str
        Why there is no total; empty when there is one.
    form : float or None
        0..100 for form alone; None when the method does not tell form from timing or there is no total.
    timing : Timing or None
        How the attempt ran through the movement; None as above.
    mirrored : bool
        The attempt was performed by the other side, and compared as such. Left and right mean the person's own
        everywhere on the card.
    strictness : {"strict", "normal", "gentle"} or None
        How tolerant the score is; None when the method knows no strictness.
    take : int or None
        Index of the reference that fitted best when there were several.
    feedback : tuple of FeedbackItem
        What to change, most important first, at most three; empty when nothing is.
    heat : HeatMap or None
        Error by body part and time.
    path : MatchedTimes or None
        Which moments belong together.
    """

    method: str
    total: float | None
    keypoints: tuple[KeypointScore, ...]
    reference_duration: float
    attempt_duration: float
    reason: str = ""
    form: float | None = None
    timing: Timing | None = None
    mirrored: bool = False
    strictness: Strictness | None = None
    take: int | None = None
    feedback: tuple[FeedbackItem, ...] = ()
    heat: HeatMap | None = None
    path: MatchedTimes | None = None

    @property
    def worst_first(self) -> tuple[KeypointScore, ...]:
        """Keypoints by score, lowest first; those not seen come last."""
        return tuple(sorted(self.keypoints, key=lambda k: (k.score is None, k.score or 0.0, k.keypoint)))

    @property
    def seen_count(self) -> int:
        """How many of the 17 keypoints were judged."""
        return sum(k.score is not None for k in self.keypoints)
