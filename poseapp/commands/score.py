"""``poseapp score``: an attempt against a reference."""

from __future__ import annotations

from typing import Annotated

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption, KeypointsOption, ModelOption

__all__ = ["score"]


def score(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The coach's clip, or its saved poses.")],
    attempt: Annotated[str, typer.Argument(metavar="ATTEMPT", help="The clip to judge, or its saved poses.")],
    as_json: JsonOption = False,
    model: ModelOption = None,
    method: Annotated[str, typer.Option("--method", metavar="NAME", help="Scoring method: classic.")] = "classic",
    keypoints: KeypointsOption = None,
) -> None:
    """Score an attempt against a reference: 17 keypoints and a total, 0 to 100."""
    from poseapp.commands.keypoint_names import chosen_keypoints
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_pair, local_file
    from poseapp.commands.work import working
    from poseapp.errors import NotEnoughSeenError
    from poseapp.scoring import scorer

    judge, chosen = scorer(method), chosen_keypoints(keypoints)
    paths = local_file(reference), local_file(attempt)
    with native_chatter_logged(), working() as work:
        example, tried = load_pair(*paths, model, work)
        card = judge.score(example.poses, tried.poses, chosen)
    if card.total is None:
        raise NotEnoughSeenError(card.reason, "Use clips in which the whole body is seen, or another model.")
    if as_json:
        from poseapp.report.card_json import card_document

        files = {"reference": example.document(), "attempt": tried.document()}
        output.emit_json(
            card_document(card) | files | {"keypoints_that_count": [k.key for k in chosen or ()] or None}
        )
    else:
        from poseapp.report.card_text import card_text

        output.emit_rich(card_text(card))
