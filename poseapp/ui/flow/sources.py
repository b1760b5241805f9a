"""Choosing what is shown, and noticing cameras that come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from poseapp.errors import CameraError, ModelError, PoseAppError, SourceError
from poseapp.session.jobs import Progress
from poseapp.session.status import LiveStatus
from poseapp.session.update import LiveState
from poseapp.ui.flow.camera_permission import REFUSED, CameraPermission
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.live_bridge import LiveBridge, Task
from poseapp.vision.cameras import CameraInfo, list_cameras

__all__ = ["Sources"]

_LOOK_AGAIN_MS = 3000

Cameras = tuple[CameraInfo, ...]


class Sources(QObject):
    """Starts the source that is chosen; without one looks for a camera until there is one.

    A clip or address that cannot be opened leaves what was shown before.

    Parameters
    ----------
    bridge : LiveBridge
        Shows the source.
    model : str
        Name of the pose model.
    list_cameras_now : callable
        Lists the cameras; runs in a thread.
    permission : CameraPermission, optional
        Whether the system lets this program see a camera.
    """

    #: A `SourceChoice` that is being opened, or None when there is nothing to show.
    chosen = Signal(object)
    #: Tuple of `CameraInfo` after every look.
    cameras_changed = Signal(object)
    #: A `PoseAppError`: what was chosen could not be opened.
    failed = Signal(object)
    #: Name of the model in use, after another one turned out not to work.
    model_reverted = Signal(str)

    def __init__(
        self,
        bridge: LiveBridge,
        model: str,
        list_cameras_now: Callable[[], Cameras] = list_cameras,
        parent: QObject | None = None,
        *,
        permission: CameraPermission | None = None,
    ) -> None:
        super().__init__(parent)
        self._permission = permission or CameraPermission(self)
        self._bridge = bridge
        self._list_cameras = list_cameras_now
        self.model = model
        self._model_before: str | None = None
        self.current: SourceChoice | None = None
        self.cameras: Cameras = ()
        self._before: SourceChoice | None = None  # to go back to when the current one fails
        self._ran = False  # whether the current one has given pictures
        self._take_first = False
        self._first: SourceChoice | None = None  # waits for the first list of cameras
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_for_cameras)
        self._task = Task("cameras", self)
        self._task.done.connect(self._cameras_listed)
        self._task.failed.connect(self._cameras_failed)
        bridge.status_changed.connect(self._status)

    def begin(self, spec: str | None) -> None:
        """Show `spec`; None: the first camera there is, however long it takes to come."""
        choice = None if spec is None else SourceChoice(spec)
        if choice is None:
            self._watch()
        elif choice.needs_list:
            self._first = choice
            self.look_for_cameras()
        else:
            self.choose(choice)

    def choose(self, choice: SourceChoice) -> None:
        """Show `choice` instead of what is shown now."""
        self._unwatch()
        self._open(choice)

    def change_to(self, choice: SourceChoice | None) -> None:
        """Show `choice`, or else the first camera there is, and never go back to what is shown now."""
        if choice is None and self.cameras:
            choice = SourceChoice.of_camera(self.cameras[0])
        self.current = self._before = None
        self._ran = False
        self._bridge.halt()
        if choice is None:
            self._nothing(take_camera=True)
        else:
            self.choose(choice)

    def choose_file(self, path: Path) -> None:
        """Show a clip."""
        self.choose(SourceChoice(str(path)))

    def set_model(self, model: str) -> None:
        """Use another pose model from now on."""
        self._model_before = self.model if self._ran else None
        self.model = model
        if self.current is not None:
            self._open(self.current)

    def preview(self) -> None:
        """Show the current source again from its beginning (a clip: again and again)."""
        if self.current is not None:
            self._open(self.current)

    def record_from_start(self) -> None:
        """Play the current clip once from its beginning, recording from its first picture."""
        if self.current is not None:
            self._open(self.current, loop=False, record=True)

    @Slot()
    def look_for_cameras(self) -> None:
        """List the cameras in a thread; `cameras_changed` follows."""
        if not self._task.busy:
            list_now = self._list_cameras

            def work(_progress: Progress, _cancelled: Callable[[], bool]) -> Cameras:
                return list_now()

            self._task.start(work)

    def close(self) -> None:
        """Stop looking."""
        self._unwatch()
        self._task.close()

    def _watch(self) -> None:
        self._take_first = True
        self._timer.start()
        self.look_for_cameras()

    def _unwatch(self) -> None:
        self._take_first = False
        self._timer.stop()

    def _open(self, choice: SourceChoice, *, loop: bool = True, record: bool = False) -> None:
        if choice.is_camera and self._permission.granted() is None:
            self._permission.ask(partial(self._open, choice, loop=loop, record=record))
            return
        try:
            if choice.is_camera and not self._permission.granted():
                raise CameraError(*REFUSED)
            source = choice.make(loop=loop, cameras=self.cameras)
        except SourceError as error:
            # Nothing was touched yet: whatever is shown goes on.
            self.failed.emit(error)
            if self.current is None:
                # Without permission the next camera is no better.
                self._nothing(take_camera=self._permission.granted() is True)
            return
        if choice != self.current:
            self._before = self.current if self._ran else self._before
            self._ran = False
            self.current = choice
            self.chosen.emit(choice)
        self._bridge.start(source, self.model, record=record)

    def _give_up(self, error: PoseAppError) -> None:
        """Tell what was wrong; go back to what worked before, or to looking for a camera."""
        self.failed.emit(error)
        before, self._before = self._before, None
        model, self._model_before = self._model_before, None
        if isinstance(error, ModelError) and model is not None and self.current is not None:
            self.model = model
            self.model_reverted.emit(model)
            self._open(self.current)
        elif before is not None and before != self.current:
            self._open(before)
        else:
            # What is wrong with a model is wrong with every camera.
            self._nothing(take_camera=isinstance(error, SourceError))

    def _nothing(self, *, take_camera: bool) -> None:
        self.current = None
        self.chosen.emit(None)
        if take_camera:
            self._watch()

    @Slot(object)
    def _status(self, status: LiveStatus) -> None:
        if status.state is LiveState.RUNNING:
            self._ran = True
            self._model_before = None
        elif status.state is LiveState.FAILED and not status.retrying and status.error is not None:
            self._ran = False
            self._give_up(status.error)

    @Slot(object)
    def _cameras_listed(self, cameras: Cameras) -> None:
        self.cameras = cameras
        self.cameras_changed.emit(cameras)
        first, self._first = self._first, None
        if first is not None:
            self.choose(first)
        elif self._take_first and cameras:
            self.choose(SourceChoice.of_camera(cameras[0]))

    @Slot()
    def _cameras_failed(self) -> None:
        # Not being able to list is, for whoever waits for a picture, having none.
        self._cameras_listed(())
