"""``poseapp similarity``: how alike a still pose and every pose of a clip are."""

from __future__ import annotations

from typing import Annotated

import typer

from poseapp.commands import output
from poseapp.commands.options import JsonOption, KeypointsOption, ModelOption

__all__ = ["similarity"]


def similarity(
    still: Annotated[
        str, typer.Argument(metavar="STILL", help="A photo, or a moment of a clip or a reference: clip.mp4@1.5")
    ],
    clip: Annotated[str, typer.Argument(metavar="CLIP", help="A clip, or its saved poses.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV: t, similarity.")] = False,
    as_json: JsonOption = False,
    model: ModelOption = None,
    method: Annotated[
        str, typer.Option("--method", metavar="NAME", help="How poses are compared: classic or weighted.")
    ] = "classic",
    keypoints: KeypointsOption = None,
) -> None:
    """Compare every pose of a clip with a still pose, 0 to 1."""
    from poseapp.commands.keypoint_names import chosen_keypoints
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.commands.material import load_material, named
    from poseapp.commands.stills import load_still, parse_still
    from poseapp.commands.work import working
    from poseapp.errors import NotEnoughSeenError, UsageError
    from poseapp.pose import SimilarityMethod
    from poseapp.pose.similarity import similarity_over_time
    from poseapp.report import similarity_files
    from poseapp.scoring import SimilarityTrace

    if as_csv and as_json:
        raise UsageError("--csv and --json exclude each other.", "Choose one of them.")
    if method not in set(SimilarityMethod):
        raise UsageError(
            f"There is no way of comparing called “{method}”.", f"Choose one of: {', '.join(SimilarityMethod)}."
        )
    chosen, path, wanted = chosen_keypoints(keypoints), named(clip), parse_still(still)
    model, chosen = model or wanted.model, chosen or wanted.keypoints
    with native_chatter_logged(), working() as work:
        pose = load_still(wanted, model, work)
        shown = load_material(path, model, work)
        values = similarity_over_time(shown.poses, pose, SimilarityMethod(method), chosen)
    trace = SimilarityTrace(shown.poses.t, values)
    if trace.best is None:
        raise NotEnoughSeenError(
            f"Too little was seen to compare “{still}” with “{shown.title}”.",
            "Let more keypoints count, or use others.",
        )
    if as_csv:
        output.emit(similarity_files.similarity_csv(trace))
    elif as_json:
        about = {
            "still": output.printable(still),
            "clip": shown.document(),
            "method": method,
            "keypoints_that_count": [k.key for k in chosen or ()] or None,
        }
        output.emit_json(similarity_files.similarity_document(trace) | about)
    else:
        output.emit_rich(similarity_files.similarity_text(trace))
