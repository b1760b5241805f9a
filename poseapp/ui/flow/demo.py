"""The demo as a state machine: somebody else's attempt stands in for the camera, from loading to the score."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from poseapp.library.reference import Origin, Reference
from poseapp.pose import PoseSequence
from poseapp.session.demo import DEMO_REFERENCE, demo_attempt, demo_reference
from poseapp.ui.flow.chosen import Loaded
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.words import tr

__all__ = ["DemoFlow", "DemoState"]


class DemoState(StrEnum):
    """How far the demo is."""

    OFF = "off"
    GETTING_READY = "getting ready"  # the example and the clip are opened
    PRACTISING = "practising"  # recorded and judged
    RESULT = "result"


class DemoFlow(QObject):
    """Plays the built-in attempt into the practice as if it were a camera.

    It loads the example, records the attempt from its first picture to its last, and has it judged. Choosing
    another source or example ends it. What was there before, a kept recording too, is there again afterwards.

    Parameters
    ----------
    flow : PracticeFlow
    """

    #: The `DemoState`, after every change.
    changed = Signal(object)

    def __init__(self, flow: PracticeFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self.state = DemoState.OFF
        self._choice: SourceChoice | None = None
        self._source: SourceChoice | None = None
        self._example: Loaded | None = None
        self._kept: PoseSequence | None = None
        self._attempts = 0
        self._turning = False  # the source is changed by the demo itself
        flow.phase_changed.connect(self._phase_changed)
        flow.sources.chosen.connect(self._source_chosen)
        flow.references.changed.connect(self._example_changed)
        flow.references.failed.connect(self._example_failed)

    @property
    def on(self) -> bool:
        """Whether the demo runs, or its result is shown."""
        return self.state is not DemoState.OFF

    @Slot()
    def start(self) -> None:
        """Show the demo; once more from its beginning when it runs already."""
        flow = self._flow
        if self.on:
            if flow.phase is Phase.RESULT:
                flow.again()
            return
        if flow.phase in (Phase.RECORDING, Phase.SCORING, Phase.RESULT):
            flow.back()  # keeps what was recorded
        self._source = flow.sources.current
        self._example = flow.references.taken
        self._kept = flow.take_kept()
        self._attempts = flow.attempts
        self._choice = SourceChoice(str(demo_attempt()), name=tr("Built-in attempt"))
        self._go(DemoState.GETTING_READY)
        flow.sources.look_for_cameras()  # known by the time somebody wants to try it
        flow.references.load_found(demo_reference, tr("the demo"))
        self._turning = True
        flow.sources.choose(self._choice)
        self._turning = False

    @Slot()
    def end(self) -> None:
        """Back to what was there before the demo."""
        self._leave(self._example)

    @Slot()
    def try_it(self) -> None:
        """Practise the demo's example oneself, in front of a camera if there is one."""
        self._leave(None)

    def _leave(self, example: Loaded | None) -> None:
        if not self.on:
            return
        flow, source = self._flow, self._source
        self._switch_off()
        flow.abandon()
        flow.sources.change_to(source)
        flow.references.take(example)
        self._give_back()

    def _switch_off(self) -> None:
        self._choice = self._source = self._example = None
        self._flow.attempts = self._attempts
        self._go(DemoState.OFF)

    def _give_back(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self._flow.keep(kept)

    def _go(self, state: DemoState) -> None:
        self.state = state
        self.changed.emit(state)

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        if not self.on:
            return
        if phase is Phase.RESULT:
            self._go(DemoState.RESULT)
        elif self.state is DemoState.RESULT and phase is Phase.OPENING:
            self._go(DemoState.GETTING_READY)
        elif phase is Phase.RECORDING and self.state is DemoState.GETTING_READY:
            self._go(DemoState.PRACTISING)
        self._begin_soon()

    def _begin_soon(self) -> None:
        # Not now: whoever else hears of this must hear of it before of the recording that follows.
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """Record, as soon as there are both example and pictures."""
        flow = self._flow
        ready = flow.phase is Phase.READY and not flow.references.busy and _is_demo(flow.references.current)
        if self.state is DemoState.GETTING_READY and ready:
            flow.record()

    @Slot(object)
    def _source_chosen(self, choice: SourceChoice | None) -> None:
        if not self.on or self._turning or choice == self._choice:
            return
        # Another source: of one's own choice, or because the clip could not be opened.
        self._switch_off()
        self._flow.take_kept()  # what the demo recorded is nobody's
        self._give_back()

    @Slot(object)
    def _example_changed(self, reference: Reference) -> None:
        if not self.on:
            return
        if _is_demo(reference):
            self._begin_soon()
        else:
            self._leave(None)

    @Slot(object)
    def _example_failed(self) -> None:
        if self.state is DemoState.GETTING_READY and not _is_demo(self._flow.references.current):
            self.end()


def _is_demo(reference: Reference | None) -> bool:
    return reference is not None and reference.name == DEMO_REFERENCE and reference.origin is Origin.BUILT_IN
