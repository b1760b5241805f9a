"""``poseapp history``: the attempts that are kept on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poseapp.library.history import AttemptRecord, History, PracticedReference, Progress

__all__ = ["history"]

history = typer.Typer(help="List, show, export and remove the attempts that are kept on this computer.")

_IdArgument = Annotated[
    int, typer.Argument(metavar="ID", help="Number of the attempt, as “poseapp history list” shows it.")
]
_ReferenceOption = Annotated[
    str | None,
    typer.Option("--reference", metavar="NAME", help="Only attempts at this, such as squat/left, squat or Squat."),
]


@history.command("list")
def list_attempts(
    as_json: JsonOption = False,
    reference: _ReferenceOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Only the newest N attempts.")
    ] = None,
) -> None:
    """List the attempts, newest first."""
    kept = _history()
    records = _chosen(kept, reference)[:limit]
    if as_json:
        output.emit_json(
            {
                "format": "poseapp-history",
                "version": 1,
                "file": output.printable(kept.path),
                "movements": [_movement(p) for p in kept.practiced() if _is(p.reference, reference)],
                "attempts": [_document(record) for record in records],
            }
        )
    elif records:
        output.emit_rich(_table(records))
    elif reference is not None:
        output.emit("No attempt in the history fits.\n")
    else:
        output.emit("There are no attempts in the history yet.\n")


@history.command("show")
def show_attempt(id: _IdArgument, as_json: JsonOption = False) -> None:
    """Show the score card of an attempt."""
    from poseapp.report.card_json import card_document
    from poseapp.report.card_reading import read_card
    from poseapp.report.card_text import card_text

    record = _history().attempt(id)
    card = read_card(record.card)
    if as_json:
        about = {"format": "poseapp-history-attempt", "version": 1}
        output.emit_json(about | _document(record) | {"score": card_document(card)})
        return
    view = f", {record.reference.view}" if record.reference.view else ""
    output.emit(f"{_title(record)}{view}, {_local_time(record)}\n\n")
    output.emit_rich(card_text(card))


@history.command("export")
def export_attempts(
    target: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to: name.csv; with ID name.npz, name.json or name.csv."
        ),
    ],
    id: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="Save the poses of this attempt in place of all scores.")
    ] = None,
    as_json: JsonOption = False,
    reference: _ReferenceOption = None,
) -> None:
    """Save all attempts as a table, a line for each; or the poses of one."""
    kept = _history()
    words, count = _save_table(kept, target, reference) if id is None else _save_poses(kept, id, target, reference)
    if as_json:
        about = {"format": "poseapp-history-export", "version": 1, "output": output.printable(target)}
        output.emit_json(about | {"attempts" if id is None else "poses": count})
    else:
        output.emit(f"Saved {words} to {output.printable(target)}\n")


@history.command("remove")
def remove_attempts(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Numbers of the attempts.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All attempts there are.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Remove attempts for good."""
    from poseapp.errors import UsageError

    if bool(ids) == everything:
        raise UsageError("Say which attempts are to be removed: either numbers or --all.", "poseapp history remove 7")
    kept = _history()
    removed = list(dict.fromkeys(ids or ()))
    if everything:
        removed = [record.id for record in kept.attempts() if record.id is not None]
        kept.clear()
    else:
        for id in removed:
            kept.attempt(id)  # when one is not there, none is removed
        for id in removed:
            kept.remove(id)
    if as_json:
        output.emit_json({"format": "poseapp-history-removal", "version": 1, "removed": removed})
    else:
        output.emit(f"Removed {_counted(len(removed), 'attempt')}.\n")


def _history() -> History:
    from poseapp.library.history import History, history_path

    return History(history_path())


def _chosen(kept: History, reference: str | None) -> list[AttemptRecord]:
    return [record for record in kept.attempts() if _is(record.reference, reference)]


def _is(practiced: PracticedReference, wanted: str | None) -> bool:
    if wanted is None:
        return True
    names = {_plain(practiced.name), _plain(practiced.title), _plain(practiced.name.split("/")[0])}
    return _plain(wanted) in names


def _plain(name: str) -> str:
    return name.casefold().replace("/", "_")


def _save_table(kept: History, target: Path, reference: str | None) -> tuple[str, int]:
    from poseapp.errors import UsageError
    from poseapp.files import check_can_write, written_whole
    from poseapp.report.history_csv import history_csv

    if target.suffix.lower() != ".csv":
        raise UsageError(f"“{target.name}” does not end in .csv.", "The history is saved as a table: name.csv.")
    check_can_write(target)
    records = _chosen(kept, reference)
    with written_whole(target) as file:
        file.write(history_csv(records).encode("utf-8"))
    return _counted(len(records), "attempt"), len(records)


def _save_poses(kept: History, id: int, target: Path, reference: str | None) -> tuple[str, int]:
    from poseapp.errors import UsageError
    from poseapp.files import check_can_write
    from poseapp.library.pose_files import SavedPoses, pose_format, save_poses

    if reference is not None:
        raise UsageError("--reference does not go with the number of an attempt.", "Leave out one of them.")
    pose_format(target)
    check_can_write(target)
    poses = kept.poses(id)
    save_poses(target, SavedPoses(poses, model=kept.attempt(id).model[:200]))
    return _counted(len(poses), "pose"), len(poses)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _table(records: Sequence[AttemptRecord]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("Id", justify="right", no_wrap=True)
    table.add_column("When", no_wrap=True)
    table.add_column("Movement", overflow="fold")
    table.add_column("View")
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("What to change first", overflow="fold")
    for record in records:
        total = "–" if record.total is None else f"{record.total:.0f}"
        words = record.reason if record.total is None else record.sentence
        view = record.reference.view or "–"
        table.add_row(str(record.id), _local_time(record), _title(record), view, total, words)
    return table


def _title(record: AttemptRecord) -> str:
    return record.reference.title or record.reference.name


def _local_time(record: AttemptRecord) -> str:
    return record.ended_at.astimezone().strftime("%Y-%m-%d %H:%M")


def _movement(progress: Progress) -> dict[str, Any]:
    from poseapp.report.numbers import rounded

    return _reference(progress.reference) | {
        "count": progress.count,
        "last": rounded(progress.last, 2),
        "best": rounded(progress.best, 2),
        "last_at": _utc(progress.last_at),
    }


def _document(record: AttemptRecord) -> dict[str, Any]:
    from poseapp.pose import KEYPOINTS
    from poseapp.report.numbers import rounded

    scores = zip(KEYPOINTS, record.keypoint_scores.tolist(), strict=True)
    return {
        "id": record.id,
        "ended_at": _utc(record.ended_at),
        "reference": _reference(record.reference),
        "method": record.method,
        "strictness": record.strictness or None,
        "model": record.model or None,
        "total": rounded(record.total, 2),
        "reason": record.reason or None,
        "form": rounded(record.form, 2),
        "timing": rounded(record.timing, 2),
        "sentence": record.sentence or None,
        "keypoints": {keypoint.key: rounded(score, 2) for keypoint, score in scores},
        "duration_s": rounded(record.duration_s, 3),
    }


def _reference(reference: PracticedReference) -> dict[str, Any]:
    return {"name": reference.name, "title": reference.title or None, "view": reference.view or None}


def _utc(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds")).replace("+00:00", "Z")
