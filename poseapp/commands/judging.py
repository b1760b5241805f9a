"""The scorer that a command was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from poseapp.scoring import Scorer

__all__ = ["StrictnessOption", "judge_for"]

StrictnessOption = Annotated[
    str | None,
    typer.Option("--strictness", metavar="NAME", help="How tolerant: strict (by default), normal or gentle."),
]


def judge_for(method: str | None, strictness: str | None) -> Scorer:
    """The scorer called `method`, as tolerant as asked for; both by default when None.

    Raises
    ------
    UsageError
        There is no such method or strictness, or the method has none.
    """
    from poseapp.errors import UsageError
    from poseapp.scoring import DEFAULT_METHOD, scorer
    from poseapp.scoring.form import TOLERANCES, FormScorer

    judge = scorer(DEFAULT_METHOD if method is None else method)
    if strictness is None:
        return judge
    level = next((level for level in TOLERANCES if level == strictness), None)
    if level is None:
        raise UsageError(f"There is no strictness “{strictness}”.", f"Choose one of: {', '.join(TOLERANCES)}.")
    if not isinstance(judge, FormScorer):
        raise UsageError(f"The method “{judge.name}” knows no strictness.", "Leave out --strictness or --method.")
    return FormScorer(level)
