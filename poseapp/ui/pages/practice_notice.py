"""Notices on the practice page: what happened, what to do, never a box that blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from poseapp.ui.widgets.cards import Notice

__all__ = ["NoticeBoard", "Offer"]

_INSET = 16
_WIDEST = 760


class Offer(NamedTuple):
    """A button of a notice: pressing it also takes the notice away."""

    text: str
    icon: str
    act: Callable[[], None] | None = None


class NoticeBoard(QObject):
    """Shows one notice at a time over the bottom of `anchor`.

    Parameters
    ----------
    anchor : QWidget
        The picture.
    """

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._anchor = anchor
        self._notice: Notice | None = None
        self._kind = ""
        self._acts: dict[QObject, Callable[[], None] | None] = {}
        anchor.installEventFilter(self)

    @property
    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notice

    def show(self, icon: str, title: str, text: str, offers: Sequence[Offer], *, kind: str = "") -> None:
        """Show a notice with at most two `offers` in place of the one before.

        Parameters
        ----------
        icon, title, text : str
        offers : sequence of Offer
        kind : str
            What it is about, so that it can be taken away when that is over.
        """
        self.dismiss()
        self._kind = kind
        notice = Notice(icon, title, text, self._anchor)
        for offer in offers[:2]:
            button = notice.add_button(offer.text, offer.icon)
            button.setAutoDefault(True)
            self._acts[button] = offer.act
            button.clicked.connect(self._pressed)
        self._notice = notice
        self._place()
        notice.show()
        notice.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(notice, f"{title} {text}"))

    def dismiss(self, kind: str = "") -> bool:
        """Take the notice away, if it is of this `kind` (empty: any); False when there was none."""
        if kind and kind != self._kind:
            return False
        notice, self._notice = self._notice, None
        self._acts.clear()
        if notice is None:
            return False
        notice.hide()
        notice.deleteLater()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._anchor and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _pressed(self) -> None:
        act = self._acts.get(self.sender())
        self.dismiss()
        if act is not None:
            act()

    def _place(self) -> None:
        if self._notice is None:
            return
        room = self._anchor.rect()
        width = min(room.width() - 2 * _INSET, _WIDEST)
        self._notice.fit(width)
        height = max(self._notice.heightForWidth(width), self._notice.sizeHint().height())
        self._notice.setGeometry(_INSET, room.height() - height - _INSET, width, height)
