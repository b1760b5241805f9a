"""Reference, attempt and judgement with the real model on the demo clips."""

from __future__ import annotations

from pathlib import Path

import pytest

from poseapp.errors import Cancelled, ClipError
from poseapp.library.reference import Reference
from poseapp.pose import Pose
from poseapp.session.demo import demo_attempt, demo_reference
from poseapp.session.headless import practise
from poseapp.session.judge import judge
from poseapp.session.live import LiveSession, StillChoice
from poseapp.session.references import load_reference
from poseapp.session.update import LiveState
from poseapp.vision.models import DEFAULT_MODEL
from poseapp.vision.sources.file import FileSource
from tests.session.fakes import Listener

COACH, ATTEMPT = demo_reference().clip, demo_attempt()


def frame_times(clip: Path) -> list[float | None]:
    with FileSource(clip) as source:
        return [frame.media_time for frame in source]


@pytest.fixture(scope="module")
def coach() -> Reference:
    return load_reference(COACH, DEFAULT_MODEL)


def test_a_practice_without_a_window_sees_every_frame_and_judges_the_attempt() -> None:
    told: list[tuple[int, int | None]] = []
    attempt = practise(ATTEMPT, COACH, DEFAULT_MODEL, progress=lambda done, total: told.append((done, total)))
    assert attempt.card.total is not None
    assert attempt.card.total < 100
    assert attempt.card.seen_count >= 12
    times = frame_times(ATTEMPT)
    assert attempt.card.attempt_duration == pytest.approx(times[-1], abs=0.02)
    assert attempt.trace is not None
    assert attempt.trace.best is not None
    coach_first = len(frame_times(COACH))
    assert [done for done, _ in told] == [*range(1, coach_first + 1), *range(1, len(times) + 1)]


def test_a_reference_carries_what_is_needed_to_practise(coach: Reference) -> None:
    made = (coach.name, coach.clip, coach.frame_size, coach.model)
    assert made == ("clip", COACH, (540, 720), DEFAULT_MODEL)
    assert coach.poses.t.tolist() == frame_times(COACH)
    assert judge(coach, coach.poses).card.total == 100


def test_loading_can_be_cancelled() -> None:
    done: list[int] = []
    with pytest.raises(Cancelled):
        load_reference(
            COACH,
            DEFAULT_MODEL,
            progress=lambda count, total: done.append(count),
            cancelled=lambda: len(done) >= 3,
        )
    assert done == [1, 2, 3]


def test_a_missing_clip_is_said() -> None:
    with pytest.raises(ClipError):
        load_reference(COACH.with_name("missing.mp4"), DEFAULT_MODEL)


def test_a_clip_played_as_the_camera_is_recorded_to_its_end_and_judged(coach: Reference, standing: Pose) -> None:
    listener = Listener()
    session = LiveSession(on_update=listener.on_update, on_status=listener.on_status)
    # Twice as fast as filmed, to be quick; a busy machine drops frames, as it would with a camera.
    session.start(FileSource(ATTEMPT, paced=True, speed=2.0), DEFAULT_MODEL)
    session.start_recording()
    status = listener.wait_for_state(LiveState.ENDED)
    poses = session.stop_recording()
    session.stop()
    assert status.info is not None
    assert (status.info.width, status.info.height) == (540, 720)
    assert poses.duration == pytest.approx((frame_times(ATTEMPT)[-1] or 0.0) / 2, abs=0.3)
    attempt = judge(coach, poses, still=StillChoice(standing))
    assert attempt.card.total is not None
    assert attempt.trace is not None
    assert len(attempt.trace.value) == len(poses)
