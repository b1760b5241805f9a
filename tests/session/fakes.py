"""A source, an estimator and a listener that do what a test tells them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from poseapp.errors import CameraError, SourceError
from poseapp.pose import Box, Pose
from poseapp.session.live import LiveSession
from poseapp.session.status import LiveStatus
from poseapp.session.update import LiveState, PoseUpdate
from poseapp.vision.frame import BgrImage, Frame
from poseapp.vision.sources.base import FrameSource, SourceInfo
from tests.patience import PATIENCE_S

LOST = CameraError("The camera is gone.", "Plug it back in.")
BUSY = CameraError("Another program uses the camera.", "Close it and I try again.")


@dataclass(frozen=True)
class _Interrupt:
    opening: int


class ScriptedSource(FrameSource):
    """Gives what the test feeds it, and notes which thread did what.

    Parameters
    ----------
    live : bool
    opens : tuple
        For each :meth:`open` an error to raise, or None to open; opens when used up. An event is waited for first.
    """

    def __init__(
        self,
        *,
        live: bool = True,
        title: str = "Scripted camera",
        opens: tuple[SourceError | threading.Event | None, ...] = (),
    ) -> None:
        self.live = live
        self.title = title
        self.calls: list[tuple[str, str]] = []
        self.is_open = False
        self.opened_count = 0
        self._opens = list(opens)
        self._fed: queue.Queue[object] = queue.Queue()
        self._index = 0

    # What the test says.

    def give(self, count: int = 1, size: tuple[int, int] = (640, 480)) -> None:
        """Give `count` more frames, captured when they are read; frame i is filled with i modulo 256."""
        for _ in range(count):
            self._fed.put(size)

    def lose(self, error: SourceError = LOST) -> None:
        """Raise `error`."""
        self._fed.put(error)

    def crash(self, error: Exception) -> None:
        """Raise what a source should never raise."""
        self._fed.put(error)

    def end(self) -> None:
        """Return None, as at the end of a file."""
        self._fed.put(None)

    def hang(self) -> threading.Event:
        """Block, deaf to interrupts, until the event that is returned is set."""
        release = threading.Event()
        self._fed.put(release)
        return release

    def threads(self, call: str) -> set[str]:
        """Names of the threads that made `call`."""
        return {thread for name, thread in self.calls if name == call}

    # What the session calls.

    def open(self) -> SourceInfo:
        self._note("open")
        self.opened_count += 1
        told = self._opens.pop(0) if self._opens else None
        if isinstance(told, threading.Event):
            assert told.wait(PATIENCE_S), "the test never let the source open"
            told = self._opens.pop(0) if self._opens else None
        if told is not None:
            raise told
        self.is_open = True
        return SourceInfo(self.title, 640, 480, 30.0, self.live)

    def read(self) -> Frame | None:
        self._note("read")
        assert self.is_open, "read while closed"
        told = self._fed.get(timeout=PATIENCE_S)
        while isinstance(told, _Interrupt) and told.opening < self.opened_count:
            told = self._fed.get(timeout=PATIENCE_S)  # it was meant for an earlier opening
        if isinstance(told, threading.Event):
            told.wait(PATIENCE_S)
            return None
        if isinstance(told, Exception):
            raise told
        if told is None or isinstance(told, _Interrupt):
            return None
        assert isinstance(told, tuple)
        width, height = told
        bgr = np.full((height, width, 3), self._index % 256, dtype=np.uint8)
        frame = Frame(self._index, time.monotonic(), bgr)
        self._index += 1
        return frame

    def close(self) -> None:
        self._note("close")
        self.is_open = False

    def interrupt(self) -> None:
        self._note("interrupt")
        self._fed.put(_Interrupt(self.opened_count))

    def _note(self, call: str) -> None:
        self.calls.append((call, threading.current_thread().name))


class GatedEstimator:
    """Finds one person, `pose`, in every picture; can be held up, and can break.

    Notes the brightness of each new picture it was given, which for :class:`ScriptedSource` is the frame's index.
    """

    multi_person = False

    def __init__(self, pose: Pose | None, name: str = "gated") -> None:
        self.name = name
        self.pose = pose
        self.threads: list[tuple[str, str]] = [("create", threading.current_thread().name)]
        self.seen: list[int] = []
        self.entered = threading.Semaphore(0)
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        self.threads.append(("estimate", threading.current_thread().name))
        brightness = int(bgr[0, 0, 0])
        if self.seen[-1:] != [brightness]:  # a tracker may look twice
            self.seen.append(brightness)
            self.entered.release()
        assert self.gate.wait(PATIENCE_S), "the test never opened the gate"
        if self.error is not None:
            raise self.error
        return (self.pose,) if self.pose is not None else ()

    def close(self) -> None:
        self.threads.append(("close", threading.current_thread().name))


def moved(pose: Pose, dx: float) -> Pose:
    """The same pose `dx` pixels to the right."""
    return Pose(pose.xy + np.float32([dx, 0]), pose.confidence)


class TwoPeople(GatedEstimator):
    """A second person stands 250 px to the right of the first."""

    multi_person = True

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        (person,) = super().estimate(bgr, region)
        return person, moved(person, 250)


class Listener:
    """Hears statuses and updates of a session and lets a test wait for them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.statuses: list[LiveStatus] = []
        self.wakes = 0

    def on_status(self, status: LiveStatus) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def on_update(self) -> None:
        with self._changed:
            self.wakes += 1
            self._changed.notify_all()

    def look_again(self) -> None:
        """Something else than a status or an update may have brought about what is waited for."""
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE_S), f"never came; heard {self.told()}"

    def wait_for_state(self, state: LiveState) -> LiveStatus:
        """Wait until the last status has `state`."""
        self.wait_for(lambda: bool(self.statuses) and self.statuses[-1].state is state)
        return self.statuses[-1]

    def states(self) -> list[LiveState]:
        """States in order, without repetitions in a row."""
        states = [status.state for status in self.statuses]
        return [s for i, s in enumerate(states) if i == 0 or states[i - 1] is not s]

    def told(self) -> list[str]:
        return [f"{s.state} {s.error or ''}".strip() for s in self.statuses]


class Stage:
    """A session with its fakes.

    `estimators` holds those that were made; each `update` waits for the next one.
    """

    def __init__(self, pose: Pose | None, **session_options: object) -> None:
        self.listener = Listener()
        self.estimators: list[GatedEstimator] = []
        self.pose = pose
        self.gate_shut = False
        options: dict[str, object] = {"retry_s": (0.001,), "estimator_factory": self.make, **session_options}
        self.session = LiveSession(
            on_update=self.listener.on_update,
            on_status=self.listener.on_status,
            **options,  # type: ignore[arg-type]
        )

    def make(self, model: str) -> GatedEstimator:
        estimator = GatedEstimator(self.pose, model)
        if self.gate_shut:
            estimator.gate.clear()
        self.estimators.append(estimator)
        self.listener.look_again()
        return estimator

    @property
    def estimator(self) -> GatedEstimator:
        return self.estimators[-1]

    def stop(self) -> None:
        """Stop, however long the threads of a busy machine take."""
        self.session.stop(timeout=PATIENCE_S)

    def update(self) -> PoseUpdate:
        """Wait for an update and take it."""
        taken: list[PoseUpdate] = []

        def one() -> bool:
            update = self.session.take()
            if update is not None:
                taken.append(update)
            return bool(taken)

        self.listener.wait_for(one)
        return taken[0]
