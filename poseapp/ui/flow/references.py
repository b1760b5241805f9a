"""The coach's clip that is practised, and the still of it (or a photo) that is compared with live."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from poseapp.errors import Cancelled, PoseAppError
from poseapp.library.entry import Entry
from poseapp.library.reference import Reference
from poseapp.pose import Keypoint, SimilarityMethod
from poseapp.session.jobs import Progress
from poseapp.session.references import load_reference, open_example
from poseapp.session.settings import StillChoice
from poseapp.ui.flow.chosen import ChosenStill, Loaded, Photo, as_seconds, suggested_times
from poseapp.ui.flow.clip_frames import ClipFrames
from poseapp.ui.live_bridge import LiveBridge, Task
from poseapp.vision.extract import estimate_still

__all__ = ["ChosenStill", "Photo", "References"]

_log = logging.getLogger(__name__)

#: Finds an example; runs in a thread and may raise a `PoseAppError`.
Find = Callable[[], Path | Entry]


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
        Makes a reference of a clip or an entry of the library; runs in a thread. Like
        :func:`poseapp.session.references.load_reference`.
    """

    #: An example or photo is being looked at: its name.
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
        self._made_of: Path | Entry | None = None
        self._quietly = False
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

    @property
    def busy(self) -> bool:
        """Whether an example or a photo is being looked at."""
        return self._loading.busy

    @property
    def spec(self) -> str:
        """What chooses the current reference again: its name in the library or the path of its clip; else empty."""
        made_of = self._made_of
        return made_of.name if isinstance(made_of, Entry) else "" if made_of is None else str(made_of.absolute())

    def load(self, example: Path | Entry | str, still: str | None = None) -> None:
        """Take `example` as the reference, once its poses are known.

        Parameters
        ----------
        example : Path or Entry or str
            A clip, an entry of the library, or the name of either.
        still : str, optional
            A photo, or seconds in the clip.
        """
        name = example.title if isinstance(example, Entry) else Path(example).name
        self.load_found(partial(_open, example), name, still)

    def load_found(self, find: Find, name: str, still: str | None = None) -> None:
        """Take what `find` finds, in a thread, as the reference; it is called `name` meanwhile."""
        self._load((find,), still)
        self.loading.emit(name)

    def load_first(self, examples: Sequence[str], still: str | None = None) -> None:
        """Take the first of `examples` that can be had; that none can is not told."""
        if examples:
            self._load([partial(_open, example) for example in examples], still, quietly=True)

    def take(self, former: Loaded | None) -> None:
        """Go back to what :attr:`taken` was, at once."""
        if former is not None:
            self._loading.cancel()
            self._quietly = False
            self._arrived(former)

    @property
    def taken(self) -> Loaded | None:
        """The reference and what it was made of, for :meth:`take`."""
        return None if self.current is None or self._made_of is None else Loaded(self._made_of, self.current)

    def _load(self, finds: Sequence[Find], still: str | None, *, quietly: bool = False) -> None:
        model, load_now = self._model, self._load_now
        self._wanted_still = still
        self._quietly = quietly

        def load(find: Find, progress: Progress, cancelled: Callable[[], bool]) -> Loaded:
            found = find()
            return Loaded(found, load_now(found, model, progress=progress, cancelled=cancelled))

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Loaded:
            *others, last = finds
            for find in others:
                try:
                    return load(find, progress, cancelled)
                except Cancelled:
                    raise
                except PoseAppError as error:
                    _log.info("not taken as the example: %s", error)
            return load(last, progress, cancelled)

        self._loading.start(work)

    def load_photo(self, path: Path) -> None:
        """Take the largest person of a photo as the still."""
        model = self._model
        self._quietly = False

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
        if self._made_of is not None:
            seconds = self.still.seconds if self.still is not None else None
            self.load(self._made_of, None if seconds is None else str(seconds))

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
        """Moments of the reference worth a tile, see :func:`~poseapp.ui.flow.chosen.suggested_times`."""
        if self.current is None:
            return ()
        return suggested_times(self.current)

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
    def _arrived(self, what: Loaded | Photo) -> None:
        self.loaded.emit()
        if isinstance(what, Photo):
            self.photo = what
            self.photo_added.emit(what)
            self.choose_photo()
            return
        self._made_of, reference = what.made_of, what.reference
        self.current = reference
        self.frames = ClipFrames(reference)
        self._pictures.start(self.frames.fill)
        self.changed.emit(reference)
        wanted, self._wanted_still = self._wanted_still, None
        seconds = as_seconds(wanted)
        if wanted is not None and seconds is None:
            self.choose_time(reference.key_moment)
            self.load_photo(Path(wanted))
        elif seconds is None and self.still is not None and self.still.seconds is None:
            self.choose_photo()
        else:
            self.choose_time(reference.key_moment if seconds is None else seconds)

    @Slot(object)
    def _failed(self, error: PoseAppError) -> None:
        self.loaded.emit()
        if self._quietly:
            _log.warning("no example at the start: %s", error)
        else:
            self.failed.emit(error)

    @Slot()
    def _pictures_grew(self) -> None:
        self.frames_grew.emit()


def _open(example: Path | Entry | str) -> Path | Entry:
    return open_example(example) if isinstance(example, str) else example
