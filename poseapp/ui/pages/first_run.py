"""The first page where there is no camera: what the program does, and ways on without one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poseapp.paths import assets_dir
from poseapp.ui.fonts import font
from poseapp.ui.theme import CARD_RADIUS, GAP_L, colour, set_role
from poseapp.ui.widgets.cards import Button, Notice, PrimaryButton, label, plain_button
from poseapp.ui.widgets.drop_zone import accept_files
from poseapp.ui.words import tr

__all__ = ["FirstRunPage"]

_MARGIN = 32


class FirstRunPage(QWidget):
    """Three pictures, the state of the camera, and what to do.

    Signals
    -------
    demo_wanted, library_wanted, file_wanted, network_wanted
        What the buttons say.
    file_dropped(object)
        Path of a clip that is to serve as the camera.
    """

    demo_wanted = Signal()
    library_wanted = Signal()
    file_wanted = Signal()
    network_wanted = Signal()
    file_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAccessibleName(tr("First steps"))
        hero = label(tr("Practise against your coach’s example"), "hero", wrap=True)
        lead = label(tr("In front of an ordinary camera. Nothing leaves this computer."), "lead", "text2", wrap=True)
        steps = QHBoxLayout()
        steps.setSpacing(GAP_L)
        for number, title, text in (
            (1, tr("Choose an example"), tr("A coach is built in. Yours can give you more.")),
            (2, tr("Stand back"), tr("Until the picture shows you from head to feet.")),
            (3, tr("Move"), tr("Record it, and see how close you came.")),
        ):
            steps.addWidget(_Step(number, title, text, self), 1)
        self.notice = Notice("webcam-off", "", "", self)
        self.use_file = self.notice.add_button(tr("Use a video file"), "file-video-outline")
        self.use_file.clicked.connect(self.file_wanted)
        self.use_network = self.notice.add_button(tr("Network camera"), "ip-network-outline")
        self.use_network.clicked.connect(self.network_wanted)
        self.demo = PrimaryButton(tr("Show me the demo"), "play-circle-outline", "Space", parent=self)
        self.demo.clicked.connect(self.demo_wanted)
        self.library = plain_button(tr("Look at the movements"), "view-grid-outline", size="main")
        self.library.clicked.connect(self.library_wanted)
        row = QHBoxLayout()
        row.setSpacing(GAP_L)
        row.addWidget(self.demo)
        row.addWidget(self.library)
        row.addWidget(label(tr("Or drop a video file anywhere on this page."), "body", "text2", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(hero)
        column.addSpacing(4)
        column.addWidget(lead)
        column.addSpacing(24)
        column.addLayout(steps, 8)
        column.addSpacing(20)
        column.addWidget(self.notice)
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(1)
        self._drops = accept_files(self, self._dropped)
        self.buttons: tuple[Button, ...] = (self.demo, self.library, self.use_file, self.use_network)
        self.show_no_camera()

    def show_no_camera(self) -> None:
        """Say that there is no camera."""
        self.notice.set_words(
            tr("No camera found"),
            tr("Plug one in and it appears here by itself. Still nothing? Close other programs that use it."),
            "webcam-off",
        )

    def show_problem(self, sentence: str, hint: str) -> None:
        """Say what was wrong with what was tried."""
        self.notice.set_words(sentence, hint, "alert")

    def _dropped(self, paths: Sequence[Path]) -> None:
        if paths:
            self.file_dropped.emit(paths[0])


class _Step(QFrame):
    """A picture, a number and what to do."""

    def __init__(self, number: int, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "sentence", wrap=True))
        words.addWidget(label(text, "body", "text2", wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 16, 16)
        row.setSpacing(GAP_L)
        row.addWidget(_Number(number, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        pictures = assets_dir() / "first_run"
        badge = pictures / "score.png" if number == 3 else None
        column.addWidget(_Picture(pictures / f"step_{number}.jpg", badge, self), 1)
        column.addLayout(row)


class _Number(QWidget):
    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.setFixedSize(36, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("green"), 2))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(colour("text"))
        painter.setFont(font("card"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class _Picture(QWidget):
    """Fills its place, cropping what sticks out, with a badge in the corner that is never cropped."""

    def __init__(self, path: Path, badge: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QPixmap(str(path))
        self._badge = QPixmap(str(badge)) if badge is not None else QPixmap()
        self.setMinimumHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        box = QRectF(self.rect())
        # Round above, square where the words begin.
        outline.addRoundedRect(box.adjusted(0, 0, 0, CARD_RADIUS), CARD_RADIUS, CARD_RADIUS)
        painter.setClipPath(outline)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        painter.drawPixmap(
            QRect(
                (self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height()
            ),
            self._picture,
        )
        if not self._badge.isNull():
            side = min(self.width(), self.height()) * 0.3
            corner = QRectF(self.width() - side - GAP_L, self.height() - side - GAP_L, side, side)
            painter.drawPixmap(corner, self._badge, QRectF(self._badge.rect()))
        painter.end()
