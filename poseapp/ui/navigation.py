"""From page to page: which one a phase has, and what the keys mean there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from poseapp.library.entry import Entry
from poseapp.session.demo import DEMO_EXPLAINED, DEMO_REFERENCE
from poseapp.session.judge import Attempt
from poseapp.ui.flow.demo import DemoFlow, DemoState
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.shelf import Shelf
from poseapp.ui.pages.camera_lost import CameraLostPage
from poseapp.ui.pages.first_run import FirstRunPage
from poseapp.ui.pages.first_run_wiring import FirstRunWiring
from poseapp.ui.pages.help import HelpPage
from poseapp.ui.pages.library import LibraryPage
from poseapp.ui.pages.lost_wiring import LostWiring
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.pages.practice_notice import Offer
from poseapp.ui.pages.practice_wiring import PracticeWiring
from poseapp.ui.pages.result import ResultPage
from poseapp.ui.preferences import Preferences
from poseapp.ui.words import tr

__all__ = ["Navigation"]

#: What somebody practises who has chosen nothing yet: seen as a webcam sees one, else what the demo shows.
_FOR_NEWCOMERS = ("squat/front", DEMO_REFERENCE)
_NO_CAMERA = "no camera"


class Navigation(QObject):
    """Makes the pages that are not needed at the first moment, and leads from one to the other.

    Parameters
    ----------
    practice : PracticePage
    flow : PracticeFlow
    shelf : Shelf
        What the library offers.
    preferences : Preferences

    Signals
    -------
    page_changed(object)
        The page to show.
    """

    page_changed = Signal(object)

    def __init__(self, practice: PracticePage, flow: PracticeFlow, shelf: Shelf, preferences: Preferences) -> None:
        super().__init__(practice)
        self.flow = flow
        self.practice = practice
        self.shelf = shelf
        self.preferences = preferences
        self.demo = DemoFlow(flow, self)
        self.wiring = PracticeWiring(practice, flow, preferences)
        self.first_run = FirstRunPage()
        self.result = ResultPage()
        self.lost = CameraLostPage()
        self.help = HelpPage()
        self.library = LibraryPage(shelf)
        self._lost_wiring = LostWiring(self.lost, flow)
        self._visited: QWidget | None = None  # a page that no phase leads to
        self._without_camera = False  # the practice page although there is no camera: the coach plays there
        self._focus: QWidget | None = None  # where the focus was before the library
        self._first_run_wiring = FirstRunWiring(self.first_run, flow)
        self._wire()

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """All pages."""
        return self.practice, self.first_run, self.result, self.lost, self.help, self.library

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
        for progress in (self.practice.work, self.practice.coach.progress):
            progress.finish()
        self.preferences.save()

    def back(self) -> bool:
        """A step back; False when there was none to take."""
        if self._visited is not None:
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

    @Slot()
    def space(self) -> None:
        """The one thing to do next on each page."""
        page = self.page
        if page is self.library:
            self.library.press()
        elif page is self.practice and self.flow.phase is Phase.NO_SOURCE:
            self._tell_no_camera()
        elif page is self.practice:
            self.flow.record_or_stop()
        elif page is self.result and self.demo.on:
            self.demo.try_it()
        elif page is self.result:
            self.flow.again()
        elif page is self.lost:
            self.flow.score_kept()
        elif page is self.first_run:
            self.show_demo()

    @Slot(str)
    def choose_page(self, key: str) -> None:
        """What was pressed on the rail."""
        if key == "library":
            self.open_library()
            return
        self._visited = self.help if key == "help" else None
        if self._visited is None and self.flow.phase is Phase.RESULT:
            self._leave_result()
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
    def leave_visited(self) -> None:
        """From library or help back to where one was, the focus too."""
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

    def step(self, pictures: int = 0, *, seconds: float = 0.0) -> None:
        """What the arrows and Home and End do: move the still; in the library go from card to card."""
        if self.page is self.practice:
            self.flow.references.step(pictures, seconds=seconds)
        elif self.page is self.library and pictures:
            self.library.go(columns=pictures)
        elif self.page is self.library and abs(seconds) > 1:
            self.library.go_to_end(last=seconds > 0)

    def _wire(self) -> None:
        flow, choices = self.flow, self.wiring.choices
        flow.phase_changed.connect(self._phase_changed)
        flow.scored.connect(self._show_attempt)
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
        self.demo.changed.connect(self._demo_changed)
        practice.header.demo_end_wanted.connect(self.demo.end)
        self.library.left.connect(self.leave_visited)
        self.library.example_chosen.connect(self._choose_example)
        self.library.clip_wanted.connect(self._choose_clip)
        self.library.clip_dropped.connect(self._use_example_clip)
        self.result.again_pressed.connect(flow.again)
        self.result.left.connect(self._leave_result)
        self.result.try_pressed.connect(self.demo.try_it)
        for file_wanted in (self._lost_wiring.file_wanted, self.first_run.file_wanted):
            file_wanted.connect(choices.ask_for_source)

    def _show(self) -> None:
        self.page_changed.emit(self.page)

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        if phase is not Phase.NO_SOURCE:
            self._without_camera = False
            self.wiring.notices.dismiss(_NO_CAMERA)
        if phase is Phase.LOST:
            self._visited = None
            last = self.wiring.last
            self.lost.show_lost(self.flow.status.title, self.flow.recorded_seconds, last, self.practice.view.mirrored)
        self._show()

    @Slot(object)
    def _show_attempt(self, attempt: Attempt) -> None:
        number = None if self.demo.on else self.flow.attempts
        self.result.show_attempt(attempt, self.practice.header.title, number)

    @Slot()
    def _leave_result(self) -> None:
        if self.demo.on:
            self.demo.end()
        else:
            self.flow.again()

    # The example

    @Slot(object)
    def _choose_example(self, entry: Entry) -> None:
        self.flow.references.load(entry)
        self._to_the_coach()

    @Slot()
    def _choose_clip(self) -> None:
        if self.wiring.choices.ask_for_reference():
            self._to_the_coach()

    @Slot(object)
    def _use_example_clip(self, path: Path) -> None:
        self.flow.references.load(path)
        self._to_the_coach()

    def _to_the_coach(self) -> None:
        """To the practice page, where what was chosen plays, even without a camera."""
        self._without_camera = self.flow.phase is Phase.NO_SOURCE
        if self.flow.phase is Phase.RESULT:
            self._leave_result()
        self.leave_visited()
        if self._without_camera:
            self._tell_no_camera()

    @Slot()
    def _remember(self) -> None:
        # What the demo shows was not chosen by anybody.
        if not self.demo.on:
            self.preferences.keep("reference", self.flow.references.spec)

    def _tell_no_camera(self) -> None:
        self.wiring.notices.show(
            "webcam-off",
            tr("No camera found"),
            tr("Plug one in and it appears here by itself."),
            [
                Offer(tr("Show me the demo"), "play-circle-outline", self.show_demo),
                Offer(tr("Use a video file"), "file-video-outline", self.wiring.choices.ask_for_source),
            ],
            kind=_NO_CAMERA,
        )

    # The demo

    @Slot(object)
    def _demo_changed(self, state: DemoState) -> None:
        on = state is not DemoState.OFF
        self.practice.set_demo(on, tr(DEMO_EXPLAINED))
        self.result.set_demo(on)
