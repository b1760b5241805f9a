"""One picture of two people side by side, with what is to be said about them below."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.report.drawing import COLOURS, Mark, draw_mark, draw_pill, draw_skeleton, pill_width
from poseapp.report.lettering import draw_text, text_width, wrapped

__all__ = ["SplitScreen"]

_HEIGHT, _NARROWEST, _WIDEST = 720, 406, 956
_GAP, _BAND, _MARGIN = 8, 120, 24
_PILL_INSET = 14
#: Darkens the pictures a little, so that what is drawn on them stands out.
_VEILS: Final = (0.8, 0.9)
_SCORE, _SENTENCE, _TIMING, _TIME = 72, 26, 18, 30
#: From the score upwards: mark and colour.
_BANDS: Final[tuple[tuple[float, Mark, str], ...]] = (
    (80.0, "disc", "green"),
    (50.0, "square", "amber"),
    (float("-inf"), "diamond", "bad"),
)


class SplitScreen:
    """Draws the attempt at the left, the coach at the right and a band below.

    Parameters
    ----------
    attempt_size, coach_size : tuple of int
        Width and height of the clips in pixels. Both are shown whole, as large as their half allows.
    titles : tuple of str
        What the halves are called.
    mark : str
        Shown in the corner of the attempt, such as ``Demo``; empty for none.
    """

    def __init__(
        self, attempt_size: tuple[int, int], coach_size: tuple[int, int], titles: tuple[str, str], mark: str = ""
    ) -> None:
        aspects = [width / height for width, height in (attempt_size, coach_size)]
        # MPEG-4 halves the colours' resolution: sides must be even.
        self._half = _even(min(max(_HEIGHT * max(aspects), _NARROWEST), _WIDEST))
        self._height = _even(min(_HEIGHT, self._half / min(aspects)))
        self._titles = titles
        self._mark = mark

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return 2 * self._half + _GAP, self._height + _BAND

    def canvas(self) -> NDArray[np.uint8]:
        """An empty picture, shape (h, w, 3), uint8, BGR."""
        width, height = self.size
        return np.full((height, width, 3), COLOURS["bg"], dtype=np.uint8)

    def show(
        self,
        canvas: NDArray[np.uint8],
        side: int,
        bgr: NDArray[np.uint8],
        pose: Pose | None,
        differs: NDArray[np.bool_] | None = None,
    ) -> None:
        """Put a frame and its skeleton into a half: 0, the attempt's, or 1, the coach's.

        Parameters
        ----------
        canvas : ndarray
            From :meth:`canvas`; written to.
        side : int
        bgr : ndarray, shape (h, w, 3), uint8
        pose : Pose or None
            In pixels of `bgr`.
        differs : ndarray, shape (17,), bool, optional
            Keypoints that are drawn as differing.
        """
        x = side * (self._half + _GAP)
        half = canvas[: self._height, x : x + self._half]
        half[:] = COLOURS["bg"]
        scale = min(self._half / bgr.shape[1], self._height / bgr.shape[0])
        width, height = max(1, round(bgr.shape[1] * scale)), max(1, round(bgr.shape[0] * scale))
        left, top = (self._half - width) // 2, (self._height - height) // 2
        picture = half[top : top + height, left : left + width]
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        shown = bgr if scale == 1 else cv2.resize(bgr, (width, height), interpolation=method)
        picture[:] = cv2.convertScaleAbs(shown, alpha=_VEILS[side])
        if pose is not None:
            # Pixel centres lie on whole numbers in both.
            xy = (pose.xy + 0.5) * scale - 0.5
            drawn = np.ascontiguousarray(picture)
            draw_skeleton(drawn, xy, pose.confidence >= MIN_CONFIDENCE, ("green", "text")[side], differs)
            picture[:] = drawn
        draw_pill(half, self._titles[side], _PILL_INSET, _PILL_INSET)
        if side == 0 and self._mark:
            draw_pill(half, self._mark, self._half - _PILL_INSET - pill_width(self._mark), _PILL_INSET, "amber")

    def tell_time(self, canvas: NDArray[np.uint8], seconds: float, share: float, cue: str = "") -> None:
        """Fill the band with the attempt's time, how much of it is over, and up to six words on what differs now."""
        band = self._empty_band(canvas)
        baseline = _BAND // 2 + round(0.36 * _TIME) + 2
        draw_text(band, f"{seconds:.1f} s", _MARGIN, baseline, _TIME, COLOURS["text"])
        band[:4] = COLOURS["line"]
        band[:4, : round(band.shape[1] * share)] = COLOURS["green"]
        if cue:
            # Beside the widest time, so that it does not wander as the digits change.
            x = _MARGIN + text_width("00.0 s", _TIME) + 28
            draw_mark(band, "diamond", x, baseline - 0.36 * _TIME, 8, "bad")
            draw_text(band, cue, x + 22, baseline, _SENTENCE, COLOURS["text"])

    def tell_result(self, canvas: NDArray[np.uint8], total: float | None, sentence: str, timing: str = "") -> None:
        """Fill the band with the score (a dash without one), what to change first, and the tempo."""
        band = self._empty_band(canvas)
        middle = _BAND / 2 + 2
        x = _MARGIN
        if total is None:
            score = "–"
            draw_text(band, score, x, round(middle + 0.36 * _SCORE), _SCORE, COLOURS["text2"], "InterDisplay-Bold")
        else:
            score = f"{total:.0f}"
            shape, colour = next((shape, colour) for least, shape, colour in _BANDS if round(total) >= least)
            draw_mark(band, shape, x + 10, middle, 10, colour)
            x += 34
            draw_text(band, score, x, round(middle + 0.36 * _SCORE), _SCORE, COLOURS[colour], "InterDisplay-Bold")
        x += text_width(score, _SCORE, "InterDisplay-Bold") + 28
        room = band.shape[1] - x - _MARGIN
        lines = [(line, _SENTENCE, "text") for line in wrapped(sentence, room, _SENTENCE)[:2]]
        lines += [(line, _TIMING, "text2") for line in wrapped(timing, room, _TIMING)[: 3 - len(lines)]]
        heights = [round(1.35 * size) for _, size, _ in lines]
        y = middle - sum(heights) / 2
        for (line, size, colour), height in zip(lines, heights, strict=True):
            draw_text(band, line, x, round(y + height / 2 + 0.36 * size), size, COLOURS[colour])
            y += height

    def _empty_band(self, canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
        band = canvas[self._height :]
        band[:] = COLOURS["panel"]
        return band


def _even(value: float) -> int:
    return 2 * round(value / 2)
