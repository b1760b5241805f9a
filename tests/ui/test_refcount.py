"""Guards against versions of PySide6 that lose references to None (6.12.0 did, on Python 3.10 and 3.11)."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("PySide6")
pytestmark = pytest.mark.ui

from PySide6.QtWidgets import QApplication, QLabel  # noqa: E402


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be lost from Python 3.12 on: it is immortal")
def test_calls_that_return_nothing_do_not_lose_none(qapp: QApplication) -> None:
    label = QLabel()
    label.setText("x")
    before = sys.getrefcount(None)
    for _ in range(2000):
        label.setText("x")
        label.update()
    assert abs(sys.getrefcount(None) - before) < 50
