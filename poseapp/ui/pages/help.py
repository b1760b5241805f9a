"""The keys, in one place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import poseapp
from poseapp.ui.theme import GAP_L, set_role
from poseapp.ui.widgets.cards import Card, label, plain_button
from poseapp.ui.words import tr

__all__ = ["HelpPage"]


class HelpPage(QWidget):
    """The demo, what may move, and every key and what it does.

    Signals
    -------
    demo_wanted()
    motion_changed(bool)
        Whether motion is to be reduced.
    """

    demo_wanted = Signal()
    motion_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAccessibleName(tr("Help"))
        keys = Card(tr("Keys"), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        for row, (key, does) in enumerate(_keys()):
            grid.addWidget(label(key, "button"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(does, "body", "text2", wrap=True), row, 1)
        keys.body.addLayout(grid)
        self.demo = plain_button(tr("Show me the demo"), "play-circle-outline")
        self.demo.clicked.connect(self.demo_wanted)
        demo = Card(tr("Demo"), self)
        line = QHBoxLayout()
        line.setSpacing(GAP_L)
        line.addWidget(label(tr("See somebody practise, from recording to score. It needs no camera."), wrap=True), 1)
        line.addWidget(self.demo)
        demo.body.addLayout(line)
        self.still = QCheckBox(tr("Reduce motion: nothing sweeps, blinks or turns"), self)
        self.still.toggled.connect(self.motion_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 20)
        column.setSpacing(GAP_L)
        column.addWidget(label(tr("Help"), "title"))
        column.addWidget(demo)
        column.addWidget(keys)
        foot = QHBoxLayout()
        words = tr("Version {version}. Nothing leaves this computer.", version=poseapp.__version__)
        foot.addWidget(label(words, "caption", "text2"), 1)
        foot.addWidget(self.still)
        column.addLayout(foot)
        column.addStretch(1)

    def press(self) -> None:
        """Press what has the focus."""
        focused = self.window().focusWidget()
        if isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        (tr("Space"), tr("Record, stop, score, go again")),
        (tr("Esc"), tr("Back; a recording that is under way is kept")),
        ("M", tr("Picture as in a mirror, or as filmed")),
        ("T", tr("Trails")),
        ("S", tr("Skeleton")),
        ("F", tr("Full screen")),
        (tr("← →"), tr("Move the still by one picture; with Shift by one second")),
        (tr("Home, End"), tr("Still at the beginning or end of the example")),
        (tr("Ctrl+1, Ctrl+2, Ctrl+3"), tr("Practice; the movements to choose from; what you practised")),
        (tr("Ctrl+O"), tr("Open a coach's clip")),
        (tr("Enter"), tr("Press the button that has the green frame; open the attempt")),
        (tr("Delete"), tr("Remove the attempt, after a question")),
    )
