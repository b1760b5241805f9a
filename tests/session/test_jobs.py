from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from poseapp.errors import Cancelled, ClipError, PoseAppError
from poseapp.session.jobs import Job, Progress
from tests.patience import PATIENCE_S


class Ear:
    """Keeps every callback with the thread it came in."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, object]] = []
        self.threads: set[str] = set()

    def _hear(self, kind: str, what: object) -> None:
        self.heard.append((kind, what))
        self.threads.add(threading.current_thread().name)

    def progress(self, done: int, total: int | None) -> None:
        self._hear("progress", (done, total))

    def done(self, result: object) -> None:
        self._hear("done", result)

    def error(self, error: PoseAppError) -> None:
        self._hear("error", error)

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.heard]


def run(work: Callable[[Progress, Callable[[], bool]], object], ear: Ear, interval_s: float = 0.0) -> Job[object]:
    return Job(work, ear.progress, ear.done, ear.error, name="the job", progress_interval_s=interval_s)


def test_the_result_comes_once_after_all_progress_in_the_jobs_thread() -> None:
    ear = Ear()

    def work(progress: Progress, cancelled: Callable[[], bool]) -> str:
        for i in range(3):
            progress(i + 1, 3)
        return "poses"

    assert run(work, ear).join(PATIENCE_S)
    assert ear.heard == [*(("progress", (i, 3)) for i in (1, 2, 3)), ("done", "poses")]
    assert ear.threads == {"the job"}


def test_progress_is_throttled_but_begin_and_end_are_told() -> None:
    ear = Ear()

    def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
        for i in range(1000):
            progress(i + 1, 1000)

    assert run(work, ear, interval_s=3600.0).join(PATIENCE_S)
    assert ear.heard == [("progress", (1, 1000)), ("progress", (1000, 1000)), ("done", None)]


def test_an_error_for_a_person_arrives_as_it_is() -> None:
    ear, error = Ear(), ClipError("“x.mp4” is missing.", "Choose another.")

    def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
        raise error

    assert run(work, ear).join(PATIENCE_S)
    assert ear.heard == [("error", error)]


def test_any_other_error_is_logged_and_becomes_one_for_a_person(caplog: pytest.LogCaptureFixture) -> None:
    ear = Ear()

    def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
        raise ZeroDivisionError("by nought")

    assert run(work, ear).join(PATIENCE_S)
    ((kind, error),) = ear.heard
    assert kind == "error"
    assert isinstance(error, PoseAppError)
    assert "ZeroDivisionError: by nought" in error.sentence
    assert error.hint
    assert "Traceback" in caplog.text


def test_cancel_stops_work_that_asks() -> None:
    ear, began = Ear(), threading.Event()

    def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            progress(1, None)
            began.set()
        raise Cancelled

    job = run(work, ear, interval_s=3600.0)
    assert began.wait(PATIENCE_S)
    assert job.running
    job.cancel()
    assert job.join(PATIENCE_S)
    assert not job.running
    assert ear.kinds() == ["progress", "error"]
    assert isinstance(ear.heard[-1][1], Cancelled)


def test_a_result_that_comes_after_the_cancel_is_not_told() -> None:
    ear, cancelled_now = Ear(), threading.Event()

    def work(progress: Progress, cancelled: Callable[[], bool]) -> str:
        cancelled_now.wait(PATIENCE_S)
        return "too late"

    job = run(work, ear)
    job.cancel()
    cancelled_now.set()
    assert job.join(PATIENCE_S)
    assert ear.kinds() == ["error"]
    assert isinstance(ear.heard[0][1], Cancelled)


def test_cancel_after_the_end_changes_nothing() -> None:
    ear = Ear()
    job = run(lambda progress, cancelled: 42, ear)
    assert job.join(PATIENCE_S)
    job.cancel()
    assert ear.heard == [("done", 42)]


def test_join_says_when_it_is_not_over() -> None:
    ear, release = Ear(), threading.Event()
    job = run(lambda progress, cancelled: release.wait(PATIENCE_S), ear)
    assert job.join(0.0) is False
    release.set()
    assert job.join(PATIENCE_S) is True
