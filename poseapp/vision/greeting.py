"""The line with which LiteRT greets once per process, kept from terminal and log; it has no switch for that."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["without_greeting"]

_GREETING: Final = re.compile(rb"INFO: Created TensorFlow Lite XNNPACK delegate for CPU\.\r?\n")
_lock = threading.Lock()


@contextmanager
def without_greeting() -> Iterator[None]:
    """Pass on what native code writes to file descriptor 2 in the block once it is over, but for the greeting.

    Output of other threads takes the same way meanwhile, so the block is to be short.
    """
    with _lock:
        try:
            kept = os.dup(2)
        except OSError:  # a program without a console on Windows has none
            yield
            return
        try:
            with tempfile.TemporaryFile() as said:
                os.dup2(said.fileno(), 2)
                try:
                    yield
                finally:
                    os.dup2(kept, 2)
                    said.seek(0)
                    _write(_GREETING.sub(b"", said.read()))
        finally:
            os.close(kept)


def _write(rest: bytes) -> None:
    while rest:
        try:
            rest = rest[os.write(2, rest) :]
        except OSError:  # nobody can read it
            return
