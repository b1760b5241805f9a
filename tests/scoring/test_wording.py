"""Every sentence that can be said, for every part: whole, in the right number, without a gap."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from poseapp.pose import Keypoint
from poseapp.scoring import FeedbackItem, KeypointScore, ScoreCard, Span, Timing
from poseapp.scoring.wording import (
    NAMES,
    NOTHING,
    NOTHING_BUT_TIMING,
    NOTHING_CLEAR,
    NOTHING_SURE,
    SENTENCES,
    SHORT,
    WITHOUT_AMOUNT,
    sentence,
    sentences,
    short_sentence,
    timing_sentence,
    timing_sentences,
)

_SIDES = ("left_{}", "right_{}", "{}s")
_ARMS, _LEGS = ([side.format(limb) for side in _SIDES] for limb in ("arm", "leg"))
_EVERYWHERE = [*_ARMS, *_LEGS, "trunk", "head", "body"]
_OF_LIMBS = {"elbow_bend": _ARMS, "arm_height": _ARMS, "knee_bend": _LEGS, "thigh_height": _LEGS}


def _parts(quantity: str) -> list[str]:
    """Parts of which a quantity is said."""
    if quantity in _OF_LIMBS:
        return _OF_LIMBS[quantity]
    if quantity == "delay":  # one limb against the other, never both
        return [*_ARMS[:2], *_LEGS[:2]]
    if quantity == "motion":
        return ["arms", "legs", "trunk"]
    if quantity in ("position", "movement"):
        return _EVERYWHERE
    return ["head"] if quantity.startswith("head") else ["trunk"]


def _items() -> list[FeedbackItem]:
    plain = FeedbackItem("", Keypoint.LEFT_WRIST, "", "", None, None, None, 1.84, 3.1, 20.0)
    found = []
    for quantity, direction in SENTENCES:
        for part in _parts(quantity):
            item = replace(plain, part=part, quantity=quantity, direction=direction)
            numbers = {"amount": 0.31} if quantity == "delay" else {"amount": 20.4, "wanted": 88.2, "found": 117.9}
            if quantity != "motion":  # which never has a number
                found.append(replace(item, **numbers))
            if quantity != "delay":  # which always has its seconds
                found.append(item)
    return found


@pytest.mark.parametrize("item", _items(), ids=lambda i: f"{i.quantity}-{i.direction}-{i.part}-{i.amount}")
def test_every_sentence_is_whole(item: FeedbackItem) -> None:
    text = sentence(item)
    assert text[0].isupper()
    assert text.endswith(".")
    assert text.count(".") == 1 + len(re.findall(r"\d\.\d", text)) + text.count("about. More")
    assert not re.search(r"[{}!_]|None|nan|inf|  |(?<!\d)°| ,| :|: at|: °", text)
    assert not re.search(r"\b(\w+) \1\b", text)
    if item.amount is None:
        assert not re.search(r"\d°|instead of|: ", text) or item.quantity == "movement"


@pytest.mark.parametrize("item", _items(), ids=lambda i: f"{i.quantity}-{i.direction}-{i.part}-{i.amount}")
def test_number_agrees(item: FeedbackItem) -> None:
    """Nothing that is said of one arm only may be said of two, and the other way round."""
    if item.quantity != "movement":
        assert not re.search(r"\b(it|its|is|has|holds it|them|are|they|their)\b", sentence(item))


def test_one_sentence_for_one_thing() -> None:
    """Two findings that differ in part or direction are not said alike, but for what concerns the whole body."""
    items = [item for item in _items() if item.quantity != "movement"]
    said: dict[str, set[tuple[str, str, str]]] = {}
    for item in items:
        # A raised knee and a bent one, told without numbers, are still two things to do.
        said.setdefault(sentence(item), set()).add((item.quantity, item.direction, item.part))
    assert all(len(findings) == 1 for findings in said.values()), said


@pytest.mark.parametrize("item", _items(), ids=lambda i: f"{i.quantity}-{i.direction}-{i.part}-{i.amount}")
def test_the_short_twin_has_six_words_at_most(item: FeedbackItem) -> None:
    text = short_sentence(item)
    assert 2 <= len(text.split()) <= 6
    assert not re.search(r"[{}!_.]|None|nan|  |\d", text)


def test_all_that_may_be_said_has_its_templates() -> None:
    assert set(SENTENCES) == set(SHORT)
    with_numbers = {key for key, text in SENTENCES.items() if "{amount}" in text or "{found}" in text}
    assert set(WITHOUT_AMOUNT) == with_numbers
    assert {part for _, part in NAMES} == set(_EVERYWHERE)


@pytest.mark.parametrize("what", ["lean", "head_tilt"])
@pytest.mark.parametrize("way", ["left", "right", "forward", "back"])
def test_a_lean_is_said_by_its_own_way(what: str, way: str) -> None:
    """“Lean further to your left” is no thing to say to somebody who leans to the right."""
    keys = [(f"{what}_{way}", direction) for direction in ("more", "less")]
    others = {"left", "right"} - {way} if way in ("left", "right") else set()
    for key, templates in itertools.product(keys, (SENTENCES, WITHOUT_AMOUNT, SHORT)):
        assert not others & set(re.findall(r"\w+", templates[key]))


def _card(total: float | None, timing: Timing | None = None) -> ScoreCard:
    keypoints = tuple(KeypointScore(k, total, 1.0) for k in Keypoint)
    return ScoreCard("form", total, keypoints, 1.0, 1.0, form=total, timing=timing)


def test_nothing_to_change_is_said_as_far_as_the_numbers_bear_it_out() -> None:
    uneven = Timing(40, 1.0, 0.2, (Span(0.5, 1.0, 0.5, 0.7),))
    assert sentences(_card(97, Timing(100, 1.0, 0.01))) == (NOTHING,)
    assert sentences(_card(97, uneven)) == (NOTHING_BUT_TIMING,)
    assert sentences(_card(89.6)) == (NOTHING,)  # beside which stands 90
    assert sentences(_card(85, uneven)) == (NOTHING_SURE,)
    assert sentences(_card(50)) == (NOTHING_CLEAR,)


def test_tempo_in_words() -> None:
    def said(ratio: float) -> str:
        return timing_sentence(Timing(100, ratio, 0.0))

    assert said(1.05) == "Your tempo was the coach's."
    assert said(1.25) == "You were 25 % faster than the coach."
    assert said(0.7) == "You were 30 % slower than the coach."
    assert said(2.5) == "You were 2.5 times as fast as the coach."
    assert said(0.4) == "You took 2.5 times as long as the coach."
    assert said(0.0) == "You took 100.0 times as long as the coach."  # of a file that was written by hand


def test_an_uneven_tempo_says_where_and_by_how_much() -> None:
    hesitated, hurried = Span(0.5, 1.2, 0.7, 2.0), Span(1.2, 2.2, 2.0, 2.5)
    timing = Timing(18, 1.0, 0.26, (hurried,), (hesitated,))
    first = "At 0.5–1.2 s you hesitated and lost 0.6 s."
    second = "At 1.2–2.2 s you hurried and gained 0.5 s."
    assert timing_sentences(timing) == ("Overall your tempo was the coach's.", first, second)
    assert timing_sentence(timing) == f"Overall your tempo was the coach's. {first}"
    # At half the tempo a second of the reference should take two.
    slow = Timing(18, 0.5, 0.26, (Span(1.0, 2.0, 3.0, 4.5),))
    assert timing_sentence(slow).endswith("At 1.0–2.0 s you hurried and gained 0.5 s.")
