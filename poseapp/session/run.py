"""One source and one model at work in two threads."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from poseapp.errors import CameraError, PoseAppError, SourceError
from poseapp.session.capture import Capture
from poseapp.session.mailbox import Mailbox
from poseapp.session.recorder import Recorder
from poseapp.session.settings import Settings
from poseapp.session.update import Counters, PoseUpdate
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.frame import Frame
from poseapp.vision.sources.base import FrameSource, SourceInfo

__all__ = ["JOIN_S", "Run", "RunReports"]

#: How long a stopped run may take: an interrupted network camera needs 5 s at worst (open 3 s, read 2 s), a local one
#: that hangs 2 s. Longer means that its driver hangs.
JOIN_S = 6.0

_log = logging.getLogger(__name__)


class RunReports(Protocol):
    """Who hears how a run goes; called in its threads."""

    def opened(self, run: Run, info: SourceInfo) -> None:
        """The source gives pictures."""

    def lost(self, run: Run, error: SourceError) -> None:
        """The source went away and is tried again."""

    def failed(self, run: Run, error: PoseAppError, retrying: bool) -> None:
        """The source could not be opened, or something broke."""

    def ended(self, run: Run) -> None:
        """The file is over and its last frame went through the model."""

    def updated(self, run: Run, update: PoseUpdate, was_empty: bool) -> None:
        """An update is in the run's outbox; `was_empty` when none waited there."""


class Run:
    """Capture thread → newest frame → worker thread → newest update.

    The source is opened, read and closed in the capture thread, the model made, used and closed in the worker
    thread. Both threads end by themselves at the end of a file and when the model fails; :meth:`join` them anyway.

    Parameters
    ----------
    source : FrameSource
        Where frames come from.
    model : str
        Name of the model.
    reports : RunReports
        Who hears how it goes.
    recorder, settings
        Shared with the session.
    estimator_factory : callable
        Makes the estimator from the model's name, in the worker thread.
    retry_s : tuple of float
        Pauses in seconds between attempts to reach a source.
    predecessors : sequence of Run
        Stopped runs that may still hold their source; the capture waits for them before it opens its own.
    """

    def __init__(
        self,
        source: FrameSource,
        model: str,
        reports: RunReports,
        recorder: Recorder,
        settings: Settings,
        *,
        estimator_factory: Callable[[str], PoseEstimator],
        retry_s: tuple[float, ...],
        predecessors: Sequence[Run] = (),
    ) -> None:
        self.source = source
        self.outbox: Mailbox[PoseUpdate] = Mailbox()
        self._model = model
        self._reports = reports
        self._recorder = recorder
        self._settings = settings
        self._factory = estimator_factory
        self._predecessors = tuple(predecessors)
        self._stop = threading.Event()
        self._frames: Mailbox[Frame] = Mailbox()
        self._capture = Capture(source, self._frames, self._stop, _CaptureToRun(self, reports), retry_s)
        self._threads = (
            threading.Thread(target=self._guard, args=(self._read,), name="poseapp-capture", daemon=True),
            threading.Thread(target=self._guard, args=(self._work,), name="poseapp-worker", daemon=True),
        )

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def request_stop(self) -> None:
        """Ask both threads to end; returns at once, from any thread."""
        self._stop.set()
        self._capture.interrupt()
        self._frames.close()

    def join(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for both threads to end; True when they have."""
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0.0))
        return not any(thread.is_alive() for thread in self._threads)

    def _guard(self, work: Callable[[], None]) -> None:
        """A thread's top frame: whatever breaks is said, and the other thread ends too."""
        try:
            work()
        except PoseAppError as error:
            self._break(error)
        except Exception as error:  # noqa: BLE001 - a thread's top frame
            _log.exception("The live session broke")
            self._break(
                PoseAppError(
                    f"Something unexpected went wrong: {type(error).__name__}: {error}.",
                    "Choose the source or another model to start again.",
                )
            )

    def _break(self, error: PoseAppError) -> None:
        self._reports.failed(self, error, retrying=False)
        self.request_stop()

    def _read(self) -> None:
        for run in self._predecessors:
            if not run.join(JOIN_S):
                _log.error("“%s” does not let go of its driver", run.source.title)
                if run.source is self.source:
                    raise CameraError(
                        f"“{self.source.title}” does not answer any more.", "Unplug it and plug it in again."
                    )
        self._predecessors = ()
        self._capture.run()
        self._frames.close()

    def _work(self) -> None:
        # Imported here, in the thread that needs them: OpenCV and LiteRT must not delay the window.
        from poseapp.session.pipeline import Pipeline
        from poseapp.vision.tracker import PoseTracker

        tracker = PoseTracker(self._factory(self._model))
        try:
            pipeline = Pipeline(tracker, self._recorder, self._settings)
            while (frame := self._frames.take()) is not None and not self._stop.is_set():
                update = pipeline.process(frame, self._counters())
                if not self._stop.is_set():
                    self._reports.updated(self, update, self.outbox.put(update))
        finally:
            tracker.close()
        if not self._stop.is_set():
            self._reports.ended(self)

    def _counters(self) -> Counters:
        capture = self._capture
        return Counters(captured=capture.captured, dropped=self._frames.dropped, capture_fps=capture.fps)


class _CaptureToRun:
    """Adds to the capture's reports which run they are about."""

    def __init__(self, run: Run, reports: RunReports) -> None:
        self._run = run
        self._reports = reports

    def opened(self, info: SourceInfo) -> None:
        self._reports.opened(self._run, info)

    def lost(self, error: SourceError) -> None:
        self._reports.lost(self._run, error)

    def failed(self, error: SourceError, retrying: bool) -> None:
        self._reports.failed(self._run, error, retrying)
