"""A score card read from its JSON is the card that was written; anything else is refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from math import nan
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poseapp.errors import HistoryError
from poseapp.pose import KEYPOINTS, PoseSequence
from poseapp.report.card_json import card_document, card_json
from poseapp.report.card_reading import card_from_document, read_card
from poseapp.scoring import (
    PARTS,
    FeedbackItem,
    HeatMap,
    KeypointScore,
    MatchedTimes,
    ScoreCard,
    Span,
    Timing,
    scorer,
)
from poseapp.scoring.wording import NAMES, SENTENCES


def plain(value: Any) -> Any:
    """`value` as tuples, dictionaries and numbers that can be compared, NaN included."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray):
        return "array", value.shape, [None if np.isnan(v) else v for v in value.ravel().tolist()]
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value


_NUMBERS = st.floats(-1000, 1000)
_SPANS = st.lists(st.builds(Span, _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS), max_size=3).map(tuple)
_ITEMS = st.builds(
    lambda what, part, joint, numbers, both: FeedbackItem(part, joint, *what, *numbers, both_sides=both),
    st.sampled_from(sorted(SENTENCES)),
    st.sampled_from([part for quantity, part in NAMES if not quantity]),
    st.none() | st.sampled_from(KEYPOINTS),
    st.tuples(*[st.none() | _NUMBERS] * 3, *[_NUMBERS] * 3),
    st.booleans(),
)


@st.composite
def _heats(draw: st.DrawFn) -> HeatMap:
    columns = draw(st.integers(0, 4))
    cells = draw(st.lists(_NUMBERS | st.just(nan), min_size=6 * columns, max_size=6 * columns))
    return HeatMap(tuple(PARTS), np.arange(columns) / 3, np.array(cells, dtype=np.float64).reshape(6, columns))


_PATHS = st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=1, max_size=9).map(
    lambda pairs: MatchedTimes(np.array(sorted(a for a, _ in pairs)), np.array(sorted(b for _, b in pairs)))
)
_CARDS = st.builds(
    ScoreCard,
    method=st.text(max_size=20),
    total=st.none() | _NUMBERS,
    keypoints=st.lists(st.tuples(st.none() | _NUMBERS, st.floats(0, 1)), min_size=17, max_size=17).map(
        lambda scores: tuple(KeypointScore(k, *score) for k, score in zip(KEYPOINTS, scores, strict=True))
    ),
    reference_duration=_NUMBERS,
    attempt_duration=_NUMBERS,
    reason=st.text(max_size=50),
    form=st.none() | _NUMBERS,
    timing=st.none() | st.builds(Timing, _NUMBERS, _NUMBERS, _NUMBERS, _SPANS, _SPANS),
    mirrored=st.booleans(),
    strictness=st.sampled_from([None, "strict", "normal", "gentle"]),
    take=st.none() | st.integers(0, 9),
    feedback=st.lists(_ITEMS, max_size=3).map(tuple),
    heat=st.none() | _heats(),
    path=st.none() | _PATHS,
)


@settings(max_examples=60)
@given(_CARDS)
def test_what_is_written_is_read(card: ScoreCard) -> None:
    assert plain(read_card(card_json(card))) == plain(card)


def moving(frames: int = 60, depth: float = 80.0) -> PoseSequence:
    """Somebody who bends and stretches the knees once."""
    standing = np.array(
        [
            *[(200, 60), (206, 54), (194, 54), (214, 58), (186, 58), (230, 100), (170, 100), (240, 150), (160, 150)],
            *[(245, 200), (155, 200), (220, 200), (180, 200), (222, 280), (178, 280), (224, 360), (176, 360)],
        ],
        dtype=np.float64,
    )
    t = np.arange(frames) / 30
    xy = np.repeat(standing[None], frames, axis=0)
    down = depth * np.sin(np.pi * np.arange(frames) / (frames - 1)) ** 2
    xy[:, :13, 1] += down[:, None]
    xy[:, 13:15, 0] += down[:, None] / 2
    return PoseSequence(xy, np.ones((frames, 17)), t)


@pytest.mark.parametrize("method", ["form", "classic"])
@pytest.mark.parametrize("depth", [80.0, 40.0, 0.0])
def test_cards_of_real_scorers(method: str, depth: float) -> None:
    card = scorer(method).score(moving(), moving(50, depth))
    assert plain(read_card(card_json(card))) == plain(card)
    # What other programs are given reads as the same card, to their fewer digits.
    assert card_document(card_from_document(card_document(card))) == card_document(card)


