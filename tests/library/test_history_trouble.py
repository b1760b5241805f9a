"""A history that is damaged, somebody else's, in use, or cannot be written: a sentence, and the file as it was."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from poseapp.errors import HistoryError, OutputError, PoseAppError
from poseapp.library.history import DAMAGED, History
from tests.library.history_parts import a_record, some_poses, two_attempts

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history of two attempts."""
    return two_attempts(tmp_path)


def change(path: Path, *statements: str, values: tuple[Any, ...] = ()) -> None:
    """What somebody else may do to the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement, values)


def contents(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


def refused(path: Path, kind: type[PoseAppError], *words: str, patience_s: float = 5.0) -> None:
    """Nothing can be asked of or added to the history at `path`; nothing changes on the disk."""
    history = History(path, patience_s=patience_s)
    asked: list[Callable[[], object]] = [
        history.attempts,
        history.practiced,
        lambda: history.attempt(1),
        lambda: history.poses(1),
        lambda: history.remove(1),
        history.clear,
        lambda: history.add(a_record(), some_poses()),
    ]
    before = contents(path.parent)
    for ask in asked:
        with pytest.raises(kind) as caught:
            ask()
        assert caught.value.hint.endswith(".")
        for word in (*words, str(path)):
            assert word in caught.value.sentence
    assert contents(path.parent) == before


@pytest.mark.parametrize("content", [b"shopping list", b"x" * 5000, b"SQLite format 3", b"PK\3\4" + bytes(200)])
def test_what_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.sqlite"
    path.write_bytes(content)
    refused(path, HistoryError, "is not a history of this program")


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    change(path, "PRAGMA application_id=7", "CREATE TABLE places (url TEXT)", "INSERT INTO places VALUES ('x')")
    refused(path, HistoryError, "is not a history of this program")
    change(path, "PRAGMA application_id=0")
    refused(path, HistoryError, "is not a history of this program")


def test_the_log_beside_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    with closing(sqlite3.connect(made / "history.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE places (url TEXT)")
        shutil.copytree(made, tmp_path / "crashed")  # as a crash would leave it: the table is in the log alone
    path = tmp_path / "crashed" / "history.sqlite"
    assert path.with_name("history.sqlite-wal").stat().st_size
    refused(path, HistoryError, "is not a history of this program")


def test_a_newer_version(path: Path) -> None:
    change(path, "PRAGMA user_version=2")
    refused(path, HistoryError, "newer version")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON attempt BEGIN DELETE FROM detail; END",
        "CREATE VIEW v AS SELECT 1",
        "ALTER TABLE attempt ADD COLUMN more TEXT",
        "CREATE TABLE more (x)",
        "DROP TABLE detail",
    ],
)
def test_tables_that_are_not_ours(path: Path, statement: str) -> None:
    change(path, statement)
    refused(path, HistoryError, "is damaged")


def test_an_index_more_does_not_matter(path: Path) -> None:
    change(path, "CREATE INDEX mine ON attempt (total)", "ANALYZE")
    assert len(History(path).attempts()) == 2


def test_a_file_cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:8192])
    refused(path, HistoryError, "is damaged")
    path.write_bytes(path.read_bytes()[:60])
    refused(path, HistoryError, "is damaged")


def test_pages_overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:] = bytes(byte ^ 0x5A for byte in content[100:])
    path.write_bytes(content)
    refused(path, HistoryError, "is damaged")


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.mkdir()
    refused(path, HistoryError, "is not a history of this program")
    assert list(path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="only there are such files")
def test_a_pipe_of_that_name(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    os.mkfifo(path)
    refused(path, HistoryError, "is not a history of this program")


def test_an_empty_file_is_an_empty_history(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.touch()
    history = History(path)
    assert history.attempts() == ()
    assert path.read_bytes() == b""
    assert history.add(a_record(), some_poses()).id == 1


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    history = History(tmp_path / "data" / "history.sqlite")
    with pytest.raises(OutputError, match="be saved"):
        history.add(a_record(), some_poses())
    assert (tmp_path / "data").read_text() == "mine"


def test_another_is_writing(path: Path) -> None:
    history = History(path, patience_s=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for work in (lambda: history.add(a_record(), some_poses()), lambda: history.remove(1), history.clear):
            with pytest.raises(HistoryError, match="in use by another program"):
                work()
        assert len(history.attempts()) == 2
    assert history.add(a_record(), some_poses()).id == 3


def test_another_has_it_for_itself(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        history = History(path, patience_s=0.05)
        for work in (history.attempts, lambda: history.add(a_record(), some_poses())):
            with pytest.raises(HistoryError, match="in use by another program"):
                work()


def test_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    pages = path.stat().st_size // 4096

    def on_a_full_disk(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr(sqlite3, "connect", on_a_full_disk)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="no room left"):
        History(path).add(a_record(), some_poses(3000))
    assert path.read_bytes() == before
    assert len(History(path).attempts()) == 2


_FILES_MAY_NOT_GROW = """
import resource, sys
from pathlib import Path
from poseapp.errors import OutputError
from poseapp.library.history import History
from tests.library.history_parts import a_record, some_poses
most = Path(sys.argv[1]).stat().st_size + 50_000
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    History(Path(sys.argv[1])).add(a_record(), some_poses(3000))
except OutputError as error:
    print(error.sentence)
