"""What there is to practise, for the window: the library grouped by movement, and a picture of each entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

from poseapp.errors import Cancelled, PoseAppError
from poseapp.library.entry import Entry
from poseapp.library.reference import Origin
from poseapp.library.shelf import Library, default_library
from poseapp.pose import Pose
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.session.jobs import Progress
from poseapp.ui.live_bridge import Task

__all__ = ["KeyPicture", "Movement", "Shelf", "movements_of"]

_PICTURE_PX: Final = 640  # longer side: enough for the largest card on a screen with two pixels for each point


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement with the views it was filmed from.

    Parameters
    ----------
    title : str
        Its name for a person.
    origin : Origin
        Built in, or the person's own.
    entries : tuple of Entry
        One for each view, in the library's order.
    """

    title: str
    origin: Origin
    entries: tuple[Entry, ...]

    def seen_from(self, view: str) -> Entry | None:
        """The entry filmed from `view`; any when it is empty, None when there is none."""
        return next((entry for entry in self.entries if not view or entry.view == view), None)


@dataclass(frozen=True, slots=True, eq=False)
class KeyPicture:
    """The key pose of an entry.

    Parameters
    ----------
    image : QImage
    pose : Pose or None
        The pose in it, in its pixels; None when nobody was found at that moment.
    """

    image: QImage
    pose: Pose | None


def movements_of(entries: Sequence[Entry]) -> tuple[Movement, ...]:
    """Group `entries` by movement in their order, the person's own first; two of one view become two movements."""
    groups: list[tuple[tuple[Origin, str, str], list[Entry]]] = []
    for entry in entries:
        key = (entry.origin, entry.action, entry.title)
        for known, members in groups:
            if known == key and all(member.view != entry.view for member in members):
                members.append(entry)
                break
        else:
            groups.append((key, [entry]))
    found = (Movement(title, origin, tuple(members)) for (origin, _, title), members in groups)
    return tuple(sorted(found, key=lambda movement: movement.origin is not Origin.OWN))


@dataclass(frozen=True, slots=True)
class _Listing:
    library: Library
    movements: tuple[Movement, ...]
    problems: tuple[PoseAppError, ...]


class Shelf(QObject):
    """Reads the library in a thread, then the pictures of its entries in another.

    Parameters
    ----------
    library_now : callable
        Makes the library; runs in a thread.
    """

    #: Movements or problems are others than before.
    listed = Signal()
    #: More pictures are there.
    pictures_grew = Signal()

    def __init__(self, library_now: Callable[[], Library] = default_library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library_now = library_now
        self.movements: tuple[Movement, ...] = ()
        self.problems: tuple[PoseAppError, ...] = ()
        self.read = False
        self._pictures: dict[Entry, KeyPicture] = {}
        self._damaged: dict[Entry, PoseAppError] = {}
        self._listing = Task("library", self)
        self._listing.done.connect(self._listed)
        self._listing.failed.connect(self._not_listed)
        self._picturing = Task("library-pictures", self)
        self._picturing.progressed.connect(self._grew)
        self._picturing.done.connect(self._grew)

    @Slot()
    def refresh(self) -> None:
        """Read the library again; `listed` follows, when it is the first time or something changed."""
        library_now = self._library_now

        def work(_progress: Progress, _cancelled: Callable[[], bool]) -> _Listing:
            library = library_now()
            return _Listing(library, movements_of(library.entries()), library.problems)

        if not self._listing.busy:
            self._listing.start(work)

    def picture(self, entry: Entry) -> KeyPicture | None:
        """The key pose of `entry`; None while it is not read, and when it cannot be."""
        return self._pictures.get(entry)

    def close(self) -> None:
        """Stop reading and wait for the threads."""
        self._listing.close()
        self._picturing.close()

    @Slot(object)
    def _listed(self, found: _Listing) -> None:
        problems = (*found.problems, *self._damaged.values())
        changed = found.movements != self.movements or [*map(str, problems)] != [*map(str, self.problems)]
        first, self.read = not self.read, True
        self.movements, self.problems = found.movements, problems
        if changed or first:
            self.listed.emit()
            self._read_pictures(found.library)

    @Slot(object)
    def _not_listed(self, error: PoseAppError) -> None:
        self.read = True
        self.movements, self.problems = (), (error,)
        self.listed.emit()

    def _read_pictures(self, library: Library) -> None:
        # What is seen first comes first: one view of every movement.
        wanted = [m.entries[0] for m in self.movements] + [e for m in self.movements for e in m.entries[1:]]
        wanted = [entry for entry in wanted if entry not in self._pictures and entry not in self._damaged]
        pictures, damaged = self._pictures, self._damaged

        def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
            for done, entry in enumerate(wanted, 1):
                if cancelled():
                    raise Cancelled
                try:
                    pictures[entry] = _key_picture(library, entry)
                except PoseAppError as error:
                    damaged[entry] = error
                progress(done, len(wanted))

        if wanted:
            self._picturing.start(work)

    @Slot()
    def _grew(self) -> None:
        found = tuple(error for error in self._damaged.values() if str(error) not in {*map(str, self.problems)})
        if found:
            self.problems = (*self.problems, *found)
            self.listed.emit()
        self.pictures_grew.emit()


def _key_picture(library: Library, entry: Entry) -> KeyPicture:
    """The entry's thumbnail and the pose in it.

    Raises
    ------
    LibraryError
        Its poses cannot be read.
    """
    reference = library.load(entry)
    moment = reference.poses.nearest(reference.key_moment)
    pose = reference.poses[moment]
    exact = library.truth(entry)
    if exact is not None:  # a model may miss a raised arm; what is known exactly is shown, hidden limbs too
        pose = Pose(exact.xy[moment], np.ones(KEYPOINT_COUNT, np.float32))
    reader = QImageReader(str(entry.thumbnail))
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _PICTURE_PX:
        reader.setScaledSize(size.scaled(QSize(_PICTURE_PX, _PICTURE_PX), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull() or not pose.seen().any():
        return KeyPicture(image, None)
    return KeyPicture(image, pose.scaled(image.width() / entry.frame_size[0]))
