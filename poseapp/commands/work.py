"""Long work at a terminal: a progress bar on standard error, and Ctrl-C that lets the work end tidily."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

__all__ = ["Work", "working"]


@dataclass(frozen=True, slots=True)
class Work:
    """What a long function is given.

    Parameters
    ----------
    cancelled : callable
        True once Ctrl-C was pressed.
    step : callable
        Given the words for the next part of the work, starts a new bar and returns its progress callback, which
        takes what is done and the total or None.
    """

    cancelled: Callable[[], bool]
    step: Callable[[str], Callable[[int, int | None], None]]


@contextmanager
def working() -> Iterator[Work]:
    """Show progress while the block runs, if standard error is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with (
        _interruption() as cancelled,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars,
    ):

        def step(words: str) -> Callable[[int, int | None], None]:
            task = bars.add_task(words.replace("[", r"\["), total=None)

            def progress(done: int, total: int | None) -> None:
                bars.update(task, completed=done, total=total)

            return progress

        yield Work(cancelled.is_set, step)


@contextmanager
def _interruption() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second interrupts at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # signals belong to the main thread
        yield asked
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