"""


@pytest.mark.skipif(os.name != "posix", reason="only there a process can be limited so")
def test_a_disk_that_takes_no_more_in_the_middle_of_it(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FILES_MAY_NOT_GROW, path],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout == f"The history “{path}” cannot be written: disk I/O error.\n"
    history = History(path)
    assert [record.id for record in history.attempts()] == [2, 1]
    assert history.add(a_record(), some_poses()).id == 3


_AS_ANYBODY = """
import os, sqlite3, sys
from pathlib import Path
from poseapp.errors import OutputError
from poseapp.library.history import History
from poseapp.library.pose_npz import SavedPoses, decode, encode
from tests.library.history_parts import a_record, some_poses
record, poses = a_record(), some_poses()
decode(encode(SavedPoses(poses)))  # imports what it needs while Python may still be read
if os.geteuid() == 0:  # to whom nothing is forbidden
    os.setgid(65534)
    os.setuid(65534)
history = History(Path(sys.argv[1]))
print([record.id for record in history.attempts()], len(history.poses(1)), len(history.practiced()))
for work in (lambda: history.add(record, poses), lambda: history.remove(1), history.clear):
    try:
        work()
    except OutputError as error:
        print(error.sentence)
"""


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_history_that_may_only_be_read(path: Path, folder_mode: int) -> None:
    place = Path(tempfile.mkdtemp())  # pytest's own is closed to anybody else
    try:
        kept = place / "history.sqlite"
        shutil.copy(path, kept)
        kept.chmod(0o444)
        place.chmod(folder_mode)
        done = subprocess.run(
            [sys.executable, "-c", _AS_ANYBODY, kept], cwd=_ROOT, capture_output=True, check=True, encoding="utf-8"
        )
        listed, *refusals = done.stdout.splitlines()
        assert listed == "[2, 1] 30 1"
        assert refusals == [f"The history “{kept}” cannot be written: that is not allowed there."] * 3
        assert kept.read_bytes() == path.read_bytes()
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


def _pickled() -> bytes:
    stream = io.BytesIO()
    np.savez(stream, xy=np.array([object()], dtype=object), confidence=np.zeros(1), t=np.zeros(1))
    return stream.getvalue()


@pytest.mark.parametrize("poses", [b"", b"no zip", _pickled(), "text", 7])
def test_damaged_poses_cost_themselves_alone(path: Path, poses: object) -> None:
    change(path, "UPDATE detail SET poses = ? WHERE attempt_id = 1", values=(poses,))
    history = History(path)
    with pytest.raises(HistoryError, match="The poses of attempt 1 are damaged") as caught:
        history.poses(1)
    assert caught.value.hint
    assert [record.total for record in history.attempts()] == [61.25, 61.25]
    assert len(history.poses(2)) == 30
    assert history.attempt(1).card == a_record().card


def test_an_attempt_without_its_details(path: Path) -> None:
    change(path, "DELETE FROM detail WHERE attempt_id = 1")
    history = History(path)
    assert history.attempt(1).card == ""
    with pytest.raises(HistoryError, match="they are missing"):
        history.poses(1)
    history.remove(1)
    assert [record.id for record in history.attempts()] == [2]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ended_at_us", "yesterday"),
        ("ended_at_us", -1),
        ("ended_at_us", 2**62),
        ("total", "much"),
        ("total", float("inf")),
        ("duration_s", b"\1"),
        ("name", b"\xff"),
        ("sentence", "x" * 5000),
        ("keypoint_scores", "[1, 2]"),
        ("keypoint_scores", "[" * 900),
        ("keypoint_scores", b"\0\1"),
        ("keypoint_scores", "[" + "1e999," * 16 + "1]"),
    ],
)
def test_a_damaged_line_is_listed_as_such(path: Path, column: str, value: object) -> None:
    change(path, f"UPDATE attempt SET {column} = ? WHERE id = 2", values=(value,))
    history = History(path)
    by_id = {record.id: record for record in history.attempts()}
    assert set(by_id) == {1, 2}
    if column == "sentence":
        assert by_id[2].sentence == "x" * 1000
    else:
        assert (by_id[2].total, by_id[2].reason) == (None, DAMAGED)
    assert (by_id[1].total, by_id[1].reason) == (61.25, "")
    assert sum(progress.count for progress in history.practiced()) == 2


def test_text_that_is_no_utf8_is_read_as_text(path: Path) -> None:
    change(path, "UPDATE attempt SET sentence = CAST(x'42ff43' AS TEXT)")
    assert History(path).attempts()[0].sentence == "B�C"