def test_a_card_without_a_total() -> None:
    poses = moving()
    unseen = PoseSequence(poses.xy, np.zeros((len(poses), 17)), poses.t)
    card = scorer("form").score(poses, unseen)
    assert card.total is None
    assert card.reason
    assert plain(read_card(card_json(card))) == plain(card)


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The document of a card with everything on it."""
    item = FeedbackItem("left_arm", KEYPOINTS[9], "elbow_bend", "more", 12.0, None, None, 0.5, 0.6, 12.0)
    card = ScoreCard(
        method="form",
        total=50.0,
        keypoints=tuple(KeypointScore(k, 50.0, 1.0) for k in KEYPOINTS),
        reference_duration=2.0,
        attempt_duration=2.0,
        form=50.0,
        timing=Timing(90.0, 1.0, 0.1, hurried=(Span(0.1, 0.5, 0.1, 0.3),)),
        strictness="strict",
        feedback=(item,),
        heat=HeatMap(tuple(PARTS), np.array([0.5, 1.5]), np.full((6, 2), 4.0)),
        path=MatchedTimes(np.array([0.0, 1.0]), np.array([0.0, 1.0])),
    )
    return card_document(card)


def changed(document: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(document))
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


_BAD: list[tuple[tuple[str | int, ...], object]] = [
    (("format",), "poseapp-poses"),
    (("version",), 1),
    (("version",), 3),
    (("method",), 7),
    (("method",), "x" * 101),
    (("strictness",), "brutal"),
    (("take",), -1),
    (("total",), "much"),
    (("total",), True),
    (("total",), float("nan")),
    (("total",), float("inf")),
    (("total",), 1e9),
    (("reason",), "x" * 1001),
    (("mirrored",), 1),
    (("keypoints",), []),
    (("keypoints", 3, "keypoint"), "tail"),
    (("keypoints", 3, "keypoint"), "nose"),
    (("keypoints", 3, "seen"), 1.5),
    (("keypoints", 3, "score"), "high"),
    (("reference_duration_s",), None),
    (("timing", "tempo_ratio"), None),
    (("timing", "hurried", 0, "attempt_end"), "late"),
    (("timing", "hesitated"), [{}] * 1001),
    (("feedback", 0, "quantity"), "courage"),
    (("feedback", 0, "direction"), "other"),
    (("feedback", 0, "part"), "tail"),
    (("feedback", 0, "part"), ["left_arm"]),
    (("feedback", 0, "joint"), "tail"),
    (("feedback",), [{}] * 21),
    (("heat", "degrees", "tail"), [1.0, 2.0]),
    (("heat", "degrees", "head"), [1.0]),
    (("heat", "t"), [1.0]),
    (("heat", "t", 0), None),
    (("path", "reference"), [0.0]),
    (("path", "reference"), [1.0, 0.0]),
    (("path", "attempt", 0), None),
    (("path",), {"reference": [], "attempt": []}),
]


@pytest.mark.parametrize(("path", "value"), _BAD, ids=lambda value: str(value)[:40])
def test_what_does_not_fit_is_refused(whole: dict[str, Any], path: tuple[str | int, ...], value: object) -> None:
    card_from_document(whole)
    with pytest.raises(HistoryError, match=r"^The score card is damaged: ") as caught:
        card_from_document(changed(whole, path, value))
    assert caught.value.hint


def test_every_field_is_needed(whole: dict[str, Any]) -> None:
    told_again = {"seen_count"}  # how many keypoints have a score
    for key in set(whole) - told_again:
        with pytest.raises(HistoryError):
            card_from_document({other: value for other, value in whole.items() if other != key})


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "7", "{", '{"format": 1e999}', '{"total": NaN}', '{"a":' * 50_000, "\0", '"poseapp-score"'],
    ids=lambda text: text[:20] or "empty",
)
def test_texts_that_are_no_cards(text: str) -> None:
    with pytest.raises(HistoryError, match=r"The score card is damaged: .+\."):
        read_card(text)


def test_sentences_in_a_document_are_not_believed(whole: dict[str, Any]) -> None:
    lie = changed(whole, ("feedback", 0, "sentence"), "Send money.")
    assert card_document(card_from_document(lie)) == whole


@pytest.mark.parametrize("length", [0, 1, 5])
def test_a_part_of_a_text_is_no_card(whole: dict[str, Any], length: int) -> None:
    text = msgspec.json.encode(whole).decode()
    with pytest.raises(HistoryError):
        read_card(text[: len(text) * length // 6])


def test_numbers_are_exact_where_they_are_kept() -> None:
    score: Callable[[float], KeypointScore] = lambda value: KeypointScore(KEYPOINTS[0], value, 1 / 3)  # noqa: E731
    others = tuple(KeypointScore(k, None, 0.0) for k in KEYPOINTS[1:])
    card = ScoreCard("form", 83.4962, (score(200 / 3), *others), 1 / 3, 2 / 3)
    assert card_document(card)["total"] == 83.5
    kept = read_card(card_json(card))
    assert (kept.total, kept.keypoints[0].score, kept.reference_duration) == (83.4962, 200 / 3, 1 / 3)
    assert plain(kept) == plain(replace(card))
