"""What ``poseapp recognise`` compares with: the library, or a folder of clips, saved poses and references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poseapp.commands import output
from poseapp.errors import ClipError, LibraryError, NotEnoughSeenError, PoseAppError

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.library.entry import Entry
    from poseapp.pose import PoseSequence

__all__ = ["UNKNOWN_VIEW", "Folder", "Known", "from_library"]

#: The view of a reference whose name does not tell it.
UNKNOWN_VIEW: Final = "unknown"
_VIEWS: Final = ("front", "left", "right")
_CLIPS: Final = (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v")
_MOST: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A reference to recognise by.

    Parameters
    ----------
    name, view : str
        The movement, and from where it is seen.
    poses : PoseSequence
        Enough is seen in them.
    file : Path
        The clip or the file of poses.
    entry : str
        Name in the library; empty for a file.
    """

    name: str
    view: str
    poses: PoseSequence
    file: Path
    entry: str = ""

    @property
    def title(self) -> str:
        """What sentences call it."""
        return self.entry or output.printable(self.file.name)


def from_library() -> list[Known]:
    """The poses that are kept in the library, whichever model made them; no clip is opened.

    Raises
    ------
    LibraryError
        There is none that can be used.
    """
    from poseapp.library.shelf import default_library

    found = list(_kept(default_library().entries()))
    if not found:
        raise LibraryError("The library is empty.", "Name a folder of references with --library.")
    return found


class Folder:
    """A folder of references: clips and saved poses in it, and references as the library keeps them.

    Parameters
    ----------
    folder : Path
        Looked at now; nothing in it is opened yet but what says that something is a reference.

    Raises
    ------
    ClipError
        It cannot be read, or holds none, or too many.
    LibraryError
        It is itself a reference of a library, and a damaged one.
    """

    def __init__(self, folder: Path) -> None:
        from poseapp.library.entry import DOCUMENT_FILE, POSES_FILE
        from poseapp.library.entry_files import read_entry
        from poseapp.library.reference import Origin
        from poseapp.library.shelf import Library

        self._folder = folder
        self._files = _listed(folder)
        self._entries: tuple[Entry, ...] = ()
        self._problems: tuple[PoseAppError, ...] = ()
        place = folder.absolute()
        if {DOCUMENT_FILE, POSES_FILE} <= {path.name for path in self._files}:  # one reference alone
            self._files, self._entries = [], (read_entry(place, place.name, Origin.OWN),)
        else:
            shelf = Library(None, place)
            self._entries, self._problems = shelf.entries(), shelf.problems
        count = len(self._entries) + len(self._files)
        if not count and not self._problems:
            raise ClipError(
                f"There are no clips and no saved poses in “{folder}”.", "Name the folder that holds the references."
            )
        if count > _MOST:
            raise ClipError(f"“{folder}” holds {count} references, more than {_MOST}.", "Choose a smaller folder.")

    def load(self, model: str | None, work: Work) -> list[Known]:
        """All that can be used; what cannot is told on standard error and passed over.

        Parameters
        ----------
        model : str or None
            What looks at clips, if it is one of ours.
        work : Work
            Shows progress, and may be cancelled.

        Raises
        ------
        ClipError
            There is none that can be used.
        ModelError, Cancelled
            As in :func:`poseapp.vision.extract.extract_poses`.
        """
        from poseapp.vision.models import list_models

        for problem in self._problems:
            output.note(output.printable(problem))
        ours = model if model in {info.name for info in list_models()} else None
        found = [*_kept(self._entries), *_seen(self._files, ours, work)]
        if not found:
            raise ClipError(
                f"Nothing in “{self._folder}” can be used as a reference.", "Name a folder of clips or saved poses."
            )
        return found


def _listed(folder: Path) -> list[Path]:
    """Clips and saved poses in a folder, by name; of a clip and its saved poses the poses."""
    from poseapp.library.pose_files import is_pose_file

    try:
        found = sorted(p for p in folder.iterdir() if is_pose_file(p) or p.suffix.lower() in _CLIPS)
    except NotADirectoryError:
        raise ClipError(f"“{folder}” is not a folder.", "Name the folder that holds the references.") from None
    except OSError as error:
        raise ClipError(
            f"The folder “{folder}” cannot be read: {error.strerror or error}.", "Check its name."
        ) from error
    return list(({p.stem: p for p in found} | {p.stem: p for p in found if is_pose_file(p)}).values())


def _kept(entries: Sequence[Entry]) -> Iterator[Known]:
    from poseapp.library.entry_files import load_entry

    for entry in entries:
        try:
            poses = _usable(load_entry(entry).poses)
        except LibraryError as error:
            output.note(output.printable(error))
        except NotEnoughSeenError as error:
            output.note(f"The reference “{entry.name}” is left out: {error.sentence}")
        else:
            yield Known(entry.action or entry.title, entry.view or UNKNOWN_VIEW, poses, entry.clip, entry.name)


def _seen(files: list[Path], model: str | None, work: Work) -> Iterator[Known]:
    from poseapp.commands.material import load_material

    for file in files:
        try:
            poses = _usable(load_material(file, model, work).poses)
        except (ClipError, NotEnoughSeenError) as error:
            output.note(output.printable(f"“{file.name}” is left out: {error.sentence}"))
        else:
            yield Known(*_name_and_view(file), poses, file)


def _usable(poses: PoseSequence) -> PoseSequence:
    """`poses` themselves, if enough is seen in them: one in which too little is must not spoil the others.

    Raises
    ------
    NotEnoughSeenError
        It is not.
    """
    from poseapp.scoring.cleaning import clean

    clean(poses)
    return poses


def _name_and_view(file: Path) -> tuple[str, str]:
    """``squat_left.mp4`` is the squat seen from the left."""
    name, _, view = file.stem.rpartition("_")
    return (name, view.lower()) if name and view.lower() in _VIEWS else (file.stem, UNKNOWN_VIEW)
