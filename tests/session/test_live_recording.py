from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from poseapp.session.update import LiveState
from tests.patience import PATIENCE_S
from tests.session.fakes import BUSY, LOST, ScriptedSource, Stage

MakeStage = Callable[..., Stage]
S = LiveState


def test_a_recording_holds_what_was_captured_between_record_and_stop(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.gate_shut = True
    s.session.start(source, "gated")
    source.give()
    s.listener.wait_for(lambda: bool(s.estimators))
    assert s.estimator.entered.acquire(timeout=PATIENCE_S)
    s.session.start_recording()  # frame 0 was captured before and is still in the model
    s.estimator.gate.set()
    assert not s.update().recording
    captured = []
    for _ in range(3):
        source.give()
        update = s.update()
        assert update.recording
        captured.append(update.frame.captured_at)
    poses = s.session.stop_recording()
    np.testing.assert_allclose(poses.t, np.array(captured) - captured[0], atol=1e-9)
    source.give()
    assert not s.update().recording
    recordings = [st.recording for st in s.listener.statuses]
    assert recordings == [False, False, True, False]


def test_a_recording_from_the_start_of_a_clip_has_its_first_picture(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(live=False)
    s.session.start(source, "gated", record=True)
    # It began before any thread could open the clip: however late this thread goes on, nothing is missed.
    assert s.listener.statuses[0].recording
    for _ in range(2):
        source.give()
        assert s.update().recording
    source.end()
    assert s.listener.wait_for_state(S.ENDED).recording_kept
    assert len(s.session.stop_recording()) == 2


def test_a_full_recording_stops_by_itself_and_says_so(stage: MakeStage) -> None:
    s, source = stage(max_recording_s=0.0), ScriptedSource()
    s.session.start(source, "gated")
    s.session.start_recording()
    source.give()
    assert s.update().recording
    source.give()
    assert not s.update().recording
    s.listener.wait_for(lambda: s.listener.statuses[-1].recording_full)
    status = s.listener.statuses[-1]
    assert (status.state, status.recording, status.recording_kept) == (S.RUNNING, False, True)
    assert len(s.session.stop_recording()) == 1


def test_changing_the_source_ends_a_recording_and_keeps_it(stage: MakeStage) -> None:
    s, source, another = stage(), ScriptedSource(), ScriptedSource()
    s.session.start(source, "gated")
    s.session.start_recording()
    source.give()
    s.update()
    s.session.start(another, "gated")
    another.give()
    assert not s.update().recording
    assert s.session.status().recording_kept
    assert len(s.session.stop_recording()) == 1


def test_a_camera_that_changes_its_size_ends_a_recording_and_keeps_it(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource()
    s.session.start(source, "gated")
    s.session.start_recording()
    source.give()
    assert s.update().recording
    source.give(size=(320, 400))
    update = s.update()
    assert not update.recording
    assert update.shown.shape == (400, 320, 4)
    s.listener.wait_for(lambda: s.listener.statuses[-1].recording_kept)
    assert len(s.session.stop_recording()) == 1


def test_a_lost_camera_is_found_again_and_the_recording_kept(stage: MakeStage) -> None:
    s, source = stage(), ScriptedSource(opens=(None, BUSY, None))
    s.session.start(source, "gated")
    s.listener.wait_for_state(S.RUNNING)
    s.session.start_recording()
    for _ in range(3):
        source.give()
        assert s.update().recording
    assert s.session.status().recording
    source.lose()
    s.listener.wait_for(lambda: source.opened_count == 3)
    source.give()
    assert not s.update().recording
    status = s.session.status()
    assert status.state is S.RUNNING
    assert (status.recording, status.recording_kept, status.recording_full) == (False, True, False)
    assert status.recorded_s > 0
    lost = [st for st in s.listener.statuses if st.state is S.LOST]
    assert lost[0].error is LOST
    assert lost[0].retrying
    assert lost[0].recording_kept
    assert s.listener.states() == [S.OPENING, S.RUNNING, S.LOST, S.RUNNING]
    assert len(s.session.stop_recording()) == 3
    assert not s.session.status().recording_kept


def test_a_recording_begun_while_the_camera_is_away_begins_when_it_is_back(stage: MakeStage) -> None:
    hold = threading.Event()
    s, source = stage(), ScriptedSource(opens=(None, hold, BUSY, BUSY, None))
    s.session.start(source, "gated")
    source.give()
    s.update()
    source.lose()
    s.listener.wait_for_state(S.LOST)
    s.session.start_recording()
    hold.set()  # it is tried twice more in vain
    source.give()
    assert s.update().recording
    assert source.opened_count == 4
    assert len(s.session.stop_recording()) == 1
