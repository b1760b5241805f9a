"""``poseapp recognise``: which movement of the library, or of a folder, a clip shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption, ModelOption

if TYPE_CHECKING:
    from poseapp.commands.known import Known
    from poseapp.commands.material import Material
    from poseapp.scoring.recognition import Recognition

__all__ = ["recognise"]

_FORMAT, _VERSION = "poseapp-recognition", 1


def recognise(
    clip: Annotated[str, typer.Argument(metavar="CLIP", help="The clip to recognise, or its saved poses.")],
    library: Annotated[
        Path | None,
        typer.Option(
            "--library",
            metavar="DIR",
            help="Folder of clips or saved poses (NAME_VIEW.mp4, .npz, …), or of references as a library keeps them. "
            "Without it “poseapp library list”.",
        ),
    ] = None,
    as_json: JsonOption = False,
    model: ModelOption = None,
) -> None:
    """Say which movement of the library a clip shows, and from where it was seen; "not sure" for anything else."""
    from poseapp.commands.known import Folder, from_library
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_material, named
    from poseapp.commands.work import working
    from poseapp.scoring.recognition import RecognitionLibrary

    path, folder = named(clip), None if library is None else Folder(library)
    with native_chatter_logged(), working() as work:
        seen = load_material(path, model, work)
        references = from_library() if folder is None else folder.load(model or seen.model or None, work)
        prepared = RecognitionLibrary((known.name, known.view, known.poses) for known in references)
        found = prepared.recognise(seen.poses)
    if as_json:
        output.emit_json(_document(found, seen, library, references))
    else:
        output.emit(_words(found, references))


def _words(found: Recognition, references: list[Known]) -> str:
    first = found.candidates[0]
    reasons = {
        "still": "the person stands still",
        "unsteady": "the poses jump about too much",
        "unlike": f"it is like none of them, {_title(first.name, first.view)} comes nearest",
    }
    if found.doubt:
        head = f"Not sure: {reasons[found.doubt]}"
    else:
        side = ", by the other side" if first.mirrored else ""
        head = f"{_title(first.name, first.view)}{side} ({references[first.index].title})"
    lines = [head] + [f"  {c.distance:5.2f}  {_title(c.name, c.view)}" for c in found.candidates]
    return "\n".join(lines) + "\n"


def _title(name: str, view: str) -> str:
    seen = {"front": " from the front", "left": " from the left", "right": " from the right"}
    return output.printable(name.replace("_", " ")) + seen.get(view, "")


def _document(found: Recognition, seen: Material, library: Path | None, references: list[Known]) -> dict[str, Any]:
    from poseapp.commands.known import UNKNOWN_VIEW

    return {
        "format": _FORMAT,
        "version": _VERSION,
        "sure": not found.doubt,
        "doubt": found.doubt or None,
        "candidates": [
            {
                "name": output.printable(c.name),
                "view": None if c.view == UNKNOWN_VIEW else c.view,
                "mirrored": c.mirrored,
                "distance": round(c.distance, 4),
                "file": output.printable(references[c.index].file),
                "reference": references[c.index].entry or None,
            }
            for c in found.candidates
        ],
        "clip": seen.document(),
        "library": None if library is None else output.printable(library),
        "references": len(references),
    }
