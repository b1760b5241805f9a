"""Poses for a command, from a clip or from a file of saved poses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poseapp.commands import output
from poseapp.errors import UsageError

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.pose import PoseSequence

__all__ = ["Material", "load_alike", "load_material", "local_file"]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Poses and where they are from.

    Parameters
    ----------
    path : Path
        The clip or the file of saved poses.
    poses : PoseSequence
        One person's poses.
    frame_size : tuple of int or None
        Width and height of the clip in pixels, where known.
    model : str
        The model that made the poses; empty when that is not known.
    """

    path: Path
    poses: PoseSequence
    frame_size: tuple[int, int] | None
    model: str

    def document(self) -> dict[str, Any]:
        """What JSON answers say of it."""
        return {
            "file": output.printable(self.path),
            "model": self.model or None,
            "poses": len(self.poses),
            "poses_with_person": int(self.poses.confidence.any(axis=1).sum()),
        }


def local_file(spec: str) -> Path:
    """`spec` as the path of a file.

    Raises
    ------
    UsageError
        It is the address of a network camera.
    """
    if "://" in spec:
        raise UsageError(
            f"“{spec}” is not a file, and this command reads files.",
            "To practise in front of a network camera: poseapp --source ADDRESS.",
        )
    return Path(spec)


def load_material(path: Path, model: str | None, work: Work) -> Material:
    """The poses of a clip, made with `model` (the default one for None), or those saved in a file.

    Raises
    ------
    ClipError, NotEnoughSeenError, ModelError, Cancelled
        As in :func:`poseapp.vision.extract.extract_poses` and :func:`poseapp.library.pose_files.load_poses`.
    """
    from poseapp.library.pose_files import is_pose_file, load_poses

    if is_pose_file(path):
        saved = load_poses(path)
        return Material(path, saved.poses, saved.frame_size, saved.model)
    from poseapp.vision.extract import extract_poses
    from poseapp.vision.models import DEFAULT_MODEL

    progress = work.step(f"Looking at {output.printable(path.name)}")
    found = extract_poses(path, model or DEFAULT_MODEL, progress=progress, cancelled=work.cancelled)
    return Material(path, found.poses, found.frame_size, found.model)


def load_alike(paths: Sequence[Path], model: str | None, work: Work) -> tuple[Material, ...]:
    """Materials made with the same model: without `model`, clips are given that of the saved poses beside them.

    Models differ in where exactly they see a shoulder, so mixing them costs points that nobody lost.
    """
    from poseapp.library.pose_files import is_pose_file
    from poseapp.vision.models import list_models

    loaded: dict[int, Material] = {}
    for i in sorted(range(len(paths)), key=lambda i: not is_pose_file(paths[i])):  # saved poses first
        loaded[i] = load_material(paths[i], model, work)
        if model is None and loaded[i].model in {info.name for info in list_models()}:
            model = loaded[i].model
    materials = tuple(loaded[i] for i in range(len(paths)))
    names: dict[str, str] = {}
    for material in materials:
        if material.model:
            names.setdefault(material.model, material.path.name)
    if len(names) > 1:
        (one, first), (two, second), *_ = names.items()
        output.note(
            f"The poses of “{first}” were made with {one}, those of “{second}” with {two}: "
            "some of the difference is the models'."
        )
    return materials
