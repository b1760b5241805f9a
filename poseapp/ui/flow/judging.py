"""Judges recordings in a thread, as strictly as the person likes, and anew when they change their mind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from poseapp.errors import PoseAppError
from poseapp.library.reference import Reference
from poseapp.pose import PoseSequence
from poseapp.scoring import Strictness
from poseapp.scoring.form import DEFAULT_STRICTNESS
from poseapp.session.judge import Attempt, judge
from poseapp.session.settings import StillChoice
from poseapp.ui.flow.attempts import AttemptKeeper
from poseapp.ui.live_bridge import Task

__all__ = ["Judging"]


class Judging(QObject):
    """One recording at a time, from its judgement to the history.

    Parameters
    ----------
    keeper : AttemptKeeper
        Keeps what is judged before it is told.

    Attributes
    ----------
    strictness : {"strict", "normal", "gentle"}
        How attempts are judged from now on.
    """

    #: An `Attempt` may be shown; a second one before :meth:`stop` is the same recording judged anew.
    judged = Signal(object)
    #: It could not be judged: a `PoseAppError`.
    failed = Signal(object)
    #: The attempt that was told is being judged anew, or is not any more.
    anew = Signal(bool)
    strictness_changed = Signal(str)

    def __init__(self, keeper: AttemptKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.strictness: Strictness = DEFAULT_STRICTNESS
        self._keeper = keeper
        self._judge: Callable[[Strictness], Attempt] | None = None
        self._told: Attempt | None = None
        self._task = Task("judge", self)
        self._task.done.connect(keeper.keep)
        self._task.failed.connect(self._failed)
        keeper.ready.connect(self._tell)

    def start(self, reference: Reference, poses: PoseSequence, still: StillChoice | None) -> None:
        """Judge `poses`, which were recorded just now; `judged` or `failed` follows."""
        self.stop()
        self._judge = lambda strictness: judge(reference, poses, strictness=strictness, still=still)
        self._keeper.begin(reference)
        self._run(self._judge)

    def set_strictness(self, strictness: Strictness) -> None:
        """Judge by `strictness` from now on; what was told already is judged anew."""
        self.strictness = strictness
        self.strictness_changed.emit(strictness)
        if self._told is not None and self._judge is not None:
            self.anew.emit(True)
            self._run(self._judge)

    @Slot()
    def leave_as_it_is(self) -> None:
        """Judge nothing anew, unless that is done already and only has to be kept."""
        if self._told is not None and not self._keeper.waiting:
            self._task.cancel()
            self._stay(self._told)

    def stop(self) -> None:
        """Nobody waits any more; what was judged is kept all the same."""
        self._task.cancel()
        self._keeper.forget()
        if self._told is not None:
            self._told = None
            self.anew.emit(False)

    def close(self) -> None:
        """Stop and wait for the thread."""
        self._task.close()

    def _run(self, judge_now: Callable[[Strictness], Attempt]) -> None:
        strictness = self.strictness
        self._task.start(lambda _progress, _cancelled: judge_now(strictness))

    def _stay(self, told: Attempt) -> None:
        self.anew.emit(False)
        if told.card.strictness is not None:
            self.strictness = told.card.strictness
            self.strictness_changed.emit(self.strictness)

    @Slot(object)
    def _tell(self, attempt: Attempt) -> None:
        if self._told is not None:
            self.anew.emit(False)
        self._told = attempt
        self.judged.emit(attempt)

    @Slot(object)
    def _failed(self, error: PoseAppError) -> None:
        if self._told is not None:
            self._stay(self._told)
        self.failed.emit(error)
