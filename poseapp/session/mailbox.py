"""A place for one thing between two threads: the newest wins."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

__all__ = ["Mailbox"]

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds the newest item only, so that a slow taker is late by one item and never by a queue of them.

    Every item that was put is taken exactly once, counted in :attr:`dropped`, still held, or was refused because
    the box was closed.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._item: T | None = None
        self._full = False
        self._closed = False
        self._dropped = 0

    def put(self, item: T) -> bool:
        """Leave `item`, replacing one that was not taken yet.

        Returns
        -------
        bool
            True when the box was empty: the moment to wake whoever takes by :meth:`take_nowait`. False when an
            item was replaced, or when the box is closed and `item` was refused.
        """
        with self._condition:
            if self._closed:
                return False
            was_empty = not self._full
            if not was_empty:
                self._dropped += 1
            self._item, self._full = item, True
            self._condition.notify()
            return was_empty

    def take(self, timeout: float | None = None) -> T | None:
        """Wait up to `timeout` seconds (None: for ever) for an item and take it.

        Returns
        -------
        T or None
            None when the time was over, or when the box is closed and empty.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._full or self._closed, timeout)
            return self._remove()

    def take_nowait(self) -> T | None:
        """Take the item, or None when there is none."""
        with self._condition:
            return self._remove()

    def close(self) -> None:
        """Refuse further items and wake whoever waits; an item that is held can still be taken."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    @property
    def closed(self) -> bool:
        """Whether further items are refused."""
        return self._closed

    @property
    def dropped(self) -> int:
        """How many items were replaced before they were taken."""
        return self._dropped

    def _remove(self) -> T | None:
        item, self._item, self._full = self._item, None, False
        return item
