"""The notice on the practice page where there is no camera."""

from __future__ import annotations

from collections.abc import Callable

from poseapp.ui.pages.practice_notice import NoticeBoard, Offer
from poseapp.ui.words import tr

__all__ = ["NoCameraNotice"]

_KIND = "no camera"


class NoCameraNotice:
    """Says that there is no camera, and what else one can do.

    Parameters
    ----------
    notices : NoticeBoard
    show_demo, use_file : callable
        What is offered.
    """

    def __init__(self, notices: NoticeBoard, show_demo: Callable[[], None], use_file: Callable[[], None]) -> None:
        self._notices = notices
        self._offers = (
            Offer(tr("Show me the demo"), "play-circle-outline", show_demo),
            Offer(tr("Use a video file"), "file-video-outline", use_file),
        )

    def tell(self) -> None:
        """Show it."""
        text = tr("Plug one in and it appears here by itself.")
        self._notices.show("webcam-off", tr("No camera found"), text, self._offers, kind=_KIND)

    def dismiss(self) -> None:
        """Take it away, if it is shown."""
        self._notices.dismiss(_KIND)
