"""What the tests of the demo share."""

from __future__ import annotations

from poseapp.ui.flow.phase import Phase
from tests.ui.desk import Desk

PICTURES = 15
#: Of which so many are given while the test looks at a recording.
HELD = 12


def to_result(desk: Desk) -> None:
    desk.navigation.show_demo()
    desk.wait_phase(Phase.RESULT)


def to_recording(desk: Desk) -> None:
    """In the middle of it, where the clip stands still."""
    desk.clips.hold(HELD)
    desk.navigation.show_demo()
    desk.wait_phase(Phase.RECORDING)


def mark_shown(desk: Desk) -> bool:
    return desk.page._demo_pill.isVisible()
