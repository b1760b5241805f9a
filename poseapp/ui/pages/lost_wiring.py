"""What the page of a lost camera leads to."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.pages.camera_lost import CameraLostPage
from poseapp.ui.words import tr
from poseapp.vision.cameras import CameraInfo

__all__ = ["LostWiring"]


class LostWiring(QObject):
    """Scores or discards what was recorded, or takes another camera.

    Signals
    -------
    file_wanted()
        Use a clip in place of the camera.
    """

    file_wanted = Signal()

    def __init__(self, page: CameraLostPage, flow: PracticeFlow) -> None:
        super().__init__(page)
        self._page = page
        self._flow = flow
        self._cameras = QMenu(page)
        page.score_pressed.connect(flow.score_kept)
        page.discard_pressed.connect(flow.discard_kept)
        page.other_pressed.connect(self._offer)
        flow.sources.cameras_changed.connect(self._list)

    @Slot(object)
    def _list(self, cameras: tuple[CameraInfo, ...]) -> None:
        self._cameras.clear()
        for camera in cameras:
            action = self._cameras.addAction(camera.name)
            action.setData(camera)
            action.triggered.connect(self._chosen)
        if cameras:
            self._cameras.addSeparator()
        self._cameras.addAction(tr("Video file …")).triggered.connect(self.file_wanted)

    @Slot()
    def _offer(self) -> None:
        self._flow.sources.look_for_cameras()
        self._list(self._flow.sources.cameras)
        button = self._page.other
        self._cameras.popup(button.mapToGlobal(QPoint(0, -self._cameras.sizeHint().height() - 4)))

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        camera = action.data() if action is not None else None  # type: ignore[attr-defined]
        if isinstance(camera, CameraInfo):
            self._flow.sources.choose(SourceChoice.of_camera(camera))
