"""The camera went away: what is kept, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poseapp.session.update import PoseUpdate
from poseapp.ui.fonts import far_font
from poseapp.ui.icons import paint_icon
from poseapp.ui.motion import motion_reduced
from poseapp.ui.state_words import lost_words
from poseapp.ui.theme import GAP, colour, set_role
from poseapp.ui.widgets.camera_view import CameraView
from poseapp.ui.widgets.cards import Button, Pill, PrimaryButton, flat_button, label, plain_button
from poseapp.ui.words import seconds_words, tr

__all__ = ["CameraLostPage"]


class CameraLostPage(QWidget):
    """Fills the window: it must be read from where one practises.

    Signals
    -------
    score_pressed, other_pressed, discard_pressed
        What the buttons say.
    """

    score_pressed = Signal()
    other_pressed = Signal()
    discard_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self._disc = _Disc(self)
        self._title = label(tr("Camera lost"))
        self._kept = label("", wrap=True)
        self._plug = label("", wrap=True)
        self._spinner = _Spinner(self)
        self._looking = label("", "lead", "text2", wrap=True)
        self.score = PrimaryButton(tr("Score what was recorded"), "check", "Space", size="far", parent=self)
        self.score.clicked.connect(self.score_pressed)
        self.other = plain_button(tr("Other camera"), "webcam", size="far")
        self.other.clicked.connect(self.other_pressed)
        self.discard = flat_button(tr("Discard"), "trash-can-outline", size="far")
        self.discard.clicked.connect(self.discard_pressed)
        self._buttons: tuple[Button, ...] = (self.score, self.other, self.discard)
        self.view = CameraView(self)
        self.view.set_radius(0)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pill = Pill("", "pause", "text", parent=self.view)
        self.view.installEventFilter(self)
        self._lay_out()

    def show_lost(self, title: str, seconds: float, last: PoseUpdate | None, mirrored: bool) -> None:
        """Say what is kept of `seconds` recorded, and show the last picture of the camera called `title`."""
        kept, plug, looking = lost_words(seconds, title)
        self._kept.setText(kept)
        self._plug.setText(plug)
        self._looking.setText(looking)
        self.score.setVisible(seconds > 0)
        self.discard.setVisible(seconds > 0)
        self._pill.set_text(
            tr("Last picture, {at}", at=seconds_words(seconds)) if seconds > 0 else tr("Last picture")
        )
        self.view.set_mirrored(mirrored)
        if last is not None:
            self.view.show_update(last)
            self.view.freeze()
        self._place_pill()
        self.setAccessibleName(tr("Camera lost"))
        self.setAccessibleDescription(f"{kept} {plug}".strip())
        self._fit()

    def _lay_out(self) -> None:
        looking = QHBoxLayout()
        looking.setSpacing(GAP)
        looking.addWidget(self._spinner)
        looking.addWidget(self._looking, 1)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        for row in self._rows:
            row.setSpacing(GAP)
            row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for button in self._buttons:
            # At once: a button without a parent would open a window of its own when it is shown.
            self._rows[0].addWidget(button)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(64, 56, 64, 56)
        self._column.addWidget(self._disc)
        self._column.addSpacing(20)
        self._column.addWidget(self._title)
        self._column.addSpacing(20)
        self._column.addWidget(self._kept)
        self._column.addWidget(self._plug)
        self._column.addSpacing(20)
        self._column.addLayout(looking)
        self._column.addSpacing(GAP)
        self._column.addStretch(1)
        for row in self._rows:
            self._column.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._column, 7)
        whole.addWidget(self.view, 5)
        self.view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self._place_pill()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Far text as large as the window allows."""
        high = min(self.height(), round(self.width() * 0.62))
        self._title.setFont(far_font(high * 0.144))
        for words in (self._kept, self._plug):
            words.setFont(far_font(high * 0.066, bold=False))
        self._disc.set_diameter(round(high * 0.187))
        side = round(self.width() * 0.044)
        self._column.setContentsMargins(side, round(high * 0.062), side, round(high * 0.062))
        room = round(self.width() * 7 / 12) - 2 * side
        self._place_buttons(room + side - GAP)
        self._leave_out(room)

    def _leave_out(self, room: int) -> None:
        """Where not everything has room, first the picture goes, then the second sentence; words are never shrunk."""
        self._kept.setVisible(bool(self._kept.text()))
        for disc, plug in ((True, True), (False, True), (False, not self._kept.text())):
            self._disc.setVisible(disc)
            self._plug.setVisible(plug)
            self._column.invalidate()
            if self._column.heightForWidth(room + self._column.contentsMargins().left() * 2) <= self.height():
                return

    def _place_buttons(self, room: int) -> None:
        """All in one row, or what is second in a second one."""
        needed = sum(button.sizeHint().width() + GAP for button in self._buttons) - GAP
        rows = (0, 0, 0) if needed <= room else (0, 1, 1)
        self._rows[1].setContentsMargins(0, GAP if any(rows) else 0, 0, 0)
        for button, row in zip(self._buttons, rows, strict=True):
            self._rows[row].addWidget(button)

    def _place_pill(self) -> None:
        self._pill.adjustSize()
        self._pill.move(self.view.width() - self._pill.width() - 24, self.view.height() - self._pill.height() - 24)


class _Disc(QWidget):
    """The struck-out webcam on amber."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Camera lost"))
        self.set_diameter(168)

    def set_diameter(self, pixels: int) -> None:
        self.setFixedSize(pixels, pixels)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("amber"))
        painter.drawEllipse(self.rect())
        inset = self.width() * 0.2
        paint_icon(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), "webcam-off", "amber_ink")
        painter.end()


class _Spinner(QWidget):
    """Turns while the camera is looked for, if motion is not reduced."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(28, 28)
        self.setAccessibleName(tr("Looking for the camera"))
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._step)

    def showEvent(self, event: QShowEvent) -> None:
        if not motion_reduced():
            self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _step(self) -> None:
        self._turn = (self._turn + 18) % 360
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(colour("line"), 4))
        painter.drawEllipse(ring)
        painter.setPen(QPen(colour("green"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, (90 - self._turn) * 16, -100 * 16)
        painter.end()
