"""The contract of a scoring method, and the methods there are."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, Protocol

from poseapp.errors import UsageError
from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring.card import ScoreCard, Strictness
from poseapp.scoring.classic import ClassicScorer
from poseapp.scoring.form import TOLERANCES, FormScorer

__all__ = ["DEFAULT_METHOD", "METHODS", "Scorer", "scorer", "strictness_called"]


class Scorer(Protocol):
    """Judges an attempt against a reference.

    Attributes
    ----------
    name : str
        Name of the method on the command line.
    """

    name: str

    def score(
        self,
        reference: PoseSequence,
        attempt: PoseSequence,
        keypoints: tuple[Keypoint, ...] | None = None,
    ) -> ScoreCard:
        """Compare two sequences.

        Parameters
        ----------
        reference, attempt : PoseSequence
            The coach's and the trainee's poses.
        keypoints : tuple of Keypoint, optional
            Those that count for the total; all of them by default.

        Returns
        -------
        ScoreCard
            Without a total, but with a reason, when too little was seen.
        """
        ...


#: Scoring methods by name.
METHODS: Final[MappingProxyType[str, Callable[[], Scorer]]] = MappingProxyType(
    {ClassicScorer.name: ClassicScorer, FormScorer.name: FormScorer}
)


#: The method that judges wherever none is asked for.
DEFAULT_METHOD: Final = FormScorer.name


def scorer(method: str = DEFAULT_METHOD, strictness: Strictness | None = None) -> Scorer:
    """The scorer called `method`, as tolerant as `strictness` says; None: as it is by itself.

    Raises
    ------
    UsageError
        There is no such method, or it knows no strictness.
    """
    try:
        make = METHODS[method]
    except KeyError:
        raise UsageError(f"There is no scoring method “{method}”.", f"Choose one of: {', '.join(METHODS)}.") from None
    if strictness is None:
        return make()
    if make is not FormScorer:
        raise UsageError(f"The method “{method}” knows no strictness.", "Leave out the strictness or the method.")
    return FormScorer(strictness)


def strictness_called(name: str) -> Strictness:
    """The strictness called `name`.

    Raises
    ------
    UsageError
        There is none.
    """
    for strictness in TOLERANCES:
        if strictness == name:
            return strictness
    raise UsageError(f"There is no strictness “{name}”.", f"Choose one of: {', '.join(TOLERANCES)}.")
