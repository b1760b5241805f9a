"""``poseapp repetitions``: how often a movement is repeated, and how well each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.judging import StrictnessOption, judge_for
from poseapp.commands.options import JsonOption, KeypointsOption, ModelOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poseapp.scoring import Scorer
    from poseapp.scoring.repetition_scores import ScoredSet
    from poseapp.scoring.repetitions import Repetition

__all__ = ["repetitions"]

_FORMAT, _VERSION = "poseapp-repetitions", 1


def repetitions(
    clip: Annotated[str, typer.Argument(metavar="CLIP", help="The clip, or its saved poses.")],
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="CLIP|NAME", help="Judge each repetition by this example.")
    ] = None,
    as_json: JsonOption = False,
    model: ModelOption = None,
    method: Annotated[
        str, typer.Option("--method", metavar="NAME", help="Scoring method: form or classic.")
    ] = "form",
    strictness: StrictnessOption = None,
    keypoints: KeypointsOption = None,
) -> None:
    """Count the repetitions of a movement and say when each is; with a reference also score each."""
    from poseapp.commands.keypoint_names import chosen_keypoints
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_alike, load_material, named
    from poseapp.commands.work import working
    from poseapp.scoring.repetition_scores import score_repetitions
    from poseapp.scoring.repetitions import find_repetitions

    path, judge, chosen = named(clip), judge_for(method, strictness), chosen_keypoints(keypoints)
    files: dict[str, Any] = {}
    scored: ScoredSet | None = None
    with native_chatter_logged(), working() as work:
        if reference is None:
            seen = load_material(path, model, work)
            found: Sequence[Repetition] = find_repetitions(seen.poses)
        else:
            example, seen = load_alike([named(reference), path], model, work)
            chosen = chosen or example.keypoints
            scored = score_repetitions(example.poses, seen.poses, judge, chosen)
            found = [r.repetition for r in scored.repetitions]
            files["reference"] = example.document()
    files["clip"] = seen.document()
    if as_json:
        output.emit_json(_document(found, scored, judge) | files)
    else:
        output.emit(_words(found, scored))


def _document(found: Sequence[Repetition], scored: ScoredSet | None, judge: Scorer) -> dict[str, Any]:
    from poseapp.report.numbers import rounded

    totals = scored.totals if scored else (None,) * len(found)
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "count": sum(r.is_whole for r in found),
        "unfinished": sum(not r.is_whole for r in found),
        "repetitions": [
            {
                "start": rounded(r.start, 3),
                "end": rounded(r.end, 3),
                "finished": r.is_whole,
                "total": rounded(total, 2),
            }
            for r, total in zip(found, totals, strict=True)
        ],
        "best": scored.best if scored else None,
        "worst": scored.worst if scored else None,
        "mean": rounded(scored.mean, 2) if scored else None,
        "trend": rounded(scored.trend, 2) if scored else None,
        "method": judge.name if scored else None,
        "strictness": next((r.card.strictness for r in scored.repetitions), None) if scored else None,
    }


def _words(found: Sequence[Repetition], scored: ScoredSet | None) -> str:
    if not found:
        return "No repetition was seen: the person stands still, or hardly moves as seen from here.\n"
    lines = [_counted(sum(r.is_whole for r in found), sum(not r.is_whole for r in found))]
    for i, r in enumerate(found):
        line = f"{i + 1:4}  {r.start:6.2f} s to {r.end:6.2f} s"
        if not r.is_whole:
            line += "   unfinished"
        elif scored:
            card = scored.repetitions[i].card
            line += f"   no score: {card.reason}" if card.total is None else f"   {card.total:3.0f}"
            if scored.best != scored.worst:
                line += "  best" if i == scored.best else "  worst" if i == scored.worst else ""
        lines.append(line)
    if scored and scored.trend is not None:
        lines.append(f"{scored.trend:+.1f} points from one repetition to the next, {scored.mean:.0f} on average")
    return "\n".join(lines) + "\n"


def _counted(whole: int, unfinished: int) -> str:
    """``2 repetitions and one unfinished``; at most the first and the last one are unfinished."""
    words = f"{whole or 'No whole'} repetition{'' if whole <= 1 else 's'}"
    return f"{words} and {'one' if unfinished == 1 else 'two'} unfinished" if unfinished else words
