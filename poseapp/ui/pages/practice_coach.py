"""The coach's card: the example playing, or how to get one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from poseapp.ui.pages.practice_header import Title
from poseapp.ui.widgets.cards import Card, Chip, IconButton, label, plain_button
from poseapp.ui.widgets.coach_player import CoachPlayer, FrameProvider
from poseapp.ui.widgets.drop_zone import DropZone
from poseapp.ui.widgets.progress import ProgressRow
from poseapp.ui.words import tr

__all__ = ["CoachCard"]


class CoachCard(Card):
    """Plays the reference, with its name, view and technique. Without one it offers the ways to get one.

    Signals
    -------
    library_wanted, clip_wanted
        Another reference.
    clip_dropped(object)
        Path of a file that was dropped here.
    cancelled()
        Stop loading.
    """

    library_wanted = Signal()
    clip_wanted = Signal()
    clip_dropped = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(tr("Coach"))
        self.player = CoachPlayer(self)
        self._name = Title(tr("Coach"), "card")
        self._view = Chip("", self)
        self._view.hide()
        self._change = IconButton("view-grid-outline", tr("Choose another example"), bare=True, parent=self)
        self._change.setToolTip(tr("Choose another example (Ctrl+2)"))
        self._change.clicked.connect(self.library_wanted)
        self._change.hide()
        self.header.addWidget(self._name, 1)
        self.header.addWidget(self._view)
        self.header.addWidget(self._change)
        self._cue = label("", "caption", "text2", wrap=True)
        self._cue.hide()
        self._low = False
        self._zone = DropZone(tr("Drop a clip here, or choose one"), "file-video-outline", self)
        self._zone.dropped.connect(self._dropped)
        self._zone.browse_wanted.connect(self.clip_wanted)
        self._library = plain_button(tr("Open the library"), "view-grid-outline")
        self._library.clicked.connect(self.library_wanted)
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._zone, 1)
        column.addWidget(self._library)
        self._stack = QStackedLayout()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.player)
        self.body.addLayout(self._stack, 1)
        self.body.addWidget(self._cue)
        self.progress = ProgressRow(self)
        self.progress.cancelled.connect(self.cancelled)
        self.body.addWidget(self.progress)

    def show_frames(self, frames: FrameProvider, extent: tuple[float, float, float, float] | None) -> None:
        """Play the reference made of `frames`; `extent` is where the coach is, as shares of the picture."""
        self.player.set_frames(frames, extent)
        self._stack.setCurrentWidget(self.player)
        self._change.show()
        self.player.play()

    def show_words(self, name: str, view: str, cues: Sequence[str]) -> None:
        """Say what plays, from where it is seen (empty: not known) and how it is done."""
        self._name.set_title(name)
        self._view.setText(view)
        self._view.setVisible(bool(view))
        self._cue.setText(cues[0] if cues else "")
        self._cue.setToolTip("\n".join(cues))
        self.player.setToolTip("\n".join(cues))
        self.setAccessibleDescription(" ".join((name, view, *cues)).strip())
        self._show_cue()

    def set_low(self, on: bool) -> None:
        """Leave the technique to the tooltip where the window is low."""
        self._low = on
        self._show_cue()

    def _show_cue(self) -> None:
        self._cue.setVisible(bool(self._cue.text()) and not self._low)

    def _dropped(self, paths: Sequence[Path]) -> None:
        if paths:
            self.clip_dropped.emit(paths[0])
