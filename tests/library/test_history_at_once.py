"""Several threads and windows may use one history at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from poseapp.library.history import AttemptRecord, History
from tests.library.history_parts import a_record, same, some_poses


@pytest.fixture
def history(tmp_path: Path) -> History:
    """One whose file does not exist yet."""
    return History(tmp_path / "data" / "history.sqlite")


def test_reading_goes_on_while_another_writes(history: History) -> None:
    history.add(a_record(), some_poses())
    with closing(sqlite3.connect(history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM attempt")
        assert [record.id for record in history.attempts()] == [1]
        other.execute("ROLLBACK")


def test_many_threads_may_add_at_once(history: History) -> None:
    start = threading.Barrier(4)

    def add(number: int) -> None:
        start.wait()  # the first of them make the file, too
        for minutes in range(5):
            History(history.path, patience_s=60).add(a_record(minutes, method=str(number)), some_poses(seed=number))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = history.attempts()
    assert sorted(record.id or 0 for record in kept) == list(range(1, 21))
    for record in kept:
        assert record.id is not None
        assert same(history.poses(record.id), some_poses(seed=int(record.method)))


def test_several_may_begin_a_history_at_the_same_moment(tmp_path: Path) -> None:
    def begin(path: Path, start: threading.Barrier, number: int) -> AttemptRecord:
        start.wait()
        return History(path, patience_s=60).add(a_record(), some_poses(seed=number))

    with ThreadPoolExecutor(6) as pool:
        for round_ in range(25):  # the moment between no tables and tables is short
            path, start = tmp_path / str(round_) / "history.sqlite", threading.Barrier(6)
            kept = list(pool.map(begin, [path] * 6, [start] * 6, range(6)))
            assert sorted(record.id or 0 for record in kept) == [1, 2, 3, 4, 5, 6]


_WINDOW = """
import sys
from pathlib import Path
from poseapp.library.history import History
from tests.library.history_parts import a_record, some_poses
history = History(Path(sys.argv[1]), patience_s=60)
print("ready", flush=True)
sys.stdin.readline()
for minutes in range(8):
    history.add(a_record(minutes, method=sys.argv[2]), some_poses())
"""


def test_two_windows_may_add_at_once(history: History) -> None:
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", _WINDOW, history.path, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
            text=True,
        )
        for name in ("one", "two")
    ]
    for window in windows:
        assert window.stdout is not None
        assert window.stdout.readline() == "ready\n"
    for window in windows:
        assert window.stdin is not None
        window.stdin.write("go\n")
        window.stdin.flush()
    for window in windows:
        window.communicate(timeout=100)
        assert window.returncode == 0
    assert sorted(record.method for record in history.attempts()) == ["one"] * 8 + ["two"] * 8
