"""``poseapp extract``: the poses of a clip as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption, ModelOption

__all__ = ["extract"]


def extract(
    clip: Annotated[str, typer.Argument(metavar="CLIP", help="A video of one person.")],
    target: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to: name.npz, name.json or name.csv.")
    ],
    as_json: JsonOption = False,
    model: ModelOption = None,
) -> None:
    """Find the person's pose in every frame of a clip and save the poses."""
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_material, local_file
    from poseapp.commands.work import working
    from poseapp.errors import UsageError
    from poseapp.files import check_can_write
    from poseapp.library.pose_files import SavedPoses, is_pose_file, pose_format, save_poses

    pose_format(target)
    path = local_file(clip)
    _check_not_a_reference(clip, path)
    if is_pose_file(path):
        raise UsageError(f"“{path}” is not a clip but saved poses.", "Give the clip they were made from.")
    check_can_write(target)
    with native_chatter_logged(), working() as work:
        found = load_material(path, model, work)
    save_poses(target, SavedPoses(found.poses, found.frame_size, found.model, output.printable(path.name)))
    if as_json:
        width, height = found.frame_size or (None, None)
        output.emit_json(
            {
                "format": "poseapp-extract",
                "version": 1,
                "output": output.printable(target),
                "clip": found.document(),
                "width": width,
                "height": height,
                "duration_s": round(found.poses.duration, 3),
            }
        )
    else:
        seen = found.document()["poses_with_person"]
        output.emit(
            f"Saved {len(found.poses)} poses ({seen} with a person, {found.poses.duration:.1f} s, {found.model}) "
            f"to {output.printable(target)}\n"
        )


def _check_not_a_reference(spec: str, path: Path) -> None:
    """The poses of the library need not be extracted.

    Raises
    ------
    UsageError
        There is no such file, but a reference of that name.
    """
    from poseapp.errors import LibraryError, UsageError
    from poseapp.library.shelf import SeveralReferencesError, default_library

    try:
        if path.exists() or path.suffix:
            return
        entry = default_library().find(spec)
    except SeveralReferencesError as error:
        raise UsageError(
            f"“{spec}” names references of the library, not a clip.",
            "“poseapp library show NAME” says where the clip of one is.",
        ) from error
    except (LibraryError, OSError, ValueError):  # no such reference, or no file can be called so: reading it says so
        return
    raise UsageError(
        f"“{spec}” is a reference of the library, not a clip.", f"Its clip: {output.printable(entry.clip)}"
    )
