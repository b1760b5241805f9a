"""Keypoints by the names people type."""

from __future__ import annotations

from collections.abc import Sequence

from poseapp.errors import UsageError
from poseapp.pose import KEYPOINTS, Keypoint
from poseapp.pose.keypoints import BODY_PARTS

__all__ = ["chosen_keypoints"]


def chosen_keypoints(names: Sequence[str] | None) -> tuple[Keypoint, ...] | None:
    """Keypoints in their order for names such as ``left_wrist``, ``left wrist`` or ``arms``, with commas between.

    Returns
    -------
    tuple of Keypoint or None
        None, meaning all, when `names` is empty.

    Raises
    ------
    UsageError
        A name is not known; the hint lists those that are.
    """
    if not names:
        return None
    known: dict[str, tuple[Keypoint, ...]] = {k.key: (k,) for k in KEYPOINTS} | dict(BODY_PARTS)
    chosen: set[Keypoint] = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        key = name.lower().replace("-", "_").replace(" ", "_")
        if key not in known:
            raise UsageError(f"There is no keypoint “{name}”.", f"Choose from: {', '.join(known)}.")
        chosen.update(known[key])
    return tuple(sorted(chosen))
