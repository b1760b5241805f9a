"""A score card from its JSON, whoever wrote that: :mod:`poseapp.report.card_json` the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import nan
from typing import Annotated, Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from poseapp.errors import HistoryError
from poseapp.pose import KEYPOINTS, Keypoint
from poseapp.report.card_json import FORMAT, VERSION
from poseapp.scoring import (
    PARTS,
    FeedbackItem,
    HeatMap,
    KeypointScore,
    MatchedTimes,
    ScoreCard,
    Span,
    Strictness,
    Timing,
)
from poseapp.scoring.wording import NAMES, SENTENCES

__all__ = ["card_from_document", "read_card"]

_BY_KEY: Final = {k.key: k for k in KEYPOINTS}
_MOST_POINTS: Final = 1_000_000

_Value = Annotated[float, msgspec.Meta(ge=-1e6, le=1e6)]
_Seconds = Annotated[float, msgspec.Meta(ge=-1e6, le=1e6)]
_Points = Annotated[list[_Seconds], msgspec.Meta(min_length=1, max_length=_MOST_POINTS)]


class _Keypoint(msgspec.Struct, frozen=True):
    keypoint: str
    score: _Value | None
    seen: Annotated[float, msgspec.Meta(ge=0, le=1)]


class _Span(msgspec.Struct, frozen=True):
    reference_start: _Seconds
    reference_end: _Seconds
    attempt_start: _Seconds
    attempt_end: _Seconds


_Spans = Annotated[list[_Span], msgspec.Meta(max_length=1000)]


class _Timing(msgspec.Struct, frozen=True):
    score: _Value
    tempo_ratio: _Value
    departure_s: _Seconds
    hurried: _Spans
    hesitated: _Spans


class _Feedback(msgspec.Struct, frozen=True):
    part: str
    joint: str | None
    both_sides: bool
    quantity: str
    direction: str
    amount: _Value | None
    wanted: _Value | None
    found: _Value | None
    reference_t: _Seconds
    attempt_t: _Seconds
    error: _Value


class _Heat(msgspec.Struct, frozen=True):
    t: Annotated[list[_Seconds], msgspec.Meta(max_length=_MOST_POINTS)]
    degrees: Annotated[dict[str, list[_Value | None]], msgspec.Meta(max_length=len(PARTS))]


class _Path(msgspec.Struct, frozen=True):
    reference: _Points
    attempt: _Points


class _Card(msgspec.Struct, frozen=True):
    method: Annotated[str, msgspec.Meta(max_length=100)]
    strictness: Strictness | None
    take: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None
    total: _Value | None
    reason: Annotated[str, msgspec.Meta(max_length=1000)] | None
    form: _Value | None
    timing: _Timing | None
    mirrored: bool
    feedback: Annotated[list[_Feedback], msgspec.Meta(max_length=20)]
    keypoints: Annotated[list[_Keypoint], msgspec.Meta(min_length=len(KEYPOINTS), max_length=len(KEYPOINTS))]
    reference_duration_s: _Seconds
    attempt_duration_s: _Seconds
    heat: _Heat | None
    path: _Path | None


class _DamageError(ValueError):
    """What is wrong, as the end of a sentence."""


def read_card(text: str) -> ScoreCard:
    """The card in a JSON text such as :func:`poseapp.report.card_json.card_json` makes.

    Raises
    ------
    HistoryError
        It is no such text.
    """
    try:
        document = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _error("it is not JSON" if text else "it is missing") from error
    return card_from_document(document)


def card_from_document(document: Mapping[str, Any]) -> ScoreCard:
    """The card that a document of :func:`poseapp.report.card_json.card_document` describes.

    Sentences in it are not read: they are made from the other fields.

    Raises
    ------
    HistoryError
        A field is missing or is not what it must be.
    """
    try:
        return _card(document)
    except msgspec.MsgspecError as error:
        raise _error(str(error)) from error
    except _DamageError as error:
        raise _error(str(error)) from error


def _card(document: Mapping[str, Any]) -> ScoreCard:
    _require(document.get("format") == FORMAT, "it is no score card")
    version = document.get("version")
    _require(version == VERSION, f"it is version {str(version)[:20]} of the format, not version {VERSION}")
    card = msgspec.convert(dict(document), _Card)
    keys = [k.keypoint for k in card.keypoints]
    _require(keys == list(_BY_KEY), "its keypoints are not the 17 in their order")
    return ScoreCard(
        method=card.method,
        total=card.total,
        keypoints=tuple(KeypointScore(_BY_KEY[k.keypoint], k.score, k.seen) for k in card.keypoints),
        reference_duration=card.reference_duration_s,
        attempt_duration=card.attempt_duration_s,
        reason=card.reason or "",
        form=card.form,
        timing=None if card.timing is None else _timing(card.timing),
        mirrored=card.mirrored,
        strictness=card.strictness,
        take=card.take,
        feedback=tuple(map(_feedback, card.feedback)),
        heat=None if card.heat is None else _heat(card.heat),
        path=None if card.path is None else _path(card.path),
    )


def _timing(timing: _Timing) -> Timing:
    return Timing(
        timing.score, timing.tempo_ratio, timing.departure_s, _spans(timing.hurried), _spans(timing.hesitated)
    )


def _spans(spans: list[_Span]) -> tuple[Span, ...]:
    return tuple(Span(s.reference_start, s.reference_end, s.attempt_start, s.attempt_end) for s in spans)


def _feedback(item: _Feedback) -> FeedbackItem:
    _require((item.quantity, item.direction) in SENTENCES, "there are no words for one of its hints")
    _require(("", item.part) in NAMES, "one of its hints is about no part of the body")
    return FeedbackItem(
        item.part,
        _joint(item.joint),
        item.quantity,
        item.direction,
        item.amount,
        item.wanted,
        item.found,
        item.reference_t,
        item.attempt_t,
        item.error,
        both_sides=item.both_sides,
    )


def _joint(key: str | None) -> Keypoint | None:
    _require(key is None or key in _BY_KEY, "one of its hints is about no keypoint")
    return None if key is None else _BY_KEY[key]


def _heat(heat: _Heat) -> HeatMap:
    _require(set(heat.degrees) <= set(PARTS), "its errors are about no parts of the body")
    _require(all(len(row) == len(heat.t) for row in heat.degrees.values()), "its errors and their times do not fit")
    rows = [[nan if value is None else value for value in row] for row in heat.degrees.values()]
    degrees = np.array(rows, dtype=np.float64).reshape(len(rows), len(heat.t))
    return HeatMap(tuple(heat.degrees), np.array(heat.t, dtype=np.float64), degrees)


def _path(path: _Path) -> MatchedTimes:
    _require(len(path.reference) == len(path.attempt), "its matched moments are not pairs")
    return MatchedTimes(_never_falling(path.reference), _never_falling(path.attempt))


def _never_falling(times: list[float]) -> NDArray[np.float64]:
    _require(all(a <= b for a, b in pairwise(times)), "its matched moments go back in time")
    return np.array(times, dtype=np.float64)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _DamageError(otherwise)


def _error(why: str) -> HistoryError:
    return HistoryError(
        f"The score card is damaged: {why}.", "What is in the list is all that is left of the attempt."
    )
