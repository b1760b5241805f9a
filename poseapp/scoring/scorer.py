"""The contract of a scoring method, and the methods there are."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, Protocol

from poseapp.errors import UsageError
from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring.card import ScoreCard
from poseapp.scoring.classic import ClassicScorer
from poseapp.scoring.form import FormScorer

__all__ = ["DEFAULT_METHOD", "METHODS", "Scorer", "scorer"]


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


def scorer(method: str = DEFAULT_METHOD) -> Scorer:
    """The scorer called `method`.

    Raises
    ------
    UsageError
        There is no such method.
    """
    try:
        return METHODS[method]()
    except KeyError:
        raise UsageError(f"There is no scoring method “{method}”.", f"Choose one of: {', '.join(METHODS)}.") from None
