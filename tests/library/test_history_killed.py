"""A program that is killed in the middle of adding an attempt leaves the old history whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from poseapp.library.history import History
from tests.library.history_parts import a_record, some_poses, two_attempts

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history of two attempts."""
    return two_attempts(tmp_path)


_INTERRUPTED = """
import functools, sqlite3, sys
from pathlib import Path
from poseapp.library.history import History
from tests.library.history_parts import a_record, some_poses

def stop():
    print("there", flush=True)
    sys.stdin.read()  # until the end

class Interrupted(sqlite3.Connection):
    def execute(self, sql, *values):
        if sys.argv[2] == "before" and sql == "COMMIT":
            stop()
        return super().execute(sql, *values)
    def close(self):
        if sys.argv[2] == "after":
            stop()
        super().close()

sqlite3.connect = functools.partial(sqlite3.connect, factory=Interrupted)
History(Path(sys.argv[1])).add(a_record(2), some_poses(30_000))
"""


def _killed(path: Path, where: str) -> None:
    """A process that is killed while it adds an attempt of several megabytes, at a point that it has told."""
    process = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED, path, where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    process.kill()
    process.communicate()
    assert process.returncode != 0


def test_killed_in_the_middle_of_adding(path: Path) -> None:
    _killed(path, "before")
    assert path.with_name("history.sqlite-wal").stat().st_size > 1_000_000  # it was in the middle of it
    history = History(path)
    assert [record.id for record in history.attempts()] == [2, 1]
    assert np.array_equal(history.poses(2).xy, some_poses(seed=2).xy)
    assert history.add(a_record(3), some_poses()).id == 3
    assert len(History(path).attempts()) == 3


def test_killed_after_it_was_added(path: Path) -> None:
    _killed(path, "after")
    history = History(path)
    assert [record.id for record in history.attempts()] == [3, 2, 1]
    assert np.array_equal(history.poses(3).xy, some_poses(30_000).xy)


def test_killed_while_the_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "history.sqlite"
    _killed(path, "before")
    history = History(path)
    assert history.attempts() == ()
    assert history.add(a_record(), some_poses()).id == 1
