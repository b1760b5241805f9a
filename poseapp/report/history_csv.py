"""The history as CSV: a line per attempt."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from poseapp.library.history import AttemptRecord
from poseapp.pose import KEYPOINTS
from poseapp.report.numbers import rounded

__all__ = ["COLUMNS", "history_csv"]

#: The first line of the file.
COLUMNS: Final = (
    *("id", "ended_at", "reference", "title", "view", "method", "strictness", "model"),
    *("total", "form", "timing", "duration_s", "reason", "sentence"),
    *(k.key for k in KEYPOINTS),
)
#: A spreadsheet takes a cell that begins so for a formula, and a name or a title may come from anybody.
_FORMULA: Final = ("=", "+", "-", "@", "\t")


def history_csv(records: Iterable[AttemptRecord]) -> str:
    """A line per attempt under a heading, in the order given.

    Times are UTC to the second (ISO 8601), scores have two decimals; what there is not is empty. An apostrophe
    stands before a text that a spreadsheet would take for a formula, and no text has a line break.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow(_cells(record))
    return stream.getvalue()


def _cells(record: AttemptRecord) -> list[str]:
    reference = record.reference
    texts = (reference.name, reference.title, reference.view, record.method, record.strictness, record.model)
    return [
        "" if record.id is None else str(record.id),
        record.ended_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        *map(_text, texts),
        *(_number(value, 2) for value in (record.total, record.form, record.timing)),
        _number(record.duration_s, 3),
        *map(_text, (record.reason, record.sentence)),
        *(_number(float(score), 2) for score in record.keypoint_scores),
    ]


def _text(text: str) -> str:
    line = text.replace("\r", " ").replace("\n", " ")  # many readers take each line for an attempt
    return f"'{line}" if line.startswith(_FORMULA) else line


def _number(value: float | None, digits: int) -> str:
    number = rounded(value, digits)
    return "" if number is None else f"{number:.{digits}f}"
