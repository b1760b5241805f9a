"""A movement of the library as a card: its picture, its name, and the views to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from poseapp.pose import Pose
from poseapp.ui.theme import CARD_RADIUS, colour, set_role
from poseapp.ui.widgets.cards import Button, label
from poseapp.ui.widgets.key_picture import KeyPictureButton
from poseapp.ui.words import seconds_words, tr, view_words

__all__ = ["ExampleCard", "ExampleView"]


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One view of a movement.

    Parameters
    ----------
    name : str
        What chooses it.
    view : str
        front, left, right or empty.
    seconds : float
        How long it takes.
    """

    name: str
    view: str
    seconds: float


class ExampleCard(QFrame):
    """Pressing the picture chooses the view that it shows, pressing a chip the view of the chip.

    Parameters
    ----------
    title : str
        The movement.
    origin : str
        Where it comes from, in words.
    cue : str
        A line of technique; may be empty.
    views : sequence of ExampleView

    Signals
    -------
    chosen(str)
        Name of the view that was chosen.
    picture_wanted()
        Another view is to be looked at: give its picture with :meth:`show_picture`.
    """

    chosen = Signal(str)
    picture_wanted = Signal()

    def __init__(
        self, title: str, origin: str, cue: str, views: Sequence[ExampleView], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.views = tuple(views)
        self.shown = self.views[0]
        self._title = title
        self._current = ""
        self.picture = KeyPictureButton(self)
        self.picture.clicked.connect(self._picture_pressed)
        self._chips: dict[QObject, ExampleView] = {}
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for view in self.views:
            if view.view:
                chips.addWidget(self._chip(view))
        chips.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(14, 10, 14, 14)
        words.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(title, "card", wrap=True), 1)
        top.addWidget(label(origin, "caption", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(top)
        if cue:
            words.addWidget(label(cue, "caption", "text2", wrap=True))
        words.addStretch(1)
        if self._chips:
            words.addSpacing(4)
            words.addLayout(chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.picture)
        column.addLayout(words, 1)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(filter(None, (origin, cue))))
        self._show_view(self.shown)

    def set_current(self, name: str) -> None:
        """Mark the view called `name` as the one that is practised; any other name marks none."""
        view = next((view for view in self.views if view.name == name), None)
        self._current = name if view is not None else ""
        for chip, chip_view in self._chips.items():
            if isinstance(chip, Button):
                chip.setChecked(chip_view.name == name)
        if view is not None:
            self._show_view(view)
        self.picture.set_current(view is not None and self.shown is view)
        self.update()

    def prefer(self, view: str) -> bool:
        """Show the picture of `view` (empty: any); False when the movement was not filmed from there."""
        found = next((v for v in self.views if not view or v.view == view), None)
        if found is None:
            return False
        if view:
            self._show_view(found)
        return True

    def show_picture(self, image: QImage | None, pose: Pose | None) -> None:
        """The picture of the view that is shown."""
        self.picture.show_picture(image, pose)

    @property
    def words(self) -> str:
        """All it says, for searching."""
        return f"{self.accessibleName()} {self.accessibleDescription()}".casefold()

    @property
    def is_current(self) -> bool:
        """Whether one of its views is practised."""
        return bool(self._current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn) and watched in self._chips:
            self._show_view(self._chips[watched])
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("green"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)
            painter.end()

    def _chip(self, view: ExampleView) -> Button:
        chip = Button(view_words(view.view), role="chip", parent=self)
        chip.setCheckable(True)
        chip.setAutoDefault(True)
        chip.setAccessibleName(self._name_of(view))
        chip.setToolTip(tr("Practise this view"))
        chip.clicked.connect(self._chip_pressed)
        chip.installEventFilter(self)
        self._chips[chip] = view
        return chip

    def _name_of(self, view: ExampleView) -> str:
        if not view.view:
            return self._title
        return tr("{movement}, {view}", movement=self._title, view=view_words(view.view).lower())

    def _show_view(self, view: ExampleView) -> None:
        self.shown = view
        self.picture.set_caption(seconds_words(view.seconds))
        self.picture.setAccessibleName(tr("Practise {movement}", movement=self._name_of(view)))
        self.picture.setToolTip(self.picture.accessibleName())
        self.picture.set_current(view.name == self._current)
        self.picture_wanted.emit()

    def _picture_pressed(self) -> None:
        self.chosen.emit(self.shown.name)

    def _chip_pressed(self) -> None:
        view = self._chips[self.sender()]
        for chip, other in self._chips.items():
            if isinstance(chip, Button):
                chip.setChecked(other.name == self._current)
        self.chosen.emit(view.name)
