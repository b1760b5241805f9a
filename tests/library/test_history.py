"""What is added to the history is what is read from it, and what is removed is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poseapp.errors import HistoryError
from poseapp.library.history import AttemptRecord, History, Manner, PracticedReference, history_path
from poseapp.pose import PoseSequence
from tests.library.history_parts import NOON, PUNCH, SQUAT, a_record, fields_of, same, some_poses


@pytest.fixture
def history(tmp_path: Path) -> History:
    """One whose file does not exist yet, below a folder that does not either."""
    return History(tmp_path / "data" / "Übungen 100 % #1?" / "history.sqlite")


def test_nothing_there_is_an_empty_history(history: History) -> None:
    assert (history.attempts(), history.practiced()) == ((), ())
    history.clear()
    for ask in (history.attempt, history.poses, history.remove):
        with pytest.raises(HistoryError, match="There is no attempt 1 in the history"):
            ask(1)
    assert not history.path.parent.exists()


def test_it_is_in_the_users_own_folder(own_library: Path) -> None:
    assert history_path() == own_library.parent / "history.sqlite"


def test_what_is_added_is_read_to_the_bit(history: History) -> None:
    record, poses = a_record(), some_poses()
    added = history.add(record, poses)
    assert added.id == 1
    assert fields_of(added, "id") == fields_of(record, "id")
    again = History(history.path)
    assert fields_of(again.attempt(1)) == fields_of(added)
    (listed,) = again.attempts()
    assert fields_of(listed, "card") == fields_of(added, "card")
    assert listed.card == ""
    assert same(again.poses(1), poses)
    if os.name == "posix":
        assert history.path.stat().st_mode & 0o777 == 0o600


_SCORES = st.none() | st.floats(-100, 100)
_TEXTS = st.text(max_size=40)
_POSES = st.builds(
    lambda count, seed, start: PoseSequence(
        some_poses(count, seed).xy, some_poses(count, seed).confidence, some_poses(count, seed).t + start
    ),
    st.integers(1, 50),
    st.integers(0, 9),
    st.floats(-10, 1e5),
)
_RECORDS = st.builds(
    AttemptRecord,
    ended_at=st.datetimes(
        datetime(1970, 1, 2), datetime(2999, 12, 30), timezones=st.sampled_from([UTC, timezone(timedelta(hours=5.5))])
    ),
    reference=st.builds(PracticedReference, _TEXTS, _TEXTS, st.sampled_from(["", "front", "left", "right"])),
    method=_TEXTS,
    strictness=_TEXTS,
    total=_SCORES,
    form=_SCORES,
    timing=_SCORES,
    reason=_TEXTS,
    sentence=_TEXTS,
    keypoint_scores=st.lists(st.floats(-100, 100) | st.just(float("nan")), min_size=17, max_size=17),
    duration_s=st.floats(0, 1e4),
    card=st.text(max_size=2000),
    model=_TEXTS,
)


@settings(max_examples=30)
@given(st.lists(st.tuples(_RECORDS, _POSES), min_size=1, max_size=4))
def test_whatever_is_added_is_read(attempts: list[tuple[AttemptRecord, PoseSequence]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "history.sqlite")
        added = [history.add(record, poses) for record, poses in attempts]
        for record, (given_record, poses) in zip(added, attempts, strict=True):
            assert record.id is not None
            assert fields_of(history.attempt(record.id)) == fields_of(record)
            assert fields_of(record, "id") == fields_of(given_record, "id")
            assert same(history.poses(record.id), poses)
        newest = sorted(added, key=lambda record: (record.ended_at, record.id), reverse=True)
        assert [record.id for record in history.attempts()] == [record.id for record in newest]
        for progress in history.practiced():
            here = [record for record in reversed(newest) if record.reference == progress.reference]
            assert list(progress.totals) == [record.total for record in here]
            assert list(progress.ended_at) == [record.ended_at for record in here]
            of_it = history.attempts(progress.reference)
            assert [record.id for record in reversed(of_it)] == [record.id for record in here]
        assert sum(progress.count for progress in history.practiced()) == len(added)


def test_newest_first_and_only_what_is_asked_for(history: History) -> None:
    for minutes, reference in ((5, SQUAT), (1, PUNCH), (9, SQUAT), (9, SQUAT)):
        history.add(a_record(minutes, reference=reference), some_poses())
    assert [record.id for record in history.attempts()] == [4, 3, 1, 2]
    assert [record.id for record in history.attempts(limit=2)] == [4, 3]
    assert history.attempts(limit=0) == ()
    assert [record.id for record in history.attempts(SQUAT)] == [4, 3, 1]
    assert [record.id for record in history.attempts(PUNCH, limit=7)] == [2]
    assert history.attempts(PracticedReference("squat/left", "Squat", "right")) == ()


def test_progress_by_movement(history: History) -> None:
    for minutes, reference, total in ((0, SQUAT, 40.0), (1, PUNCH, None), (2, SQUAT, 72.5), (3, SQUAT, None)):
        history.add(a_record(minutes, reference=reference, total=total), some_poses())
    squat, punch = history.practiced()
    assert (squat.reference, punch.reference) == (SQUAT, PUNCH)
    assert squat.totals == (40.0, 72.5, None)
    assert squat.ended_at == tuple(NOON + timedelta(minutes=minutes) for minutes in (0, 2, 3))
    assert (squat.count, squat.last, squat.best, squat.last_at) == (3, None, 72.5, NOON + timedelta(minutes=3))
    assert (punch.count, punch.last, punch.best) == (1, None, None)


def test_only_scores_that_were_judged_alike_are_compared(history: History) -> None:
    for minutes, total, changes in (
        (0, 40.0, {}),
        (1, 90.0, {"strictness": "gentle"}),
        (2, 50.0, {}),
        (3, 95.0, {"model": "movenet-thunder"}),
        (4, 60.0, {}),
        (5, 99.0, {"method": "classic", "strictness": ""}),
        (6, 70.0, {}),
        (7, None, {"strictness": "gentle"}),  # there is nothing to compare
    ):
        history.add(a_record(minutes, total=total, **changes), some_poses(3))
    (squat,) = history.practiced()
    assert squat.manner == Manner("form", "strict", "posenet-257") == a_record().manner
    assert squat.comparable == (40.0, 50.0, 60.0, 70.0)
    assert squat.manners[1] == Manner("form", "gentle", "posenet-257")
    history.add(a_record(8, total=85.0, strictness="gentle"), some_poses(3))
    (squat,) = history.practiced()
    assert squat.comparable == (90.0, 85.0)


def test_without_any_score_the_newest_says_how_it_is_judged(history: History) -> None:
    history.add(a_record(total=None), some_poses(3))
    history.add(a_record(1, total=None, strictness="gentle"), some_poses(3))
    (squat,) = history.practiced()
    assert (squat.manner.strictness, squat.comparable) == ("gentle", ())


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_what_is_removed_is_gone_from_the_disk(history: History) -> None:
    history.add(a_record(sentence="Bend your secret knee."), some_poses())
    history.add(a_record(1, card='"the other card"'), some_poses(seed=2))
    history.remove(1)
    assert [record.id for record in history.attempts()] == [2]
    left = everything_in(history.path.parent)
    assert b"secret knee" not in left
    assert b"the other card" in left
    with pytest.raises(HistoryError, match="no attempt 1"):
        history.remove(1)
    assert same(history.poses(2), some_poses(seed=2))
    assert history.add(a_record(), some_poses()).id == 3
    history.remove(3)
    assert history.add(a_record(), some_poses()).id == 4  # numbers are not given twice


def test_what_is_judged_anew_takes_the_place_of_what_was_kept(history: History) -> None:
    for minutes in (0, 1):
        history.add(a_record(minutes), some_poses(seed=minutes))
    anew = a_record(strictness="gentle", total=88.5, form=88.5, sentence="", card='{"format": "other"}')
    assert history.judged_anew(replace(anew, id=1))
    assert fields_of(history.attempt(1), "id") == fields_of(anew, "id")
    assert same(history.poses(1), some_poses(seed=0))
    assert fields_of(history.attempt(2), "id") == fields_of(a_record(1), "id")


def test_what_was_removed_is_not_brought_back_by_judging_it_anew(history: History) -> None:
    anew = replace(a_record(), id=1)
    assert not history.judged_anew(anew)
    assert not history.path.exists()
    history.add(a_record(), some_poses())
    history.remove(1)
    assert not history.judged_anew(anew)
    assert not history.judged_anew(a_record())  # it was never kept
    assert history.attempts() == ()


def test_clear(history: History) -> None:
    for minutes in range(5):
        history.add(a_record(minutes, card='"secret card"'), some_poses(500))
    full = history.path.stat().st_size
    history.clear()
    assert (history.attempts(), history.practiced()) == ((), ())
    assert history.path.stat().st_size < full / 5
    assert b"secret card" not in everything_in(history.path.parent)
    assert history.add(a_record(), some_poses()).id == 6


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_numbers_that_no_attempt_has(history: History, number: int) -> None:
    history.add(a_record(), some_poses())
    for ask in (history.attempt, history.poses, history.remove):
        with pytest.raises(HistoryError, match="There is no attempt"):
            ask(number)


def test_poses_that_cannot_be_kept(history: History) -> None:
    empty = PoseSequence(np.zeros((0, 17, 2)), np.zeros((0, 17)), [])
    long = PoseSequence(np.zeros((200_001, 17, 2)), np.zeros((200_001, 17)), np.arange(200_001) / 30)
    for poses in (empty, long):
        with pytest.raises(HistoryError, match="cannot be kept"):
            history.add(a_record(), poses)
    assert history.attempts() == ()


def test_texts_that_no_file_can_hold() -> None:
    record = a_record(reference=PracticedReference("a\udcffb\0c", "x" * 400, "left"), sentence="é" * 2000)
    assert record.reference.name == "a?b?c"
    assert record.reference.title == "x" * 300
    assert record.sentence == "é" * 1000


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_at": datetime(2026, 1, 1)},
        {"ended_at": datetime(1969, 1, 1, tzinfo=UTC)},
        {"ended_at": datetime(3000, 1, 1, tzinfo=UTC)},
        {"total": float("nan")},
        {"duration_s": float("inf")},
        {"keypoint_scores": np.zeros(16)},
        {"keypoint_scores": np.full(17, np.inf)},
        {"card": "x" * (16 * 2**20 + 1)},
    ],
)
def test_records_that_make_no_sense(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"attempt|card"):
        a_record(**changes)


def test_a_record_cannot_be_changed_from_outside() -> None:
    scores = np.zeros(17)
    record = a_record(keypoint_scores=scores)
    scores[0] = 5
    assert record.keypoint_scores[0] == 0
    assert not record.keypoint_scores.flags.writeable


def test_the_file_says_what_it_is(history: History) -> None:
    history.add(a_record(), some_poses())
    head = history.path.read_bytes()[:100]
    assert head[18:20] == b"\2\2"  # write-ahead log
    assert (head[60:64], head[68:72]) == (b"\0\0\0\1", b"pose")
    assert [path.name for path in history.path.parent.iterdir()] == ["history.sqlite"]


def test_nobody_waits_for_sqlite_who_needs_no_history() -> None:
    script = "import sys, poseapp.cli, poseapp.library.history; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
