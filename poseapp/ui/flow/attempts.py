"""Keeps attempts in the history, in threads, before their scores are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal, Slot

from poseapp.errors import PoseAppError
from poseapp.library.history import History
from poseapp.library.reference import Reference
from poseapp.report.card_json import card_json
from poseapp.session.jobs import Job, Progress
from poseapp.session.judge import Attempt
from poseapp.session.keeping import record_of

__all__ = ["AttemptKeeper"]


@dataclass(slots=True)
class _Place:
    """Where a recording goes in the history: however often it is judged, it is one attempt."""

    reference: Reference
    ended_at: datetime
    id: int | None = None  # read and written by one thread at a time


class AttemptKeeper(QObject):
    """What it was once told to keep it keeps: nothing cancels that, and :meth:`close` waits for it.

    Parameters
    ----------
    history : History
        Where to.

    Attributes
    ----------
    wanted : callable
        Asked before a recording is judged whether its attempt is to be kept: whether the person wants it, and
        whether it is the person's own.
    """

    #: The `Attempt` is on the disk, or cannot be brought there, or is not to be kept: its score may be shown.
    ready = Signal(object)
    #: The attempt whose score is shown is not in the history: a `PoseAppError`. None: it is by now.
    not_kept = Signal(object)
    #: An attempt that nobody waits for any more could not be kept: a `PoseAppError`.
    lost = Signal(object)

    _told = Signal(object, object)

    def __init__(self, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted: Callable[[], bool] = lambda: False
        self._history = history
        self._place: _Place | None = None  # of the last recording, if it is to be kept
        self._waiting: Attempt | None = None
        self._shown: Attempt | None = None
        self._jobs: list[Job[None]] = []
        self._told.connect(self._tell)

    @property
    def waiting(self) -> bool:
        """Whether an attempt is on its way to the disk, and its score shall be shown then."""
        return self._waiting is not None

    def begin(self, reference: Reference) -> None:
        """A recording that ended now is going to be judged against `reference`."""
        self.forget()
        self._place = _Place(reference, datetime.now(UTC)) if self.wanted() else None

    @Slot(object)
    def keep(self, attempt: Attempt) -> None:
        """Commit `attempt`, which was judged since :meth:`begin`; `ready` follows.

        Another one since then is the same recording judged anew, and takes its place.
        """
        if self._place is None:
            self.ready.emit(attempt)
        else:
            self._waiting = attempt
            self._start(attempt, self._place)

    @Slot()
    def keep_again(self) -> None:
        """Try once more to commit the attempt whose score is shown; `not_kept` follows."""
        if self._shown is not None and self._place is not None:
            self._start(self._shown, self._place)

    def forget(self) -> None:
        """Nobody waits for the attempt any more, nor looks at it; it is kept all the same."""
        self._waiting = self._shown = None

    def close(self) -> None:
        """Wait until everything is on the disk, or could not be brought there."""
        for job in self._jobs:
            job.join()
        self._jobs.clear()

    def _start(self, attempt: Attempt, place: _Place) -> None:
        history = self._history
        self._jobs = [job for job in self._jobs if job.running]
        earlier = tuple(self._jobs)

        def work(_progress: Progress, _cancelled: Callable[[], bool]) -> None:
            for job in earlier:  # what is told last is what stays
                job.join()
            record = record_of(attempt, place.reference, place.ended_at, card_json(attempt.card))
            if place.id is None:
                place.id = history.add(record, attempt.poses).id
            else:
                history.judged_anew(replace(record, id=place.id))

        def tell(outcome: PoseAppError | None) -> None:
            self._told.emit(attempt, outcome)

        self._jobs.append(Job(work, _unheard, tell, tell, name="keep-attempt"))

    @Slot(object, object)
    def _tell(self, attempt: Attempt, error: PoseAppError | None) -> None:
        first = attempt is self._waiting
        if first:
            self._waiting, self._shown = None, attempt
            self.ready.emit(attempt)
        if attempt is self._shown:
            if error is not None or not first:
                self.not_kept.emit(error)
        elif error is not None:
            self.lost.emit(error)


def _unheard(_done: int, _total: int | None) -> None:
    """It is over in a moment."""
