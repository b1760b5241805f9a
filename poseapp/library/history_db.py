"""The file of the history: opened, checked, made, and its troubles in words. docs/history.md describes it.

sqlite3 is imported where it is needed: neither the window nor another command should wait for it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from poseapp.errors import HistoryError, OutputError, PoseAppError
from poseapp.files import cannot_write
from poseapp.library.history_records import MAX_CARD
from poseapp.library.saved_poses import MAX_FILE_BYTES

if TYPE_CHECKING:
    import sqlite3

__all__ = ["APPLICATION_ID", "VERSION", "reading", "shrink", "writing"]

#: At byte 68 of the file, as a number: "pose" in ASCII.
APPLICATION_ID: Final = 0x706F7365
#: At byte 60: raised when a reader of the old one would be misled.
VERSION: Final = 1

_MAGIC: Final = b"SQLite format 3\0"
_TABLES: Final = {
    "attempt": """CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ended_at_us INTEGER NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  view TEXT NOT NULL,
  method TEXT NOT NULL,
  strictness TEXT NOT NULL,
  model TEXT NOT NULL,
  total REAL,
  form REAL,
  timing REAL,
  reason TEXT NOT NULL,
  sentence TEXT NOT NULL,
  keypoint_scores TEXT NOT NULL,
  duration_s REAL NOT NULL
)""",
    # Apart, so that a list of attempts is not read across their poses.
    "detail": """CREATE TABLE detail (
  attempt_id INTEGER PRIMARY KEY REFERENCES attempt (id),
  card TEXT NOT NULL,
  poses BLOB NOT NULL
)""",
}
_INDEXES: Final = (
    "CREATE INDEX attempt_by_time ON attempt (ended_at_us)",
    "CREATE INDEX attempt_by_reference ON attempt (name, title, view, ended_at_us)",
)

# Primary result codes of SQLite, https://www.sqlite.org/rescode.html
_READONLY, _CANTOPEN, _FULL = 8, 14, 13
_IN_USE: Final = (5, 6)
_REFUSED: Final = (3, _READONLY, _CANTOPEN, 23)
_DISK: Final = (10, 22)


@contextmanager
def reading(path: Path, patience_s: float) -> Iterator[sqlite3.Connection | None]:
    """A connection for reading, within one transaction so that all is of one moment; None while there is no history.

    Raises
    ------
    HistoryError
        The file is damaged, not a history, of a newer version, in use or may not be read.
    """
    import sqlite3

    try:
        if not _begun(path):
            yield None
            return
        with closing(_opened_for_reading(path, patience_s)) as connection:
            connection.execute("BEGIN")
            if _version(connection, path) == 0:
                yield None
                return
            yield connection
    except sqlite3.Error as error:
        raise _words(path, error, "read") from error
    except OSError as error:
        raise HistoryError(
            f"The history “{path}” cannot be read: {error.strerror or error}.", "Check that you may read it."
        ) from error


@contextmanager
def writing(path: Path, patience_s: float) -> Iterator[sqlite3.Connection]:
    """A connection within a transaction that is committed when the block ends well, and else undone.

    Raises
    ------
    HistoryError
        The file is damaged, not a history, of a newer version or in use.
    OutputError
        It cannot be written.
    """
    import sqlite3

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _begun(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # nobody else's business
        with closing(_connected(path, "mode=rw", patience_s)) as connection:
            _make(connection, path)
            # What is removed is gone, and what is told to be kept survives a power cut.
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise _words(path, error, "written") from error
    except OSError as error:
        raise cannot_write(path, error) from error


def shrink(path: Path, patience_s: float) -> None:
    """Give back the room of what was removed, unless another has the file open at this moment."""
    import sqlite3

    with suppress(sqlite3.Error), closing(_connected(path, "mode=rw", patience_s)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # SQLite copies what is left into another file
        connection.execute("VACUUM")


def _begun(path: Path) -> bool:
    """Whether there is anything; looked at without SQLite, which would tidy up beside a file that is not ours."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe waits for somebody to write into it, for ever
            raise _not_ours(path)
        with path.open("rb") as stream:
            head = stream.read(100)
    except FileNotFoundError:
        return False
    if not head:  # made, and the program ended before anything was in it
        return False
    if not head.startswith(_MAGIC):
        raise _not_ours(path)
    if len(head) < 100:
        raise _damaged(path)
    _check_stamp(path, int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big"))
    return True


def _check_stamp(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise _not_ours(path)
    if version > VERSION:
        raise HistoryError(
            f"The history “{path}” was written by a newer version of this program.", "Update this one to read it."
        )


def _opened_for_reading(path: Path, patience_s: float) -> sqlite3.Connection:
    """A connection that changes nothing but, after a crash, what SQLite has to bring in order."""
    import sqlite3

    connection = _connected(path, "mode=rw", patience_s)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (_READONLY, _CANTOPEN) or _log_is_left(path):
            raise
        # Where nothing may be written SQLite cannot share the file with others; nobody there can change it either.
        connection = _connected(path, "mode=ro&immutable=1", patience_s)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _log_is_left(path: Path) -> bool:
    """Whether what was written last lies beside the file still."""
    with suppress(OSError):
        return path.with_name(path.name + "-wal").stat().st_size > 0
    return False


def _connected(path: Path, how: str, patience_s: float) -> sqlite3.Connection:
    import sqlite3

    place = quote(os.fsencode(path.absolute().as_posix()), safe="/:")
    uri = f"file://{'' if place.startswith('/') else '/'}{place}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=patience_s, isolation_level=None)
    try:
        connection.text_factory = _text
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(MAX_FILE_BYTES, 4 * MAX_CARD))
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version, 0 for an empty file; within a transaction, as another may be making the tables just now.

    Raises
    ------
    HistoryError
        It is not a history, of a newer version, or its tables are not those of this version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE type <> 'index' LIMIT 100").fetchall()
    if not found and not version and not application:
        return 0
    _check_stamp(path, application, version)
    # Triggers, views and virtual tables run what somebody else wrote.
    tables = {name: sql for kind, name, sql in found if kind == "table" and not str(name).startswith("sqlite_")}
    if tables != _TABLES or any(kind != "table" for kind, _, _ in found):
        raise _damaged(path)
    return int(version)


def _make(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables where there are none; of several that try at once one does."""
    import sqlite3

    connection.execute("BEGIN")
    made = _version(connection, path) > 0
    connection.execute("ROLLBACK")  # only looked
    if not made:
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection, path) == 0:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            for statement in (*_TABLES.values(), *_INDEXES):
                connection.execute(statement)
        connection.execute("COMMIT")
    with suppress(sqlite3.OperationalError):  # another has it open at this moment: it works without, too
        connection.execute("PRAGMA journal_mode=WAL")


def _words(path: Path, error: sqlite3.Error, done: str) -> PoseAppError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _IN_USE:
        return HistoryError(
            f"The history “{path}” is in use by another program.", "Close that, or try again in a moment."
        )
    if code == _FULL:
        return OutputError(f"There is no room left to save “{path}”.", "Free some space.")
    if code in _REFUSED:
        sentence = f"The history “{path}” cannot be {done}: that is not allowed there."
        hint = f"Check that you may have it {done}."
        return (OutputError if done == "written" else HistoryError)(sentence, hint)
    if code in _DISK:
        sentence, hint = f"The history “{path}” cannot be {done}: {error}.", "Check the disk."
        return (OutputError if done == "written" else HistoryError)(sentence, hint)
    return _damaged(path)


def _damaged(path: Path) -> HistoryError:
    return HistoryError(
        f"The history “{path}” is damaged; nothing was changed in it.",
        "Move or rename it, and a new history begins with the next attempt.",
    )


def _not_ours(path: Path) -> HistoryError:
    return HistoryError(
        f"“{path}” is not a history of this program; nothing was changed in it.",
        "Move or rename it, and a new history begins with the next attempt.",
    )
