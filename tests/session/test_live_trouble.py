from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from poseapp.errors import ClipError, ModelError, PoseAppError
from poseapp.pose import Pose
from poseapp.session.update import LiveState
from poseapp.shortfall import Shortfall
from tests.patience import PATIENCE_S
from tests.session.fakes import BUSY, ScriptedSource, Stage, TwoPeople

MakeStage = Callable[..., Stage]
S = LiveState


def test_a_camera_that_is_busy_is_tried_until_it_is_free(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(opens=(BUSY, BUSY, BUSY, None))
    s.session.start(source, "gated")
    source.give()
    s.update()
    assert s.listener.states() == [S.OPENING, S.FAILED, S.RUNNING]
    failed = s.listener.statuses[1]
    assert (failed.error, failed.retrying) == (BUSY, True)
    running = s.listener.statuses[-1]
    assert (running.error, running.retrying) == (None, False)
    assert source.opened_count == 4


def test_a_clip_that_cannot_be_opened_is_not_tried_again(stage: MakeStage) -> None:
    error = ClipError("“x.mp4” is empty.", "Choose another.")
    s, source = stage(), ScriptedSource(live=False, opens=(error,))
    s.session.start(source, "gated")
    status = s.listener.wait_for_state(S.FAILED)
    assert (status.error, status.retrying) == (error, False)
    s.stop()
    assert source.opened_count == 1


def test_a_point_clicked_in_the_picture_before_means_nothing(stage: MakeStage, standing: Pose) -> None:
    s, source = stage(estimator_factory=lambda model: TwoPeople(standing)), ScriptedSource()
    s.session.lock(450, 150)  # where the second person will be
    s.session.start(source, "gated")
    source.give()
    update = s.update()
    assert update.pose is not None
    np.testing.assert_array_equal(update.pose.xy, standing.xy)


def test_a_camera_that_falls_silent_without_a_word_is_lost(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(title="Quiet camera")
    s.session.start(source, "gated")
    source.give()
    s.update()
    source.end()
    s.listener.wait_for(lambda: source.opened_count == 2)
    lost = [st for st in s.listener.statuses if st.state is S.LOST]
    assert "“Quiet camera”" in str(lost[0].error)


def test_stop_does_not_wait_for_the_next_attempt(stage: MakeStage) -> None:
    s, source = stage(retry_s=(3600.0,)), ScriptedSource(opens=(BUSY,))
    s.session.start(source, "gated")
    s.listener.wait_for_state(S.FAILED)
    s.session.stop(timeout=PATIENCE_S)
    assert source.opened_count == 1


def test_the_end_of_a_clip_comes_after_its_last_frame(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(live=False)
    s.gate_shut = True
    s.session.start(source, "gated")
    s.session.start_recording()
    source.give(1)
    s.listener.wait_for(lambda: bool(s.estimators))
    assert s.estimator.entered.acquire(timeout=PATIENCE_S)
    source.give(1)
    source.end()
    s.estimator.gate.set()
    status = s.listener.wait_for_state(S.ENDED)
    assert status.recording_kept
    assert not status.recording
    assert s.estimator.seen == [0, 1]
    assert len(s.session.stop_recording()) == 2
    assert not source.is_open


def test_a_model_that_cannot_be_loaded_is_said_and_releases_the_source(stage: MakeStage) -> None:
    error = ModelError("The model is damaged.", "Install poseapp again.")

    def broken(model: str) -> None:
        raise error

    s, source = stage(estimator_factory=broken), ScriptedSource()
    s.session.start(source, "gated")
    status = s.listener.wait_for_state(S.FAILED)
    assert (status.error, status.retrying) == (error, False)
    s.stop()
    assert not source.is_open


def test_a_model_that_breaks_is_said_and_the_recording_kept(
    stage: MakeStage, caplog: pytest.LogCaptureFixture
) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    s.session.start_recording()
    source.give()
    assert s.update().recording
    s.estimator.error = RuntimeError("tensor is upside down")
    source.give()
    status = s.listener.wait_for_state(S.FAILED)
    assert type(status.error) is PoseAppError
    assert "tensor is upside down" in str(status.error)
    assert not status.retrying
    assert status.recording_kept
    assert "Traceback" in caplog.text
    assert len(s.session.stop_recording()) == 1
    s.stop()
    assert s.estimator.threads[-1] == ("close", "poseapp-worker")


def test_a_clip_that_gave_less_than_it_announces_says_so_at_its_end(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(live=False)
    source.shortfall = Shortfall("squat.mp4", 1.1, 3.4)
    s.session.start(source, "gated")
    source.give(1)
    assert s.listener.wait_for_state(S.RUNNING).shortfall is None
    source.end()
    assert s.listener.wait_for_state(S.ENDED).shortfall == source.shortfall
    s.session.start(ScriptedSource(), "gated")
    assert s.listener.wait_for_state(S.RUNNING).shortfall is None


def test_a_clip_that_plays_again_says_once_that_it_gave_less(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(live=False)
    s.session.start(source, "gated")
    source.give(1)
    s.update()
    source.shortfall = Shortfall("squat.mp4", 1.1, 3.4)  # its end was met, and it goes on from its beginning
    for _ in range(3):
        source.give(1)
        s.update()
    s.listener.wait_for(lambda: s.listener.statuses[-1].shortfall is not None)
    told = [(status.state, status.shortfall) for status in s.listener.statuses if status.shortfall is not None]
    assert told == [(S.RUNNING, source.shortfall)]


def test_a_source_that_breaks_the_contract_is_said(stage: MakeStage, caplog: pytest.LogCaptureFixture) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    source.give()
    s.update()
    source.crash(ZeroDivisionError("driver"))
    status = s.listener.wait_for_state(S.FAILED)
    assert "ZeroDivisionError: driver" in str(status.error)
    assert "Traceback" in caplog.text
    s.stop()
    assert not source.is_open
    assert S.ENDED not in s.listener.states()


def test_after_a_failure_the_session_can_start_again(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    source.crash(ZeroDivisionError("driver"))
    s.listener.wait_for_state(S.FAILED)
    another = ScriptedSource()
    s.session.start(another, "gated")
    another.give()
    s.update()
    assert s.listener.states() == [S.OPENING, S.RUNNING, S.FAILED, S.OPENING, S.RUNNING]


def test_a_camera_that_hangs_does_not_keep_another_source_waiting(
    stage: MakeStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("poseapp.session.run.JOIN_S", 0.01)
    s, stuck, clip = stage(), ScriptedSource(title="Stuck camera"), ScriptedSource(title="clip.mp4", live=False)
    s.session.start(stuck, "gated")
    stuck.give()
    s.update()
    release = stuck.hang()
    s.session.start(clip, "gated")
    clip.give()
    s.update()
    assert s.session.status().title == "clip.mp4"
    assert "“Stuck camera” does not let go" in caplog.text
    release.set()
    s.stop()
    assert not stuck.is_open


def test_a_camera_that_hangs_is_never_opened_a_second_time_meanwhile(
    stage: MakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("poseapp.session.run.JOIN_S", 0.01)
    s, stuck = stage(), ScriptedSource(title="Stuck camera")
    s.session.start(stuck, "one")
    stuck.give()
    s.update()
    release = stuck.hang()
    s.session.start(stuck, "two")
    status = s.listener.wait_for_state(S.FAILED)
    assert "“Stuck camera” does not answer" in str(status.error)
    assert stuck.opened_count == 1
    release.set()
    s.stop()
    assert not stuck.is_open
