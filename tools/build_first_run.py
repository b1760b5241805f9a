"""Make the three pictures of the first page from the built-in clips, with the program's own painters.

Run ``make first-run`` after anything that changes the demo's score; it writes ``assets/first_run/step_1.jpg`` to
``step_3.jpg``, and ``score.png``, the badge that the page lays into the corner of the last one: what the demo gives.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from poseapp.library.reference import Reference
from poseapp.paths import assets_dir
from poseapp.pose import Keypoint
from poseapp.pose.trails import Trails
from poseapp.session.demo import demo_attempt, demo_reference, run_demo
from poseapp.session.references import load_reference
from poseapp.ui.theme import apply_theme, colour
from poseapp.ui.widgets.overlay import (
    AGREES,
    COACH,
    PictureMap,
    SkeletonStyle,
    paint_skeleton,
    paint_trails,
    picture_image,
)
from poseapp.ui.widgets.score_dial import ScoreDial
from poseapp.vision.frame import BgrImage
from poseapp.vision.models import DEFAULT_MODEL
from poseapp.vision.sources.file import FileSource

_MODEL = "movenet-thunder"  # for the skeletons, which are made once: the most exact model
_WIDTH, _HEIGHT = 900, 680
_VEIL = 0.1


def _picture_at(reference: Reference, index: int) -> BgrImage:
    with FileSource(reference.clip) as source:
        for number, frame in enumerate(source):
            if number == index:
                return frame.bgr
    raise SystemExit(f"{reference.clip} has no picture {index}")


def _paint(reference: Reference, index: int, style: SkeletonStyle | None, trail_s: float = 0.0) -> QImage:
    bgr = _picture_at(reference, index)
    canvas = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    # The whole body is to be seen, so an upright clip's wall and floor are carried on at both sides.
    where = PictureMap.contain((bgr.shape[1], bgr.shape[0]), QRectF(0, 0, _WIDTH, _HEIGHT))
    side = max(0, -(-(_WIDTH * bgr.shape[0] // _HEIGHT - bgr.shape[1]) // 2) + 2)
    wide = np.ascontiguousarray(np.pad(bgr, ((0, 0), (side, side), (0, 0)), mode="edge"))
    target = QRectF(where.rect).adjusted(-side * where.scale, 0, side * where.scale, 0)
    painter.drawImage(target, picture_image(wide))
    painter.fillRect(canvas.rect(), colour("black", _VEIL))
    if trail_s:
        trails = Trails((Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST), trail_s)
        for number in range(index + 1):
            trails.add(reference.poses[number], float(reference.poses.t[number]))
        paint_trails(painter, trails.segments(), where)
    if style is not None:
        paint_skeleton(painter, reference.poses[index], where, style)
    painter.end()
    return canvas


def _badge(score: float | None) -> QImage:
    dial = ScoreDial()
    dial.setFixedSize(200, 200)
    dial.set_score(score, animate=False)
    badge = QImage(240, 240, QImage.Format.Format_ARGB32_Premultiplied)
    badge.fill(colour("rail", 0.0))
    painter = QPainter(badge)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour("rail", 0.0))
    painter.setBrush(colour("rail", 0.86))
    painter.drawRoundedRect(QRectF(badge.rect()), 24, 24)
    dial.render(painter, QPoint(20, 20), renderFlags=dial.RenderFlag.DrawChildren)
    painter.end()
    # tests/session/test_demo.py compares it with what the demo gives.
    badge.setText("Score", "" if score is None else f"{score:.0f}")
    return badge


def main() -> int:
    """Write the pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    apply_theme(app)
    goal = assets_dir() / "first_run"
    coach = load_reference(demo_reference(), _MODEL)
    attempt = load_reference(demo_attempt(), _MODEL)
    key = coach.poses.nearest(coach.key_moment)
    best = attempt.poses.nearest(attempt.key_moment)
    goal.mkdir(exist_ok=True)
    _paint(coach, key, COACH).save(str(goal / "step_1.jpg"), quality=88)
    _paint(attempt, 0, AGREES).save(str(goal / "step_2.jpg"), quality=88)
    _paint(attempt, best, AGREES, trail_s=1.2).save(str(goal / "step_3.jpg"), quality=88)
    # Whoever looks at the demo is to get the score that the picture shows.
    _badge(run_demo(DEFAULT_MODEL).attempt.card.total).save(str(goal / "score.png"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
