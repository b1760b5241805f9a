from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from poseapp.errors import CameraError
from poseapp.pose import Pose, SimilarityMethod
from poseapp.session.live import LiveSession, LiveStatus, StillChoice
from poseapp.session.update import LiveState
from tests.patience import PATIENCE_S
from tests.session.fakes import LOST, Listener, ScriptedSource, Stage

MakeStage = Callable[..., Stage]
S = LiveState


def test_a_frame_comes_out_with_its_own_pose(stage: MakeStage, standing: Pose) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    source.give()
    update = s.update()
    assert update.frame.index == 0
    assert update.pose is not None
    np.testing.assert_array_equal(update.pose.xy, standing.xy)
    assert update.smoothed is not None
    assert update.similarity is None
    assert update.recording is False
    np.testing.assert_array_equal(update.shown[..., :3], update.frame.bgr)
    assert (update.counters.captured, update.counters.processed, update.counters.dropped) == (1, 1, 0)
    assert update.counters.pose_ms > 0
    assert s.session.take() is None


def test_nobody_in_the_picture_is_nobody(stage: MakeStage) -> None:
    s, source = stage(pose=None), ScriptedSource()
    s.session.start(source, "gated")
    source.give()
    update = s.update()
    assert (update.pose, update.smoothed, update.others) == (None, None, ())


