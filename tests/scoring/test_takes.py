"""Several takes of one movement."""

from __future__ import annotations

import pytest

from poseapp.errors import UsageError
from poseapp.pose import Keypoint, PoseSequence
from poseapp.scoring import ScoreCard, score_takes, scorer
from tests.scoring.conftest import Performed
from tools.motion.faults import graded


def test_the_take_that_fits_best_judges(performed: Performed) -> None:
    deep, shallow = performed("squat", view="left"), performed("squat", view="left", **graded(0.6).how())
    attempt = performed("squat", view="left", seed=5, **graded(0.6).how())
    card = score_takes((deep, shallow), attempt)
    assert card.take == 1
    assert card.total == scorer().score(shallow, attempt).total
    assert card.total is not None
    assert card.total >= 95


def test_a_take_without_a_total_is_never_the_best(performed: Performed) -> None:
    squat = performed("squat", view="left")
    empty = PoseSequence.from_poses([None] * 30, squat.t[:30])
    card = score_takes((empty, squat), squat)
    assert card.take == 1
    assert score_takes((empty, empty), squat).total is None


def test_a_total_below_zero_is_better_than_none(performed: Performed) -> None:
    """The classic method knows such totals."""

    class Judge:
        name = "scripted"

        def score(
            self, reference: PoseSequence, attempt: PoseSequence, keypoints: tuple[Keypoint, ...] | None = None
        ) -> ScoreCard:
            del attempt, keypoints
            return ScoreCard("scripted", -7.0 if len(reference) > 3 else None, (), 0, 0)

    squat = performed("squat", view="left")
    assert score_takes((squat.between(0, 0.09), squat), squat, judge=Judge()).take == 1


def test_only_form_knows_a_strictness(performed: Performed) -> None:
    squat = performed("squat", view="left")
    assert scorer("classic").score(squat, squat).strictness is None
    assert scorer("form").score(squat, squat).strictness == "strict"


def test_another_method_may_judge(performed: Performed) -> None:
    squat = performed("squat", view="left")
    assert score_takes((squat,), squat, judge=scorer("classic")).method == "classic"


def test_no_take_is_said(performed: Performed) -> None:
    with pytest.raises(UsageError, match="no reference"):
        score_takes((), performed("squat", view="left"))
