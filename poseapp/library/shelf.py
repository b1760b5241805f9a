"""The library: the references that come with the program, and the user's own."""

from __future__ import annotations

import difflib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from poseapp.errors import LibraryError, PoseAppError
from poseapp.library.entry import DOCUMENT_FILE, Entry
from poseapp.library.entry_files import load_entry, load_truth, read_entry
from poseapp.library.names import is_name_part
from poseapp.library.reference import VIEWS, Origin, Reference
from poseapp.paths import assets_dir, user_data_dir
from poseapp.pose import PoseSequence

__all__ = ["OLD_SUFFIX", "Library", "SeveralReferencesError", "default_library", "own_references_dir"]

#: While a reference is replaced its old folder ``NAME`` is called ``.NAME`` with this at its end.
OLD_SUFFIX: Final = ".old"
_MAX_ENTRIES: Final = 2000


class SeveralReferencesError(LibraryError):
    """A name fits more than one reference; the hint says which."""


class Library:
    """References in two folders, the built-in one and the user's own, read by the same code.

    A folder below either, or a folder below that, is a reference when ``reference.json`` lies in it; its path from
    the top is its name. Where both have the same name the user's own is meant.

    Folders are looked at when something is first asked for; poses and clips are not read until they are wanted.
    Everything may be called from any thread.

    Parameters
    ----------
    built_in, own : Path or None
        The two folders; either may be None or not exist.
    """

    def __init__(self, built_in: Path | None, own: Path | None) -> None:
        self._roots = tuple(
            (root, origin) for root, origin in ((own, Origin.OWN), (built_in, Origin.BUILT_IN)) if root
        )
        self._lock = threading.Lock()
        self._found: tuple[tuple[Entry, ...], tuple[PoseAppError, ...]] | None = None

    def entries(self) -> tuple[Entry, ...]:
        """All references, by title and then front, left, right, anything else."""
        return self._looked()[0]

    @property
    def problems(self) -> tuple[PoseAppError, ...]:
        """What is wrong with folders that were passed over, a sentence for each."""
        return self._looked()[1]

    def refresh(self) -> None:
        """Look at the folders again when next asked, because something was added or removed."""
        with self._lock:
            self._found = None

    def find(self, name: str) -> Entry:
        """The reference called `name`, such as ``squat/left``; ``squat_left`` and capitals mean the same.

        The first part alone is enough when there is only one such reference.

        Raises
        ------
        LibraryError
            There is none; the hint says which there are.
        SeveralReferencesError
            There is more than one.
        """
        by_name = {_plain(entry.name): entry for entry in reversed(self.entries())}
        wanted = _plain(name)
        exact = next((entry for entry in self.entries() if entry.name == name), None)
        if exact is not None or wanted in by_name:
            return exact or by_name[wanted]
        views = [
            entry for entry in self.entries() if "/" in entry.name and _plain(entry.name.split("/")[0]) == wanted
        ]
        if len(views) == 1:
            return views[0]
        shown = name if len(name) <= 60 else f"{name[:60]}…"
        if views:
            raise SeveralReferencesError(
                f"There is more than one reference “{shown}” in the library.",
                f"Choose one of: {', '.join(entry.name for entry in views)}.",
            )
        near = difflib.get_close_matches(wanted, by_name, n=3, cutoff=0.5)
        raise LibraryError(
            f"There is no reference “{shown}” in the library.",
            f"Did you mean {' or '.join(by_name[key].name for key in near)}?"
            if near
            else "“poseapp library list” shows all of them.",
        )

    def load(self, entry: Entry) -> Reference:
        """The reference with the poses that are kept with it, made by ``entry.model``; its clip is not opened.

        Raises
        ------
        LibraryError
            The poses are missing or damaged.
        """
        return load_entry(entry)

    def truth(self, entry: Entry) -> PoseSequence | None:
        """The exact keypoints where the reference brings them, see :func:`~poseapp.library.entry_files.load_truth`.

        Raises
        ------
        LibraryError
            The file is missing or damaged.
        """
        return load_truth(entry)

    def _looked(self) -> tuple[tuple[Entry, ...], tuple[PoseAppError, ...]]:
        with self._lock:
            if self._found is None:
                self._found = self._look()
            return self._found

    def _look(self) -> tuple[tuple[Entry, ...], tuple[PoseAppError, ...]]:
        found: dict[str, Entry] = {}
        problems: list[PoseAppError] = []
        for root, origin in self._roots:
            try:
                for count, (name, folder) in enumerate(_folders(root)):
                    if count >= _MAX_ENTRIES:
                        raise LibraryError(
                            f"The library “{root}” holds more than {_MAX_ENTRIES} references; the rest is left out.",
                            "Move some of them to another folder.",
                        )
                    if name in found:
                        continue
                    try:
                        found[name] = read_entry(folder, name, origin)
                    except LibraryError as error:
                        problems.append(error)
            except LibraryError as error:
                problems.append(error)
        return tuple(sorted(found.values(), key=_order)), tuple(problems)


def default_library() -> Library:
    """The references that come with the program and the user's own."""
    return Library(assets_dir() / "references", own_references_dir())


def own_references_dir() -> Path:
    """The folder of the user's own references (not created here)."""
    return user_data_dir() / "references"


def _folders(root: Path) -> Iterator[tuple[str, Path]]:
    """Name and folder of everything in `root` that claims to be a reference, by name."""
    for name, folder in _below(root):
        if os.path.lexists(folder / DOCUMENT_FILE):
            yield name, folder
        else:
            for part, inner in _below(folder):
                if os.path.lexists(inner / DOCUMENT_FILE):
                    yield f"{name}/{part}", inner


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Folders in `folder` that may be called so, by name; one that was being replaced counts with its old content."""
    try:
        with os.scandir(folder) as found:
            names = {item.name for item in found if item.is_dir(follow_symlinks=False)}
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise LibraryError(
            f"The folder “{folder}” of the library cannot be read: {error.strerror or error}.",
            "Check that you may read it.",
        ) from error
    old = {name[1 : -len(OLD_SUFFIX)]: name for name in names if name.startswith(".") and name.endswith(OLD_SUFFIX)}
    where = {name: name for name in names} | {name: kept for name, kept in old.items() if name not in names}
    for name in sorted(where):
        if is_name_part(name):
            yield name, folder / where[name]


def _order(entry: Entry) -> tuple[str, int, str]:
    view = VIEWS.index(entry.view) if entry.view in VIEWS else len(VIEWS)
    return entry.title.casefold(), view, entry.name


def _plain(name: str) -> str:
    return name.replace("\\", "/").replace("/", "_").casefold()
