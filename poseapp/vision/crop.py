"""The part of the next picture in which the person is looked for."""

from __future__ import annotations

from typing import Final

import numpy as np

from poseapp.pose import Box, Keypoint, Pose

__all__ = ["CropRegion", "search_regions", "square_round"]

#: Faint keypoints still say where the body reaches (the public code's ``MIN_CROP_KEYPOINT_SCORE``).
_MIN_CONFIDENCE: Final = 0.2
#: Half the side of the square, in reaches of the torso and of the body from the middle of the hips.
_TORSO_REACHES: Final = 1.9
_BODY_REACHES: Final = 1.25
#: The square stays while the wanted one differs by less: share of its side, ratio of the sides.
_STILL_SHIFT: Final = 0.06
_STILL_RATIO: Final = 1.15
#: Nor when a keypoint comes nearer than this share of its side to its border: two of three wrists in the last 3 % are
#: not found, and a raised hand that is not found does not make the square grow.
_BORDER: Final = 0.07

#: From this aspect on, squares of the shorter side show people much larger than the whole picture does.
_LONG: Final = 1.2

_HIPS: Final = [Keypoint.LEFT_HIP, Keypoint.RIGHT_HIP]
_SHOULDERS: Final = [Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER]


def square_round(pose: Pose, width: int, height: int) -> Box | None:
    """Square round a body with room for its next movement; None to look at the whole picture.

    The rule is that of Google's public MoveNet code (TensorFlow Hub tutorial "MoveNet: Ultra fast and accurate pose
    detection model", ``determine_crop_region``, Apache-2.0), with a little more room: centred on the hips, reaching
    1.9 times as far as the torso and 1.25 times as far as any seen keypoint; the whole picture when no torso was
    seen or the square is larger than the picture.

    Parameters
    ----------
    pose : Pose
        The person in the last picture.
    width, height : int
        Of the picture, in pixels.
    """
    seen = pose.confidence >= _MIN_CONFIDENCE
    if not (seen[_HIPS].any() and seen[_SHOULDERS].any()):
        return None
    hips = [k for k in _HIPS if seen[k]]
    torso = [k for k in _HIPS + _SHOULDERS if seen[k]]
    middle = pose.xy[hips].mean(axis=0)
    half = max(
        _TORSO_REACHES * float(np.abs(pose.xy[torso] - middle).max()),
        _BODY_REACHES * float(np.abs(pose.xy[seen] - middle).max()),
    )
    if 2 * half >= max(width, height):
        return None
    x, y = float(middle[0]), float(middle[1])
    return Box(x - half, y - half, x + half, y + half)


def search_regions(width: int, height: int) -> tuple[Box | None, ...]:
    """Where to look, picture by picture, for somebody who is nowhere to be found: everywhere, then in squares.

    A long picture fits into a model's square input only much reduced: in 1280 × 720 pixels, PoseNet at 257 pixels
    sees people of 300 pixels but not of 225; in squares of 720, of 125.

    Returns
    -------
    tuple of Box or None
        None: the whole picture.
    """
    side = min(width, height)
    room = max(width, height) - side
    if max(width, height) < _LONG * side:
        return (None,)
    starts = (room / 2, 0.0, float(room))
    if width > height:
        return (None, *(Box(x, 0, x + side, side) for x in starts))
    return (None, *(Box(0, y, side, y + side) for y in starts))


class CropRegion:
    """The square round the followed person, at rest while the person is and lies well inside it.

    A square that moved by a pixel with every pose would make the model's grid fall differently on a body that does
    not move, and its answers tremble.
    """

    def __init__(self) -> None:
        self._box: Box | None = None

    def reset(self) -> None:
        """Look at the whole picture."""
        self._box = None

    def follow(self, pose: Pose, width: int, height: int) -> Box | None:
        """Region for the picture after the one in which `pose` was found; None: all of it."""
        wanted = square_round(pose, width, height)
        if wanted is None or self._box is None or not (_much_the_same(self._box, wanted) and _holds(self._box, pose)):
            self._box = wanted
        return self._box


def _much_the_same(box: Box, wanted: Box) -> bool:
    (x, y), (wanted_x, wanted_y) = box.centre, wanted.centre
    ratio = wanted.width / box.width
    return (
        max(abs(wanted_x - x), abs(wanted_y - y)) <= _STILL_SHIFT * box.width
        and 1 / _STILL_RATIO <= ratio <= _STILL_RATIO
    )


def _holds(box: Box, pose: Pose) -> bool:
    """Whether the whole body lies well inside."""
    xy = pose.xy[pose.confidence >= _MIN_CONFIDENCE]
    border = _BORDER * box.width
    return bool((xy >= (box.x0 + border, box.y0 + border)).all() and (xy <= (box.x1 - border, box.y1 - border)).all())
