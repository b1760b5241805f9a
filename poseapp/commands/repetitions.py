"""``poseapp repetitions``: how often a movement is repeated, and how well each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption, KeypointsOption, ModelOption

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    keypoints: KeypointsOption = None,
) -> None:
    """Count the repetitions of a movement and say when each is; with a reference also score each."""
    from poseapp.commands.keypoint_names import chosen_keypoints
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_alike, load_material, named
    from poseapp.commands.work import working
    from poseapp.scoring import scorer
    from poseapp.scoring.repetition_scores import score_repetitions
    from poseapp.scoring.repetitions import find_repetitions

    path, judge, chosen = named(clip), scorer(method), chosen_keypoints(keypoints)
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
        output.emit_json(_document(found, scored, method) | files)
    else:
        output.emit(_words(found, scored))


def _document(found: Sequence[Repetition], scored: ScoredSet | None, method: str) -> dict[str, Any]:
    from poseapp.report.numbers import rounded

    totals = scored.totals if scored else (None,) * len(found)
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "count": len(found),
        "repetitions": [
            {"start": rounded(r.start, 3), "end": rounded(r.end, 3), "total": rounded(total, 2)}
            for r, total in zip(found, totals, strict=True)
        ],
        "best": scored.best if scored else None,
        "worst": scored.worst if scored else None,
        "mean": rounded(scored.mean, 2) if scored else None,
        "trend": rounded(scored.trend, 2) if scored else None,
        "method": method if scored else None,
    }


def _words(found: Sequence[Repetition], scored: ScoredSet | None) -> str:
    if not found:
        return "No repetition was seen: the person stands still, or hardly moves as seen from here.\n"
    lines = [f"{len(found)} repetition{'s' if len(found) > 1 else ''}"]
    for i, r in enumerate(found):
        line = f"{i + 1:4}  {r.start:6.2f} s to {r.end:6.2f} s"
        if scored:
            card = scored.repetitions[i].card
            line += f"   no score: {card.reason}" if card.total is None else f"   {card.total:3.0f}"
            if len(found) > 1:
                line += "  best" if i == scored.best else "  worst" if i == scored.worst else ""
        lines.append(line)
    if scored and scored.trend is not None:
        lines.append(f"{scored.trend:+.1f} points from one repetition to the next, {scored.mean:.0f} on average")
    return "\n".join(lines) + "\n"
