"""A test that leaves a thread running fails, and says where that thread was started."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterator

import pytest

#: How long a thread that was told to end may take after its test.
PATIENCE_S = 10.0


@pytest.fixture(autouse=True)
def no_thread_leaks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves threads behind."""
    started_at: dict[threading.Thread, str] = {}
    start = threading.Thread.start

    def noted_start(thread: threading.Thread) -> None:
        stack = traceback.extract_stack()[:-1]
        ours = [f for f in stack if "/threading.py" not in f.filename and "_pytest" not in f.filename]
        started_at[thread] = "".join(traceback.format_list(ours[-4:]))
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted_start)
    yield
    leaked = []
    for thread in started_at:
        if thread.name.startswith("pytest_timeout"):
            continue
        thread.join(PATIENCE_S)
        if thread.is_alive():
            leaked.append(f"thread “{thread.name}” still runs; started at\n{started_at[thread]}")
    if leaked:
        pytest.fail("\n".join(leaked), pytrace=False)