def test_the_newest_frame_wins_and_every_other_one_is_counted(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.gate_shut = True
    s.session.start(source, "gated")
    source.give()
    s.listener.wait_for_state(S.RUNNING)
    s.listener.wait_for(lambda: bool(s.estimators))
    assert s.estimator.entered.acquire(timeout=PATIENCE_S)
    source.give(20)  # while frame 0 is still in the model
    source.lose(LOST)  # read after the 20: they have all been captured
    s.listener.wait_for(lambda: source.opened_count == 2)
    s.estimator.gate.set()
    update = s.update()
    while update.frame.index != 20:
        update = s.update()
    assert s.estimator.seen == [0, 20]
    assert (update.counters.captured, update.counters.processed, update.counters.dropped) == (21, 2, 19)


def _wait_for_estimator(s: Stage):
    s.listener.wait_for(lambda: bool(s.estimators))
    return s.estimator


def test_updates_that_nobody_takes_do_not_pile_up(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    s.listener.wait_for_state(S.RUNNING)
    for count in range(1, 31):  # one after another, so that none is dropped before the model
        source.give()
        s.listener.wait_for(lambda: bool(s.estimators))
        assert s.estimator.entered.acquire(timeout=PATIENCE_S)
        assert len(s.estimator.seen) == count
    source.live = False
    source.end()
    s.listener.wait_for_state(S.ENDED)
    assert s.listener.wakes == 1
    update = s.session.take()
    assert update is not None
    assert update.frame.index == 29
    assert s.session.take() is None


def test_the_source_belongs_to_one_thread_and_the_model_to_another(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    source.give()
    s.update()
    s.stop()
    assert source.threads("open") == source.threads("read") == source.threads("close") == {"poseapp-capture"}
    assert {thread for _, thread in s.estimator.threads} == {"poseapp-worker"}
    assert s.estimator.threads[0][0] == "create"
    assert s.estimator.threads[-1][0] == "close"


def test_stop_joins_everything_and_can_be_repeated(stage: MakeStage) -> None:
    before = set(threading.enumerate())
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    source.give()
    s.update()
    s.stop()
    assert set(threading.enumerate()) == before
    assert not source.is_open
    s.stop()
    assert s.listener.states() == [S.OPENING, S.RUNNING, S.STOPPED]
    assert s.session.take() is None


def test_stop_before_anything_arrived(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    s.stop()
    assert s.listener.states()[-1] is S.STOPPED
    assert not source.is_open


def test_a_driver_that_hangs_at_the_stop_is_said_and_waited_for_again(
    stage: MakeStage, caplog: pytest.LogCaptureFixture
) -> None:
    s, source = stage(), ScriptedSource(title="Stuck camera")
    s.session.start(source, "gated")
    source.give()
    s.update()
    release = source.hang()
    with pytest.raises(CameraError, match="“Stuck camera” does not let go"):
        s.session.stop(timeout=0.01)
    assert "Stuck camera" in caplog.text
    assert s.session.status().state is S.STOPPED
    release.set()
    s.stop()
    assert not source.is_open


def test_another_source_waits_until_the_one_before_is_released(stage: MakeStage) -> None:
    s, first, second = stage(), ScriptedSource(title="first"), ScriptedSource(title="second")
    was_open: list[bool] = []
    open_second = second.open

    def open_and_look():
        was_open.append(first.is_open)
        return open_second()

    second.open = open_and_look  # type: ignore[method-assign]
    s.session.start(first, "gated")
    first.give()
    s.update()
    release = first.hang()
    s.session.start(second, "gated")
    release.set()
    second.give()
    update = s.update()
    assert update.frame.index == 0
    assert was_open == [False]
    told = [(status.state, status.title) for status in s.listener.statuses]
    assert told == [(S.OPENING, "first"), (S.RUNNING, "first"), (S.OPENING, "second"), (S.RUNNING, "second")]


def test_another_model_on_the_same_source(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "one")
    source.give()
    s.update()
    s.session.start(source, "two")
    source.give()
    s.update()
    assert [e.name for e in s.estimators] == ["one", "two"]
    assert s.estimators[0].threads[-1][0] == "close"
    assert source.opened_count == 2


def test_what_the_screen_wishes_holds_from_the_next_frame(stage: MakeStage, standing: Pose) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    s.session.set_screen_size(320, 1000)
    s.session.set_still(StillChoice(standing.scaled(2.0), SimilarityMethod.WEIGHTED))
    source.give()
    update = s.update()
    assert update.shown.shape == (240, 320, 4)
    assert update.frame.bgr.shape == (480, 640, 3)
    assert update.similarity == pytest.approx(1.0, abs=1e-6)
    assert not update.shown_mirrored
    s.session.set_still(None)
    s.session.set_mirrored(True)
    source.give()
    update = s.update()
    assert update.similarity is None
    assert update.shown_mirrored
    np.testing.assert_array_equal(update.pose.xy, s.estimator.pose.xy)


def test_similarity_is_that_of_the_raw_pose(stage: MakeStage, standing: Pose) -> None:
    s, source = stage(), ScriptedSource()
    s.session.set_still(StillChoice(standing))
    s.session.start(source, "gated")
    source.give()
    s.update()
    raised = standing.xy.copy()
    raised[9] = (300, 20)
    s.estimator.pose = Pose(raised, standing.confidence)
    source.give()
    update = s.update()
    assert update.pose is not None
    assert update.smoothed is not None
    np.testing.assert_array_equal(update.pose.xy[9], (300, 20))
    assert update.smoothed.xy[9, 1] > 21  # still on its way
    a = raised - raised.min(axis=0)
    b = standing.xy - standing.xy.min(axis=0)
    cosine = (a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())
    assert update.similarity == pytest.approx(cosine, abs=1e-6)


def test_a_listener_may_ask_the_session_anything(standing: Pose) -> None:
    stage_box: list[Stage] = []
    asked: list[LiveStatus] = []

    class Curious(Listener):
        def on_status(self, status: LiveStatus) -> None:
            asked.append(stage_box[0].session.status())
            super().on_status(status)

    s = Stage(standing)
    s.listener = Curious()
    s.session = LiveSession(on_update=s.listener.on_update, on_status=s.listener.on_status, estimator_factory=s.make)
    stage_box.append(s)
    source = ScriptedSource()
    s.session.start(source, "gated")
    s.listener.wait_for_state(S.RUNNING)
    s.stop()
    assert len(asked) == 3
