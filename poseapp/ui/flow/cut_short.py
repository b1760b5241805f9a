"""Clips that gave less than their files announce: told once of each, and taken back with the next one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from poseapp.library.reference import Reference
from poseapp.session.status import LiveStatus
from poseapp.shortfall import Shortfall
from poseapp.ui.flow.references import References
from poseapp.ui.flow.sources import Sources
from poseapp.ui.live_bridge import LiveBridge

__all__ = ["CutShort"]


class CutShort(QObject):
    """Hears what became of the example's clip and of the clip in place of the camera.

    Parameters
    ----------
    bridge : LiveBridge
    sources : Sources
    references : References
    """

    #: A `Shortfall` of the example; None: another example was chosen, and what was told is over.
    example_found = Signal(object)
    #: A `Shortfall` of the clip that stands in for the camera, or None as above.
    source_found = Signal(object)

    def __init__(
        self, bridge: LiveBridge, sources: Sources, references: References, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._example: Shortfall | None = None
        self._source: Shortfall | None = None
        references.changed.connect(self._look_at_example)
        sources.chosen.connect(self._forget_source)
        bridge.status_changed.connect(self._look_at_source)

    @Slot(object)
    def _look_at_example(self, reference: Reference) -> None:
        # The same clip may be looked at by another model.
        if reference.shortfall != self._example:
            self._example = reference.shortfall
            self.example_found.emit(self._example)

    @Slot(object)
    def _look_at_source(self, status: LiveStatus) -> None:
        # A clip that starts again, as one does to be recorded, says nothing until it is over once more.
        if status.shortfall is not None and status.shortfall != self._source:
            self._source = status.shortfall
            self.source_found.emit(self._source)

    @Slot()
    def _forget_source(self) -> None:
        if self._source is not None:
            self._source = None
            self.source_found.emit(None)
