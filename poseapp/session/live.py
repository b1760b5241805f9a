"""The live session: a source, a model, and what is found, for whoever shows it. No Qt."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from poseapp.errors import CameraError, PoseAppError, SourceError
from poseapp.pose import PoseSequence
from poseapp.session.capture import RETRY_S
from poseapp.session.recorder import MAX_RECORDING_S, Recorder
from poseapp.session.run import JOIN_S, Run
from poseapp.session.settings import Settings, StillChoice
from poseapp.session.status import LiveStatus, StatusBoard
from poseapp.session.update import LiveState, PoseUpdate
from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.sources.base import FrameSource, SourceInfo

__all__ = ["LiveSession", "LiveStatus", "StillChoice"]

_log = logging.getLogger(__name__)


def _create_estimator(model: str) -> PoseEstimator:
    # Imported in the worker thread that calls this: the runtime must not delay the window.
    from poseapp.vision.estimators import create_estimator

    return create_estimator(model)


class LiveSession:
    """Runs one source through one model and hands on the newest result.

    :meth:`start` and :meth:`stop` belong to one thread, that of the window; everything else may be called from
    any. No call waits for a picture or for inference, but :meth:`stop`, which joins every thread.

    Parameters
    ----------
    on_update : callable
        Called in the worker thread when an update waits and none did before; fetch it with :meth:`take`.
    on_status : callable
        Called in a worker's or the caller's thread with every change of the status, one at a time and in order.
        It must not wait for the thread that calls :meth:`stop`.
    estimator_factory : callable, optional
        Makes an estimator from a model's name; it is called in the worker thread.
    retry_s : tuple of float
        Pauses in seconds between attempts to reach a camera; the last one repeats.
    max_recording_s : float
        A recording stops by itself after so many seconds.
    """

    def __init__(
        self,
        *,
        on_update: Callable[[], None],
        on_status: Callable[[LiveStatus], None],
        estimator_factory: Callable[[str], PoseEstimator] = _create_estimator,
        retry_s: tuple[float, ...] = RETRY_S,
        max_recording_s: float = MAX_RECORDING_S,
    ) -> None:
        self._on_update = on_update
        self._factory = estimator_factory
        self._retry_s = retry_s
        self._board = StatusBoard(on_status)
        self._settings = Settings()
        self._recorder = Recorder(max_recording_s)
        self._lock = threading.Lock()  # guards the two below
        self._run: Run | None = None
        self._status = LiveStatus()
        self._ending: list[Run] = []

    def start(self, source: FrameSource, model: str, *, record: bool = False) -> None:
        """Run `source` through `model`, in place of what ran before. Returns at once.

        The source is opened in the capture thread, once the one before has been released; how that went arrives as
        a status. A running recording ends and is kept; with `record` another one begins in its place, which has the
        very first frame.
        """
        self._retire()
        self._settings.take()  # a point clicked in the old picture means nothing in the new one
        run = Run(
            source,
            model,
            self,
            self._recorder,
            self._settings,
            estimator_factory=self._factory,
            retry_s=self._retry_s,
            predecessors=self._ending,
        )
        with self._lock:
            self._run = run
            self._status = LiveStatus(LiveState.OPENING, title=source.title)
        if record:
            self._recorder.start(time.monotonic())
        self._announce()
        run.start()

    def stop(self, timeout: float = JOIN_S) -> None:
        """Stop, and wait until every thread has ended and the source is released. A second call does nothing.

        A running recording ends and is kept.

        Raises
        ------
        CameraError
            A driver did not return within `timeout` seconds. Its thread ends when the driver returns; calling
            again waits for it again.
        """
        self._retire()
        deadline = time.monotonic() + timeout
        self._ending = [run for run in self._ending if not run.join(max(deadline - time.monotonic(), 0.0))]
        with self._lock:
            self._status = LiveStatus(title=self._status.title)
        self._announce()
        if self._ending:
            title = self._ending[-1].source.title
            _log.error("“%s” did not stop within %.0f s", title, timeout)
            raise CameraError(f"“{title}” does not let go of its driver.", "Unplug it, then close the program.")

    def take(self) -> PoseUpdate | None:
        """The newest update, or None when there is none that was not taken yet."""
        run = self._run
        return run.outbox.take_nowait() if run is not None else None

    def status(self) -> LiveStatus:
        """The status of this moment."""
        with self._lock:
            status = self._status
        recorder = self._recorder
        return replace(
            status,
            recording=recorder.active,
            recorded_s=recorder.seconds,
            recording_kept=recorder.kept,
            recording_full=recorder.full,
        )

    def set_still(self, still: StillChoice | None) -> None:
        """Compare with `still` from the next frame on; None: with nothing."""
        self._settings.set_still(still)

    def set_screen_size(self, width: int, height: int) -> None:
        """Scale the shown pictures to fit `width` × `height` device pixels from the next frame on."""
        self._settings.set_screen_size(width, height)

    def set_mirrored(self, on: bool) -> None:
        """Turn the shown pictures left to right from the next frame on; poses stay in source pixels."""
        self._settings.set_mirrored(on)

    def lock(self, x: float, y: float) -> None:
        """Follow the person at this point, in source pixels, from the next frame on."""
        self._settings.set_lock_point(x, y)

    def start_recording(self) -> None:
        """Record what is captured from this moment on, forgetting a recording that was kept.

        While a camera is being waited for, the recording begins with its first frame.
        """
        self._recorder.start(time.monotonic())
        self._announce()

    def stop_recording(self) -> PoseSequence:
        """End the recording, if it has not ended by itself, and hand it over.

        Returns
        -------
        PoseSequence
            Raw poses in source pixels, `t` in seconds from the first; empty when nothing was recorded.
        """
        poses = self._recorder.stop()
        self._announce()
        return poses

    # Reports of a run, in its threads.

    def opened(self, run: Run, info: SourceInfo) -> None:
        """The source gives pictures."""
        self._report(run, state=LiveState.RUNNING, title=info.title, info=info, error=None, retrying=False)

    def lost(self, run: Run, error: SourceError) -> None:
        """The source went away; the recording ends with what was captured before."""
        if self._status.state is LiveState.RUNNING:  # one begun while it is away waits for it to come back
            self._freeze(run)
        self._report(run, state=LiveState.LOST, error=error, retrying=True)

    def failed(self, run: Run, error: PoseAppError, retrying: bool) -> None:
        """The source could not be opened, or something broke."""
        if not retrying:
            self._freeze(run)
        self._report(run, state=LiveState.FAILED, error=error, retrying=retrying)

    def ended(self, run: Run) -> None:
        """The clip is over, the recording with it."""
        self._freeze(run)
        self._report(run, state=LiveState.ENDED, shortfall=run.source.shortfall)

    def updated(self, run: Run, update: PoseUpdate, was_empty: bool) -> None:
        """An update waits."""
        if run is not self._run:
            return
        if was_empty:
            self._on_update()
        if not update.recording:
            self._announce()  # a recording that has just become full is said so
        if run.source.shortfall is not None and self._status.shortfall is None:  # a clip that plays again and again
            self._report(run, shortfall=run.source.shortfall)

    def _freeze(self, run: Run) -> None:
        if run is self._run:
            self._recorder.freeze(time.monotonic())

    def _report(self, run: Run, **changes: Any) -> None:
        with self._lock:
            over = self._status.state is LiveState.ENDED or (
                self._status.state is LiveState.FAILED and not self._status.retrying
            )
            if run is not self._run or over:
                return
            self._status = replace(self._status, **changes)
        self._announce()

    def _announce(self) -> None:
        self._board.announce(self.status)

    def _retire(self) -> None:
        """Ask the run to stop and forget it; what it still reports is not heard."""
        with self._lock:
            run, self._run = self._run, None
        self._ending = [old for old in self._ending if not old.join(0.0)]
        if run is not None:
            self._recorder.freeze(time.monotonic())
            run.request_stop()
            self._ending.append(run)
