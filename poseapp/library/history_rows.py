"""An attempt as a line of the history's table, and back; what cannot be read costs one value, not the list."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isfinite, nan
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from poseapp.library.history_records import END, MAX_LINE, MAX_NAME, START, AttemptRecord, PracticedReference
from poseapp.pose.keypoints import KEYPOINT_COUNT

__all__ = [
    "COLUMNS",
    "DAMAGED",
    "INSERT",
    "PROGRESS_COLUMNS",
    "UPDATE",
    "names_of",
    "number_in",
    "record_in",
    "row_of",
    "text_in",
    "time_in",
]

#: The reason of an attempt of whose line in the file something cannot be read.
DAMAGED: Final = "This attempt is damaged in the history."

_MICROSECOND: Final = timedelta(microseconds=1)
_NAMES: Final = ("name", "title", "view")
_KEPT: Final = (
    *("ended_at_us", *_NAMES, "method", "strictness", "model", "total", "form", "timing"),
    *("reason", "sentence", "keypoint_scores", "duration_s"),
)
_LENGTHS: Final = {"reason": MAX_LINE, "sentence": MAX_LINE, "keypoint_scores": 1000} | dict.fromkeys(
    (*_NAMES, "method", "strictness", "model"), MAX_NAME
)
#: Whatever lies in the file, no more of a text than that is read.
COLUMNS: Final = ", ".join(
    f"substr({column}, 1, {_LENGTHS[column]})" if column in _LENGTHS else column for column in ("id", *_KEPT)
)
INSERT: Final = f"INSERT INTO attempt ({', '.join(_KEPT)}) VALUES ({', '.join('?' * len(_KEPT))})"  # noqa: S608
UPDATE: Final = f"UPDATE attempt SET {', '.join(f'{column} = ?' for column in _KEPT)} WHERE id = ?"  # noqa: S608
PROGRESS_COLUMNS: Final = (
    ", ".join(f"substr({column}, 1, {MAX_NAME})" for column in (*_NAMES, "method", "strictness", "model"))
    + ", ended_at_us, total"
)


def row_of(record: AttemptRecord) -> tuple[object, ...]:
    """What :data:`INSERT` takes, and :data:`UPDATE` before the id."""
    ended_at_us = (record.ended_at - START) // _MICROSECOND
    scores = msgspec.json.encode(record.keypoint_scores.tolist()).decode()  # NaN becomes null
    return (
        *(ended_at_us, *names_of(record.reference), record.method, record.strictness, record.model),
        *(record.total, record.form, record.timing, record.reason, record.sentence, scores, record.duration_s),
    )


def names_of(reference: PracticedReference) -> tuple[str, str, str]:
    """The three columns by which attempts belong together."""
    return reference.name, reference.title, reference.view


def record_in(row: tuple[Any, ...]) -> AttemptRecord:
    """The attempt in :data:`COLUMNS`; what cannot be read costs that value, and is said in the reason."""
    line = dict(zip(("id", *_KEPT), row, strict=True))
    numbers = {key: number_in(line[key]) for key in ("total", "form", "timing", "duration_s")}
    texts = {key: text_in(line[key]) for key in (*_NAMES, "method", "strictness", "model", "reason", "sentence")}
    ended_at = time_in(line["ended_at_us"])
    scores = _scores(line["keypoint_scores"])
    whole = (
        scores is not None
        and numbers["duration_s"] is not None
        and all(numbers[key] == line[key] for key in numbers)
        and all(texts[key] == line[key] for key in texts)
        and (ended_at - START) // _MICROSECOND == line["ended_at_us"]
    )
    if not whole:
        numbers["total"], texts["reason"] = None, DAMAGED
    return AttemptRecord(
        ended_at=ended_at,
        reference=PracticedReference(*(texts[key] for key in _NAMES)),
        method=texts["method"],
        strictness=texts["strictness"],
        total=numbers["total"],
        form=numbers["form"],
        timing=numbers["timing"],
        reason=texts["reason"],
        sentence=texts["sentence"],
        keypoint_scores=np.full(KEYPOINT_COUNT, nan) if scores is None else scores,
        duration_s=numbers["duration_s"] or 0.0,
        card="",
        model=texts["model"],
        id=line["id"],
    )


def time_in(value: object) -> datetime:
    """Microseconds since 1970 as a time; 1970 for what is none that an attempt may have."""
    if isinstance(value, int) and 0 <= value < (END - START) // _MICROSECOND:
        return START + value * _MICROSECOND
    return START


def number_in(value: object) -> float | None:
    """A finite number; None for anything else."""
    return float(value) if isinstance(value, int | float) and isfinite(value) else None


def text_in(value: object) -> str:
    """A text; empty for anything else."""
    return value if isinstance(value, str) else ""


def _scores(value: object) -> NDArray[np.float64] | None:
    try:
        scores = msgspec.json.decode(text_in(value), type=list[float | None])
    except msgspec.MsgspecError:
        return None
    return np.array(scores, dtype=np.float64) if len(scores) == KEYPOINT_COUNT else None
