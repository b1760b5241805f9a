"""Text on pictures, in the shipped typeface."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from poseapp.paths import assets_dir

__all__ = ["Weight", "draw_text", "text_width", "wrapped"]

#: Faces in assets/fonts: for captions, for sentences, for numbers to be read from afar.
Weight = Literal["Inter-Medium", "Inter-SemiBold", "InterDisplay-Bold"]

_HERSHEY_CAPITAL_PX: Final = 21.0  # height of a capital letter of FONT_HERSHEY_SIMPLEX at scale 1
_CAPITAL: Final = 0.727  # of Inter's size
#: OpenCV 4 knows no typefaces and only these signs.
_PLAIN: Final = str.maketrans({"°": " deg", "–": "-", "“": '"', "”": '"', "’": "'", "×": "x", "·": "-"})


def draw_text(
    picture: NDArray[np.uint8],
    text: str,
    x: int,
    baseline: int,
    size: int,
    bgr: Sequence[int],
    weight: Weight = "Inter-SemiBold",
) -> None:
    """Write one line into `picture` (h, w, 3).

    Parameters
    ----------
    picture : ndarray, uint8, BGR
        Written to.
    text : str
    x, baseline : int
        Left end of the line that the letters stand on, pixels.
    size : int
        Size of the type in pixels.
    bgr : sequence of int
        Its colour.
    weight : str
        The face.
    """
    face = _face(weight)
    if face is not None:
        cv2.putText(picture, text, (x, baseline), tuple(bgr), face, size)
        return
    scale = size * _CAPITAL / _HERSHEY_CAPITAL_PX
    plain = text.translate(_PLAIN)
    cv2.putText(
        picture, plain, (x, baseline), cv2.FONT_HERSHEY_SIMPLEX, scale, tuple(bgr), _stroke(size), cv2.LINE_AA
    )


def text_width(text: str, size: int, weight: Weight = "Inter-SemiBold") -> int:
    """How many pixels wide `text` is as :func:`draw_text` writes it."""
    face = _face(weight)
    if face is not None:
        _, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), face, size)
        return int(width)
    scale = size * _CAPITAL / _HERSHEY_CAPITAL_PX
    (width, _), _ = cv2.getTextSize(text.translate(_PLAIN), cv2.FONT_HERSHEY_SIMPLEX, scale, _stroke(size))
    return int(width)


def wrapped(text: str, width: int, size: int, weight: Weight = "Inter-SemiBold") -> tuple[str, ...]:
    """`text` broken between words into lines of at most `width` pixels; a longer word gets a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _stroke(size: int) -> int:
    return max(1, round(size / 14))


@cache
def _face(weight: Weight) -> Any:
    """The face of that name, OpenCV's own where its file cannot be read; None in OpenCV 4, which has neither."""
    if not hasattr(cv2, "FontFace"):
        return None
    face = cv2.FontFace()
    if not face.set(str(assets_dir() / "fonts" / f"{weight}.ttf")):
        face.set("sans")
    return face
