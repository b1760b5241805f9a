"""Draw movements as stick figures, to be looked at: ``python -m tools.motion.sheet OUT.png [ACTION...]``."""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from .actions import ACTIONS
from .camera import VIEWS
from .perform import Performance, perform

__all__ = ["contact_sheet"]

_BONES = (
    (5, 6),
    (5, 11),
    (6, 12),
    (11, 12),
    (5, 7),
    (7, 9),
    (6, 8),
    (8, 10),
    (11, 13),
    (13, 15),
    (12, 14),
    (14, 16),
    (0, 3),
    (0, 4),
)
_LEFT, _RIGHT, _MIDDLE = (60, 60, 220), (200, 110, 30), (90, 90, 90)  # BGR
_CELL = 190


def _colour(k: int) -> tuple[int, int, int]:
    return _MIDDLE if k == 0 else _LEFT if k % 2 else _RIGHT


def _figure(performance: Performance, i: int) -> NDArray[np.uint8]:
    picture = np.full((640, 640, 3), 250, dtype=np.uint8)
    cv2.line(picture, (0, 570), (640, 570), (205, 205, 205), 2)
    xy, seen = performance.xy[i], performance.confidence[i] > 0.3
    for a, b in _BONES:
        colour = _MIDDLE if {a, b} in ({5, 6}, {11, 12}) else _colour(b)
        thickness = 7 if seen[a] and seen[b] else 2
        cv2.line(picture, tuple(map(int, xy[a])), tuple(map(int, xy[b])), colour, thickness, cv2.LINE_AA)
    for k in range(17):
        cv2.circle(picture, tuple(map(int, xy[k])), 7, _colour(k), -1 if seen[k] else 2, cv2.LINE_AA)
    return np.asarray(
        cv2.resize(picture[20:600, 30:610], (_CELL, _CELL), interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def contact_sheet(names: list[str], views: tuple[str, ...] = tuple(VIEWS), columns: int = 9) -> NDArray[np.uint8]:
    """One row per action and view; hidden limbs are thin. Left limbs are red, right ones blue."""
    rows = []
    for name in names:
        for view in views:
            performance = perform(name, view=view, before=0, after=0)
            frames = np.linspace(0, len(performance.t) - 1, columns).round().astype(int)
            row = np.hstack([_figure(performance, int(i)) for i in frames])
            cv2.putText(row, f"{name} {view}", (4, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 1, cv2.LINE_AA)
            rows.append(row)
    return np.vstack(rows)


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("actions", nargs="*", choices=[[], *ACTIONS], default=[])
    options = parser.parse_args()
    cv2.imwrite(str(options.out), contact_sheet(options.actions or list(ACTIONS)))


if __name__ == "__main__":
    main()
