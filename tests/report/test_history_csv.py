"""The history as a table: every cell where its heading says, and none that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import numpy as np

from poseapp.library.history import AttemptRecord, PracticedReference
from poseapp.pose import KEYPOINTS
from poseapp.report.history_csv import COLUMNS, history_csv


def record(name: str = "squat/left", title: str = "Squat", total: float | None = 61.239) -> AttemptRecord:
    scores = np.arange(17.0)
    scores[4] = np.nan
    return AttemptRecord(
        ended_at=datetime(2026, 5, 4, 12, 30, 1, 999_999, tzinfo=UTC),
        reference=PracticedReference(name, title, "left"),
        method="form",
        strictness="strict",
        total=total,
        form=60.0,
        timing=None,
        reason="" if total is not None else "Too little was seen.",
        sentence='Bend, "more".',
        keypoint_scores=scores,
        duration_s=3.90625,
        card="{}",
        model="posenet-257",
        id=7,
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_line_per_attempt() -> None:
    text = history_csv([record(), record(total=None)])
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert COLUMNS[-17:] == tuple(k.key for k in KEYPOINTS)
    first, second = rows(text)
    assert {key: first[key] for key in COLUMNS[:14]} == {
        "id": "7",
        "ended_at": "2026-05-04T12:30:01Z",
        "reference": "squat/left",
        "title": "Squat",
        "view": "left",
        "method": "form",
        "strictness": "strict",
        "model": "posenet-257",
        "total": "61.24",
        "form": "60.00",
        "timing": "",
        "duration_s": "3.906",
        "reason": "",
        "sentence": 'Bend, "more".',
    }
    assert [first[k.key] for k in KEYPOINTS] == [f"{i}.00" if i != 4 else "" for i in range(17)]
    assert (second["total"], second["reason"]) == ("", "Too little was seen.")


def test_nothing_kept_is_a_heading() -> None:
    assert history_csv([]) == ",".join(COLUMNS) + "\n"


def test_no_text_is_a_formula() -> None:
    for sign in "=+-@\t":
        (row,) = rows(history_csv([record(f"{sign}cmd|' /C calc'!A0", f"{sign}1")]))
        assert row["reference"] == f"'{sign}cmd|' /C calc'!A0"
        assert row["title"] == f"'{sign}1"
    (row,) = rows(history_csv([record("a\r\nb", "\n=1")]))
    assert (row["reference"], row["title"]) == ("a  b", " =1")
    (row,) = rows(history_csv([record("a=b", "Übung – 深蹲", total=-5.0)]))
    assert (row["reference"], row["title"], row["total"]) == ("a=b", "Übung – 深蹲", "-5.00")
