"""``poseapp library``: the references that come with the program and the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poseapp.library.entry import Entry
    from poseapp.pose import PoseSequence

__all__ = ["library"]

library = typer.Typer(help="List and show the references to practise against.")


@library.command("list")
def list_references(
    as_json: JsonOption = False,
    action: Annotated[
        str | None, typer.Option("--action", metavar="NAME", help="Only this movement, such as squat.")
    ] = None,
    view: Annotated[
        str | None, typer.Option("--view", metavar="VIEW", help="Only seen from there: front, left or right.")
    ] = None,
) -> None:
    """List the references: those that come with the program, and your own."""
    from poseapp.errors import UsageError
    from poseapp.library.reference import VIEWS
    from poseapp.library.shelf import default_library

    if view is not None and view.lower() not in VIEWS:
        raise UsageError(f"There is no view “{view}”.", f"Choose one of: {', '.join(VIEWS)}.")
    shelf = default_library()
    chosen = [entry for entry in shelf.entries() if _is(entry, action, view)]
    if as_json:
        problems = [
            {"message": output.printable(p.sentence), "hint": output.printable(p.hint) or None}
            for p in shelf.problems
        ]
        documents = [_document(entry) for entry in chosen]
        output.emit_json({"format": "poseapp-library", "version": 1, "references": documents, "problems": problems})
        return
    for problem in shelf.problems:
        output.note(output.printable(str(problem)))
    if chosen:
        output.emit_rich(_table(chosen))
    else:
        known = ", ".join(sorted({entry.action for entry in shelf.entries() if entry.action}))
        output.emit(f"No reference fits. Movements in the library: {known or 'none'}.\n")


@library.command("show")
def show_reference(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as squat/left.")],
    as_json: JsonOption = False,
) -> None:
    """Show what is known of a reference."""
    from poseapp.library.shelf import default_library

    shelf = default_library()
    entry = shelf.find(name)
    poses, truth = shelf.load(entry).poses, shelf.truth(entry)
    if as_json:
        about = {"format": "poseapp-library-reference", "version": 1}
        output.emit_json(about | _document(entry) | {"poses": len(poses), "has_truth": truth is not None})
    else:
        output.emit_rich(_card(entry, poses, truth))


def _is(entry: Entry, action: str | None, view: str | None) -> bool:
    names = {name.casefold().replace(" ", "_") for name in (entry.action, entry.title)}
    is_action = action is None or action.casefold().replace(" ", "_").replace("-", "_") in names
    return is_action and (view is None or entry.view == view.lower())


def _table(entries: Sequence[Entry]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("Name", "Title", "View"):
        table.add_column(column, overflow="fold")
    table.add_column("Seconds", justify="right")
    table.add_column("From")
    for entry in entries:
        table.add_row(entry.name, entry.title, entry.view or "–", f"{entry.duration:.1f}", entry.origin.value)
    return table


def _card(entry: Entry, poses: PoseSequence, truth: PoseSequence | None) -> Any:
    from rich.table import Table

    width, height = entry.frame_size
    seen = {"": "not known", "front": "from the front", "left": "from the left", "right": "from the right"}
    stills = ", ".join(f"{still:.2f} s" for still in entry.stills)
    exact = " and the exact keypoints" if truth is not None else ""
    rows = {
        "Title": entry.title,
        "Name": entry.name,
        "View": seen[entry.view],
        "Cue": "\n".join(entry.cues),
        "Keypoints": ", ".join(k.words for k in entry.keypoints) if entry.keypoints else "all",
        "Duration": f"{entry.duration:.1f} s",
        "Stills": stills,
        "Clip": f"{output.printable(entry.clip)} ({width} × {height})",
        "Poses": f"{len(poses)}, by {entry.model}{exact}",
        "From": "the built-in library" if entry.origin.value == "built-in" else "your own library",
        "Source": entry.source,
        "Licence": entry.licence,
        "Notes": entry.notes,
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for label, words in rows.items():
        if words:
            table.add_row(label, words)
    return table


def _document(entry: Entry) -> dict[str, Any]:
    width, height = entry.frame_size
    return {
        "name": entry.name,
        "origin": entry.origin.value,
        "action": entry.action or None,
        "title": entry.title,
        "view": entry.view or None,
        "cues": list(entry.cues),
        "keypoints": None if entry.keypoints is None else [k.key for k in entry.keypoints],
        "duration_s": round(entry.duration, 3),
        "stills_s": list(entry.stills),
        "width": width,
        "height": height,
        "model": entry.model,
        "clip": output.printable(entry.clip),
        "thumbnail": output.printable(entry.thumbnail),
        "notes": entry.notes or None,
        "source": entry.source or None,
        "licence": entry.licence or None,
    }
