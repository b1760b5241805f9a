"""The history: attempts that are kept on this computer, each with its poses and its score card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poseapp.errors import HistoryError
from poseapp.library import pose_npz
from poseapp.library.history_db import reading, shrink, writing
from poseapp.library.history_records import AttemptRecord, Manner, PracticedReference, Progress
from poseapp.library.history_rows import (
    COLUMNS,
    DAMAGED,
    INSERT,
    PROGRESS_COLUMNS,
    UPDATE,
    names_of,
    number_in,
    record_in,
    row_of,
    text_in,
    time_in,
)
from poseapp.library.saved_poses import MAX_FRAMES, DamagedPosesError, SavedPoses
from poseapp.paths import user_data_dir
from poseapp.pose import PoseSequence

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

__all__ = [
    "DAMAGED",
    "MAX_LISTED",
    "AttemptRecord",
    "History",
    "Manner",
    "PracticedReference",
    "Progress",
    "history_path",
]

#: The newest that many are listed: thirty a day for nine years.
MAX_LISTED: Final = 100_000
_PATIENCE_S: Final = 5.0
_OF_REFERENCE: Final = " WHERE name = ? AND title = ? AND view = ?"
_NEWEST: Final = " ORDER BY ended_at_us DESC, id DESC LIMIT ?"


def history_path() -> Path:
    """The file of the user's own history (not made here)."""
    return user_data_dir() / "history.sqlite"


