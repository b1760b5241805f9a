"""A body seen from the front whose joints can be chosen, and that shows scores.

It faces the reader: the person's left is on the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from poseapp.pose import KEYPOINTS, Keypoint
from poseapp.pose.keypoints import BODY_PARTS
from poseapp.ui.icons import paint_icon
from poseapp.ui.theme import colour
from poseapp.ui.widgets.body_shape import HEAD, HEIGHT, PLACES, WIDTH, group_of, neighbour, paint_body
from poseapp.ui.widgets.buttons import Button
from poseapp.ui.widgets.marks import paint_mark
from poseapp.ui.words import keypoint_words, part_words, score_words, tr

__all__ = ["BodyFigure", "KeypointChooser"]

_HIT = 20.0  # half of the smallest target, 40 px
_MARK = 15.0


class BodyFigure(QWidget):
    """A body with a mark at each joint. Arrow keys go from joint to joint, Enter presses one.

    Signals
    -------
    keypoint_pressed(int)
        The `Keypoint` whose mark was pressed; the nose stands for the head.
    """

    keypoint_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: dict[Keypoint, float | None] | None = None
        self._chosen: frozenset[Keypoint] = frozenset(KEYPOINTS)
        self._at: Keypoint = Keypoint.NOSE
        self._hovered: Keypoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(140, 240)
        self.setAccessibleName(tr("Body figure"))
        self._describe()

    def set_chosen(self, keypoints: Iterable[Keypoint]) -> None:
        """Mark `keypoints` as those that count; the figure is a chooser then."""
        self._marks = None
        self._chosen = frozenset(keypoints)
        self._describe()
        self.update()

    def set_marks(self, scores: Mapping[Keypoint, float | None]) -> None:
        """Show `scores` 0..100 (None: not seen) at the joints. The head shows the mean of what was seen of it."""
        self._marks = {k: scores.get(k) for k in PLACES}
        head = [s for k in HEAD if (s := scores.get(k)) is not None]
        self._marks[Keypoint.NOSE] = sum(head) / len(head) if head else None
        self._describe()
        self.update()

    # Geometry

    def sizeHint(self) -> QSize:
        return QSize(220, 360)

    def _scale(self) -> float:
        return min(self.width() / WIDTH, self.height() / HEIGHT)

    def place(self, keypoint: Keypoint) -> QPointF:
        """Middle of the mark of `keypoint` on the widget."""
        s = self._scale()
        x, y = PLACES[keypoint if keypoint in PLACES else Keypoint.NOSE]
        return QPointF((self.width() - WIDTH * s) / 2 + x * s, (self.height() - HEIGHT * s) / 2 + y * s)

    def keypoint_at(self, point: QPointF) -> Keypoint | None:
        """Keypoint whose mark is nearest to `point` and close enough to have been meant."""
        distance = {k: (self.place(k) - point).manhattanLength() for k in PLACES}
        nearest = min(distance, key=lambda k: distance[k])
        away = self.place(nearest) - point
        reach = max(_HIT, _HIT * self._scale())
        return nearest if away.x() ** 2 + away.y() ** 2 <= reach**2 else None

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        s = self._scale()
        painter.save()
        painter.translate((self.width() - WIDTH * s) / 2, (self.height() - HEIGHT * s) / 2)
        painter.scale(s, s)
        paint_body(painter)
        painter.restore()
        for keypoint in PLACES:
            self._paint_joint(painter, keypoint, _MARK * min(s, 1.2))
        painter.end()

    def _paint_joint(self, painter: QPainter, keypoint: Keypoint, radius: float) -> None:
        centre = self.place(keypoint)
        if self._marks is not None:
            paint_mark(painter, centre, radius, self._marks[keypoint], number=True)
        else:
            r = radius * 0.8
            chosen = keypoint in self._chosen
            painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(colour("text2"), 1.6))
            painter.setBrush(colour("green" if chosen else "panel"))
            painter.drawEllipse(centre, r, r)
            if chosen:
                box = QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r).adjusted(3, 3, -3, -3)
                paint_icon(painter, box, "check-bold", "green_ink")
        if keypoint == self._hovered or (self.hasFocus() and keypoint == self._at):
            painter.setPen(QPen(colour("green" if self.hasFocus() and keypoint == self._at else "text2"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + 4, radius + 4)

    # Pressing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        keypoint = self.keypoint_at(event.position())
        if keypoint is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = keypoint
            self.keypoint_pressed.emit(int(keypoint))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self.keypoint_at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered is not None else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }
        step = steps.get(event.key())
        if step is not None:
            self._at = neighbour(self._at, *step)
            self._describe()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.keypoint_pressed.emit(int(self._at))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            keypoint = self.keypoint_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._joint_words(keypoint) if keypoint is not None else "", self)
            return True
        return super().event(event)

    def _joint_words(self, keypoint: Keypoint) -> str:
        name = tr("Head") if keypoint in HEAD else keypoint_words(keypoint)
        if self._marks is not None:
            return tr("{name} {score}", name=name, score=score_words(self._marks[keypoint]))
        return tr("{name} counts", name=name) if keypoint in self._chosen else tr("{name} ignored", name=name)

    def _describe(self) -> None:
        words = "; ".join(self._joint_words(k) for k in PLACES)
        if self.hasFocus():
            words = tr("At {joint}. {all}", joint=self._joint_words(self._at), all=words)
        self.setAccessibleDescription(words)


class KeypointChooser(QWidget):
    """Chooses keypoints on a body figure or by groups.

    Signals
    -------
    chosen_changed(object)
        Tuple of the chosen keypoints, in keypoint order, after the person changed it.
    """

    chosen_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: frozenset[Keypoint] = frozenset(KEYPOINTS)
        self._figure = BodyFigure(self)
        self._figure.keypoint_pressed.connect(self._pressed)
        self._chips: dict[str, Button] = {}
        chips = QGridLayout()
        chips.setSpacing(8)
        for number, part in enumerate(BODY_PARTS):
            chip = Button(part_words(part), role="chip", parent=self)
            chip.setCheckable(True)
            chip.clicked.connect(self._chip_clicked)
            self._chips[part] = chip
            chips.addWidget(chip, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(chips)
        column.addWidget(self._figure, 1)
        self.setAccessibleName(tr("Keypoints"))
        self._show()

    @property
    def figure(self) -> BodyFigure:
        """The figure that is clicked."""
        return self._figure

    def set_chosen(self, keypoints: Iterable[Keypoint]) -> None:
        """Choose `keypoints` without a signal."""
        self._chosen = frozenset(keypoints)
        self._show()

    def chosen(self) -> tuple[Keypoint, ...]:
        """The chosen keypoints in keypoint order."""
        return tuple(sorted(self._chosen))

    def _pressed(self, number: int) -> None:
        group = frozenset(group_of(Keypoint(number)))
        self._set(self._chosen - group if group <= self._chosen else self._chosen | group)

    def _chip_clicked(self) -> None:
        for part, chip in self._chips.items():
            group = frozenset(BODY_PARTS[part])
            if chip.isChecked() and not group <= self._chosen:
                self._set(self._chosen | group)
                return
            if not chip.isChecked() and group <= self._chosen:
                self._set(self._chosen - self._only_in(part))
                return

    def _only_in(self, part: str) -> frozenset[Keypoint]:
        """Keypoints of `part` that no other wholly chosen part needs; all of them when every one is needed."""
        group = frozenset(BODY_PARTS[part])
        others = [
            frozenset(BODY_PARTS[p]) for p in BODY_PARTS if p != part and frozenset(BODY_PARTS[p]) <= self._chosen
        ]
        return (group - frozenset[Keypoint]().union(*others)) or group

    def _set(self, chosen: frozenset[Keypoint]) -> None:
        self._chosen = chosen
        self._show()
        self.chosen_changed.emit(self.chosen())

    def _show(self) -> None:
        self._figure.set_chosen(self._chosen)
        for part, chip in self._chips.items():
            chip.setChecked(frozenset(BODY_PARTS[part]) <= self._chosen)
