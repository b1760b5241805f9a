"""What makes PoseNet's people more exact than its public decoder leaves them: votes, and second opinions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT, MIRROR_ORDER, Keypoint

__all__ = ["second_opinions", "voted"]

#: Cells on each side whose votes count: those of the disc of 32 pixels in which the network learnt offsets.
_VOTERS: Final = 2
#: Input pixels, a standard deviation: half a cell. Votes for another body's keypoint lie farther away.
_VOTE_WIDTH_PX: Final = 8.0
#: Below this weight nobody voted.
_LEAST_WEIGHT: Final = 1e-6
#: Keypoints that two chains must share to be about the same body.
_SAME_BODY: Final = KEYPOINT_COUNT // 2 + 1
#: How much surer a second opinion must be.
_SURER: Final = 0.1
#: Keypoints that are corrected. On bodies whose joints are known, a second opinion on an elbow was wrong more often
#: than right, and on the trunk there is none.
_CORRECTED: Final = frozenset(
    (
        Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST, Keypoint.LEFT_KNEE, Keypoint.RIGHT_KNEE,
        Keypoint.LEFT_ANKLE, Keypoint.RIGHT_ANKLE,
    )
)  # fmt: skip

_ROWS, _COLUMNS = (
    axis.ravel().astype(np.float32) for axis in np.mgrid[-_VOTERS : _VOTERS + 1, -_VOTERS : _VOTERS + 1]
)
_KINDS: Final = np.arange(KEYPOINT_COUNT)[:, None]


def voted(
    yx: NDArray[np.float32], logits: NDArray[np.float32], offset: NDArray[np.float32], stride: int
) -> NDArray[np.float32]:
    """Move each keypoint to where the cells around it say it is.

    Hough voting as in Papandreou et al. 2018, section 3.1.1: every cell votes for itself plus its offset, by its
    confidence. The public decoder listens to the nearest cell alone. Each cell errs by up to a tenth of a torso in
    its own way, so that a keypoint that moves by less than a cell seems to rest, and to jump when it enters the next.

    Parameters
    ----------
    yx : ndarray, shape (P, 17, 2), float32
        Keypoints in input pixels.
    logits : ndarray, shape (H, W, 17), float32
    offset : ndarray, shape (H, W, 34), float32
        Input pixels: 17 y, then 17 x.
    stride : int
        Input pixels from one cell to the next.

    Returns
    -------
    ndarray, shape (P, 17, 2), float32
    """
    rows, columns = logits.shape[:2]
    # Per keypoint an axis of places, y and x apart: three times as fast as pairs.
    y, x = yx[..., 0, None], yx[..., 1, None]
    row = np.rint(y / np.float32(stride)) + _ROWS
    column = np.rint(x / np.float32(stride)) + _COLUMNS
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    cell = np.where(inside, row * columns + column, 0).astype(np.intp)
    flat = cell * KEYPOINT_COUNT + _KINDS
    sure = 1 / (1 + np.exp(-np.maximum(logits.ravel()[flat], -80)))
    pairs, channel = offset.ravel(), cell * (2 * KEYPOINT_COUNT) + _KINDS
    vote_y = row * np.float32(stride) + pairs[channel]
    vote_x = column * np.float32(stride) + pairs[channel + KEYPOINT_COUNT]
    away = (vote_y - y) ** 2 + (vote_x - x) ** 2
    weight = inside * sure * np.exp(away * np.float32(-0.5 / _VOTE_WIDTH_PX**2))
    total = weight.sum(axis=2)
    heard = total > _LEAST_WEIGHT
    divisor = np.where(heard, total, 1)
    mean = np.stack(((vote_y * weight).sum(axis=2) / divisor, (vote_x * weight).sum(axis=2) / divisor), axis=-1)
    return np.asarray(np.where(heard[..., None], mean, yx), dtype=np.float32)


def second_opinions(
    yx: NDArray[np.float32],
    confidence: NDArray[np.float32],
    others: Sequence[tuple[int, NDArray[np.float32], NDArray[np.float32]]],
    below: Sequence[Sequence[int]],
    radius: float,
) -> None:
    """Let chains that began at another keypoint of the same body correct it; `yx` and `confidence` are changed.

    From the side a chain that comes down from the hip often steps over to the other leg. The heatmap is surer of the
    right knee elsewhere then, and the chain that began there has come up to the same body: its keypoint, and the
    surer ones of those that hang on it, are taken. A knee is never put on the other knee.

    Parameters
    ----------
    yx : ndarray, shape (P, 17, 2), float32
        People in input pixels.
    confidence : ndarray, shape (P, 17), float32
        0..1.
    others : sequence of (int, ndarray (17, 2), ndarray (17,))
        Keypoint at which it began, places and confidences of each chain that is nobody of `yx`, the surest first.
    below : sequence of sequence of int
        For each keypoint, those that hang on it.
    radius : float
        Input pixels within which two places are the same.
    """
    if not len(yx):
        return
    for kind, places, sure in others:
        if kind not in _CORRECTED:
            continue
        same = ((yx - places) ** 2).sum(axis=2) <= radius**2
        shared = same.sum(axis=1)
        person = int(shared.argmax())
        other_side = ((yx[person, MIRROR_ORDER[kind]] - places[kind]) ** 2).sum() <= radius**2
        if (
            shared[person] < _SAME_BODY
            or same[:, kind].any()
            or other_side
            or sure[kind] <= confidence[person, kind] + _SURER
        ):
            continue
        taken = [kind, *(k for k in below[kind] if sure[k] > confidence[person, k])]
        yx[person, taken], confidence[person, taken] = places[taken], sure[taken]
