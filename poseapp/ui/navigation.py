"""From page to page: which one a phase has, and what the keys mean there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from poseapp.session.demo import DEMO_EXPLAINED, DEMO_REFERENCE
from poseapp.ui.flow.demo import DemoFlow, DemoState
from poseapp.ui.flow.history import HistoryReader
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.shelf import Shelf
from poseapp.ui.motion import REDUCE_MOTION, reduce_motion
from poseapp.ui.pages.camera_lost import CameraLostPage
from poseapp.ui.pages.first_run import FirstRunPage
from poseapp.ui.pages.first_run_wiring import FirstRunWiring
from poseapp.ui.pages.help import HelpPage
from poseapp.ui.pages.history_wiring import HistoryWiring
from poseapp.ui.pages.library import LibraryPage
from poseapp.ui.pages.library_wiring import LibraryWiring
from poseapp.ui.pages.lost_wiring import LostWiring
from poseapp.ui.pages.no_camera import NoCameraNotice
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.pages.practice_wiring import PracticeWiring
from poseapp.ui.pages.result import ResultPage
from poseapp.ui.pages.result_wiring import ResultWiring
from poseapp.ui.preferences import Preferences
from poseapp.ui.words import tr

__all__ = ["Navigation"]

#: What somebody practises who has chosen nothing yet: seen as a webcam sees one, else what the demo shows.
_FOR_NEWCOMERS = ("squat/front", DEMO_REFERENCE)


class Navigation(QObject):
    """Makes the pages that are not needed at the first moment, and leads from one to the other.

    Parameters
    ----------
    practice : PracticePage
    flow : PracticeFlow
    shelf : Shelf
        What the library offers.
    reader : HistoryReader
        What was practised so far.
    preferences : Preferences

    Signals
    -------
    page_changed(object)
        The page to show.
    """

    page_changed = Signal(object)

    def __init__(
        self,
        practice: PracticePage,
        flow: PracticeFlow,
        shelf: Shelf,
        reader: HistoryReader,
        preferences: Preferences,
    ) -> None:
        super().__init__(practice)
        self.flow = flow
        self.practice = practice
        self.shelf = shelf
        self.preferences = preferences
        self.demo = DemoFlow(flow, self)
        self.wiring = PracticeWiring(practice, flow, preferences)
        self.no_camera = NoCameraNotice(self.wiring.notices, self.show_demo, self.wiring.choices.ask_for_source)
        self.first_run = FirstRunPage()
        self.result = ResultPage()
        self.lost = CameraLostPage()
        self.help = HelpPage()
        self.help.still.setChecked(preferences.switch(REDUCE_MOTION, False))
        reduce_motion(self.help.still.isChecked())
        self.library = LibraryPage(shelf)
        self.history = HistoryWiring(reader, shelf, preferences)
        self._library_wiring = LibraryWiring(self.library, flow.references, self.wiring.choices)
        self._lost_wiring = LostWiring(self.lost, flow)
        self._result_wiring = ResultWiring(self.result, flow, self.demo, practice.header)
        self._visited: QWidget | None = None  # a page that no phase leads to
        self._without_camera = False  # the practice page although there is no camera: the coach plays there
        self._focus: QWidget | None = None  # where the focus was before the library
        self._first_run_wiring = FirstRunWiring(self.first_run, flow)
        self._wire()

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """All pages."""
        return self.practice, self.first_run, self.result, self.lost, self.help, self.library, *self.history.pages

    @property
    def page(self) -> QWidget:
        """The page of where one is."""
        if self._visited is not None:
            return self._visited
        phase = self.flow.phase
        if phase is Phase.NO_SOURCE and self._without_camera:
            return self.practice
        return {Phase.NO_SOURCE: self.first_run, Phase.RESULT: self.result, Phase.LOST: self.lost}.get(
            phase, self.practice
        )

    def begin(self, still: str | None = None) -> None:
        """Bring in what was practised last, or what newcomers begin with, and `still`."""
        last = self.preferences.text("reference", "")
        self.flow.references.load_first([last, *_FOR_NEWCOMERS] if last else _FOR_NEWCOMERS, still)

    def close(self) -> None:
        """End everything and remember what was chosen."""
        self.flow.close()
        self.shelf.close()
        self.history.reader.close()
        for progress in (self.practice.work, self.practice.coach.progress):
            progress.finish()
        self.preferences.save()

    def back(self) -> bool:
        """A step back; False when there was none to take."""
        if self._visited is self.history.attempt:
            self._visit(self.history.page)
        elif self._visited is not None:
            self.leave_visited()
        elif self.demo.on:
            self.demo.end()
        elif self.flow.phase in (Phase.RECORDING, Phase.SCORING, Phase.RESULT):
            self.flow.back()
        elif self.wiring.notices.dismiss():
            return True
        elif self.page is self.practice and self._without_camera:
            self._without_camera = False
            self._show()
        else:
            return False
        return True

    @Slot(str)
    def choose_page(self, key: str) -> None:
        """What was pressed on the rail."""
        if key in ("library", "history"):
            self.open_library() if key == "library" else self.open_history()
            return
        self._visited = self.help if key == "help" else None
        if self._visited is None and self.flow.phase is Phase.RESULT:
            self._result_wiring.leave()
        self._show()

    @Slot()
    def open_practice(self) -> None:
        self.choose_page("practice")

    @Slot()
    def open_library(self) -> None:
        """Choose from the library; not while something is recorded or judged."""
        if self.page is self.library or self.flow.phase in (Phase.RECORDING, Phase.SCORING):
            self._show()
            return
        self._focus = QApplication.focusWidget()
        self._visited = self.library
        self.library.set_current(self.flow.references.spec)
        self.library.open()
        self._show()

    @Slot()
    def open_history(self) -> None:
        """Look at what was practised so far; not while something is recorded or judged."""
        if self.page is self.history.page or self.flow.phase in (Phase.RECORDING, Phase.SCORING):
            self._show()
            return
        self._focus = QApplication.focusWidget()
        self.history.open()

    @Slot()
    def leave_visited(self) -> None:
        """From library, history or help back to where one was, the focus too."""
        self._visited = None
        self._show()
        focus, self._focus = self._focus, None
        if focus is not None and focus.isVisible() and focus.isEnabled():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def open_reference(self) -> None:
        if self.flow.phase is not Phase.RECORDING:
            self.wiring.choices.ask_for_reference()

    @Slot()
    def show_demo(self) -> None:
        """Let the demo run."""
        self._visited = None
        self.demo.start()
        self._show()

    def _wire(self) -> None:
        flow, choices = self.flow, self.wiring.choices
        flow.phase_changed.connect(self._phase_changed)
        flow.references.changed.connect(self._remember)
        practice = self.practice
        for library_wanted in (
            practice.header.library_wanted,
            practice.coach.library_wanted,
            self.wiring.library_wanted,
            self.first_run.library_wanted,
        ):
            library_wanted.connect(self.open_library)
        for demo_wanted in (self.first_run.demo_wanted, self.help.demo_wanted):
            demo_wanted.connect(self.show_demo)
        self.help.motion_changed.connect(self._switch_motion)
        self.demo.changed.connect(self._demo_changed)
        practice.header.demo_end_wanted.connect(self.demo.end)
        self.library.left.connect(self.leave_visited)
        self._library_wiring.chosen.connect(self._to_the_coach)
        self._wire_history()
        for file_wanted in (self._lost_wiring.file_wanted, self.first_run.file_wanted):
            file_wanted.connect(choices.ask_for_source)

    def _wire_history(self) -> None:
        self.flow.keeper.wanted = self._is_kept
        self.history.visited.connect(self._visit)
        self.history.example_chosen.connect(self._library_wiring.choose)
        self.history.page.practice_wanted.connect(self.open_practice)

    def _is_kept(self) -> bool:
        """Whether what is recorded now is the person's own, and is to be kept."""
        return self.history.keeping and not self.demo.on

    @Slot(object)
    def _visit(self, page: QWidget) -> None:
        self._visited = page
        self._show()

    def _show(self) -> None:
        self.page_changed.emit(self.page)

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        if phase is not Phase.NO_SOURCE:
            self._without_camera = False
            self.no_camera.dismiss()
        if phase is Phase.LOST:
            self._visited = None
            last = self.wiring.last
            self.lost.show_lost(self.flow.status.title, self.flow.recorded_seconds, last, self.practice.view.mirrored)
        self._show()

    # The example

    @Slot()
    def _to_the_coach(self) -> None:
        """To the practice page, where what was chosen plays, even without a camera."""
        self._without_camera = self.flow.phase is Phase.NO_SOURCE
        if self.flow.phase is Phase.RESULT:
            self._result_wiring.leave()
        self.leave_visited()
        if self._without_camera:
            self.no_camera.tell()

    @Slot()
    def _remember(self) -> None:
        # What the demo shows was not chosen by anybody.
        if not self.demo.on:
            self.preferences.keep("reference", self.flow.references.spec)

    @Slot(bool)
    def _switch_motion(self, reduced: bool) -> None:
        reduce_motion(reduced)
        self.preferences.keep(REDUCE_MOTION, reduced)

    # The demo

    @Slot(object)
    def _demo_changed(self, state: DemoState) -> None:
        on = state is not DemoState.OFF
        self.practice.set_demo(on, tr(DEMO_EXPLAINED))
        self.result.set_demo(on)
