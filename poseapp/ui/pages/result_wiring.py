"""What the score page shows, and what it leads to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from poseapp.errors import PoseAppError
from poseapp.session.judge import Attempt
from poseapp.shortfall import Shortfall
from poseapp.ui.flow.demo import DemoFlow
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.pages.practice_header import PracticeHeader
from poseapp.ui.pages.result import ResultPage
from poseapp.ui.words import tr

__all__ = ["ResultWiring"]


class ResultWiring(QObject):
    """Shows each score under the title of what was practised, and whether its attempt could be kept."""

    def __init__(self, page: ResultPage, flow: PracticeFlow, demo: DemoFlow, header: PracticeHeader) -> None:
        super().__init__(page)
        self._page = page
        self._flow = flow
        self._demo = demo
        self._header = header
        self._cut_short: Shortfall | None = None
        flow.cut_short.source_found.connect(self._note_cut)
        flow.phase_changed.connect(self._begin_anew)
        flow.scored.connect(self._show)
        flow.keeper.not_kept.connect(self._tell_not_kept)
        judging = flow.judging
        page.strictness.chosen.connect(judging.set_strictness)
        judging.strictness_changed.connect(page.strictness.set_current)
        judging.anew.connect(self._show_work)
        page.work.cancelled.connect(judging.leave_as_it_is)
        page.again_pressed.connect(flow.again)
        page.left.connect(self.leave)
        page.try_pressed.connect(demo.try_it)
        page.keep_pressed.connect(flow.keeper.keep_again)

    @Slot()
    def leave(self) -> None:
        """Back to practice, or to where one was before the demo."""
        if self._demo.on:
            self._demo.end()
        else:
            self._flow.again()

    @Slot(object)
    def _show(self, attempt: Attempt) -> None:
        number = None if self._demo.on else self._flow.attempts
        self._page.show_attempt(attempt, self._header.title, number)
        if self._cut_short is not None:
            self._page.tell_cut_short(self._cut_short)

    @Slot(object)
    def _note_cut(self, shortfall: Shortfall | None) -> None:
        """The clip that is recorded or judged ended too early; otherwise it is said on the practice page."""
        self._cut_short = shortfall if self._flow.phase in (Phase.RECORDING, Phase.SCORING) else None

    @Slot(object)
    def _begin_anew(self, phase: Phase) -> None:
        if phase is Phase.RECORDING:
            self._cut_short = None

    @Slot(bool)
    def _show_work(self, on: bool) -> None:
        if on:
            self._page.work.start(tr("Comparing with the coach"))
        else:
            self._page.work.finish()

    @Slot(object)
    def _tell_not_kept(self, error: PoseAppError | None) -> None:
        if error is None:
            self._page.hush()
        else:
            self._page.tell_not_kept(error)
