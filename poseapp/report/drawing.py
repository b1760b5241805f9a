"""Skeletons, marks and pills on pictures of a video, looking as they do in the window.

Widths are given in pixels of a picture 720 high. Every stroke has a dark casing under it, so that it stays visible
over any background; what differs is told by dashes and diamonds too, not by colour alone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from poseapp.pose import LIMBS, Keypoint
from poseapp.report.lettering import draw_text, text_width

__all__ = ["COLOURS", "Mark", "draw_mark", "draw_pill", "draw_skeleton", "pill_width"]

Bgr = tuple[int, int, int]
Picture = NDArray[np.uint8]
Mark = Literal["disc", "square", "diamond"]


def _bgr(colour: str) -> Bgr:
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return blue, green, red


#: The window's colours (a test compares them) by their names there; the window's own need Qt.
COLOURS: Final = MappingProxyType(
    {
        name: _bgr(colour)
        for name, colour in {
            "rail": "#0B0F10",
            "bg": "#0F1315",
            "panel": "#171D20",
            "line": "#303C41",
            "text": "#F0F4F3",
            "text2": "#AEBABB",
            "green": "#46E08A",
            "amber": "#FFC04D",
            "bad": "#FF5AA8",
        }.items()
    }
)

_LINE = 5.0
_JOINT_RADIUS = 6.7
_JOINT_CASING = 2.5
_DASH = (2.6, 2.0)  # on and off, in widths of the line
_PILL_OPACITY = 0.82
_PILL_TEXT, _PILL_HEIGHT, _PILL_PAD = 18, 36, 16
_SHIFT = 4  # binary digits after the point in OpenCV's coordinates

#: One joint stands for the whole head; the eyes and ears are measured, not drawn.
_DRAWN_JOINTS: Final = (Keypoint.NOSE, *(k for k in Keypoint if k >= Keypoint.LEFT_SHOULDER))


def draw_skeleton(
    picture: Picture,
    xy: NDArray[np.floating],
    seen: NDArray[np.bool_],
    colour: str,
    differs: NDArray[np.bool_] | None = None,
) -> None:
    """Draw a skeleton into `picture`; what is not seen is left out.

    Parameters
    ----------
    picture : ndarray, shape (h, w, 3), uint8, BGR
        Written to.
    xy : ndarray, shape (17, 2)
        Keypoints in pixels of the picture.
    seen : ndarray, shape (17,), bool
        Which of them are drawn.
    colour : str
        Name of the colour of what agrees.
    differs : ndarray, shape (17,), bool, optional
        Keypoints at the far end of what differs: drawn dashed, with diamonds, in ``bad``.
    """
    stroke = picture.shape[0] / 720
    wrong = np.zeros(len(xy), dtype=np.bool_) if differs is None else differs
    lines = [(xy[a], xy[b], bool(wrong[b])) for a, b in LIMBS if seen[a] and seen[b]]
    shoulders = [xy[k] for k in (Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER) if seen[k]]
    if shoulders and seen[Keypoint.NOSE]:
        lines.append((np.mean(shoulders, axis=0), xy[Keypoint.NOSE], bool(wrong[Keypoint.NOSE])))
    joints = [(xy[k], bool(wrong[k])) for k in _DRAWN_JOINTS if seen[k]]

    inks = COLOURS[colour], COLOURS["bad"]
    width = _LINE * stroke
    for start, end, _ in lines:
        _draw_line(picture, start, end, 2 * width, COLOURS["rail"])
    for start, end, is_wrong in lines:
        for a, b in _dashes(start, end, width) if is_wrong else [(start, end)]:
            _draw_line(picture, a, b, width, inks[is_wrong])
    radius = _JOINT_RADIUS * stroke
    for extra, casing in ((_JOINT_CASING * stroke, True), (0.0, False)):
        for point, is_wrong in joints:
            ink = COLOURS["rail"] if casing else inks[is_wrong]
            _draw_shape(picture, "diamond" if is_wrong else "disc", point, radius + extra, ink)


def draw_mark(picture: Picture, mark: Mark, x: float, y: float, radius: float, colour: str) -> None:
    """Draw the shape that goes with good (disc), fair (square) or poor (diamond), centred on (`x`, `y`)."""
    _draw_shape(picture, mark, np.array([x, y]), radius, COLOURS[colour])


def pill_width(text: str) -> int:
    """Width of a pill around `text` in pixels."""
    return text_width(text, _PILL_TEXT) + 2 * _PILL_PAD


def draw_pill(picture: Picture, text: str, x: int, y: int, colour: str = "text") -> None:
    """Write `text` on a dark round-ended ground whose top left corner is (`x`, `y`)."""
    width = pill_width(text)
    ground = picture[y : y + _PILL_HEIGHT, x : x + width]
    shape = np.zeros(ground.shape[:2], dtype=np.uint8)
    radius = _PILL_HEIGHT / 2
    row = radius - 0.5
    _draw_line(shape, np.array([radius, row]), np.array([width - radius, row]), 2 * radius, (255,))
    for centre in (radius, width - radius - 1):
        _draw_shape(shape, "disc", np.array([centre, row]), radius - 0.5, (255,))
    share = (shape * np.float32(_PILL_OPACITY / 255))[:, :, None]
    ground[:] = np.rint(ground * (1 - share) + np.array(COLOURS["rail"], dtype=np.float32) * share)
    draw_text(
        picture, text, x + _PILL_PAD, y + round(_PILL_HEIGHT / 2 + 0.36 * _PILL_TEXT), _PILL_TEXT, COLOURS[colour]
    )


def _dashes(
    start: NDArray[np.floating], end: NDArray[np.floating], width: float
) -> list[tuple[NDArray[np.floating], NDArray[np.floating]]]:
    length = float(np.linalg.norm(end - start))
    on, off = (share * width for share in _DASH)
    at = np.arange(0.0, length, on + off)
    step = (end - start) / max(length, 1e-6)
    return [(start + a * step, start + min(a + on, length) * step) for a in at]


def _draw_line(
    picture: Picture, start: NDArray[np.floating], end: NDArray[np.floating], width: float, ink: tuple[int, ...]
) -> None:
    """A line with flat ends; OpenCV's own have widths of whole pixels only."""
    along = np.asarray(end, dtype=np.float64) - start
    length = float(np.linalg.norm(along))
    if length < 1e-3:
        return
    side = np.array([-along[1], along[0]]) / length * width / 2
    _fill(picture, np.array([start + side, end + side, end - side, start - side]), ink)


def _draw_shape(
    picture: Picture, mark: Mark, centre: NDArray[np.floating], radius: float, ink: tuple[int, ...]
) -> None:
    if mark == "disc":
        x, y = np.rint(np.asarray(centre) * (1 << _SHIFT)).astype(int).tolist()
        cv2.circle(picture, (x, y), round(radius * (1 << _SHIFT)), ink, cv2.FILLED, cv2.LINE_AA, _SHIFT)
        return
    # Shapes of about the disc's area.
    reach = radius * (1.25 if mark == "diamond" else 0.89)
    corners = np.array(
        [[0, -1], [1, 0], [0, 1], [-1, 0]] if mark == "diamond" else [[-1, -1], [1, -1], [1, 1], [-1, 1]]
    )
    _fill(picture, centre + reach * corners, ink)


def _fill(picture: Picture, corners: NDArray[np.floating], ink: tuple[int, ...]) -> None:
    points = np.rint(corners * (1 << _SHIFT)).astype(np.int32)
    cv2.fillConvexPoly(picture, points, ink, cv2.LINE_AA, _SHIFT)
