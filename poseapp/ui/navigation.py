"""From page to page: which one a phase has, and what the keys mean there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from poseapp.errors import PoseAppError
from poseapp.session.judge import Attempt
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.pages.camera_lost import CameraLostPage
from poseapp.ui.pages.first_run import FirstRunPage
from poseapp.ui.pages.help import HelpPage
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.pages.practice_network import NetworkPopover
from poseapp.ui.pages.practice_wiring import PracticeWiring
from poseapp.ui.pages.result import ResultPage
from poseapp.ui.preferences import Preferences
from poseapp.ui.words import tr
from poseapp.vision.cameras import CameraInfo

__all__ = ["Navigation"]


class Navigation(QObject):
    """Makes the pages that are not needed at the first moment, and leads from one to the other.

    Parameters
    ----------
    practice : PracticePage
    flow : PracticeFlow
    preferences : Preferences

    Signals
    -------
    page_changed(object)
        The page to show.
    """

    page_changed = Signal(object)

    def __init__(self, practice: PracticePage, flow: PracticeFlow, preferences: Preferences) -> None:
        super().__init__(practice)
        self.flow = flow
        self.practice = practice
        self.preferences = preferences
        self.wiring = PracticeWiring(practice, flow, preferences)
        self.first_run = FirstRunPage()
        self.result = ResultPage()
        self.lost = CameraLostPage()
        self.help = HelpPage()
        self._helping = False
        self._other_cameras = QMenu(self.lost)
        self._network = NetworkPopover(self.first_run)
        self._wire()

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """All pages."""
        return self.practice, self.first_run, self.result, self.lost, self.help

    @property
    def page(self) -> QWidget:
        """The page of where one is."""
        if self._helping:
            return self.help
        phase = self.flow.phase
        return {Phase.NO_SOURCE: self.first_run, Phase.RESULT: self.result, Phase.LOST: self.lost}.get(
            phase, self.practice
        )

    def close(self) -> None:
        """End everything and remember what was chosen."""
        self.flow.close()
        self.preferences.save()

    def back(self) -> bool:
        """A step back; False when there was none to take."""
        if self._helping:
            self.choose_page("practice")
        elif self.flow.phase in (Phase.RECORDING, Phase.SCORING, Phase.RESULT):
            self.flow.back()
        else:
            return self.wiring.notices.dismiss()
        return True

    @Slot()
    def space(self) -> None:
        """The one thing to do next on each page."""
        page = self.page
        if page is self.practice:
            self.flow.record_or_stop()
        elif page is self.result:
            self.flow.again()
        elif page is self.lost:
            self.flow.score_kept()
        elif page is self.first_run:
            self.flow.try_built_in()

    @Slot(str)
    def choose_page(self, key: str) -> None:
        """What was pressed on the rail."""
        self._helping = key == "help"
        if not self._helping and self.flow.phase is Phase.RESULT:
            self.flow.again()
        self._show()

    @Slot()
    def open_reference(self) -> None:
        if self.flow.phase is not Phase.RECORDING:
            self.wiring.choices.ask_for_reference()

    @Slot()
    def still_back(self) -> None:
        self._step(-1)

    @Slot()
    def still_on(self) -> None:
        self._step(1)

    @Slot()
    def still_second_back(self) -> None:
        self._step(seconds=-1.0)

    @Slot()
    def still_second_on(self) -> None:
        self._step(seconds=1.0)

    @Slot()
    def still_first(self) -> None:
        self._step(seconds=float("-inf"))

    @Slot()
    def still_last(self) -> None:
        self._step(seconds=float("inf"))

    def _step(self, pictures: int = 0, *, seconds: float = 0.0) -> None:
        if self.page is self.practice:
            self.flow.references.step(pictures, seconds=seconds)

    def _wire(self) -> None:
        flow = self.flow
        flow.phase_changed.connect(self._phase_changed)
        flow.scored.connect(self._show_attempt)
        flow.failed.connect(self._tell_problem)
        self.first_run.built_in_wanted.connect(flow.try_built_in)
        self.first_run.file_wanted.connect(self.wiring.choices.ask_for_source)
        self.first_run.network_wanted.connect(self._ask_for_address)
        self.first_run.file_dropped.connect(self._use_file)
        self._network.address_given.connect(self._use_address)
        self.result.again_pressed.connect(flow.again)
        self.lost.score_pressed.connect(flow.score_kept)
        self.lost.discard_pressed.connect(flow.discard_kept)
        self.lost.other_pressed.connect(self._offer_cameras)
        flow.sources.cameras_changed.connect(self._list_cameras)

    def _show(self) -> None:
        self.page_changed.emit(self.page)

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        if phase is Phase.LOST:
            self._helping = False
            last = self.wiring.last
            self.lost.show_lost(self.flow.status.title, self.flow.recorded_seconds, last, self.practice.view.mirrored)
        elif phase in (Phase.OPENING, Phase.READY):
            self.first_run.show_no_camera()
        self._show()

    @Slot(object)
    def _show_attempt(self, attempt: Attempt) -> None:
        self.result.show_attempt(attempt, self.practice.header.title, self.flow.attempts)

    @Slot(object)
    def _tell_problem(self, error: PoseAppError) -> None:
        self.first_run.show_problem(error.sentence, error.hint)

    @Slot(object)
    def _use_file(self, path: Path) -> None:
        self.flow.sources.choose_file(path)

    @Slot()
    def _ask_for_address(self) -> None:
        self._network.open_at(self.first_run.use_network)

    @Slot(str)
    def _use_address(self, address: str) -> None:
        self.flow.sources.choose(SourceChoice(address))

    @Slot(object)
    def _list_cameras(self, cameras: tuple[CameraInfo, ...]) -> None:
        self._other_cameras.clear()
        for camera in cameras:
            action = self._other_cameras.addAction(camera.name)
            action.setData(camera)
            action.triggered.connect(self._other_chosen)
        if cameras:
            self._other_cameras.addSeparator()
        self._other_cameras.addAction(tr("Video file …")).triggered.connect(self.wiring.choices.ask_for_source)

    @Slot()
    def _offer_cameras(self) -> None:
        self.flow.sources.look_for_cameras()
        self._list_cameras(self.flow.sources.cameras)
        button = self.lost.other
        self._other_cameras.popup(button.mapToGlobal(QPoint(0, -self._other_cameras.sizeHint().height() - 4)))

    @Slot()
    def _other_chosen(self) -> None:
        action = self.sender()
        camera = action.data() if action is not None else None  # type: ignore[attr-defined]
        if isinstance(camera, CameraInfo):
            self.flow.sources.choose(SourceChoice.of_camera(camera))
