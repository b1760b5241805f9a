"""``poseapp demo``: the whole job on built-in clips, for a machine without a camera."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.failures import error_document
from poseapp.commands.options import JsonOption, ModelOption

if TYPE_CHECKING:
    from poseapp.commands.work import Work
    from poseapp.report.annotated_video import VideoFacts
    from poseapp.session.demo import Demo

__all__ = ["DEFAULT_VIDEO", "demo"]

#: Where the video goes unless something else is asked for.
DEFAULT_VIDEO = Path("poseapp-demo.mp4")


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Without a window: print the score card and write a video.")
    ] = False,
    as_json: JsonOption = False,
    video: Annotated[
        Path | None,
        typer.Option("--video", metavar="FILE.mp4", help=f"Where the video goes; {DEFAULT_VIDEO} by default."),
    ] = None,
    model: ModelOption = None,
) -> None:
    """Practise on a built-in attempt as if it were the camera, and see what it is worth.

    --json and --video mean --headless.
    """
    from poseapp.errors import OutputError
    from poseapp.report.annotated_video import check_video_target
    from poseapp.session.demo import DEMO_EXPLAINED, demo_attempt, demo_reference
    from poseapp.vision.models import DEFAULT_MODEL, model_info

    name = model_info(model or DEFAULT_MODEL).name
    target = video or DEFAULT_VIDEO
    check_video_target(target, (demo_attempt(), demo_reference().clip))
    if not (headless or as_json or video):
        from poseapp.commands.window import open_window

        code = open_window(model=model, demo=True)
        if code is not None:
            raise typer.Exit(code)
    output.note(DEMO_EXPLAINED)
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.work import working

    facts: VideoFacts | None = None
    trouble: OutputError | None = None
    with native_chatter_logged(), working() as work:
        done = _run(name, work)
        try:
            facts = _write_video(target, done, work)
        except OutputError as error:  # what was found is told all the same
            trouble = OutputError(error.sentence, f"{error.hint} To put the video elsewhere: --video FILE.mp4")
    if as_json:
        document = _document(done, facts)
        output.emit_json(document if trouble is None else document | error_document(trouble))
        if trouble is not None:
            raise typer.Exit(trouble.exit_code)
        return
    _print(done)
    if trouble is not None:
        raise trouble
    output.emit(f"\nThe attempt beside the coach, as a video: {output.printable(target)}\n")


def _run(model: str, work: Work) -> Demo:
    from poseapp.errors import NotEnoughSeenError
    from poseapp.session.demo import run_demo

    done = run_demo(model, progress=work.step("Looking at the clips"), cancelled=work.cancelled)
    if done.attempt.card.total is None:
        raise NotEnoughSeenError(done.attempt.card.reason, "Use another model: “poseapp models” lists them.")
    return done


def _write_video(target: Path, done: Demo, work: Work) -> VideoFacts:
    from poseapp.report.annotated_video import Shown, write_annotated_video
    from poseapp.session.demo import DEMO_MARK, clip_pictures

    coach, attempt = done.reference, done.attempt
    return write_annotated_video(
        target,
        Shown(done.clip, lambda: clip_pictures(done.clip), attempt.poses, "You"),
        Shown(coach.clip, lambda: clip_pictures(coach.clip), coach.poses, "Coach"),
        attempt.card,
        mark=DEMO_MARK,
        progress=work.step("Writing the video"),
        cancelled=work.cancelled,
    )


def _print(done: Demo) -> None:
    from poseapp.report.card_text import card_text
    from poseapp.report.similarity_files import similarity_text

    if done.attempt.trace is not None:
        output.emit("Similarity to the coach's key moment\n")
        output.emit_rich(similarity_text(done.attempt.trace))
        output.emit("\n")
    output.emit_rich(card_text(done.attempt.card))


def _document(done: Demo, facts: VideoFacts | None) -> dict[str, Any]:
    from poseapp.report.card_json import card_document
    from poseapp.report.similarity_files import similarity_document

    card, trace = done.attempt.card, done.attempt.trace
    return {
        "format": "poseapp-demo",
        "version": 1,
        "demo": True,
        "reference": done.reference.name,
        "attempt": output.printable(done.clip),
        "model": done.reference.model,
        "video": None
        if facts is None
        else {
            "file": output.printable(facts.path.absolute()),
            "width": facts.size[0],
            "height": facts.size[1],
            "fps": facts.fps,
            "frames": facts.frames,
            "duration_s": round(facts.duration, 3),
        },
        "score": card_document(card),
        "similarity": None if trace is None else similarity_document(trace),
    }
