"""What of a difference between two people is their proportions, when a fault of one limb is looked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring.errors_along_path import Matched
from poseapp.scoring.planar import norms, squares
from poseapp.scoring.segments import Segments

__all__ = ["shared_proportions"]

_LIMIT = (0.85, 1.15)  # lengths of limbs of other people
_PAIRS = tuple((k, k + 1) for k in range(Keypoint.LEFT_SHOULDER, KEYPOINT_COUNT, 2))


def shared_proportions(matched: Matched, attempt: Segments) -> Matched:
    """`matched` with limbs scaled by no more than what the left and the right one have in common.

    People are longer or shorter on both sides. A limb that is wrong looks shorter on its own, and one factor for the
    pair would carry half of its error over to the limb of the other side, which then seems wrong as well.

    Parameters
    ----------
    matched : Matched
        Both movements along their path.
    attempt : Segments
        The attempt as it was before it was laid on the reference.
    """
    before = norms(attempt.vectors).sum(axis=0)
    scaled = norms(matched.whole_attempt).sum(axis=0)
    known = before > 0
    now = np.where(known, scaled / np.where(known, before, 1.0), 1.0)
    factor = _shared(matched, now) / now
    return replace(
        matched, attempt=matched.attempt * factor[:, None], whole_attempt=matched.whole_attempt * factor[:, None]
    )


def _shared(matched: Matched, now: NDArray[np.float64]) -> NDArray[np.float64]:
    """Factor for every segment, shape (17,); `now` are those that the attempt was multiplied by."""
    wanted = (matched.weight * squares(matched.reference)).sum(axis=0)
    found = (matched.weight * squares(matched.attempt)).sum(axis=0) / now**2
    scale = np.ones(KEYPOINT_COUNT)
    for pair in (list(p) for p in _PAIRS):
        seen = [k for k in pair if wanted[k] > 0 and found[k] > 0]
        if not seen:
            continue
        sides = np.clip(np.sqrt(wanted[seen] / found[seen]), *_LIMIT)
        scale[pair] = np.median((sides.min(), 1.0, sides.max()))  # the one nearer to 1, or 1 between them
    return scale
