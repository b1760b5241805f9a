"""Keeps the poses between "record" and "stop"."""

from __future__ import annotations

import math
import threading

from poseapp.pose import Pose, PoseSequence

__all__ = ["MAX_RECORDING_S", "Recorder"]

#: A recording stops by itself after this many seconds.
MAX_RECORDING_S = 600.0


class Recorder:
    """Raw poses with their capture times, bounded. Every method may be called from any thread.

    A recording that ends by itself (full, or frozen because the source went away) is kept until :meth:`stop`
    hands it over or :meth:`start` begins another.

    Parameters
    ----------
    max_seconds : float
        Longest recording, from its first pose to its last.
    """

    def __init__(self, max_seconds: float = MAX_RECORDING_S) -> None:
        self.max_seconds = max_seconds
        self._lock = threading.Lock()
        self._poses: list[Pose | None] = []
        self._times: list[float] = []
        self._from = math.inf
        self._until = -math.inf
        self._full = False

    def start(self, at: float) -> None:
        """Begin a recording, forgetting any that was kept.

        Parameters
        ----------
        at : float
            Monotonic seconds; what was captured earlier does not enter, however late it arrives.
        """
        with self._lock:
            self._poses, self._times = [], []
            self._from, self._until = at, math.inf
            self._full = False

    def add(self, pose: Pose | None, captured_at: float) -> bool:
        """Record `pose` (None: nobody was found) captured at `captured_at` monotonic seconds.

        Returns
        -------
        bool
            Whether it was recorded. A pose that is not younger than the last one is not.
        """
        with self._lock:
            if not self._from <= captured_at <= self._until:
                return False
            if self._times and captured_at <= self._times[-1]:
                return False
            if self._times and captured_at - self._times[0] > self.max_seconds:
                self._full, self._until = True, self._times[-1]
                return False
            self._poses.append(pose)
            self._times.append(captured_at)
            return True

    def freeze(self, until: float) -> None:
        """End the recording but keep it; nothing captured after `until` monotonic seconds enters any more."""
        with self._lock:
            self._until = min(self._until, until)

    def stop(self) -> PoseSequence:
        """End the recording and hand it over.

        Returns
        -------
        PoseSequence
            The raw poses, `t` in seconds from the first; empty when nothing was recorded.
        """
        with self._lock:
            poses, times = self._poses, self._times
            self._poses, self._times = [], []
            self._from, self._until = math.inf, -math.inf
            self._full = False
        return PoseSequence.from_poses(poses, [t - times[0] for t in times])

    @property
    def seconds(self) -> float:
        """Length of the recording so far."""
        with self._lock:
            return self._times[-1] - self._times[0] if self._times else 0.0

    @property
    def active(self) -> bool:
        """Whether poses yet to be captured will be recorded."""
        with self._lock:
            return self._until == math.inf

    @property
    def kept(self) -> bool:
        """Whether a recording that holds something ended by itself and waits for :meth:`stop`."""
        with self._lock:
            return bool(self._times) and self._until != math.inf

    @property
    def full(self) -> bool:
        """Whether the recording ended because it had reached its bound."""
        with self._lock:
            return self._full
