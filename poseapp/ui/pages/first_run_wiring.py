"""What the first page leads to, and what is said there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from poseapp.errors import PoseAppError
from poseapp.ui.flow.phase import Phase
from poseapp.ui.flow.practice import PracticeFlow
from poseapp.ui.flow.source_choice import SourceChoice
from poseapp.ui.pages.first_run import FirstRunPage
from poseapp.ui.pages.practice_network import NetworkPopover

__all__ = ["FirstRunWiring"]


class FirstRunWiring(QObject):
    """Takes a clip or a network camera in place of the camera that is missing."""

    def __init__(self, page: FirstRunPage, flow: PracticeFlow) -> None:
        super().__init__(page)
        self._page = page
        self._flow = flow
        self._network = NetworkPopover(page)
        page.network_wanted.connect(self._ask_for_address)
        page.file_dropped.connect(self._use_file)
        self._network.address_given.connect(self._use_address)
        flow.phase_changed.connect(self._phase_changed)
        flow.failed.connect(self._tell_problem)

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        if phase in (Phase.OPENING, Phase.READY):
            self._page.show_no_camera()

    @Slot(object)
    def _tell_problem(self, error: PoseAppError) -> None:
        self._page.show_problem(error.sentence, error.hint)

    @Slot(object)
    def _use_file(self, path: Path) -> None:
        self._flow.sources.choose_file(path)

    @Slot()
    def _ask_for_address(self) -> None:
        self._network.open_at(self._page.use_network)

    @Slot(str)
    def _use_address(self, address: str) -> None:
        self._flow.sources.choose(SourceChoice(address))
