"""What the history keeps of an attempt is what its card says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from poseapp.library.history import History, PracticedReference
from poseapp.library.reference import Reference
from poseapp.library.shelf import default_library
from poseapp.pose import PoseSequence
from poseapp.report.card_json import card_document, card_json
from poseapp.report.card_reading import read_card
from poseapp.scoring.wording import sentence
from poseapp.session.judge import Attempt, judge
from poseapp.session.keeping import practiced_reference, record_of

_NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def squat() -> Reference:
    shelf = default_library()
    return shelf.load(shelf.find("squat/left"))


def half_as_deep(poses: PoseSequence) -> PoseSequence:
    """The same, but every keypoint goes half as far from where it began."""
    return PoseSequence(poses.xy[0] + (poses.xy - poses.xy[0]) / 2, poses.confidence, poses.t)


def kept(attempt: Attempt, reference: Reference, folder: Path) -> History:
    history = History(folder / "history.sqlite")
    history.add(record_of(attempt, reference, _NOW, card_json(attempt.card)), attempt.poses)
    return history


def test_an_attempt_is_kept_as_it_was_judged(squat: Reference, tmp_path: Path) -> None:
    attempt = judge(squat, half_as_deep(squat.poses))
    card = attempt.card
    history = kept(attempt, squat, tmp_path)
    record = history.attempt(1)
    assert record.reference == PracticedReference("squat/left", "Squat", "left")
    assert (record.ended_at, record.method, record.strictness, record.model) == (_NOW, "form", "strict", squat.model)
    assert card.total is not None
    assert card.timing is not None
    assert (record.total, record.form, record.timing) == (card.total, card.form, card.timing.score)
    assert (record.reason, record.sentence) == ("", sentence(card.feedback[0]))
    expected = [np.nan if k.score is None else k.score for k in card.keypoints]
    np.testing.assert_array_equal(record.keypoint_scores, expected)
    assert record.duration_s == attempt.poses.duration
    again = read_card(record.card)
    assert card_document(again, exact=True) == card_document(card, exact=True)
    np.testing.assert_array_equal(history.poses(1).xy, attempt.poses.xy)


def test_nothing_to_change_leaves_no_sentence(squat: Reference) -> None:
    attempt = judge(squat, squat.poses)
    record = record_of(attempt, squat, _NOW, card_json(attempt.card))
    assert (record.total, record.sentence) == (100, "")


def test_an_attempt_without_a_total_is_kept_with_its_reason(squat: Reference, tmp_path: Path) -> None:
    poses = squat.poses
    unseen = PoseSequence(poses.xy, np.zeros((len(poses), 17)), poses.t)
    history = kept(judge(squat, unseen), squat, tmp_path)
    (record,) = history.attempts()
    assert record.total is None
    assert record.reason
    assert np.isnan(record.keypoint_scores).all()
    assert history.practiced()[0].totals == (None,)


def test_a_method_without_strictness(squat: Reference) -> None:
    attempt = judge(squat, squat.poses, method="classic")
    record = record_of(attempt, squat, _NOW, card_json(attempt.card))
    assert (record.method, record.strictness, record.form, record.timing) == ("classic", "", None, None)


def test_a_clip_goes_by_its_file_name(squat: Reference) -> None:
    clip = Reference("squat/left", Path("Users") / "squat.mov", squat.poses, (540, 720), "posenet-257")
    assert practiced_reference(clip) == PracticedReference("squat.mov", "squat", "")
    assert practiced_reference(squat) != practiced_reference(clip)
