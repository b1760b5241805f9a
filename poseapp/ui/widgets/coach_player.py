"""The coach's example: plays a clip with the coach's skeleton."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poseapp.pose import Pose
from poseapp.ui.fonts import font
from poseapp.ui.widgets.buttons import IconButton
from poseapp.ui.widgets.cards import label
from poseapp.ui.widgets.picture_view import PictureView
from poseapp.ui.widgets.seek_bar import SeekBar
from poseapp.ui.words import tr
from poseapp.vision.frame import BgrImage

__all__ = ["CoachPlayer", "FrameProvider"]

_TICK_MS = 16


class FrameProvider(Protocol):
    """Where the pictures of a clip come from; it, not the player, bounds how many are kept."""

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds of the pictures (T,), rising."""
        ...

    def frame(self, index: int) -> tuple[BgrImage, Pose | None] | None:
        """Picture number `index` and the pose in its pixels; None while it is not decoded. Must return at once."""
        ...


class CoachPlayer(QWidget):
    """Plays a clip in a loop, in real time, skipping pictures rather than falling behind.

    Parameters
    ----------
    parent : QWidget, optional
    clock : callable, optional
        Seconds that pass, for tests.

    Signals
    -------
    playing_changed(bool)
        It began or stopped to play.
    moved(float)
        Another instant is shown, in seconds of the clip.
    """

    playing_changed = Signal(bool)
    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._provider: FrameProvider | None = None
        self._times: NDArray[np.float64] = np.zeros(0)
        self._position = 0.0
        self._playing = False
        self._shown = -1
        self._clock = clock
        self._ticked_at = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._view = PictureView(tr("Coach's picture"))
        self._button = IconButton("play", tr("Play the coach"), bare=True)
        self._button.clicked.connect(self.toggle)
        self._bar = SeekBar(tr("Place in the coach's clip"))
        self._bar.sought.connect(self._sought)
        self._words = label("", "caption", "text2")
        self._words.setFont(font("caption", tabular=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._button)
        row.addWidget(self._bar, 1)
        row.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._view, 1)
        column.addLayout(row)
        self.setAccessibleName(tr("Coach"))
        self.set_frames(None)

    def set_frames(
        self, provider: FrameProvider | None, extent: tuple[float, float, float, float] | None = None
    ) -> None:
        """Show the clip of `provider` from its start, standing; None for no clip.

        `extent` says where the person is, see :meth:`~poseapp.ui.widgets.picture_view.PictureView.set_extent`.
        """
        self.pause()
        self._view.set_extent(extent)
        self._provider = provider
        self._times = np.zeros(0) if provider is None else np.asarray(provider.times, dtype=np.float64)
        self._shown = -1
        self._bar.set_times(self._times)
        self._button.setEnabled(len(self._times) > 1)
        if provider is None or not len(self._times):
            self._view.show_picture(None, None)
        self._position = self.start
        self._show_position()

    @property
    def start(self) -> float:
        """Seconds of the first picture."""
        return float(self._times[0]) if len(self._times) else 0.0

    @property
    def duration(self) -> float:
        """Length of the clip in seconds; the last picture is shown as long as the others on average."""
        count = len(self._times)
        return float(self._times[-1] - self._times[0]) * count / (count - 1) if count > 1 else 0.0

    @property
    def position(self) -> float:
        """Seconds of the clip shown now."""
        return self._position

    @property
    def playing(self) -> bool:
        """Whether the clip runs."""
        return self._playing

    def play(self) -> None:
        """Run; nothing happens without a clip."""
        if not self._playing and len(self._times) > 1:
            self._playing = True
            self._ticked_at = self._clock()
            if self.isVisible():
                self._timer.start()
            self._playing_changed()

    def pause(self) -> None:
        """Stand still."""
        if self._playing:
            self._playing = False
            self._timer.stop()
            self._playing_changed()

    def toggle(self) -> None:
        """Run or stand still, the other one."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def seek(self, seconds: float) -> None:
        """Show the instant `seconds` of the clip, kept within the clip."""
        if len(self._times):
            self._position = float(np.clip(seconds, self._times[0], self._times[-1]))
            self._show_position()

    def set_mirrored(self, on: bool) -> None:
        """Show the coach as in a mirror, so that both move to the same side."""
        self._view.set_mirrored(on)

    def _sought(self, seconds: float) -> None:
        self.pause()
        self.seek(seconds)

    def _playing_changed(self) -> None:
        words = tr("Pause the coach") if self._playing else tr("Play the coach")
        self._button.set_words(words, "pause" if self._playing else "play")
        self.playing_changed.emit(self._playing)

    def _tick(self) -> None:
        before, self._ticked_at = self._ticked_at, self._clock()
        passed = self._ticked_at - before
        self._position = self.start + (self._position - self.start + passed) % self.duration
        self._show_position()

    def _show_position(self) -> None:
        self._words.setText(tr("{at} / {of} s", at=f"{self._position - self.start:.1f}", of=f"{self.duration:.1f}"))
        if self._provider is None or not len(self._times):
            return
        index = max(0, int(np.searchsorted(self._times, self._position + 1e-9, side="right")) - 1)
        if index == self._shown:
            return
        got = self._provider.frame(index)
        if got is None:
            # Not decoded yet: look again soon, also when standing.
            if not self._playing:
                QTimer.singleShot(_TICK_MS, self, self._show_position)
            return
        self._shown = index
        self._view.show_picture(*got)
        self._bar.set_seconds(self._position)
        self.moved.emit(float(self._times[index]))

    def showEvent(self, event: QShowEvent) -> None:
        if self._playing:
            self._ticked_at = self._clock()
            self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
