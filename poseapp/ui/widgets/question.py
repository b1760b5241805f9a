"""A question before something is lost for good. It blocks nothing but its own window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from poseapp.ui.theme import GAP, GAP_L
from poseapp.ui.widgets.buttons import Button
from poseapp.ui.widgets.cards import label

__all__ = ["Question"]


class Question(QDialog):
    """Asks, and says no to Esc and Enter; open it with ``open()`` and listen to ``accepted``.

    Parameters
    ----------
    title : str
        What is asked, naming what would be lost.
    text : str
        What that means.
    yes, no : str
        Words of the two buttons.
    parent : QWidget
    """

    def __init__(self, title: str, text: str, yes: str, no: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("poseapp")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setMinimumWidth(460)
        self.setMaximumWidth(640)
        self.yes = Button(yes, "trash-can-outline", parent=self)
        self.yes.setAutoDefault(False)
        self.yes.clicked.connect(self.accept)
        self.no = Button(no, parent=self)
        self.no.setDefault(True)
        self.no.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP)
        column.addWidget(label(title, "sentence", wrap=True))
        column.addWidget(label(text, "body", "text2", wrap=True))
        column.addSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP_L)
        row.addStretch(1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        column.addLayout(row)
        self.no.setFocus()
