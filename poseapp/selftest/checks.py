"""What a check is, and running them one after the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from poseapp.errors import PoseAppError
from poseapp.scrubbing import scrubbed

__all__ = ["Check", "CheckError", "Outcome", "require", "run_checks"]

_log = logging.getLogger(__name__)


class CheckError(Exception):
    """Something is not as it must be; the message says what."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to make sure of.

    Parameters
    ----------
    name : str
        For a line of the report.
    work : callable
        Takes an empty folder that it may write to; returns what it found, for the report. Whatever it raises means
        that the check failed.
    """

    name: str
    work: Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check that was run.

    Parameters
    ----------
    name : str
    passed : bool
    seconds : float
    detail : str
        What was found, or what was wrong.
    """

    name: str
    passed: bool
    seconds: float
    detail: str


def require(holds: bool, otherwise: str) -> None:
    """Raise a `CheckError` saying `otherwise` unless `holds`."""
    if not holds:
        raise CheckError(otherwise)


def run_checks(checks: Iterable[Check], folder: Path, tell: Callable[[Outcome], None]) -> tuple[Outcome, ...]:
    """Run `checks`, all of them whatever happens, each with its own folder below `folder`; `tell` after each."""
    outcomes = []
    for number, check in enumerate(checks):
        own = folder / str(number)
        own.mkdir()
        outcome = _run(check, own)
        outcomes.append(outcome)
        tell(outcome)
    return tuple(outcomes)


def _run(check: Check, folder: Path) -> Outcome:
    start = time.perf_counter()
    try:
        passed, detail = True, check.work(folder)
    except (CheckError, PoseAppError) as error:
        passed, detail = False, str(error)
    except Exception as error:  # noqa: BLE001 - a library that is not whole may raise anything
        _log.error("self-test: %s", check.name, exc_info=error)
        passed, detail = False, f"{type(error).__name__}: {error}"
    return Outcome(check.name, passed, time.perf_counter() - start, scrubbed(" ".join(detail.split())))
