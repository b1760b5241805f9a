"""The stills: moments of the coach's clip, a scrubber over all of it, and a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from poseapp.ui.widgets.stills import Still, StillScrubber, StillStrip
from poseapp.ui.words import seconds_words, tr

if TYPE_CHECKING:
    # The window is on the screen before what these import is.
    from poseapp.ui.flow.chosen import ChosenStill
    from poseapp.ui.flow.references import References

__all__ = ["StillsPanel"]


class StillsPanel(QWidget):
    """Tiles of the first pose, the key pose and, between them, whatever moment was scrubbed to; and the photo.

    Signals
    -------
    time_chosen(float)
        A moment of the reference in seconds.
    photo_chosen()
        The photo's tile was pressed.
    photo_wanted()
        Open a photo.
    """

    time_chosen = Signal(float)
    photo_chosen = Signal()
    photo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Stills"))
        self._times: tuple[float, ...] = ()
        self._scrubbed: float | None = None
        self._large = False
        self.strip = StillStrip(self)
        self.strip.still_chosen.connect(self._tile_chosen)
        # The style sheet's bounds for buttons would let the tiles be squeezed.
        self.strip.setMinimumHeight(self.strip.sizeHint().height())
        self.strip.photo_wanted.connect(self.photo_wanted)
        self.scrubber = StillScrubber(self)
        self.scrubber.time_chosen.connect(self.time_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addWidget(self.scrubber)

    def set_large(self, on: bool) -> None:
        """Show the still itself, large, above the scrubber (where there is room)."""
        self._large = on
        if not on:
            self.scrubber.show_still(None)

    def show_reference(self, references: References) -> None:
        """Offer the moments of the reference, as far as their pictures are there, and the photo."""
        self._scrubbed = None
        if references.current is not None:
            self.scrubber.set_range(references.current.poses.t)
        self._fill(references)
        self.show_still(references)

    def show_pictures(self, references: References) -> None:
        """More pictures of the clip are there."""
        if len(self._times) < len(self._moments(references)):
            self._fill(references)
            self.show_still(references)

    def show_still(self, references: References) -> None:
        """Mark the still that is compared with."""
        still = references.still
        if still is not None and still.seconds is not None:
            self.scrubber.set_time(still.seconds)
            if self._index(still.seconds) < 0 and still.seconds not in references.suggested_times:
                self._scrubbed = still.seconds
                self._fill(references)
        self.strip.set_current(self._current(still))
        if self._large:
            self.scrubber.show_still(self._picture(references, still))

    def _current(self, still: ChosenStill | None) -> int:
        if still is None:
            return -1
        return len(self._times) if still.seconds is None else self._index(still.seconds)

    def _index(self, seconds: float) -> int:
        return next((i for i, t in enumerate(self._times) if abs(t - seconds) < 1e-6), -1)

    def _moments(self, references: References) -> tuple[float, ...]:
        """First pose, scrubbed moment, key pose; half-way between the two before anything was scrubbed to."""
        suggested = references.suggested_times
        if self._scrubbed is None or len(suggested) < 2:
            return suggested
        return suggested[0], self._scrubbed, suggested[-1]

    def _fill(self, references: References) -> None:
        stills, times = [], []
        for seconds in self._moments(references):
            still = _moment(references, seconds)
            if still is not None:
                stills.append(still)
                times.append(seconds)
        if references.photo is not None:
            stills.append(Still(references.photo.bgr, references.photo.pose, tr("Your photo")))
        self._times = tuple(times)
        tiles = self.strip.findChildren(QPushButton)
        focused = next((i for i, tile in enumerate(tiles) if tile.hasFocus()), -1)
        self.strip.set_stills(stills)
        if focused >= 0:
            # The tile with the focus is gone; the keyboard stays where it was.
            self.scrubber.focusNextChild()

    def _picture(self, references: References, still: ChosenStill | None) -> Still | None:
        if still is not None and still.seconds is not None:
            return _moment(references, still.seconds)
        if still is not None and references.photo is not None:
            return Still(references.photo.bgr, references.photo.pose, tr("Your photo"))
        return None

    def _tile_chosen(self, index: int) -> None:
        if index < len(self._times):
            self.time_chosen.emit(self._times[index])
        else:
            self.photo_chosen.emit()


def _moment(references: References, seconds: float) -> Still | None:
    """Picture and pose at `seconds` of the reference; None while it is not decoded."""
    frames = references.frames
    found = frames.frame(frames.index_at(seconds)) if frames is not None else None
    return None if found is None else Still(*found, seconds_words(seconds))
