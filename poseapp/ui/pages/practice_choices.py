"""What is chosen on the practice page: source, model, example, still, how strict, and what lies on the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from poseapp.pose import Keypoint, SimilarityMethod
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.pages.practice import PracticePage
from poseapp.ui.pages.practice_network import NetworkPopover
from poseapp.ui.preferences import Preferences
from poseapp.ui.widgets.drop_zone import accept_files
from poseapp.ui.words import tr
from poseapp.vision.cameras import CameraInfo
from poseapp.vision.models import list_models
from poseapp.vision.sources.picture import PICTURE_SUFFIXES

__all__ = ["PracticeChoices"]

_CLIPS = "*.mp4 *.mov *.m4v *.avi *.mkv *.webm"


class PracticeChoices(QObject):
    """Hands on what is chosen, and remembers it.

    A clip or photo dropped on the right column is the coach's; a clip dropped on the picture serves as the camera.
    """

    def __init__(self, page: PracticePage, flow: PracticeFlow, preferences: Preferences) -> None:
        super().__init__(page)
        self.page = page
        self.flow = flow
        self.preferences = preferences
        self.network = NetworkPopover(page)
        self._wire_sources()
        self._wire_references()
        self._wire_picture()
        self._wire_score()
        self._apply_preferences()

    def _wire_sources(self) -> None:
        header, sources = self.page.header, self.flow.sources
        header.set_models([(model.name, model.title, model.advice) for model in list_models()], sources.model)
        header.model_chosen.connect(self._choose_model)
        header.camera_chosen.connect(self._choose_camera)
        header.cameras_wanted.connect(sources.look_for_cameras)
        header.source_file_wanted.connect(self.ask_for_source)
        header.network_wanted.connect(self._ask_for_address)
        self.network.address_given.connect(self._choose_address)
        sources.model_reverted.connect(self._take_model_back)
        self._picture_drops = accept_files(self.page.view, self._dropped_on_picture)
        self._side_drops = accept_files(self.page.right, self._dropped_on_side)

    def _wire_references(self) -> None:
        page, references = self.page, self.flow.references
        page.coach.clip_wanted.connect(self.open_reference)
        page.coach.clip_dropped.connect(references.load)
        page.coach.cancelled.connect(references.cancel)
        page.similarity.method_chosen.connect(self._choose_method)
        page.similarity.keypoints_chosen.connect(self._choose_keypoints)
        page.stills.time_chosen.connect(references.choose_time)
        page.stills.photo_chosen.connect(references.choose_photo)
        page.stills.photo_wanted.connect(self._ask_for_photo)

    def _wire_picture(self) -> None:
        controls = self.page.controls
        controls.trails_changed.connect(self._trails_switched)
        controls.skeleton_changed.connect(self._skeleton_switched)
        controls.mirror_changed.connect(self._mirror_switched)
        controls.trail_style_changed.connect(self._trails_styled)

    def _wire_score(self) -> None:
        controls, judging = self.page.controls, self.flow.judging
        controls.set_strictness(judging.strictness)
        controls.strictness_chosen.connect(judging.set_strictness)
        judging.strictness_changed.connect(controls.set_strictness)
        judging.strictness_changed.connect(self._keep_strictness)

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

    # Files

    @Slot()
    def open_reference(self) -> None:
        """Choose a clip as the reference."""
        self.ask_for_reference()

    def ask_for_reference(self) -> bool:
        """Choose a clip as the reference; False when the person changed their mind."""
        if (path := self._open(tr("Choose the coach's clip"))) is not None:
            self.flow.references.load(path)
        return path is not None

    @Slot()
    def ask_for_source(self) -> None:
        """Choose a clip to serve as the camera."""
        if (path := self._open(tr("Choose a video to use as the camera"))) is not None:
            self.flow.sources.choose_file(path)

    @Slot()
    def _ask_for_photo(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
        if (path := self._open(tr("Choose a photo"), tr("Pictures"), patterns)) is not None:
            self.flow.references.load_photo(path)

    def _open(
        self, title: str, kind: str = "", patterns: str = "*.mp4 *.mov *.m4v *.avi *.mkv *.webm"
    ) -> Path | None:
        """Let the person choose a file; None when they change their mind."""
        kinds = f"{kind or tr('Videos')} ({patterns});;{tr('All files')} (*)"
        parent: QWidget = self.page.window()
        name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
        return Path(name) if name else None

    def _dropped_on_side(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            if path.suffix.lower() in PICTURE_SUFFIXES:
                self.flow.references.load_photo(path)
            else:
                self.flow.references.load(path)

    def _dropped_on_picture(self, paths: list[Path]) -> None:
        for path in paths[:1]:
            self.flow.sources.choose_file(path)

    # Source and model

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

    @Slot(str)
    def _take_model_back(self, model: str) -> None:
        self.preferences.keep("model", model)
        self.page.header.set_model(model)
        self.flow.references.set_model(model)

    # Similarity

    @Slot(object)
    def _choose_method(self, method: SimilarityMethod) -> None:
        self.preferences.keep("method", str(method))
        self.page.similarity.plot.clear()
        self.flow.references.set_method(method)

    @Slot(object)
    def _choose_keypoints(self, keypoints: tuple[Keypoint, ...] | None) -> None:
        self.page.similarity.plot.clear()
        self.flow.references.set_keypoints(keypoints)

    # The score

    @Slot(str)
    def _keep_strictness(self, strictness: str) -> None:
        self.preferences.keep("strictness", strictness)

    # On the picture

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
