"""All checks, told line by line and kept as JSON."""

from __future__ import annotations

import faulthandler
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import msgspec

from poseapp.commands import output
from poseapp.commands.logs import native_chatter_logged
from poseapp.errors import PoseAppError
from poseapp.files import check_can_write, written_whole
from poseapp.selftest.checks import Check, Outcome, run_checks
from poseapp.selftest.keeping import KEEPING_CHECKS
from poseapp.selftest.libraries import LIBRARY_CHECKS, versions
from poseapp.selftest.seeing import seeing_checks
from poseapp.selftest.window import WINDOW_CHECKS, choose_platform

__all__ = ["FAILED", "run_self_test"]

#: Exit code when a check failed.
FAILED: Final = 1
#: It takes a quarter of that on two idle cores; who is still at it then hangs.
_LIMIT_S: Final = 180


def run_self_test(report: Path | None = None) -> int:
    """Check everything that this installation needs, with a line for each check on standard output.

    Nothing of the user's is read or written but the log.

    Parameters
    ----------
    report : Path, optional
        Where a JSON document with the same goes; it appears also when checks fail.

    Returns
    -------
    int
        0 when every check passed, else :data:`FAILED`.

    Raises
    ------
    OutputError
        The report cannot be written.
    """
    if report is not None:
        check_can_write(report)
    choose_platform()
    start = time.perf_counter()
    # Its thread needs no Python: whatever hangs, the process ends and says where it was.
    faulthandler.dump_traceback_later(_LIMIT_S, exit=True, file=sys.__stderr__ or _nowhere())
    try:
        with native_chatter_logged(), tempfile.TemporaryDirectory(prefix="poseapp-self-test-") as folder:
            found = versions()
            output.emit("".join(f"{name} {version}\n" for name, version in found.items()) + "\n")
            outcomes = run_checks(_checks(), Path(folder), _tell)
    finally:
        faulthandler.cancel_dump_traceback_later()
    seconds = time.perf_counter() - start
    good = sum(outcome.passed for outcome in outcomes)
    output.emit(f"\n{good} of {len(outcomes)} checks passed in {seconds:.1f} s.\n")
    if report is not None:
        with written_whole(report) as file:
            file.write(_document(found, outcomes, seconds))
    return 0 if good == len(outcomes) else FAILED


def _checks() -> tuple[Check, ...]:
    try:
        seeing = seeing_checks()
    except PoseAppError as error:
        seeing = (Check("models", _raiser(error)),)
    return (*LIBRARY_CHECKS, *seeing, *KEEPING_CHECKS, *WINDOW_CHECKS)


def _raiser(error: PoseAppError) -> Any:
    def work(_folder: Path) -> str:
        raise error

    return work


def _tell(outcome: Outcome) -> None:
    mark = "OK  " if outcome.passed else "FAIL"
    output.emit(f"{mark} {outcome.seconds:6.2f} s  {outcome.name:<26}{output.printable(outcome.detail)}\n")
    sys.stdout.flush()


def _document(found: dict[str, str], outcomes: tuple[Outcome, ...], seconds: float) -> bytes:
    document = {
        "passed": all(outcome.passed for outcome in outcomes),
        "seconds": round(seconds, 2),
        "versions": found,
        "checks": [
            {
                "name": outcome.name,
                "passed": outcome.passed,
                "seconds": round(outcome.seconds, 3),
                "detail": outcome.detail,
            }
            for outcome in outcomes
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _nowhere() -> Any:
    return Path(os.devnull).open("w", encoding="utf-8")
