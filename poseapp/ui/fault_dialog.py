"""A fault of the program itself, told once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from poseapp.faults import Fault
from poseapp.ui.fonts import fixed_font
from poseapp.ui.theme import GAP, GAP_L
from poseapp.ui.widgets.buttons import Button, PrimaryButton
from poseapp.ui.widgets.cards import label
from poseapp.ui.words import tr

__all__ = ["FaultDialog", "FaultTeller"]


class FaultDialog(QDialog):
    """Says that something went wrong, with what to send to whoever can mend it.

    Parameters
    ----------
    fault : Fault
    """

    def __init__(self, fault: Fault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("poseapp")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self._fault = fault
        self.details = QPlainTextEdit(fault.details, self)
        self.details.setReadOnly(True)
        self.details.setFont(fixed_font())
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setAccessibleName(tr("Details"))
        self.copy = Button(tr("Copy details"), "content-copy", parent=self)
        self.copy.clicked.connect(self._copy)
        self.done_button = PrimaryButton(tr("Go on"), parent=self)
        self.done_button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP_L)
        column.addWidget(label(tr("Something went wrong that should not have."), "title", wrap=True))
        column.addWidget(
            label(
                tr(
                    "You can go on; if something does not behave, start poseapp again. The details are in the log "
                    "too. They hold no picture, and your user name is taken out."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.done_button)
        column.addLayout(row)
        self.done_button.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fault.details)
        self.copy.set_words(tr("Copied"), "check")


class FaultTeller(QObject):
    """Shows the first fault of any thread over `window`; later ones are in the log only.

    Parameters
    ----------
    window : QWidget
    """

    _happened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told = False
        # Queued also in the GUI thread: a dialog must not open in the middle of painting.
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def tell(self, fault: Fault) -> None:
        """Show `fault`; from any thread, returns at once."""
        self._happened.emit(fault)

    @Slot(object)
    def _show(self, fault: Fault) -> None:
        if not self._told:
            self._told = True
            FaultDialog(fault, self._window).open()