class History:
    """Attempts in a file, for as long as the user wants.

    Every call opens the file and closes it again, so everything may be called from any thread, and several windows
    may share one history. The file appears with the first attempt; until then everything is empty.

    Every method raises :class:`~poseapp.errors.HistoryError` when the file is damaged, not a history, of a newer
    version, in use for longer than `patience_s`, or may not be read; it is then as it was.

    Parameters
    ----------
    path : Path
        The file.
    patience_s : float
        Seconds to wait for another who is writing.
    """

    def __init__(self, path: Path, *, patience_s: float = _PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s

    @property
    def path(self) -> Path:
        """The file; it need not exist."""
        return self._path

    def add(self, record: AttemptRecord, poses: PoseSequence) -> AttemptRecord:
        """Keep an attempt: wholly or not at all, and on the disk when this returns.

        Parameters
        ----------
        record : AttemptRecord
            What it was worth; its `id` is ignored.
        poses : PoseSequence
            As they were recorded.

        Returns
        -------
        AttemptRecord
            The same with its `id`.

        Raises
        ------
        HistoryError
            As said above, or there are no poses, or more than 200 000.
        OutputError
            The file cannot be written: no room, not allowed.
        """
        if not 0 < len(poses) <= MAX_FRAMES:
            raise HistoryError(
                f"An attempt of {len(poses)} poses cannot be kept.",
                f"Record at least one pose and at most {MAX_FRAMES}.",
            )
        content = pose_npz.encode(SavedPoses(poses, model=record.model[:200]))
        with writing(self._path, self._patience_s) as connection:
            given = connection.execute(INSERT, row_of(record)).lastrowid
            connection.execute(
                "INSERT INTO detail (attempt_id, card, poses) VALUES (?, ?, ?)", (given, record.card, content)
            )
        return replace(record, id=given)

    def judged_anew(self, record: AttemptRecord) -> bool:
        """Keep `record` in place of what was kept of the same attempt, the one with its `id`; the poses stay.

        Returns
        -------
        bool
            False when there is no such attempt any more: what was removed stays removed.

        Raises
        ------
        HistoryError
            As said above.
        OutputError
            The file cannot be written.
        """
        if record.id is None or not self._path.exists():
            return False
        with writing(self._path, self._patience_s) as connection:
            if not connection.execute(UPDATE, (*row_of(record), record.id)).rowcount:
                return False
            connection.execute("UPDATE detail SET card = ? WHERE attempt_id = ?", (record.card, record.id))
        return True

    def attempts(
        self, reference: PracticedReference | None = None, *, limit: int | None = None
    ) -> tuple[AttemptRecord, ...]:
        """Attempts, newest first, at most :data:`MAX_LISTED`.

        Their `card` is left empty, so that a list of thousands is read in a moment; :meth:`attempt` gives it.

        Parameters
        ----------
        reference : PracticedReference, optional
            Only attempts at this.
        limit : int, optional
            At most that many.
        """
        most = MAX_LISTED if limit is None else max(0, min(limit, MAX_LISTED))
        with reading(self._path, self._patience_s) as connection:
            if connection is None:
                return ()
            where, values = ("", ()) if reference is None else (_OF_REFERENCE, names_of(reference))
            found = connection.execute(f"SELECT {COLUMNS} FROM attempt{where}{_NEWEST}", (*values, most))  # noqa: S608
            return tuple(record_in(row) for row in found)

    def practiced(self) -> tuple[Progress, ...]:
        """The progress with everything that was practised, what was practised last first."""
        groups: dict[PracticedReference, list[tuple[datetime, float | None, Manner]]] = {}
        manners: dict[tuple[object, ...], Manner] = {}  # a handful, however many attempts
        with reading(self._path, self._patience_s) as connection:
            if connection is None:
                return ()
            found = connection.execute(f"SELECT {PROGRESS_COLUMNS} FROM attempt{_NEWEST}", (MAX_LISTED,))  # noqa: S608
            for name, title, view, *how, ended_at_us, total in found:
                reference = PracticedReference(*map(text_in, (name, title, view)))
                manner = manners.setdefault(tuple(how), Manner(*map(text_in, how)))
                groups.setdefault(reference, []).append((time_in(ended_at_us), number_in(total), manner))
        practiced = []
        for reference, group in groups.items():
            ended_at, totals, hows = zip(*reversed(group), strict=True)
            practiced.append(Progress(reference, ended_at, totals, hows))
        return tuple(practiced)

    def attempt(self, id: int) -> AttemptRecord:
        """One attempt with its card.

        Raises
        ------
        HistoryError
            As said above, or there is no such attempt.
        """
        _check_id(id)
        with reading(self._path, self._patience_s) as connection:
            row = connection and connection.execute(f"SELECT {COLUMNS} FROM attempt WHERE id = ?", (id,)).fetchone()  # noqa: S608
            if not row:
                raise _no_such(id)
            assert connection is not None
            return replace(record_in(row), card=text_in(_detail(connection, "card", id)))

    def poses(self, id: int) -> PoseSequence:
        """The poses of an attempt, as they were recorded.

        Raises
        ------
        HistoryError
            As said above, or there is no such attempt, or its poses are damaged.
        """
        _check_id(id)
        with reading(self._path, self._patience_s) as connection:
            found = connection and connection.execute("SELECT 1 FROM attempt WHERE id = ?", (id,)).fetchone()
            if not found:
                raise _no_such(id)
            assert connection is not None
            content = _detail(connection, "poses", id)
        try:
            if not isinstance(content, bytes):
                raise DamagedPosesError("they are missing")
            return pose_npz.decode(content).poses
        except DamagedPosesError as error:
            raise HistoryError(
                f"The poses of attempt {id} are damaged in the history: {error}.",
                "Its scores are still there; the others are not affected.",
            ) from error

    def remove(self, id: int) -> None:
        """Forget an attempt; nothing of it is left in the file.

        Raises
        ------
        HistoryError
            As said above, or there is no such attempt.
        OutputError
            The file cannot be written.
        """
        _check_id(id)
        if not self._path.exists():
            raise _no_such(id)
        with writing(self._path, self._patience_s) as connection:
            connection.execute("DELETE FROM detail WHERE attempt_id = ?", (id,))
            if not connection.execute("DELETE FROM attempt WHERE id = ?", (id,)).rowcount:
                raise _no_such(id)

    def clear(self) -> None:
        """Forget all attempts; nothing of them is left in the file.

        Raises
        ------
        HistoryError
            As said above.
        OutputError
            The file cannot be written.
        """
        if not self._path.exists():
            return
        with writing(self._path, self._patience_s) as connection:
            connection.execute("DELETE FROM detail")
            connection.execute("DELETE FROM attempt")
        shrink(self._path, self._patience_s)


def _detail(connection: sqlite3.Connection, column: str, id: int) -> object:
    """The card or the poses of an attempt; None when they are missing."""
    row = connection.execute(f"SELECT {column} FROM detail WHERE attempt_id = ?", (id,)).fetchone()  # noqa: S608
    return row[0] if row else None


def _check_id(id: int) -> None:
    """SQLite knows no larger numbers."""
    if not 0 < id < 2**63:
        raise _no_such(id)


def _no_such(id: int) -> HistoryError:
    return HistoryError(f"There is no attempt {id} in the history.", "“poseapp history list” shows all of them.")
