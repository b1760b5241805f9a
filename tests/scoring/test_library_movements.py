"""The movements that come with the program, as its default model sees them, each taken for an attempt at another."""

from __future__ import annotations

import numpy as np
import pytest

from poseapp.library.entry import Entry
from poseapp.library.reference import VIEWS
from poseapp.library.shelf import Library
from poseapp.paths import assets_dir
from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring import ScoreCard, scorer
from poseapp.scoring.wording import short_sentence
from tools.motion import ACTIONS

_LIBRARY = Library(assets_dir() / "references", None)
_ENTRIES = {entry.name: entry for entry in _LIBRARY.entries()}
_LIMIT = 20


def _card(entry: Entry, attempt: PoseSequence) -> ScoreCard:
    return scorer().score(_LIBRARY.load(entry).poses, attempt, entry.keypoints)


@pytest.mark.parametrize("view", VIEWS)
def test_another_movement_gets_hardly_anything(view: str) -> None:
    entries = [entry for entry in _LIBRARY.entries() if entry.view == view]
    poses = {entry.action: _LIBRARY.load(entry).poses for entry in entries}
    totals = {
        (entry.action, other): _card(entry, poses[other]).total
        for entry in entries
        for other in poses
        if other != entry.action and entry.action not in ACTIONS[other].includes
    }
    assert len(totals) > 100
    # From the side too little may be seen of what moves: then there is a sentence and no score.
    assert list(totals.values()).count(None) < 10
    high = {pair: total for pair, total in totals.items() if total is not None and total > _LIMIT}
    assert high == {}


@pytest.mark.parametrize("name", _ENTRIES)
def test_the_same_gets_everything(name: str) -> None:
    assert _card(_ENTRIES[name], _LIBRARY.load(_ENTRIES[name]).poses).total == pytest.approx(100)


@pytest.mark.parametrize("view", VIEWS)
def test_a_squat_with_the_arms_forward_is_no_front_raise_and_the_legs_are_told_so(view: str) -> None:
    """The coach chose the arms alone, and they do go forward."""
    entry = _ENTRIES[f"front_raise/{view}"]
    assert Keypoint.LEFT_KNEE not in entry.keypoints
    card = _card(entry, _LIBRARY.load(_ENTRIES[f"squat/{view}"]).poses)
    assert card.total == pytest.approx(0, abs=5)
    first = card.feedback[0]
    assert (first.part, first.quantity, first.direction) == ("legs", "motion", "more")
    assert short_sentence(first) == "Keep your legs still"
    assert not {"left_leg", "right_leg", "legs"} & {item.part for item in card.feedback[1:]}


def test_a_front_raise_is_no_squat_and_the_legs_are_told_so() -> None:
    card = _card(_ENTRIES["squat/front"], _LIBRARY.load(_ENTRIES["front_raise/front"]).poses)
    assert card.total == pytest.approx(0, abs=5)
    assert card.feedback[0].part == "legs"


@pytest.mark.parametrize(("wanted", "shown"), [("biceps_curl", "front_raise"), ("front_raise", "biceps_curl")])
def test_upper_arms_tell_a_curl_from_a_raise_from_the_front(wanted: str, shown: str) -> None:
    """The forearms do nearly the same in the picture."""
    entry = _ENTRIES[f"{wanted}/front"]
    assert _card(entry, _LIBRARY.load(_ENTRIES[f"{shown}/front"]).poses).total == pytest.approx(0, abs=5)


@pytest.mark.parametrize("name", ["jumping_jack/front", "knee_raise/front", "squat/left"])
def test_legs_that_stand_still_cost_beside_arms_that_do_it_right(name: str) -> None:
    """The legs of a jumping jack move by 6° where the arms move by 30°."""
    poses = _LIBRARY.load(_ENTRIES[name]).poses
    xy = poses.xy.copy()
    for joint in (Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE, Keypoint.LEFT_ANKLE, Keypoint.RIGHT_ANKLE):
        xy[:, joint] = xy[:, joint - 2] + np.median(poses.xy[:, joint] - poses.xy[:, joint - 2], axis=0)
    card = _card(_ENTRIES[name], PoseSequence(xy, poses.confidence, poses.t))
    assert card.total is not None
    assert card.total <= 75
    assert card.feedback[0].part == "legs"


@pytest.mark.parametrize("view", VIEWS)
def test_legs_that_shift_a_little_cost_nothing_where_only_the_arms_were_chosen(view: str) -> None:
    entry = _ENTRIES[f"front_raise/{view}"]
    poses = _LIBRARY.load(entry).poses
    shifting = poses.xy.copy()
    legs = float(np.median(poses.xy[:, Keypoint.LEFT_ANKLE, 1] - poses.xy[:, Keypoint.LEFT_HIP, 1]))
    there_and_back = legs * np.sin(np.radians(6)) * np.sin(2 * np.pi * poses.t / 2)
    for joint, share in (
        (Keypoint.LEFT_KNEE, 0.5), (Keypoint.RIGHT_KNEE, 0.5), (Keypoint.LEFT_ANKLE, 1), (Keypoint.RIGHT_ANKLE, 1),
    ):  # fmt: skip
        shifting[:, joint, 0] += share * there_and_back
    assert _card(entry, PoseSequence(shifting, poses.confidence, poses.t)).total == pytest.approx(100, abs=0.5)
