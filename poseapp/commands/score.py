"""``poseapp score``: an attempt against a reference."""

from __future__ import annotations

from typing import Annotated

import typer

from poseapp.commands import output
from poseapp.commands.judging import StrictnessOption, judge_for
from poseapp.commands.options import JsonOption, KeypointsOption, ModelOption

__all__ = ["score"]


def score(
    reference: Annotated[
        str,
        typer.Argument(
            metavar="REFERENCE",
            help="The coach's clip, its saved poses, or a reference of the library, such as squat/left.",
        ),
    ],
    attempt: Annotated[str, typer.Argument(metavar="ATTEMPT", help="The clip to judge, or its saved poses.")],
    takes: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="CLIP",
            help="Another take of the reference; may be given again. The one that fits best judges.",
        ),
    ] = None,
    as_json: JsonOption = False,
    model: ModelOption = None,
    method: Annotated[
        str | None, typer.Option("--method", metavar="NAME", help="Scoring method: form (by default) or classic.")
    ] = None,
    strictness: StrictnessOption = None,
    keypoints: KeypointsOption = None,
) -> None:
    """Score an attempt against a reference: 0 to 100, what to change first, and 17 keypoints."""
    from poseapp.commands.keypoint_names import chosen_keypoints
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_alike, named
    from poseapp.commands.totals import check_total
    from poseapp.commands.work import working
    from poseapp.scoring import score_takes

    judge, chosen = judge_for(method, strictness), chosen_keypoints(keypoints)
    paths = [named(spec) for spec in (reference, attempt, *(takes or ()))]
    with native_chatter_logged(), working() as work:
        example, tried, *others = load_alike(paths, model, work)
        examples = [example, *others]
        chosen = chosen or example.keypoints
        if len(examples) > 1:
            card = score_takes([example.poses for example in examples], tried.poses, chosen, judge=judge)
        else:
            card = judge.score(examples[0].poses, tried.poses, chosen)
    best = examples[card.take or 0]
    check_total(card, best.poses, tried.poses)
    if as_json:
        from poseapp.report.card_json import card_document

        about = {
            "reference": best.document(),
            "attempt": tried.document(),
            "takes": [example.document() for example in examples],
            "keypoints_that_count": [k.key for k in chosen or ()] or None,
        }
        output.emit_json(card_document(card) | about)
    else:
        from poseapp.report.card_text import card_text

        if card.take is not None:
            output.emit(f"Judged by take {card.take + 1} of {len(examples)}, which fits best: {best.title}\n")
        output.emit_rich(card_text(card))
