"""The window from the command line, where there can be one."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from poseapp.commands import output
from poseapp.commands.display import display_obstacle

__all__ = ["open_window"]

_log = logging.getLogger(__name__)


def open_window(**given: Any) -> int | None:
    """Show the window until it is closed; where that cannot be, note why, and that it goes on without.

    Parameters
    ----------
    **given
        As for :func:`poseapp.app.run_window`.

    Returns
    -------
    int or None
        Exit code; None when no window could be opened.
    """
    try:
        from poseapp.app import run_window

        obstacle = display_obstacle()
        if obstacle is None:
            # Python would raise KeyboardInterrupt in the middle of some paint event, where nobody catches it.
            with _handling_ctrl_c(signal.SIG_DFL):
                return run_window(**given)
    except ImportError as error:  # Qt, or a system library that it needs, is not installed
        _log.warning("no window", exc_info=error)
        obstacle = f"The window cannot be opened ({error})."
    output.note(f"{obstacle} The same is done without a window.")
    return None


@contextmanager
def _handling_ctrl_c(handler: signal.Handlers) -> Iterator[None]:
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
