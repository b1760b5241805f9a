"""The coach's card: the example playing, or how to get one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from poseapp.ui.widgets.cards import Card, plain_button
from poseapp.ui.widgets.coach_player import CoachPlayer, FrameProvider
from poseapp.ui.widgets.drop_zone import DropZone
from poseapp.ui.widgets.progress import ProgressRow
from poseapp.ui.words import tr

__all__ = ["CoachCard"]


class CoachCard(Card):
    """Plays the reference. Without one it offers the ways to get one.

    Signals
    -------
    clip_wanted, built_in_wanted
        Another reference.
    clip_dropped(object)
        Path of a file that was dropped here.
    cancelled()
        Stop loading.
    """

    clip_wanted = Signal()
    built_in_wanted = Signal()
    clip_dropped = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Coach"), parent)
        self.player = CoachPlayer(self)
        self._zone = DropZone(tr("Drop a clip here, or choose one"), "file-video-outline", self)
        self._zone.dropped.connect(self._dropped)
        self._zone.browse_wanted.connect(self.clip_wanted)
        self._built_in = plain_button(tr("Use the built-in side bend"), "run")
        self._built_in.clicked.connect(self.built_in_wanted)
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._zone, 1)
        column.addWidget(self._built_in)
        self._stack = QStackedLayout()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.player)
        self.body.addLayout(self._stack, 1)
        self.progress = ProgressRow(self)
        self.progress.cancelled.connect(self.cancelled)
        self.body.addWidget(self.progress)

    def show_frames(self, frames: FrameProvider) -> None:
        """Play the reference made of `frames`."""
        self.player.set_frames(frames)
        self._stack.setCurrentWidget(self.player)
        self.player.play()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to play yet."""
        return self._stack.currentWidget() is not self.player

    def point_out(self) -> None:
        """Lead the eye (and the keyboard) to where an example can be chosen."""
        self._built_in.setFocus()

    def _dropped(self, paths: Sequence[Path]) -> None:
        if paths:
            self.clip_dropped.emit(paths[0])
