"""``poseapp recognise``: which movement of the library, or of a folder, a clip shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption, ModelOption

if TYPE_CHECKING:
    from poseapp.commands.material import Material
    from poseapp.commands.work import Work
    from poseapp.pose import PoseSequence
    from poseapp.scoring.recognition import Recognition

__all__ = ["recognise"]

_FORMAT, _VERSION = "poseapp-recognition", 1
_VIEWS = ("front", "left", "right")
_UNKNOWN_VIEW = "unknown"
_CLIPS = (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v")
_MOST_REFERENCES = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """A reference to recognise by: the movement, from where it is seen, its file, its name in the library or ""."""

    name: str
    view: str
    file: Path
    entry: str = ""

    @property
    def title(self) -> str:
        return self.entry or output.printable(self.file.name)


def recognise(
    clip: Annotated[str, typer.Argument(metavar="CLIP", help="The clip to recognise, or its saved poses.")],
    library: Annotated[
        Path | None,
        typer.Option(
            "--library",
            metavar="DIR",
            help="Folder of clips or saved poses: NAME_VIEW.mp4, .npz, … Without it “poseapp library list”.",
        ),
    ] = None,
    as_json: JsonOption = False,
    model: ModelOption = None,
) -> None:
    """Say which movement of the library a clip shows, and from where it was seen; "not sure" for anything else."""
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_material, named
    from poseapp.commands.work import working
    from poseapp.scoring.recognition import RecognitionLibrary

    path, files = named(clip), None if library is None else _files(library)
    with native_chatter_logged(), working() as work:
        seen = load_material(path, model, work)
        if files is None:
            examples = _from_library()
        else:
            examples = [(known, _poses(known.file, model or seen.model or None, work)) for known in files]
        references = [known for known, _ in examples]
        prepared = RecognitionLibrary((known.name, known.view, poses) for known, poses in examples)
        found = prepared.recognise(seen.poses)
    if as_json:
        output.emit_json(_document(found, seen, library, references))
    else:
        output.emit(_words(found, references))


def _from_library() -> list[tuple[_Known, PoseSequence]]:
    """The poses that are kept in the library, whichever model made them; no clip is opened."""
    from poseapp.errors import LibraryError, NotEnoughSeenError
    from poseapp.library.shelf import default_library
    from poseapp.scoring.cleaning import clean

    shelf = default_library()
    examples = []
    for entry in shelf.entries():
        try:
            poses = shelf.load(entry).poses
            clean(poses)  # one in which too little is seen must not spoil the others
        except LibraryError as error:
            output.note(output.printable(str(error)))
        except NotEnoughSeenError as error:
            output.note(f"The reference “{entry.name}” is left out: {error.sentence}")
        else:
            known = _Known(entry.action or entry.title, entry.view or _UNKNOWN_VIEW, entry.clip, entry.name)
            examples.append((known, poses))
    if not examples:
        raise LibraryError("The library is empty.", "Name a folder of references with --library.")
    return examples


def _files(folder: Path) -> list[_Known]:
    """References in a folder, by name; of a clip and its saved poses the poses."""
    from poseapp.errors import ClipError
    from poseapp.library.pose_files import is_pose_file

    try:
        found = sorted(p for p in folder.iterdir() if is_pose_file(p) or p.suffix.lower() in _CLIPS)
    except NotADirectoryError:
        raise ClipError(f"“{folder}” is not a folder.", "Name the folder that holds the references.") from None
    except OSError as error:
        raise ClipError(
            f"The folder “{folder}” cannot be read: {error.strerror or error}.", "Check its name."
        ) from error
    by_stem = {p.stem: p for p in found} | {p.stem: p for p in found if is_pose_file(p)}
    if not by_stem:
        raise ClipError(
            f"There are no clips and no saved poses in “{folder}”.", "Name the folder that holds the references."
        )
    if len(by_stem) > _MOST_REFERENCES:
        raise ClipError(
            f"“{folder}” holds {len(by_stem)} references, more than {_MOST_REFERENCES}.", "Choose a smaller folder."
        )
    return [_Known(*_name_and_view(file), file) for file in by_stem.values()]


def _poses(file: Path, model: str | None, work: Work) -> PoseSequence:
    """One reference, looked at with the model that made the poses of the attempt if it is one of ours."""
    from poseapp.commands.material import load_material
    from poseapp.vision.models import list_models

    return load_material(file, model if model in {info.name for info in list_models()} else None, work).poses


def _name_and_view(file: Path) -> tuple[str, str]:
    """``squat_left.mp4`` is the squat seen from the left."""
    name, _, view = file.stem.rpartition("_")
    return (name, view.lower()) if name and view.lower() in _VIEWS else (file.stem, _UNKNOWN_VIEW)


def _words(found: Recognition, references: list[_Known]) -> str:
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


def _document(found: Recognition, seen: Material, library: Path | None, references: list[_Known]) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "sure": not found.doubt,
        "doubt": found.doubt or None,
        "candidates": [
            {
                "name": output.printable(c.name),
                "view": None if c.view == _UNKNOWN_VIEW else c.view,
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
