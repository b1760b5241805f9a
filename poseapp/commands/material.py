"""Poses for a command, from a clip, a file of saved poses or a reference of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from poseapp.commands import output
from poseapp.errors import UsageError

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.library.entry import Entry
    from poseapp.pose import Keypoint, PoseSequence
    from poseapp.shortfall import Shortfall

__all__ = [
    "Material",
    "Named",
    "incomplete",
    "load_alike",
    "load_material",
    "local_file",
    "named",
    "note_shortfall",
]

#: What a person named: a file, or a reference of the library.
Named: TypeAlias = "Path | Entry"


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Poses and where they are from.

    Parameters
    ----------
    path : Path
        The clip or the file of saved poses; the clip of a reference of the library.
    poses : PoseSequence
        One person's poses.
    frame_size : tuple of int or None
        Width and height of the clip in pixels, where known.
    model : str
        The model that made the poses; empty when that is not known.
    reference : str or None
        Name in the library; None for a file.
    keypoints : tuple of Keypoint or None
        Those that matter in a reference of the library; None: all.
    shortfall : Shortfall or None
        That the clip gave less than it announces.
    """

    path: Path
    poses: PoseSequence
    frame_size: tuple[int, int] | None
    model: str
    reference: str | None = None
    keypoints: tuple[Keypoint, ...] | None = None
    shortfall: Shortfall | None = None

    @property
    def title(self) -> str:
        """What sentences call it."""
        return self.reference or output.printable(self.path.name)

    def document(self) -> dict[str, Any]:
        """What JSON answers say of it."""
        document: dict[str, Any] = {
            "file": output.printable(self.path),
            "model": self.model or None,
            "poses": len(self.poses),
            "poses_with_person": int(self.poses.confidence.any(axis=1).sum()),
            "incomplete": incomplete(self.shortfall),
        }
        return document if self.reference is None else document | {"library": self.reference}


def local_file(spec: str) -> Path:
    """`spec` as the path of a file.

    Raises
    ------
    UsageError
        It is the address of a network camera, or nothing at all.
    """
    if not spec.strip():
        raise UsageError("The name of a file is empty.", "Name a clip, saved poses or a reference of the library.")
    if "://" in spec:
        raise UsageError(
            f"“{spec}” is not a file, and this command reads files.",
            "To practise in front of a network camera: poseapp --source ADDRESS.",
        )
    return Path(spec)


def named(spec: str) -> Named:
    """The file that `spec` names, or else the reference of the library.

    Raises
    ------
    UsageError
        It is the address of a network camera, or nothing at all.
    LibraryError
        There is neither a file nor a reference of that name.
    """
    from poseapp.session.references import open_example

    local_file(spec)
    return open_example(spec)


def load_material(path: Named, model: str | None, work: Work) -> Material:
    """The poses of a clip, made with `model` (the default one for None), or those saved in a file or the library.

    A reference of the library is looked at anew when its poses are those of another model.

    Raises
    ------
    ClipError, LibraryError, NotEnoughSeenError, ModelError, Cancelled
        As in :func:`poseapp.vision.extract.extract_poses`, :func:`poseapp.library.pose_files.load_poses` and
        :func:`poseapp.session.references.load_reference`.
    """
    from poseapp.library.entry import Entry
    from poseapp.library.pose_files import is_pose_file, load_poses

    if isinstance(path, Entry):
        return _from_library(path, model or path.model, work)
    if is_pose_file(path):
        saved = load_poses(path)
        return Material(path, saved.poses, saved.frame_size, saved.model)
    from poseapp.vision.extract import extract_poses
    from poseapp.vision.models import DEFAULT_MODEL

    progress = work.step(f"Looking at {output.printable(path.name)}")
    found = extract_poses(path, model or DEFAULT_MODEL, progress=progress, cancelled=work.cancelled)
    note_shortfall(found.shortfall)
    return Material(path, found.poses, found.frame_size, found.model, shortfall=found.shortfall)


def note_shortfall(shortfall: Shortfall | None) -> None:
    """Say on standard error that a clip gave less than it announces."""
    if shortfall is not None:
        output.note(output.printable(shortfall))


def incomplete(shortfall: Shortfall | None) -> dict[str, Any] | None:
    """The same for JSON answers."""
    if shortfall is None:
        return None
    return {"read_s": round(shortfall.read_s, 3), "announced_s": round(shortfall.announced_s, 3)}


def _from_library(entry: Entry, model: str, work: Work) -> Material:
    from poseapp.session.references import load_reference

    progress = None if model == entry.model else work.step(f"Looking at {entry.name}")
    found = load_reference(entry, model, progress=progress, cancelled=work.cancelled)
    note_shortfall(found.shortfall)
    return Material(
        found.clip, found.poses, found.frame_size, found.model, entry.name, found.keypoints, found.shortfall
    )


def load_alike(paths: Sequence[Named], model: str | None, work: Work) -> tuple[Material, ...]:
    """Materials made with the same model: without `model`, clips are given that of the saved poses beside them.

    References of the library are looked at anew if that makes them alike.

    Models differ in where exactly they see a shoulder, so mixing them costs points that nobody lost.
    """
    from poseapp.library.entry import Entry
    from poseapp.library.pose_files import is_pose_file
    from poseapp.vision.models import list_models

    def freedom(i: int) -> int:
        """Poses cannot be made anew; references could, but need not be."""
        path = paths[i]
        return 1 if isinstance(path, Entry) else 0 if is_pose_file(path) else 2

    loaded: dict[int, Material] = {}
    for i in sorted(range(len(paths)), key=freedom):
        loaded[i] = load_material(paths[i], model, work)
        if model is None and loaded[i].model in {info.name for info in list_models()}:
            model = loaded[i].model
    materials = tuple(loaded[i] for i in range(len(paths)))
    names: dict[str, str] = {}
    for material in materials:
        if material.model:
            names.setdefault(material.model, material.title)
    if len(names) > 1:
        (one, first), (two, second), *_ = names.items()
        output.note(
            f"The poses of “{first}” were made with {one}, those of “{second}” with {two}: "
            "some of the difference is the models'."
        )
    return materials
