"""The coach's clip that is practised, and the still of it (or a photo) that is compared with live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from poseapp.errors import PoseAppError
from poseapp.library.reference import Reference
from poseapp.pose import Keypoint, Pose, SimilarityMethod
from poseapp.session.jobs import Progress
from poseapp.session.references import load_reference
from poseapp.session.settings import StillChoice
from poseapp.ui.flow.clip_frames import ClipFrames
from poseapp.ui.live_bridge import LiveBridge, Task
from poseapp.vision.extract import estimate_still
from poseapp.vision.frame import BgrImage

__all__ = ["ChosenStill", "Photo", "References"]


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo that serves as a still.

    Parameters
    ----------
    name : str
        Of the file.
    bgr : ndarray, shape (height, width, 3), uint8
        The picture.
    pose : Pose
        Of the largest person in it, in its pixels.
    """

    name: str
    bgr: BgrImage
    pose: Pose


@dataclass(frozen=True, slots=True, eq=False)
class ChosenStill:
    """What the live pose is compared with.

    Parameters
    ----------
    pose : Pose
        Its pose.
    seconds : float or None
        Where in the reference it lies; None for a photo.
    name : str
        Of the photo; empty for a moment of the reference.
    """

    pose: Pose
    seconds: float | None
    name: str = ""


class References(QObject):
    """Loads references and photos in threads; keeps the still and hands it to the live session.

    What cannot be loaded leaves what was there.

    Parameters
    ----------
    bridge : LiveBridge
        Compares live.
    model : str
        Name of the pose model that sees the clips.
    load_now : callable
        Makes a reference of a clip; runs in a thread. Like :func:`poseapp.session.references.load_reference`.
    """

    #: A clip or photo is being looked at: its file name.
    loading = Signal(str)
    progressed = Signal(int, object)
    #: Loading is over, however it ended.
    loaded = Signal()
    #: A `Reference`.
    changed = Signal(object)
    #: More pictures of the clip are there.
    frames_grew = Signal()
    #: A `Photo` was added to the stills.
    photo_added = Signal(object)
    #: A `ChosenStill` or None.
    still_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: LiveBridge,
        model: str,
        load_now: Callable[..., Reference] = load_reference,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load_now = load_now
        self._bridge = bridge
        self._model = model
        self.current: Reference | None = None
        self.frames: ClipFrames | None = None
        self.photo: Photo | None = None
        self.still: ChosenStill | None = None
        self.method = SimilarityMethod.CLASSIC
        self.keypoints: tuple[Keypoint, ...] | None = None
        self._wanted_still: str | None = None
        self._loading = Task("reference", self)
        self._loading.progressed.connect(self.progressed)
        self._loading.done.connect(self._arrived)
        self._loading.failed.connect(self._failed)
        self._loading.cancelled.connect(self.loaded)
        self._pictures = Task("reference-pictures", self)
        self._pictures.progressed.connect(self._pictures_grew)
        self._pictures.done.connect(self._pictures_grew)
        self._pictures.failed.connect(self.failed)

    def load(self, clip: Path, still: str | None = None) -> None:
        """Take `clip` as the reference, once its poses are found; `still` is a photo or seconds in the clip."""
        model, load_now = self._model, self._load_now
        self._wanted_still = still

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Reference:
            return load_now(clip, model, progress=progress, cancelled=cancelled)

        self.loading.emit(clip.name)
        self._loading.start(work)

    def load_photo(self, path: Path) -> None:
        """Take the largest person of a photo as the still."""
        model = self._model

        def work(_progress: Progress, _cancelled: Callable[[], bool]) -> Photo:
            bgr, pose = estimate_still(path, model)
            return Photo(path.name, bgr, pose)

        self.loading.emit(path.name)
        self._loading.start(work)

    @Slot()
    def cancel(self) -> None:
        """Stop loading; what was there stays."""
        self._loading.cancel()

    def set_model(self, model: str) -> None:
        """See the reference through another model; poses of two models are not quite comparable."""
        self._model = model
        if self.current is not None:
            seconds = self.still.seconds if self.still is not None else None
            self.load(self.current.clip, None if seconds is None else str(seconds))

    def choose_time(self, seconds: float) -> None:
        """Take the moment of the reference nearest to `seconds` as the still."""
        if self.current is not None:
            index = self.current.poses.nearest(seconds)
            self._set_still(ChosenStill(self.current.poses[index], float(self.current.poses.t[index])))

    def choose_photo(self) -> None:
        """Take the photo as the still."""
        if self.photo is not None:
            self._set_still(ChosenStill(self.photo.pose, None, self.photo.name))

    def step(self, pictures: int = 0, *, seconds: float = 0.0) -> None:
        """Move the still by `pictures` of the reference, or by `seconds`; it stays within the clip."""
        if self.current is None:
            return
        poses = self.current.poses
        at = self.still.seconds if self.still is not None and self.still.seconds is not None else float(poses.t[0])
        wanted = float(np.clip(at + seconds, poses.t[0], poses.t[-1]))
        index = poses.nearest(wanted) + pictures
        self.choose_time(float(poses.t[min(max(index, 0), len(poses) - 1)]))

    def set_method(self, method: SimilarityMethod) -> None:
        """Compare by `method`."""
        self.method = method
        self._hand_over()

    def set_keypoints(self, keypoints: tuple[Keypoint, ...] | None) -> None:
        """Compare these keypoints; None: all."""
        self.keypoints = keypoints
        self._hand_over()

    @property
    def suggested_times(self) -> tuple[float, ...]:
        """Moments worth a tile: where the person is first seen, the key moment, and half-way between."""
        if self.current is None:
            return ()
        poses = self.current.poses
        seen = np.flatnonzero(poses.confidence.any(axis=1))
        first = float(poses.t[seen[0]]) if len(seen) else float(poses.t[0])
        key = self.current.key_moment
        middle = float(poses.t[poses.nearest((first + key) / 2)])
        return tuple(sorted({first, middle, key}))

    @property
    def still_choice(self) -> StillChoice | None:
        """The still as the session wants it."""
        return None if self.still is None else StillChoice(self.still.pose, self.method, self.keypoints)

    def close(self) -> None:
        """Stop loading and wait for the threads."""
        self._loading.close()
        self._pictures.close()

    def _set_still(self, still: ChosenStill | None) -> None:
        self.still = still
        self._hand_over()
        self.still_changed.emit(still)

    def _hand_over(self) -> None:
        self._bridge.session.set_still(self.still_choice)

    @Slot(object)
    def _arrived(self, what: Reference | Photo) -> None:
        self.loaded.emit()
        if isinstance(what, Photo):
            self.photo = what
            self.photo_added.emit(what)
            self.choose_photo()
            return
        self.current = what
        self.frames = ClipFrames(what)
        self._pictures.start(self.frames.fill)
        self.changed.emit(what)
        wanted, self._wanted_still = self._wanted_still, None
        seconds = _as_seconds(wanted)
        if wanted is not None and seconds is None:
            self.choose_time(what.key_moment)
            self.load_photo(Path(wanted))
        elif seconds is None and self.still is not None and self.still.seconds is None:
            self.choose_photo()
        else:
            self.choose_time(what.key_moment if seconds is None else seconds)

    @Slot(object)
    def _failed(self, error: PoseAppError) -> None:
        self.loaded.emit()
        self.failed.emit(error)

    @Slot()
    def _pictures_grew(self) -> None:
        self.frames_grew.emit()


def _as_seconds(text: str | None) -> float | None:
    try:
        seconds = float(text) if text is not None else None
    except ValueError:
        return None
    return seconds if seconds is None or np.isfinite(seconds) else None
