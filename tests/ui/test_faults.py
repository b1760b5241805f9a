"""The window when something breaks that should not."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt, QTimer, Slot  # noqa: E402
from PySide6.QtGui import QFontDatabase, QFontMetrics, QGuiApplication  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.faults import faults_logged  # noqa: E402
from poseapp.ui.fault_dialog import FaultDialog, FaultTeller  # noqa: E402
from tests.patience import PATIENCE_MS, PATIENCE_S  # noqa: E402


class Window(QWidget):
    """A window with a slot that breaks."""

    @Slot()
    def divide(self) -> None:
        _ = 1 / 0


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    with faults_logged(FaultTeller(made).tell):
        yield made


def dialogs(window: QWidget) -> list[FaultDialog]:
    return [dialog for dialog in window.findChildren(FaultDialog) if dialog.isVisible()]


def test_a_slot_that_breaks_is_told_with_details_to_copy(window: Window, qtbot: QtBot) -> None:
    QTimer.singleShot(0, window.divide)
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=PATIENCE_MS)
    (dialog,) = dialogs(window)
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.details.toPlainText()
    assert "ZeroDivisionError: division by zero" in copied
    assert "in divide" in copied
    assert dialog.isVisible()
    QTest.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialogs(window), timeout=PATIENCE_MS)


def test_columns_of_the_details_stand_below_each_other(window: Window, qtbot: QtBot) -> None:
    if not any(QFontDatabase.isFixedPitch(family) for family in QFontDatabase.families()):
        pytest.skip("this system has no font with letters of one width")
    QTimer.singleShot(0, window.divide)
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=PATIENCE_MS)
    (dialog,) = dialogs(window)
    shown = QFontMetrics(dialog.details.document().defaultFont())
    assert shown.horizontalAdvance("i" * 20) == shown.horizontalAdvance("W" * 20)
    body = QFontMetrics(dialog.done_button.font())
    assert body.horizontalAdvance("i" * 20) < body.horizontalAdvance("W" * 20)
    dialog.close()


def test_a_thread_that_breaks_is_told_in_the_window_and_only_once(window: Window, qtbot: QtBot) -> None:
    for word in ("first", "second"):
        thread = threading.Thread(target=lambda word=word: {}[word])
        thread.start()
        thread.join(PATIENCE_S)
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=PATIENCE_MS)
    QApplication.processEvents()  # whatever is queued has been delivered then
    (dialog,) = dialogs(window)
    assert "KeyError: 'first'" in dialog.details.toPlainText()
    dialog.close()
