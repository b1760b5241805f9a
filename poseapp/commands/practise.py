"""``poseapp practise``: the whole job without a window, on a clip or a camera, ending with the score card."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.failures import error_document
from poseapp.commands.options import JsonOption, ModelOption
from poseapp.errors import Cancelled, PoseAppError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from poseapp.commands.material import Named
    from poseapp.commands.work import Work
    from poseapp.library.reference import Reference
    from poseapp.session.judge import Attempt
    from poseapp.vision.sources.base import FrameSource

__all__ = ["in_window", "practise"]

#: In front of a camera one is given this much longer than the reference lasts.
_EXTRA_S = 2.0
_POLL_S = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    """A practice that has come to its end."""

    source: str
    reference: Reference
    attempt: Attempt
    ended_at: datetime


def in_window(source: str | None, reference: str | None, model: str | None) -> int:
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
    from poseapp.commands.window import open_window

    clip = _checked(reference, model)
    code = open_window(source=source, reference=clip, model=model)
    if code is not None:
        return code
    done = _practised(source, clip, model)
    _check_total(done)
    _print(done)
    return 0


def practise(
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="CLIP|URL|CAMERA", help="What to practise with, as for the window."),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option("--reference", metavar="CLIP|NAME", help="The coach's clip, or one of “poseapp library list”."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the attempt in the history.")] = False,
    as_json: JsonOption = False,
    model: ModelOption = None,
) -> None:
    """Practise without a window: record from a camera, or take a clip, and print the score card."""
    clip = _checked(reference, model)
    if keep and source is None:
        raise UsageError(
            "The built-in clip shows nobody's own attempt, so it is not kept.",
            "Name a clip or a camera with --source.",
        )
    done = _practised(source, clip, model)
    kept, trouble = _kept(done) if keep else (None, None)
    if trouble is not None and done.attempt.card.total is None:
        output.note(output.printable(str(trouble)))
    _check_total(done)
    if as_json:
        document = _document(done, kept)
        output.emit_json(document if trouble is None else document | error_document(trouble))
        if trouble is not None:
            raise typer.Exit(trouble.exit_code)
        return
    _print(done)
    if trouble is not None:  # what was found is told all the same
        raise trouble
    if kept is not None:
        output.emit(f"\nKept in the history as attempt {kept}.\n")


def _checked(reference: str | None, model: str | None) -> Named | None:
    from poseapp.commands.material import named

    clip = None if reference is None else named(reference)
    if model is not None:
        from poseapp.vision.models import model_info

        model_info(model)
    return clip


def _practised(source: str | None, clip: Named | None, model: str | None) -> _Done:
    from datetime import UTC, datetime

    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import note_shortfall
    from poseapp.commands.work import working
    from poseapp.session.demo import demo_attempt, demo_reference
    from poseapp.session.references import load_reference
    from poseapp.vision.models import DEFAULT_MODEL
    from poseapp.vision.sources.choose import source_for

    if clip is None:
        clip = demo_reference()
        output.note(f"The reference is the built-in example “{clip.name}”.")
    if source is None:
        source = str(demo_attempt())
        output.note(f"The attempt is the built-in clip “{Path(source).name}”.")
    with native_chatter_logged(), working() as work:
        frames = source_for(source)
        progress = work.step("Looking at the reference" if frames.live else "Looking at the clips")
        reference = load_reference(clip, model or DEFAULT_MODEL, progress=progress, cancelled=work.cancelled)
        note_shortfall(reference.shortfall)
        if frames.live:
            attempt = _before_the_camera(frames, reference, work)
        else:
            from poseapp.session.headless import practise_against

            attempt = practise_against(reference, Path(source), progress=progress, cancelled=work.cancelled)
            note_shortfall(attempt.shortfall)
        return _Done(source, reference, attempt, datetime.now(UTC))


def _check_total(done: _Done) -> None:
    from poseapp.commands.totals import check_total

    check_total(done.attempt.card, done.reference.poses, done.attempt.poses)


def _kept(done: _Done) -> tuple[int | None, PoseAppError | None]:
    """The attempt's number in the history, or why it could not be kept."""
    from poseapp.library.history import History, history_path
    from poseapp.report.card_json import card_json
    from poseapp.session.keeping import record_of

    record = record_of(done.attempt, done.reference, done.ended_at, card_json(done.attempt.card))
    try:
        return History(history_path()).add(record, done.attempt.poses).id, None
    except PoseAppError as error:
        return None, error


def _print(done: _Done) -> None:
    from poseapp.report.card_text import card_text
    from poseapp.report.similarity_files import similarity_text

    attempt = done.attempt
    if attempt.trace is not None:
        output.emit("Similarity to the reference's key moment\n")
        output.emit_rich(similarity_text(attempt.trace))
        output.emit("\n")
    output.emit_rich(card_text(attempt.card))


def _document(done: _Done, kept: int | None) -> dict[str, Any]:
    from poseapp.commands.material import incomplete
    from poseapp.report.card_json import card_document
    from poseapp.report.similarity_files import similarity_document

    attempt, trace = done.attempt, done.attempt.trace
    return {
        "format": "poseapp-practice",
        "version": 1,
        "reference": output.printable(done.reference.name),
        "source": output.printable(done.source),
        "model": done.reference.model,
        "incomplete": {
            "reference": incomplete(done.reference.shortfall),
            "source": incomplete(attempt.shortfall),
        },
        "kept": kept,
        "score": card_document(attempt.card),
        "similarity": None if trace is None else similarity_document(trace),
    }


def _before_the_camera(source: FrameSource, reference: Reference, work: Work) -> Attempt:
    """Record from a camera for as long as the reference lasts, and a little more, and judge that."""
    from poseapp.session.headless import first_still
    from poseapp.session.judge import judge
    from poseapp.session.live import LiveSession, LiveStatus
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

    session = LiveSession(on_update=lambda: None, on_status=hear)
    session.start(source, reference.model)
    try:
        wait(0.0, f"Opening {source.title}")
        session.start_recording()
        wait(reference.poses.duration + _EXTRA_S, f"Recording from {source.title}")
        poses = session.stop_recording()
    finally:
        session.stop()
    return judge(reference, poses, still=first_still(reference))
