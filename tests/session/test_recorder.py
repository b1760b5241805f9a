from __future__ import annotations

import numpy as np

from poseapp.pose import Pose
from poseapp.session.recorder import MAX_RECORDING_S, Recorder


def test_nothing_is_recorded_before_start_and_after_stop(standing: Pose) -> None:
    recorder = Recorder()
    assert recorder.add(standing, 1.0) is False
    recorder.start(at=2.0)
    assert recorder.add(standing, 2.5) is True
    assert len(recorder.stop()) == 1
    assert recorder.add(standing, 3.0) is False
    assert len(recorder.stop()) == 0


def test_what_was_captured_before_the_start_does_not_enter_however_late_it_comes(standing: Pose) -> None:
    recorder = Recorder()
    recorder.start(at=10.0)
    assert [recorder.add(standing, t) for t in (9.98, 9.999, 10.0, 10.03)] == [False, False, True, True]


def test_poses_come_back_raw_with_times_from_the_first(standing: Pose) -> None:
    recorder = Recorder()
    recorder.start(at=100.0)
    other = standing.scaled(0.5)
    for pose, t in ((standing, 100.25), (None, 100.5), (other, 101.0)):
        recorder.add(pose, t)
    assert recorder.seconds == 0.75
    poses = recorder.stop()
    np.testing.assert_array_equal(poses.t, [0.0, 0.25, 0.75])
    np.testing.assert_array_equal(poses.xy[0], standing.xy)
    np.testing.assert_array_equal(poses.xy[2], other.xy)
    assert not poses.confidence[1].any()


def test_a_time_that_does_not_increase_is_left_out(standing: Pose) -> None:
    recorder = Recorder()
    recorder.start(at=0.0)
    assert [recorder.add(standing, t) for t in (1.0, 1.0, 0.5, 2.0)] == [True, False, False, True]
    np.testing.assert_array_equal(recorder.stop().t, [0.0, 1.0])


def test_it_stops_by_itself_at_its_bound_and_keeps_what_it_has(standing: Pose) -> None:
    recorder = Recorder(max_seconds=1.0)
    recorder.start(at=0.0)
    added = [recorder.add(standing, t / 4) for t in range(10)]
    assert added == [True] * 5 + [False] * 5
    assert (recorder.active, recorder.kept, recorder.full) == (False, True, True)
    assert recorder.seconds == 1.0
    assert len(recorder.stop()) == 5
    assert (recorder.active, recorder.kept, recorder.full) == (False, False, False)


def test_the_bound_is_ten_minutes() -> None:
    assert MAX_RECORDING_S == 600
    assert Recorder().max_seconds == 600


def test_a_frozen_recording_takes_what_was_captured_before_and_nothing_after(standing: Pose) -> None:
    recorder = Recorder()
    recorder.start(at=0.0)
    recorder.add(standing, 1.0)
    recorder.freeze(until=1.5)
    assert (recorder.active, recorder.kept, recorder.full) == (False, True, False)
    assert recorder.add(standing, 1.4) is True  # it was still in the model when the camera went away
    assert recorder.add(standing, 2.0) is False
    recorder.freeze(until=3.0)  # later trouble does not open it again
    assert recorder.add(standing, 2.5) is False
    assert len(recorder.stop()) == 2


def test_freezing_without_a_recording_keeps_nothing(standing: Pose) -> None:
    recorder = Recorder()
    recorder.freeze(until=5.0)
    assert (recorder.active, recorder.kept) == (False, False)
    recorder.start(at=6.0)
    assert recorder.active
    assert recorder.add(standing, 7.0) is True


def test_starting_again_forgets_what_was_kept(standing: Pose) -> None:
    recorder = Recorder(max_seconds=0.5)
    recorder.start(at=0.0)
    for t in (0.1, 0.9):
        recorder.add(standing, t)
    assert recorder.full
    recorder.start(at=1.0)
    assert (recorder.active, recorder.full, recorder.seconds) == (True, False, 0.0)
    recorder.add(standing, 1.5)
    assert len(recorder.stop()) == 1
