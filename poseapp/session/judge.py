"""An attempt and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from poseapp.errors import NotEnoughSeenError
from poseapp.library.reference import Reference
from poseapp.pose import PoseSequence
from poseapp.pose.similarity import similarity_over_time
from poseapp.scoring import DEFAULT_METHOD, ScoreCard, SimilarityTrace, Strictness, scorer
from poseapp.session.settings import StillChoice
from poseapp.shortfall import Shortfall

__all__ = ["MIN_ATTEMPT_S", "Attempt", "judge", "similarity_trace"]

#: Shorter is a press of the wrong key and no movement.
MIN_ATTEMPT_S = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """What a trainee did and what was found.

    Parameters
    ----------
    poses : PoseSequence
        The raw poses.
    card : ScoreCard
        The judgement; it has no total, but a reason, when too little was seen.
    trace : SimilarityTrace or None
        Similarity to the still over the attempt; None without a still.
    shortfall : Shortfall or None
        That less of the attempt's clip could be read than it announces.
    """

    poses: PoseSequence
    card: ScoreCard
    trace: SimilarityTrace | None
    shortfall: Shortfall | None = None


def judge(
    reference: Reference,
    poses: PoseSequence,
    *,
    method: str = DEFAULT_METHOD,
    strictness: Strictness | None = None,
    still: StillChoice | None = None,
) -> Attempt:
    """Score an attempt against a reference and follow its similarity to a still.

    Parameters
    ----------
    reference : Reference
        The coach's example; its `keypoints` count for the total.
    poses : PoseSequence
        What was recorded.
    method : str
        Name of the scoring method.
    strictness : {"strict", "normal", "gentle"}, optional
        How tolerant it is; None: as it is by itself.
    still : StillChoice, optional
        The pose to follow the similarity to.

    Raises
    ------
    NotEnoughSeenError
        The attempt has fewer than two poses or is shorter than 0.3 s.
    UsageError
        There is no such method, or it knows no strictness.
    """
    if len(poses) < 2 or poses.duration < MIN_ATTEMPT_S:
        raise NotEnoughSeenError(
            "That was too short to be scored.", "Record the whole movement, from its beginning to its end."
        )
    card = scorer(method, strictness).score(reference.poses, poses, reference.keypoints)
    return Attempt(poses, card, None if still is None else similarity_trace(poses, still))


def similarity_trace(poses: PoseSequence, still: StillChoice) -> SimilarityTrace:
    """Follow the similarity of an attempt to a still; `t` in seconds from its first pose.

    Raises
    ------
    ValueError
        There are no poses.
    """
    if not len(poses):
        raise ValueError("there are no poses to follow")
    values = similarity_over_time(poses, still.pose, still.method, still.keypoints)
    return SimilarityTrace(poses.t - poses.t[0], values)
