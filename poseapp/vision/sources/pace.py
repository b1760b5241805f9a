"""Time for picture sources: a clock whose waiting can be interrupted, and the pace of a clip played live."""

from __future__ import annotations

import threading
import time

__all__ = ["Clock", "Pacer"]

#: A reader this late still gets every picture, as from the few buffers of a camera driver; a later one misses some.
_PATIENCE_S = 0.1
#: What is not caught up by skipping for this long never will be: the machine is too slow for the clip, which then
#: plays on from there, late, instead of showing next to nothing.
_LONGEST_SKIP_S = 0.25
#: Timestamps that ask for a longer wait than this are taken for damaged ones.
_LONGEST_WAIT_S = 5.0


class Clock:
    """Monotonic seconds and a wait that another thread can end.

    An interruption lasts until :meth:`reset`, so that one arriving just before a wait is not lost.
    """

    def __init__(self) -> None:
        self._interrupted = threading.Event()

    @property
    def interrupted(self) -> bool:
        """Whether :meth:`interrupt` was called since the last :meth:`reset`."""
        return self._interrupted.is_set()

    def now(self) -> float:
        """Monotonic seconds."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until :meth:`interrupt`."""
        self._interrupted.wait(max(0.0, seconds))

    def interrupt(self) -> None:
        """End the current wait and all that follow."""
        self._interrupted.set()

    def reset(self) -> None:
        """Make waiting possible again."""
        self._interrupted.clear()


class Pacer:
    """Holds the pictures of a clip back until they are due, and says which are too late to be given.

    Parameters
    ----------
    clock : Clock
    speed : float
        Media seconds per second, above 0.
    """

    def __init__(self, clock: Clock, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self._epoch: float | None = None
        self._skipping_since: float | None = None

    def admit(self, media_time: float) -> bool:
        """Wait until a picture is due; False when it is so late that it should be skipped.

        The first picture is due at once and sets the start.
        """
        now = self._clock.now()
        if self._epoch is None:
            self._epoch = now - media_time / self._speed
        ahead = self._epoch + media_time / self._speed - now
        if ahead > _LONGEST_WAIT_S:
            self._epoch -= ahead - _LONGEST_WAIT_S
            ahead = _LONGEST_WAIT_S
        if ahead >= 0.0:
            self._skipping_since = None
            self._clock.wait(ahead)
            return True
        if self._skipping_since is None:
            if -ahead <= _PATIENCE_S:
                return True
            self._skipping_since = now
        if now - self._skipping_since < _LONGEST_SKIP_S:
            return False
        self._skipping_since = None
        self._epoch -= ahead
        return True

    def next_round(self, length: float) -> None:
        """Start again at media time 0, ``length`` media seconds after the last start."""
        if self._epoch is not None:
            self._epoch += length / self._speed
