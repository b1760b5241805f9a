"""``poseapp`` alone: the window; without a display the same job on a clip or a camera, ending with the score card."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from poseapp.commands import output
from poseapp.commands.material import Named, named
from poseapp.commands.window import open_window
from poseapp.errors import Cancelled

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.session.judge import Attempt
    from poseapp.vision.sources.base import FrameSource

__all__ = ["practise"]

#: In front of a camera one is given this much longer than the reference lasts.
_EXTRA_S = 2.0
_POLL_S = 0.1


def practise(source: str | None, reference: str | None, model: str | None) -> int:
    """Open the window, ready to go with what was given; without a display run the job and print the score card.

    Parameters
    ----------
    source : str or None
        A clip, a camera or an address; as in :func:`poseapp.vision.sources.choose.source_for`.
    reference : str or None
        The coach's clip, or a reference of the library.
    model : str or None
        Name of the pose model.

    Returns
    -------
    int
        Exit code.
    """
    clip = None if reference is None else named(reference)
    if model is not None:
        from poseapp.vision.models import model_info

        model_info(model)
    code = open_window(source=source, reference=clip, model=model)
    if code is None:
        _without_window(source, clip, model)
        return 0
    return code


def _without_window(source: str | None, reference: Named | None, model: str | None) -> None:
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.work import working
    from poseapp.errors import NotEnoughSeenError
    from poseapp.report.card_text import card_text
    from poseapp.report.similarity_files import similarity_text
    from poseapp.session.demo import demo_attempt, demo_reference
    from poseapp.vision.models import DEFAULT_MODEL
    from poseapp.vision.sources.choose import source_for

    if reference is None:
        reference = demo_reference()
        output.note(f"The reference is the built-in example “{reference.name}”.")
    if source is None:
        source = str(demo_attempt())
        output.note(f"The attempt is the built-in clip “{Path(source).name}”.")
    with native_chatter_logged(), working() as work:
        frames = source_for(source)
        if frames.live:
            attempt = _before_the_camera(frames, reference, model or DEFAULT_MODEL, work)
        else:
            from poseapp.session.headless import practise as practise_clip

            attempt = practise_clip(
                Path(source),
                reference,
                model or DEFAULT_MODEL,
                progress=work.step("Looking at the clips"),
                cancelled=work.cancelled,
            )
    if attempt.card.total is None:
        raise NotEnoughSeenError(attempt.card.reason, "Use clips in which the whole body is seen, or another model.")
    if attempt.trace is not None:
        output.emit("Similarity to the reference's key moment\n")
        output.emit_rich(similarity_text(attempt.trace))
        output.emit("\n")
    output.emit_rich(card_text(attempt.card))


def _before_the_camera(source: FrameSource, clip: Named, model: str, work: Work) -> Attempt:
    """Record from a camera for as long as the reference lasts, and a little more, and judge that."""
    from poseapp.session.headless import first_still
    from poseapp.session.judge import judge
    from poseapp.session.live import LiveSession, LiveStatus
    from poseapp.session.references import load_reference
    from poseapp.session.update import LiveState

    changed = threading.Event()
    news: list[LiveStatus] = []

    def hear(status: LiveStatus) -> None:
        news.append(status)
        changed.set()

    def wait(seconds: float, what: str) -> None:
        """Until `seconds` have been recorded, or, for 0, until the camera runs."""
        progress = work.step(what)
        while True:
            if work.cancelled():
                raise Cancelled
            for status in news[:]:
                if status.error is not None:
                    raise status.error
            now = session.status()
            if now.state is LiveState.RUNNING and now.recorded_s >= seconds:
                return
            progress(round(now.recorded_s * 10), round(seconds * 10) or None)
            changed.wait(_POLL_S)
            changed.clear()

    reference = load_reference(clip, model, progress=work.step("Looking at the reference"), cancelled=work.cancelled)
    session = LiveSession(on_update=lambda: None, on_status=hear)
    session.start(source, model)
    try:
        wait(0.0, f"Opening {source.title}")
        session.start_recording()
        wait(reference.poses.duration + _EXTRA_S, f"Recording from {source.title}")
        poses = session.stop_recording()
    finally:
        session.stop()
    return judge(reference, poses, still=first_still(reference))
