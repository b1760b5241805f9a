from __future__ import annotations

import numpy as np
import pytest

from poseapp.pose import Pose
from poseapp.session.pipeline import LiveSmoother, Pipeline
from poseapp.session.recorder import Recorder
from poseapp.session.settings import Settings
from poseapp.session.update import Counters
from poseapp.vision.frame import Frame
from poseapp.vision.tracker import PoseTracker
from tests.session.fakes import GatedEstimator, TwoPeople, moved


def test_what_is_shown_lags_behind_a_jerk_and_catches_up(standing: Pose) -> None:
    smooth = LiveSmoother()
    smooth(standing, 0.0)
    there = moved(standing, 5)
    shown = [smooth(there, i / 30) for i in range(1, 31)]
    lag = [float(there.xy[0, 0] - pose.xy[0, 0]) for pose in shown if pose is not None]
    assert 0 < lag[0] < 5
    assert lag == sorted(lag, reverse=True)
    assert lag[-1] == pytest.approx(0, abs=0.1)


def test_whoever_was_away_is_smoothed_afresh(standing: Pose) -> None:
    smooth = LiveSmoother(max_gap_s=0.25)
    smooth(standing, 0.0)
    assert smooth(None, 0.1) is None
    back = smooth(moved(standing, 5), 0.3)
    assert back is not None
    np.testing.assert_array_equal(back.xy, moved(standing, 5).xy)


def test_another_person_does_not_slide_in_from_the_one_before(standing: Pose) -> None:
    smooth = LiveSmoother()
    smooth(standing, 0.0)
    beside = moved(standing, 100)  # the body is 90 px wide: the two do not touch
    shown = smooth(beside, 1 / 30)
    assert shown is not None
    np.testing.assert_array_equal(shown.xy, beside.xy)


def test_reset_forgets(standing: Pose) -> None:
    smooth = LiveSmoother()
    smooth(standing, 0.0)
    smooth.reset()
    shown = smooth(moved(standing, 5), 1 / 30)
    assert shown is not None
    np.testing.assert_array_equal(shown.xy, moved(standing, 5).xy)


def frame(index: int) -> Frame:
    return Frame(index, index / 30, np.zeros((480, 640, 3), dtype=np.uint8))


def test_a_click_follows_the_other_person_from_the_next_frame(standing: Pose) -> None:
    settings = Settings()
    pipeline = Pipeline(PoseTracker(TwoPeople(standing)), Recorder(), settings)
    first = pipeline.process(frame(0))
    assert first.pose is not None
    np.testing.assert_array_equal(first.pose.xy, standing.xy)
    assert len(first.others) == 1
    settings.set_lock_point(450, 150)
    for i in (1, 2):  # a point is clicked once and holds
        update = pipeline.process(frame(i))
        assert update.pose is not None
        assert update.smoothed is not None
        np.testing.assert_array_equal(update.pose.xy, moved(standing, 250).xy)
        np.testing.assert_allclose(update.smoothed.xy, update.pose.xy, atol=1e-3)


def test_counters_of_the_capture_are_passed_on(standing: Pose) -> None:
    pipeline = Pipeline(PoseTracker(GatedEstimator(standing)), Recorder(), Settings())
    pipeline.process(frame(0))
    counters = pipeline.process(frame(1), Counters(captured=7, dropped=5, capture_fps=30.0)).counters
    assert (counters.captured, counters.processed, counters.dropped, counters.capture_fps) == (7, 2, 5, 30.0)
    assert counters.pose_ms > 0
