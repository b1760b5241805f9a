"""The keys, in one place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

import poseapp
from poseapp.ui.theme import GAP_L, set_role
from poseapp.ui.widgets.cards import Card, label
from poseapp.ui.words import tr

__all__ = ["HelpPage"]


class HelpPage(QWidget):
    """Every key and what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAccessibleName(tr("Help"))
        keys = Card(tr("Keys"), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (key, does) in enumerate(_keys()):
            grid.addWidget(label(key, "button"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(does, "body", "text2", wrap=True), row, 1)
        keys.body.addLayout(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(GAP_L)
        column.addWidget(label(tr("Help"), "title"))
        column.addWidget(keys)
        column.addWidget(
            label(
                tr("Version {version}. Nothing leaves this computer.", version=poseapp.__version__),
                "caption",
                "text2",
            )
        )
        column.addStretch(1)


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
        (tr("Ctrl+O"), tr("Open a coach's clip")),
        (tr("Enter"), tr("Press the button that has the green frame")),
    )
