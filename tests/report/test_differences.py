"""When a limb is drawn as differing, read off a card."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Keypoint
from poseapp.report.differences import Difference, differences, differing_keypoints
from poseapp.scoring import PARTS, FeedbackItem, HeatMap, ScoreCard

#: Ten stretches of a fifth of a second.
T = 0.1 + 0.2 * np.arange(10)


def card(rows: dict[str, list[float]], *feedback: FeedbackItem) -> ScoreCard:
    heat = HeatMap(tuple(rows), T.copy(), np.array(list(rows.values())))
    return ScoreCard("form", 50.0, (), 2.0, 2.0, feedback=feedback, heat=heat)


def item(part: str, t: float) -> FeedbackItem:
    return FeedbackItem(part, Keypoint.LEFT_KNEE, "knee_bend", "less", 20.0, 80.0, 100.0, t, t, 20.0)


def spans(found: tuple[Difference, ...]) -> list[tuple[str, float, float]]:
    return [(d.part, pytest.approx(d.start), pytest.approx(d.end)) for d in found]  # type: ignore[misc]


def test_a_poor_stretch_differs_and_a_fair_one_does_not() -> None:
    row = [0, 14, 15, 30, 13.9, 0, 0, 0, 20, 20]
    assert spans(differences(card({"head": [13.0] * 10, "left_arm": [float(v) for v in row]}))) == [
        ("left_arm", 0.2, 0.8),
        ("left_arm", 1.6, 2.0),
    ]


def test_a_short_flicker_and_what_is_not_seen_do_not_differ() -> None:
    heat = HeatMap(("trunk",), np.arange(20) * 0.1, np.array([[np.nan] * 10 + [0.0] * 5 + [30.0] + [0.0] * 4]))
    assert differences(ScoreCard("form", 50.0, (), 2.0, 2.0, heat=heat)) == ()


def test_what_a_sentence_is_about_differs_around_its_moment_even_when_fair() -> None:
    rows = {"left_leg": [0.0, 5, 6.9, 7, 10, 8, 7, 0, 9, 0], "right_leg": [0.0] * 9 + [np.nan]}
    about = item("left_leg", 0.9)
    assert spans(differences(card(rows, about))) == [("left_leg", 0.6, 1.4)]
    assert differences(card(rows, about))[0].item is about
    # Not seen then: nothing is drawn, whatever is said.
    assert differences(card(rows, item("right_leg", 1.9))) == ()


def test_both_legs_and_the_whole_body_mean_all_their_rows() -> None:
    rows = {part: [10.0] * 10 for part in PARTS}
    assert [d.part for d in differences(card(rows, item("legs", 1.0)))] == ["left_leg", "right_leg"]
    assert [d.part for d in differences(card(rows, item("body", 1.0)))] == list(PARTS)


def test_keypoints_of_what_differs_now() -> None:
    found = (Difference("left_leg", 0.5, 1.0), Difference("head", 0.9, 2.0))
    assert not differing_keypoints(found, 0.4).any()
    assert set(np.flatnonzero(differing_keypoints(found, 0.7))) == {Keypoint.LEFT_KNEE, Keypoint.LEFT_ANKLE}
    assert set(np.flatnonzero(differing_keypoints(found, 0.95))) == {0, 1, 2, 3, 4, 13, 15}
    assert set(np.flatnonzero(differing_keypoints(found, 1.5))) == {0, 1, 2, 3, 4}


def test_a_card_without_a_heat_map_says_nothing() -> None:
    assert differences(ScoreCard("classic", 50.0, (), 2.0, 2.0)) == ()
