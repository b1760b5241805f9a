"""Where a clip of one's own becomes an example."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from poseapp.ui.widgets.cards import Card, label
from poseapp.ui.widgets.drop_zone import DropZone
from poseapp.ui.words import tr

__all__ = ["OwnTile"]


class OwnTile(Card):
    """Where a clip of one's own is dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Your own clip"), parent)
        self._words = label("", "body", "text2", wrap=True)
        self.zone = DropZone(tr("Drop a clip here, or choose one"), "file-video-outline", self)
        self.zone.setMaximumHeight(132)
        self.body.addWidget(self._words)
        self.body.addWidget(self.zone)
        self.set_empty(True)

    def set_empty(self, on: bool) -> None:
        """Say that there is nothing of one's own in the library yet, or not."""
        practise = tr("Any video of one person can be practised.")
        self._words.setText(
            tr("Nothing of your own is in the library yet. Any video of one person can be practised.")
            if on
            else practise
        )
