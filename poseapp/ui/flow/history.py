"""The history for the window: read, changed and written in threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from poseapp.errors import NotEnoughSeenError, PoseAppError
from poseapp.files import written_whole
from poseapp.library.entry import Entry
from poseapp.library.history import AttemptRecord, History, PracticedReference, Progress
from poseapp.library.reference import Reference
from poseapp.report.card_reading import read_card
from poseapp.report.history_csv import history_csv
from poseapp.scoring import ScoreCard, SimilarityTrace
from poseapp.session import jobs
from poseapp.session.headless import first_still
from poseapp.session.judge import similarity_trace
from poseapp.session.references import load_reference
from poseapp.ui.live_bridge import Task
from poseapp.ui.words import tr

__all__ = ["Contents", "HistoryReader", "KeptAttempt", "KeptTrace"]


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """What the history held at one moment.

    Parameters
    ----------
    progress : tuple of Progress
        Everything that was practised, what was practised last first.
    chosen : PracticedReference or None
        The one to look at; None when there is none.
    attempts : tuple of AttemptRecord
        The attempts at it, newest first.
    """

    progress: tuple[Progress, ...] = ()
    chosen: PracticedReference | None = None
    attempts: tuple[AttemptRecord, ...] = ()

    @property
    def count(self) -> int:
        """How many attempts there are at all."""
        return sum(progress.count for progress in self.progress)


@dataclass(frozen=True, slots=True, eq=False)
class KeptAttempt:
    """An attempt that was opened again.

    Parameters
    ----------
    record : AttemptRecord
    card : ScoreCard
        As it was.
    """

    record: AttemptRecord
    card: ScoreCard


@dataclass(frozen=True, slots=True, eq=False)
class KeptTrace:
    """How like a still the poses of an attempt were, worked out again.

    Parameters
    ----------
    trace : SimilarityTrace
    still_s : float
        Seconds of the still in the example: what somebody begins with. (Which one was looked at then is not kept.)
    """

    trace: SimilarityTrace
    still_s: float


class HistoryReader(QObject):
    """Reads what was practised, opens and removes attempts, and writes the history as CSV; never in the GUI thread.

    Parameters
    ----------
    history : History
    load_now : callable
        Makes a reference of an entry of the library; like :func:`poseapp.session.references.load_reference`.
    """

    #: `contents` are others than before, or were read again.
    read = Signal()
    #: A `KeptAttempt`.
    opened = Signal(object)
    #: A `KeptTrace` of the attempt opened last.
    traced = Signal(object)
    #: A `PoseAppError`: why there is none.
    not_traced = Signal(object)
    #: A path: the history was written there, and a number of attempts.
    exported = Signal(object, int)
    #: A `PoseAppError`.
    failed = Signal(object)

    def __init__(
        self,
        history: History,
        parent: QObject | None = None,
        *,
        load_now: Callable[..., Reference] = load_reference,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._load_now = load_now
        self.contents = Contents()
        #: The history has been read, or could not be.
        self.ready = False
        #: It could not be read the last time.
        self.unreadable = False
        self._reading = Task("history", self)
        self._reading.done.connect(self._arrived)
        self._reading.failed.connect(self._not_read)
        self._opening = Task("history-attempt", self)
        self._opening.done.connect(self.opened)
        self._tracing = Task("history-trace", self)
        self._tracing.done.connect(self.traced)
        self._tracing.failed.connect(self.not_traced)
        self._changing = Task("history-change", self)
        self._changing.done.connect(self._changed)
        self._exporting = Task("history-export", self)
        self._exporting.done.connect(self._written)
        for task in (self._opening, self._changing, self._exporting):
            task.failed.connect(self.failed)

    @property
    def folder(self) -> Path:
        """Where the history lies; it need not exist."""
        return self._history.path.parent

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return any(task.busy for task in self._tasks)

    @property
    def _tasks(self) -> tuple[Task, ...]:
        return self._reading, self._opening, self._tracing, self._changing, self._exporting

    def look_at(self, chosen: PracticedReference | None) -> None:
        """Read the history, and the attempts at `chosen`; without it, or when it is gone, at what was last."""
        history = self._history

        def work(_progress: jobs.Progress, _cancelled: Callable[[], bool]) -> Contents:
            progress = history.practiced()
            known = [each.reference for each in progress]
            wanted = chosen if chosen in known else known[0] if known else None
            return Contents(progress, wanted, history.attempts(wanted) if wanted is not None else ())

        self._reading.start(work)

    @Slot()
    def refresh(self) -> None:
        """Read again what is looked at."""
        self.look_at(self.contents.chosen)

    def open(self, id: int) -> None:
        """Read the score card of an attempt; `opened` follows."""
        history = self._history

        def work(_progress: jobs.Progress, _cancelled: Callable[[], bool]) -> KeptAttempt:
            record = history.attempt(id)
            return KeptAttempt(record, read_card(record.card))

        self._tracing.cancel()
        self._opening.start(work)

    def trace(self, record: AttemptRecord, entry: Entry) -> None:
        """Compare the kept poses of an attempt with the still of `entry` that one begins with; `traced` follows.

        The still is that of the model which saw the attempt, as it was then.
        """
        history, load_now = self._history, self._load_now

        def work(progress: jobs.Progress, cancelled: Callable[[], bool]) -> KeptTrace:
            poses = history.poses(record.id or 0)
            reference = load_now(entry, record.model or entry.model, progress=progress, cancelled=cancelled)
            still = first_still(reference)
            if still is None or not len(poses):
                raise NotEnoughSeenError(tr("There are no poses to compare."), tr("Record the movement again."))
            at = reference.poses.nearest(reference.key_moment)
            return KeptTrace(similarity_trace(poses, still), float(reference.poses.t[at]))

        self._tracing.start(work)

    def remove(self, id: int) -> None:
        """Forget an attempt."""
        history = self._history
        self._changing.start(lambda _progress, _cancelled: history.remove(id))

    def clear(self) -> None:
        """Forget all attempts."""
        history = self._history
        self._changing.start(lambda _progress, _cancelled: history.clear())

    def export(self, path: Path) -> None:
        """Write all attempts to `path`, wholly or not at all; `exported` follows."""
        history = self._history

        def work(_progress: jobs.Progress, _cancelled: Callable[[], bool]) -> tuple[Path, int]:
            attempts = history.attempts()
            with written_whole(path) as stream:
                stream.write(history_csv(attempts).encode())
            return path, len(attempts)

        self._exporting.start(work)

    def close(self) -> None:
        """Stop reading and wait for the threads; what is being removed or written is finished."""
        for task in self._tasks:
            task.close()

    @Slot(object)
    def _arrived(self, contents: Contents) -> None:
        self.contents, self.ready, self.unreadable = contents, True, False
        self.read.emit()

    @Slot(object)
    def _not_read(self, error: PoseAppError) -> None:
        self.contents, self.ready, self.unreadable = Contents(), True, True
        self.read.emit()
        self.failed.emit(error)

    @Slot()
    def _changed(self) -> None:
        self.refresh()

    @Slot(object)
    def _written(self, what: tuple[Path, int]) -> None:
        self.exported.emit(*what)
