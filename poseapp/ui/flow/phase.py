"""Where in a practice the person is."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Phase"]


class Phase(StrEnum):
    """Each has its page and its words."""

    LOOKING = "looking"  # for a camera, at the start
    NO_SOURCE = "no source"
    OPENING = "opening"
    READY = "ready"
    RECORDING = "recording"
    SCORING = "scoring"
    RESULT = "result"
    LOST = "lost"  # the camera went away
