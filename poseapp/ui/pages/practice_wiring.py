"""What happens in the practice to what the practice page shows."""

from __future__ import annotations

import time

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from poseapp.errors import PoseAppError
from poseapp.library.reference import Reference
from poseapp.session.update import PoseUpdate
from poseapp.shortfall import Shortfall
from poseapp.ui.flow.chosen import ChosenStill
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.pages.practice_choices import PracticeChoices
from poseapp.ui.pages.practice_notice import NoticeBoard, Offer
from poseapp.ui.preferences import Preferences
from poseapp.ui.state_words import practice_words, status_figures
from poseapp.ui.words import heading_words, tr, view_chip_words
from poseapp.vision.cameras import CameraInfo

__all__ = ["PracticeWiring"]

_WORDS_MS = 100  # words change at most ten times a second
_WAITING = "waiting for a camera"
_EXAMPLE = "an example is wanted"
_EXAMPLE_CUT = "the example’s clip is cut short"
_SOURCE_CUT = "the clip in place of the camera is cut short"


class PracticeWiring(QObject):
    """Shows the practice on its page.

    Signals
    -------
    library_wanted()
        Choose an example from the library.
    """

    library_wanted = Signal()

    def __init__(self, page: PracticePage, flow: PracticeFlow, preferences: Preferences) -> None:
        super().__init__(page)
        self.page = page
        self.flow = flow
        self.notices = NoticeBoard(page.view)
        self.last: PoseUpdate | None = None
        self._since_words = QElapsedTimer()
        self._since_words.start()
        self._wire_picture()
        self._wire_reference()
        self.choices = PracticeChoices(page, flow, preferences)

    def _wire_picture(self) -> None:
        page, flow = self.page, self.flow
        flow.updated.connect(self._show)
        flow.phase_changed.connect(self._show_phase)
        flow.failed.connect(self._tell_problem)
        flow.waiting.connect(self._tell_waiting)
        flow.reference_wanted.connect(self._ask_for_example)
        flow.kept_changed.connect(self._tell_kept)
        flow.cut_short.source_found.connect(self._tell_source_cut)
        flow.cut_short.example_found.connect(self._tell_example_cut)
        flow.sources.cameras_changed.connect(self._list_cameras)
        flow.sources.chosen.connect(self._show_source)
        page.view.resized.connect(flow.bridge.set_screen_size)
        flow.bridge.set_screen_size(*page.view.wanted_pixels())
        page.view.mirror_changed.connect(flow.bridge.set_mirrored)
        flow.bridge.set_mirrored(page.view.mirrored)
        page.view.clicked_at.connect(flow.bridge.lock)
        page.view.painted.connect(self._painted)
        page.controls.record_pressed.connect(flow.record_or_stop)
        page.work.cancelled.connect(flow.again)

    def _wire_reference(self) -> None:
        page, references = self.page, self.flow.references
        references.loading.connect(self._loading)
        references.progressed.connect(page.coach.progress.set_progress)
        references.loaded.connect(self._loaded)
        references.changed.connect(self._show_reference)
        references.frames_grew.connect(self._show_more_pictures)
        references.photo_added.connect(self._show_stills)
        references.still_changed.connect(self._show_still)

    # The picture and the state

    @Slot(object)
    def _show(self, update: PoseUpdate) -> None:
        self.last = update
        self.page.view.show_update(update)
        self.page.similarity.plot.add(update.frame.captured_at, update.similarity)
        if self._since_words.elapsed() >= _WORDS_MS:
            self._since_words.restart()
            self._say_state()

    @Slot(float)
    def _painted(self, captured_at: float) -> None:
        if self.last is not None and self.page.status.due():
            age_ms = (time.monotonic() - captured_at) * 1000
            self.page.status.set_figures(status_figures(self.last, age_ms))

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        page = self.page
        page.controls.set_recording(phase is Phase.RECORDING)
        page.controls.set_recordable(phase in (Phase.READY, Phase.RECORDING))
        for choosers in (page.header, page.controls):
            choosers.set_choosable(phase not in (Phase.RECORDING, Phase.SCORING))
        if phase is Phase.RECORDING:
            self.notices.dismiss()
            page.coach.player.seek(page.coach.player.start)
        if phase is Phase.SCORING:
            page.work.start(tr("Comparing with the coach"))
        else:
            page.work.finish()
        choice = self.flow.sources.current
        if phase is Phase.READY and choice is not None and not choice.is_file and choice.camera is None:
            page.header.set_source(self.flow.status.title, choice.spec)
        self._say_state()

    def _say_state(self) -> None:
        flow = self.flow
        choice = flow.sources.current
        self.page.set_state(
            practice_words(
                flow.phase,
                flow.status,
                self.last,
                has_reference=flow.references.current is not None,
                from_file=choice is not None and choice.is_file,
                seconds=flow.recorded_seconds if flow.phase is Phase.RECORDING else 0.0,
            )
        )

    @Slot(object)
    def _show_source(self, choice: SourceChoice | None) -> None:
        self.last = None
        self.page.view.clear()
        self.page.similarity.plot.clear()
        self.page.status.set_figures(("", "", ""))
        if choice is None:
            self.page.header.set_source("", None)
        else:
            data = choice.camera if choice.camera is not None else None if choice.is_file else choice.spec
            self.page.header.set_source(choice.title, data)

    @Slot(object)
    def _list_cameras(self, cameras: tuple[CameraInfo, ...]) -> None:
        self.page.header.set_cameras([(camera.name, camera) for camera in cameras])

    # The reference and the still

    @Slot(str)
    def _loading(self, name: str) -> None:
        self.notices.dismiss(_EXAMPLE)
        self.page.coach.progress.start(tr("Finding poses in {name}", name=name))

    @Slot()
    def _loaded(self) -> None:
        self.page.coach.progress.finish()
        self.notices.dismiss(_EXAMPLE)

    @Slot(object)
    def _show_reference(self, reference: Reference) -> None:
        name, view = heading_words(reference), view_chip_words(reference.view)
        self.page.header.set_reference(name, view, reference.poses.duration)
        self.page.coach.show_words(name, view, reference.cues)
        frames = self.flow.references.frames
        if frames is not None:
            self.page.coach.show_frames(frames, frames.extent)
        self._show_stills()
        self._say_state()

    @Slot()
    def _show_more_pictures(self) -> None:
        self.page.stills.show_pictures(self.flow.references)

    @Slot()
    def _show_stills(self) -> None:
        self.page.stills.show_reference(self.flow.references)

    @Slot(object)
    def _show_still(self, still: ChosenStill | None) -> None:
        self.page.stills.show_still(self.flow.references)
        if still is None:
            self.page.similarity.set_still(None, "")
        else:
            self.page.similarity.set_still(still.seconds, still.name)

    # Notices

    @Slot(object)
    def _tell_problem(self, error: PoseAppError) -> None:
        self.notices.show("alert", error.sentence, error.hint, [Offer(tr("Close"), "close")])

    @Slot(object)
    def _tell_waiting(self, error: PoseAppError | None) -> None:
        if error is None:
            self.notices.dismiss(_WAITING)
        else:
            self.notices.show("webcam-off", error.sentence, error.hint, [Offer(tr("Close"), "close")], kind=_WAITING)

    @Slot(object)
    def _tell_example_cut(self, shortfall: Shortfall | None) -> None:
        self._tell_cut(shortfall, _EXAMPLE_CUT)

    @Slot(object)
    def _tell_source_cut(self, shortfall: Shortfall | None) -> None:
        # Of what is recorded it is said with the score; the end may be known before the last picture was looked at.
        if self.flow.phase not in (Phase.RECORDING, Phase.SCORING, Phase.RESULT):
            self._tell_cut(shortfall, _SOURCE_CUT)

    def _tell_cut(self, shortfall: Shortfall | None, kind: str) -> None:
        if shortfall is None:
            self.notices.dismiss(kind)
        else:
            offers = [Offer(tr("Close"), "close")]
            self.notices.show("alert", shortfall.sentence, shortfall.hint, offers, kind=kind)

    @Slot()
    def _ask_for_example(self) -> None:
        if self.page.coach.progress.isVisible():
            self.notices.show("run", tr("One moment"), tr("The coach’s clip is still looked at."), [], kind=_EXAMPLE)
            return
        self.notices.show(
            "run",
            tr("Choose an example first"),
            tr("Your recording is compared with it."),
            [
                Offer(tr("Open the library"), "view-grid-outline", self.library_wanted.emit),
                Offer(tr("Open a clip"), "file-video-outline", self.choices.open_reference),
            ],
            kind=_EXAMPLE,
        )

    @Slot(float)
    def _tell_kept(self, seconds: float) -> None:
        if seconds <= 0:
            self.notices.dismiss()
            return
        self.notices.show(
            "content-save-outline",
            tr("Your {seconds} seconds are kept.", seconds=f"{seconds:.1f}"),
            tr("They wait until you record again."),
            [
                Offer(tr("Score them"), "check", self.flow.score_kept),
                Offer(tr("Discard"), "trash-can-outline", self.flow.discard_kept),
            ],
        )
