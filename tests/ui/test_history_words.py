"""Days in words, and what is worked out of attempts."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = pytest.mark.ui

from poseapp.library.history import History, PracticedReference  # noqa: E402
from poseapp.pose import Keypoint  # noqa: E402
from poseapp.ui.flow.history import Contents  # noqa: E402
from poseapp.ui.pages.history_figures import Change, best_attempt, change, part_figures  # noqa: E402
from poseapp.ui.pages.history_words import (  # noqa: E402
    attempt_rows,
    change_words,
    chart_points,
    count_words,
    title_words,
)
from poseapp.ui.when_words import day_words, moment_words  # noqa: E402
from tests.ui.attempts import BEND, NOON, SQUAT, add, fill  # noqa: E402

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 11, 20), "today", "today"),
        (date(2026, 11, 19), "yesterday", "yesterday"),
        (date(2026, 11, 18), "18 November", "18 Nov"),
        (date(2026, 1, 1), "1 January", "1 Jan"),
        (date(2025, 11, 20), "20 November 2025", "20 Nov 2025"),
        (date(2026, 11, 21), "21 November", "21 Nov"),  # a clock that was set back
    ],
)
def test_a_day_in_words(day: date, long: str, short: str) -> None:
    assert day_words(day, TODAY) == long
    assert day_words(day, TODAY, short=True) == short


def test_new_years_eve_is_yesterday_on_new_years_day() -> None:
    assert day_words(date(2025, 12, 31), date(2026, 1, 1)) == "yesterday"


def test_a_moment_in_words() -> None:
    zone = timezone(timedelta(hours=2))
    now = datetime(2026, 11, 20, 18, tzinfo=zone)
    assert moment_words(datetime(2026, 11, 20, 4, 5, tzinfo=zone), now, short=True) == "today 04:05"
    assert moment_words(datetime(2026, 11, 2, 18, 41, tzinfo=zone), now) == "2 November, 18:41"


@pytest.mark.parametrize(
    ("days", "totals", "expected"),
    [
        ([], [], None),
        ([20], [64.0], None),
        ([16, 16, 20], [60.0, 57.0, 64.0], Change(7, date(2026, 11, 16))),  # against the last of that day
        ([16, 20, 20], [57.0, 90.0, 64.0], Change(7, date(2026, 11, 16))),  # not against another of today
        ([20, 20], [64.0, 61.0], Change(-3, None)),
        # As the scores are shown: 64 and 57, though they are 6.1 apart.
        ([16, 20], [57.4, 63.5], Change(7, date(2026, 11, 16))),
    ],
)
def test_the_change_is_against_the_day_before(days: list[int], totals: list[float], expected: Change | None) -> None:
    assert change([date(2026, 11, day) for day in days], totals) == expected


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, ""),
        (Change(7, date(2026, 11, 16)), "7 more than on 16 November"),
        (Change(-2, date(2025, 11, 16)), "2 less than on 16 November 2025"),
        (Change(0, date(2026, 11, 16)), "The same as on 16 November"),
        (Change(1, date(2026, 11, 19)), "1 more than yesterday"),
        (Change(-3, None), "3 less than the time before"),
        (Change(0, None), "The same as the time before"),
    ],
)
def test_the_words_of_change(found: Change | None, words: str) -> None:
    assert change_words(found, TODAY) == words


def test_the_best_is_the_newest_of_those_that_are_shown_alike(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    for days, total in ((3, 79.8), (2, 80.2), (1, None), (0, 61.0)):
        add(history, total, NOON - timedelta(days=days))
    attempts = history.attempts()
    assert best_attempt(attempts) == attempts[2].id
    assert best_attempt([a for a in attempts if a.total is None]) is None


def test_a_part_is_the_mean_of_what_was_seen_of_it_in_the_last_judged_attempt(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    first = {Keypoint.LEFT_WRIST: 20.0, Keypoint.LEFT_ELBOW: 40.0}
    add(history, 50.0, NOON - timedelta(days=2), keypoints=first)
    unseen = dict.fromkeys((Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST, Keypoint.RIGHT_ELBOW))
    add(history, 60.0, NOON - timedelta(days=1), keypoints={**unseen, Keypoint.LEFT_ELBOW: 90.0})
    add(history, None, NOON, keypoints=dict.fromkeys(Keypoint))
    by_part = {figures.part: figures for figures in part_figures(history.attempts())}
    assert by_part["left_arm"].score == 90.0
    assert by_part["left_arm"].values == (30.0, 90.0)
    assert by_part["right_arm"].score is None
    assert by_part["right_arm"].values == (80.0,)
    assert by_part["trunk"].score == 80.0
    assert list(by_part) == ["head", "left_arm", "right_arm", "trunk", "left_leg", "right_leg"]


def test_without_a_judged_attempt_no_part_was_seen(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    add(history, None)
    assert {figures.score for figures in part_figures(history.attempts())} == {None}


def test_rows_and_points(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    fill(history)
    rows = attempt_rows(history.attempts(SQUAT), NOON)
    assert [row.when for row in rows] == [
        "today 10:43", "yesterday 10:39", "14 Nov 10:57", "9 Nov 11:13", "9 Nov 11:10", "8 Nov 11:17",
    ]  # fmt: skip
    assert [row.best for row in rows] == [False, True, False, False, False, False]
    assert rows[0].spoken == ("today 10:43, 78, fair, Bend your knees more: 120° instead of 90° at 1.3 s, timing 93")
    assert rows[1].spoken.endswith(", best")
    points = chart_points(history.attempts(SQUAT), NOON)
    assert [point.total for point in points] == [43.0, 50.4, 47.0, 63.0, 81.0, 77.6]
    assert [point.day for point in points] == ["8 Nov", "9 Nov", "9 Nov", "14 Nov", "yesterday", "today"]
    (unjudged, judged) = attempt_rows(history.attempts(BEND), NOON)
    assert unjudged.total is None
    assert unjudged.words == "Too little of you was seen to judge this."
    assert not judged.best  # of one alone it would say nothing


def test_how_many_since_when(tmp_path: Path) -> None:
    history = History(tmp_path / "history.sqlite")
    assert count_words(Contents(), NOON) == ""
    add(history, 64.0)
    assert count_words(Contents(history.practiced()), NOON) == "1 attempt, today"
    fill(history)
    assert count_words(Contents(history.practiced()), NOON) == "10 attempts since 31 October"


def test_a_clip_is_called_by_its_name_as_a_person_writes_it() -> None:
    assert title_words(PracticedReference("my_own_move.mp4", "my_own_move")) == "My own move"
    assert title_words(PracticedReference("squat/left", "Squat", "left")) == "Squat"
