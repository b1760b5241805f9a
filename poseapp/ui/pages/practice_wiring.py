"""What is pressed on the practice page to what happens, and what happens to what is shown."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from poseapp.errors import PoseAppError
from poseapp.library.reference import Reference
from poseapp.pose import Keypoint, SimilarityMethod
from poseapp.session.update import PoseUpdate
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow, built_in_reference
from poseapp.ui.flow.references import ChosenStill
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.pages.practice_network import NetworkPopover
from poseapp.ui.pages.practice_notice import NoticeBoard, Offer
from poseapp.ui.preferences import Preferences
from poseapp.ui.state_words import practice_words, status_figures
from poseapp.ui.widgets.drop_zone import accept_files
from poseapp.ui.words import tr
from poseapp.vision.cameras import CameraInfo
from poseapp.vision.models import list_models

__all__ = ["PracticeWiring", "open_clip", "open_photo"]

_WORDS_MS = 100  # words and figures change at most ten times a second
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")


def open_clip(parent: Any, title: str) -> Path | None:
    """Let the person choose a clip; None when they change their mind."""
    kinds = tr("Videos") + " (*.mp4 *.mov *.m4v *.avi *.mkv *.webm);;" + tr("All files") + " (*)"
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def open_photo(parent: Any) -> Path | None:
    """Let the person choose a photo; None when they change their mind."""
    kinds = tr("Pictures") + " (*" + " *".join(_PICTURES) + ");;" + tr("All files") + " (*)"
    name, _ = QFileDialog.getOpenFileName(parent, tr("Choose a photo"), "", kinds)
    return Path(name) if name else None


class PracticeWiring(QObject):
    """Connects the practice page with the practice."""

    #: The newest picture, for whoever needs the last one.
    shown = Signal(object)

    def __init__(self, page: PracticePage, flow: PracticeFlow, preferences: Preferences) -> None:
        super().__init__(page)
        self.page = page
        self.flow = flow
        self.preferences = preferences
        self.notices = NoticeBoard(page.view)
        self.network = NetworkPopover(page)
        self.last: PoseUpdate | None = None
        self._since_words = QElapsedTimer()
        self._since_words.start()
        self._loading_photo = False
        self._wire_picture()
        self._wire_choosers()
        self._wire_reference()
        self._apply_preferences()

    # Wiring

    def _wire_picture(self) -> None:
        page, flow, controls = self.page, self.flow, self.page.controls
        flow.updated.connect(self._show)
        flow.phase_changed.connect(self._show_phase)
        flow.failed.connect(self.tell_problem)
        flow.reference_wanted.connect(self._ask_for_reference)
        flow.kept_changed.connect(self._tell_kept)
        page.view.resized.connect(flow.bridge.set_screen_size)
        flow.bridge.set_screen_size(*page.view.wanted_pixels())
        page.view.clicked_at.connect(flow.bridge.lock)
        page.view.painted.connect(self._painted)
        controls.record_pressed.connect(flow.record_or_stop)
        controls.trails_changed.connect(self._trails_switched)
        controls.skeleton_changed.connect(self._skeleton_switched)
        controls.mirror_changed.connect(self._mirror_switched)
        controls.trail_style_changed.connect(self._trails_styled)

    def _wire_choosers(self) -> None:
        header, sources = self.page.header, self.flow.sources
        header.set_models([(m.name, m.title) for m in list_models()], sources.model)
        header.model_chosen.connect(self._choose_model)
        header.camera_chosen.connect(self._choose_camera)
        header.cameras_wanted.connect(sources.look_for_cameras)
        header.source_file_wanted.connect(self.ask_for_source)
        header.network_wanted.connect(self._ask_for_address)
        self.network.address_given.connect(self._choose_address)
        sources.cameras_changed.connect(self._list_cameras)
        sources.chosen.connect(self._show_source)
        self._picture_drops = accept_files(self.page.view, self._dropped_on_picture)
        self._side_drops = accept_files(self.page.right, self._dropped_on_side)

    def _wire_reference(self) -> None:
        page, references = self.page, self.flow.references
        for asker in (page.header, page.coach):
            asker.clip_wanted.connect(self.ask_for_reference)
            asker.built_in_wanted.connect(self.use_built_in)
        page.coach.clip_dropped.connect(self._dropped_clip)
        page.coach.cancelled.connect(references.cancel)
        references.loading.connect(self._loading)
        references.progressed.connect(page.coach.progress.set_progress)
        references.loaded.connect(page.coach.progress.finish)
        references.changed.connect(self._show_reference)
        references.frames_grew.connect(self._frames_grew)
        references.photo_added.connect(self._show_stills)
        references.still_changed.connect(self._show_still)
        page.similarity.method_chosen.connect(self._choose_method)
        page.similarity.keypoints_chosen.connect(references.set_keypoints)
        page.stills.time_chosen.connect(references.choose_time)
        page.stills.photo_chosen.connect(references.choose_photo)
        page.stills.photo_wanted.connect(self._ask_for_photo)

    def _apply_preferences(self) -> None:
        kept, controls = self.preferences, self.page.controls
        controls.set_trail_style(kept.trail_keypoints, kept.trail_seconds)
        self.page.view.set_trails(kept.switch("trails"), kept.trail_keypoints, kept.trail_seconds)
        self.page.view.set_skeleton(kept.switch("skeleton"))
        self.page.set_mirrored(kept.switch("mirror"))
        controls.trails.setChecked(kept.switch("trails"))
        controls.skeleton.setChecked(kept.switch("skeleton"))
        controls.mirror.setChecked(kept.switch("mirror"))
        method = kept.text("method", SimilarityMethod.CLASSIC)
        if method in list(SimilarityMethod):
            self.page.similarity.set_method(SimilarityMethod(method))
            self.flow.references.set_method(SimilarityMethod(method))

    # What is shown

    @Slot(object)
    def _show(self, update: PoseUpdate) -> None:
        self.last = update
        self.page.view.show_update(update)
        self.page.similarity.plot.add(update.frame.captured_at, update.similarity)
        if self._since_words.elapsed() >= _WORDS_MS:
            self._since_words.restart()
            self._say_state()
        self.shown.emit(update)

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
        page.header.set_choosable(phase is not Phase.RECORDING)
        if phase is Phase.RECORDING:
            self.notices.dismiss()
            page.coach.player.seek(page.coach.player.start)
        if phase is Phase.SCORING:
            page.work.start(tr("Comparing with the coach"))
        else:
            page.work.finish()
        self._say_state()

    def _say_state(self) -> None:
        flow = self.flow
        recording = flow.phase is Phase.RECORDING
        self.page.set_state(
            practice_words(
                flow.phase,
                flow.status,
                self.last,
                has_reference=flow.references.current is not None,
                from_file=flow.sources.current is not None and flow.sources.current.is_file,
                seconds=flow.recorded_seconds if recording else 0.0,
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

    @Slot(object)
    def _show_reference(self, reference: Reference) -> None:
        frames = self.flow.references.frames
        name = reference.name.replace("_", " ")
        built_in = reference.clip == built_in_reference()
        self.page.header.set_reference(
            tr("Side bend") if built_in else name[:1].upper() + name[1:], reference.poses.duration, built_in
        )
        if frames is not None:
            self.page.coach.show_frames(frames)
        self._show_stills()
        self._say_state()

    @Slot()
    def _frames_grew(self) -> None:
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

    @Slot(str)
    def _loading(self, name: str) -> None:
        self.page.coach.progress.start(tr("Finding poses in {name}", name=name))

    # Notices

    @Slot(object)
    def tell_problem(self, error: PoseAppError) -> None:
        """Say what went wrong and what to do."""
        self.notices.show("alert", error.sentence, error.hint, [Offer(tr("Close"), "close")])

    @Slot()
    def _ask_for_reference(self) -> None:
        self.notices.show(
            "run",
            tr("Choose an example first"),
            tr("Your recording is compared with it."),
            [
                Offer(tr("Built-in side bend"), "run", self.use_built_in),
                Offer(tr("Open a clip"), "file-video-outline", self.ask_for_reference),
            ],
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

    # What is pressed

    @Slot()
    def ask_for_reference(self) -> None:
        """Choose a clip as the reference."""
        if (path := open_clip(self.page, tr("Choose the coach's clip"))) is not None:
            self._dropped_clip(path)

    @Slot()
    def ask_for_source(self) -> None:
        """Choose a clip to serve as the camera."""
        if (path := open_clip(self.page, tr("Choose a video to use as the camera"))) is not None:
            self.flow.sources.choose_file(path)

    @Slot()
    def use_built_in(self) -> None:
        """Take the shipped example."""
        self._dropped_clip(built_in_reference())

    @Slot()
    def _ask_for_photo(self) -> None:
        if (path := open_photo(self.page)) is not None:
            self.flow.references.load_photo(path)

    @Slot()
    def _ask_for_address(self) -> None:
        self.network.open_at(self.page.header)

    @Slot(str)
    def _choose_address(self, address: str) -> None:
        self.flow.sources.choose(SourceChoice(address))

    @Slot(object)
    def _choose_camera(self, camera: Any) -> None:
        if isinstance(camera, CameraInfo):
            self.flow.sources.choose(SourceChoice.of_camera(camera))

    @Slot(str)
    def _choose_model(self, model: str) -> None:
        self.preferences.keep("model", model)
        self.flow.sources.set_model(model)
        self.flow.references.set_model(model)

    @Slot(object)
    def _choose_method(self, method: SimilarityMethod) -> None:
        self.preferences.keep("method", str(method))
        self.page.similarity.plot.clear()
        self.flow.references.set_method(method)

    @Slot(object)
    def _dropped_clip(self, path: Path) -> None:
        self.notices.dismiss()
        self.flow.references.load(path)

    def _dropped_on_side(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            if path.suffix.lower() in _PICTURES:
                self.flow.references.load_photo(path)
            else:
                self._dropped_clip(path)

    def _dropped_on_picture(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            self.flow.sources.choose_file(path)

    @Slot(bool)
    def _trails_switched(self, on: bool) -> None:
        self.page.view.set_trails(on)
        self.preferences.keep("trails", on)

    @Slot(object, float)
    def _trails_styled(self, keypoints: tuple[Keypoint, ...], seconds: float) -> None:
        self.page.view.set_trails(self.page.controls.trails.isChecked(), keypoints, seconds)
        self.preferences.keep_trails(keypoints, seconds)

    @Slot(bool)
    def _skeleton_switched(self, on: bool) -> None:
        self.page.view.set_skeleton(on)
        self.preferences.keep("skeleton", on)

    @Slot(bool)
    def _mirror_switched(self, on: bool) -> None:
        self.page.set_mirrored(on)
        self.preferences.keep("mirror", on)
