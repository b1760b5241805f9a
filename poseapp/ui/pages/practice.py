"""The practice page at the desk: the picture has the room, coach and similarity stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poseapp.ui.pages.practice_coach import CoachCard
from poseapp.ui.pages.practice_controls import PracticeControls
from poseapp.ui.pages.practice_header import PracticeHeader
from poseapp.ui.pages.practice_popover import Popover
from poseapp.ui.pages.practice_similarity import SimilarityCard
from poseapp.ui.pages.practice_status import StatusLine
from poseapp.ui.pages.practice_stills import StillsPanel
from poseapp.ui.state_words import StateWords
from poseapp.ui.theme import GAP, GAP_L, PAGE_MARGIN, RIGHT_COLUMN, set_role
from poseapp.ui.widgets.camera_view import CameraView
from poseapp.ui.widgets.cards import Card, Pill
from poseapp.ui.widgets.progress import ProgressRow
from poseapp.ui.words import tr

__all__ = ["PracticePage"]

_NARROW_COLUMN = 300
_PILL_INSET = 16
_STILLS_FROM = 860  # height at which the stills have room for a card of their own


class PracticePage(QWidget):
    """Lays the parts of the page out for the room there is.

    Signals
    -------
    resized()
        The page has another size.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.header = PracticeHeader(self)
        self.view = CameraView(self)
        self.controls = PracticeControls(self)
        self.coach = CoachCard(self)
        self.similarity = SimilarityCard(self)
        self.stills = StillsPanel(self)
        self.status = StatusLine(self)
        self._demo_pill = Pill(tr("Demo"), "play-circle-outline", "ghost", parent=self.view)
        self._demo_pill.hide()
        self._pill = Pill("", parent=self.view)
        self._pill.move(QPoint(_PILL_INSET, _PILL_INSET))
        self._stills_card = Card(tr("Stills"), self)
        self._stills_popover = Popover(tr("Stills"), self)
        self._stills_popover.setFixedWidth(RIGHT_COLUMN)
        self._stills_card.body.addWidget(self.stills)
        self.similarity.stills_wanted.connect(self._open_stills)
        self.right = QWidget(self)
        self.work = ProgressRow(self)
        self._lay_out()
        self.view.installEventFilter(self)

    def set_state(self, words: StateWords) -> None:
        """Say the state on the picture."""
        self._pill.set_text(words.text)
        if words.token == "record":  # noqa: S105 - a colour
            self._pill.set_recording()
        else:
            self._pill.set_icon(words.icon, words.token)
        self._place_pills()

    def set_demo(self, on: bool, meaning: str) -> None:
        """Say on the picture that it is the demo's (`meaning` is what that means), and offer to end it, or not."""
        self._demo_pill.setToolTip(meaning)
        self._demo_pill.setAccessibleDescription(meaning)
        self._demo_pill.setVisible(on)
        self.header.set_demo(on)
        self._place_pills()

    @property
    def state_text(self) -> str:
        """The state as it is said on the picture."""
        return self._pill.text()

    def set_mirrored(self, on: bool) -> None:
        """Turn camera, coach and stills, so that both move to the same side."""
        self.view.set_mirrored(on)
        self.coach.player.set_mirrored(on)
        self.stills.strip.set_mirrored(on)
        self.stills.scrubber.set_mirrored(on)

    def fit(self, window: QSize) -> None:
        """Give way where the window is small."""
        narrow, low = window.width() < 1280, window.height() < 760
        menu = window.width() < 1120 or window.height() < _STILLS_FROM
        column = _NARROW_COLUMN if narrow else RIGHT_COLUMN
        self.right.setFixedWidth(column)
        self.header.set_narrow(narrow)
        self.status.setVisible(not low)
        self.coach.set_low(low)
        # The curve must stay readable beside an upright coach.
        self.similarity.setMinimumHeight(268 if low else 276)
        self._move_stills(into_popover=menu)
        self.controls.fit(self.width() - 2 * PAGE_MARGIN - GAP_L - column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self.window().size())
        self.resized.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self._place_pills()
        return super().eventFilter(watched, event)

    def _place_pills(self) -> None:
        """The state at the left; the demo's mark at the right of the same line, or below where that has no room."""
        room = max(self.view.width() - 2 * _PILL_INSET, 80)
        self._pill.setMaximumWidth(room)
        self._pill.adjustSize()
        mark = self._demo_pill
        beside = self._pill.width() + _PILL_INSET + mark.width() <= room
        below = _PILL_INSET + (0 if beside else self._pill.height() + 8)
        mark.move(self.view.width() - _PILL_INSET - mark.width(), below)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.view, 1)
        left.addWidget(self.work)
        left.addWidget(self.controls)
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GAP)
        right.addWidget(self.coach, 4)
        right.addWidget(self.similarity, 5)
        right.addWidget(self._stills_card)
        middle = QHBoxLayout()
        middle.setSpacing(GAP_L)
        middle.addLayout(left, 1)
        middle.addWidget(self.right)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN + 4, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.right.setFixedWidth(RIGHT_COLUMN)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _move_stills(self, *, into_popover: bool) -> None:
        if into_popover == self._stills_card.isHidden() and self._stills_card.testAttribute(
            Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        ):
            return
        self._stills_card.setVisible(not into_popover)
        self.similarity.set_stills_offered(into_popover)
        body = self._stills_popover.body if into_popover else self._stills_card.body
        body.addWidget(self.stills)
        self.stills.set_large(into_popover)

    def _open_stills(self) -> None:
        self._stills_popover.open_at(self.similarity.stills_button)
