"""The practice as a state machine: what Space, Esc and the camera lead to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from poseapp.errors import NotEnoughSeenError, PoseAppError
from poseapp.pose import PoseSequence
from poseapp.session.judge import Attempt
from poseapp.session.status import LiveStatus
from poseapp.session.update import LiveState, PoseUpdate
from poseapp.ui.flow.attempts import AttemptKeeper
from poseapp.ui.flow.cut_short import CutShort
from poseapp.ui.flow.judging import Judging
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.references import References
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.flow.sources import Sources
from poseapp.ui.live_bridge import LiveBridge
from poseapp.ui.words import tr

__all__ = ["PracticeFlow"]

_PICTURES = (LiveState.RUNNING, LiveState.ENDED)  # there is something to see


class PracticeFlow(QObject):
    """Source, reference, recording and score in their order.

    A score is shown when its attempt is on the disk, or when it turned out that it cannot be brought there.

    Parameters
    ----------
    bridge : LiveBridge
        The live session.
    sources : Sources
    references : References
    keeper : AttemptKeeper
    """

    phase_changed = Signal(object)
    #: A `PoseUpdate` to show on the practice page.
    updated = Signal(object)
    #: An `Attempt` was judged, or judged anew.
    scored = Signal(object)
    #: A `PoseAppError` for a notice.
    failed = Signal(object)
    #: A `PoseAppError`: the camera cannot be had yet, but is tried again. None: it is over.
    waiting = Signal(object)
    #: Somebody wants to record, but there is nothing to be compared with.
    reference_wanted = Signal()
    #: A recording ended without being judged and is kept: seconds. 0: it is gone.
    kept_changed = Signal(float)

    def __init__(
        self,
        bridge: LiveBridge,
        sources: Sources,
        references: References,
        keeper: AttemptKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.sources = sources
        self.references = references
        self.keeper = keeper
        self.phase = Phase.LOOKING
        self.status = LiveStatus()
        self.attempts = 0
        self._kept: PoseSequence | None = None
        self._scoring: PoseSequence | None = None
        self.judging = Judging(keeper, self)
        self.judging.judged.connect(self._show_score)
        self.judging.failed.connect(self._not_judged)
        keeper.lost.connect(self.failed)
        bridge.updated.connect(self._show)
        bridge.status_changed.connect(self._hear)
        sources.chosen.connect(self._source_chosen)
        sources.cameras_changed.connect(self._cameras_listed)
        sources.failed.connect(self.failed)
        references.failed.connect(self.failed)
        # After this object, which may go on to judging at the news of the same end.
        self.cut_short = CutShort(bridge, sources, references, self)

    @property
    def recorded_seconds(self) -> float:
        """Length of the recording, running or kept by the session."""
        return self.bridge.session.status().recorded_s

    @property
    def kept_seconds(self) -> float:
        """Length of the recording that waits to be judged or thrown away; 0 without one."""
        return 0.0 if self._kept is None else self._kept.duration

    @Slot()
    def record_or_stop(self) -> None:
        """What Space and the big button do on the practice page."""
        if self.phase is Phase.RECORDING:
            self.stop()
        elif self.phase is Phase.READY:
            self.record()

    def record(self) -> None:
        """Record from now on; a clip starts again from its beginning."""
        if self.references.current is None:
            self.reference_wanted.emit()
            return
        self._keep(None)
        choice = self.sources.current
        if choice is not None and choice.is_file:
            self.sources.record_from_start()
        else:
            self.bridge.session.start_recording()
        self._go(Phase.RECORDING)

    def stop(self) -> None:
        """Stop recording and judge what was recorded."""
        self._judge(self.bridge.session.stop_recording())

    @Slot()
    def score_kept(self) -> None:
        """Judge the recording that was kept."""
        if self.phase is Phase.LOST and self._kept is None:
            self._judge(self.bridge.session.stop_recording())
        elif self._kept is not None:
            kept = self._kept
            self._keep(None)
            self._judge(kept)

    @Slot()
    def discard_kept(self) -> None:
        """Throw the kept recording away."""
        if self.phase is Phase.LOST:
            self.bridge.session.stop_recording()
        self._keep(None)
        self.phase_changed.emit(self.phase)

    @Slot()
    def again(self) -> None:
        """From the score, or from scoring, back to the practice page."""
        if self.phase is Phase.SCORING and not self.keeper.waiting:
            self._keep(self._scoring)
        self.judging.stop()
        if self.phase in (Phase.RESULT, Phase.SCORING):
            self._rest()

    @Slot()
    def back(self) -> None:
        """What Esc does: a step back, losing nothing."""
        if self.phase is Phase.RECORDING:
            self._keep(self.bridge.session.stop_recording())
            self._rest()
        else:
            self.again()

    def abandon(self) -> None:
        """Forget what is being recorded, judged or shown; where one is follows from the source chosen next."""
        self.judging.stop()
        self.bridge.session.stop_recording()
        self.phase = Phase.OPENING

    def take_kept(self) -> PoseSequence | None:
        """Hand over the recording that was kept; it is not kept here any more."""
        kept = self._kept
        self._keep(None)
        return kept

    def keep(self, poses: PoseSequence) -> None:
        """Keep a recording that :meth:`take_kept` handed over."""
        self._keep(poses)

    def close(self) -> None:
        """Stop everything and wait for every thread."""
        self.judging.close()
        self.keeper.close()
        self.references.close()
        self.sources.close()
        self.bridge.close()

    def _go(self, phase: Phase) -> None:
        self.phase = phase
        self.phase_changed.emit(phase)

    def _rest(self) -> None:
        """Where one is when neither recording nor looking at a score."""
        choice = self.sources.current
        if choice is None:
            self._go(Phase.NO_SOURCE)
        elif choice.is_file:
            self._go(Phase.OPENING)
            self.sources.preview()
        else:
            state = self.bridge.session.status().state
            self._go(Phase.READY if state in _PICTURES else Phase.LOST if state is LiveState.LOST else Phase.OPENING)

    def _keep(self, poses: PoseSequence | None) -> None:
        if poses is None and self._kept is None:
            return
        self._kept = poses if poses is not None and len(poses) > 1 else None
        self.kept_changed.emit(self.kept_seconds)

    def _judge(self, poses: PoseSequence) -> None:
        reference = self.references.current
        if reference is None:
            self.reference_wanted.emit()
            return
        if not poses.confidence.any():
            self.failed.emit(
                NotEnoughSeenError(tr("Nobody was seen while recording."), tr("Step into the picture and try again."))
            )
            self._rest()
            return
        self._scoring = poses
        self._go(Phase.SCORING)
        self.judging.start(reference, poses, self.references.still_choice)

    @Slot(object)
    def _show_score(self, attempt: Attempt) -> None:
        if self.phase is not Phase.RESULT:
            self.attempts += 1
            self._go(Phase.RESULT)
        self.scored.emit(attempt)

    @Slot(object)
    def _not_judged(self, error: PoseAppError) -> None:
        if self.phase is not Phase.RESULT:
            self._keep(self._scoring)
            self._rest()
        self.failed.emit(error)

    @Slot(object)
    def _show(self, update: PoseUpdate) -> None:
        if self.phase in (Phase.READY, Phase.RECORDING):
            self.updated.emit(update)

    @Slot(object)
    def _hear(self, status: LiveStatus) -> None:
        self.status = status
        if self.phase is Phase.RECORDING and status.recording_kept and status.state is not LiveState.LOST:
            if status.recording_full:
                self.failed.emit(
                    PoseAppError(tr("A recording can be ten minutes long."), tr("It stopped there and is judged."))
                )
            self.stop()
        elif status.state is LiveState.LOST and self.phase in (Phase.OPENING, Phase.READY, Phase.RECORDING):
            self._go(Phase.LOST)
        elif status.state in _PICTURES and self.phase in (Phase.OPENING, Phase.LOST):
            if status.recording_kept:
                self._keep(self.bridge.session.stop_recording())
            self._go(Phase.READY)
        elif self.phase in (Phase.OPENING, Phase.READY, Phase.LOST):
            self.phase_changed.emit(self.phase)
        self.waiting.emit(status.error if status.state is LiveState.FAILED and status.retrying else None)

    @Slot(object)
    def _source_chosen(self, choice: SourceChoice | None) -> None:
        if self.phase is Phase.RECORDING:
            self._keep(self.bridge.session.stop_recording())
        if self.phase not in (Phase.SCORING, Phase.RESULT):
            self._go(Phase.NO_SOURCE if choice is None else Phase.OPENING)

    @Slot(object)
    def _cameras_listed(self, cameras: tuple[object, ...]) -> None:
        if self.phase is Phase.LOOKING and not cameras:
            self._go(Phase.NO_SOURCE)
