"""Where the address of a network camera is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from poseapp.ui.pages.practice_popover import Popover
from poseapp.ui.widgets.cards import label, plain_button
from poseapp.ui.words import tr

__all__ = ["NetworkPopover"]

_SCHEMES = ("http://", "https://", "rtsp://")


class NetworkPopover(Popover):
    """Asks for an address; Enter or the button connects.

    Signals
    -------
    address_given(str)
    """

    address_given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Network camera"), parent)
        self._address = QLineEdit(self)
        self._address.setMinimumWidth(320)
        self._address.setAccessibleName(tr("Address of the network camera"))
        self._address.setPlaceholderText("http://192.168.1.20:8080/video")
        self._address.returnPressed.connect(self._give)
        self._address.textChanged.connect(self._check)
        self._connect = plain_button(tr("Connect"), "ip-network-outline")
        self._connect.clicked.connect(self._give)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._address, 1)
        row.addWidget(self._connect)
        self.body.addWidget(label(tr("Address of the network camera"), "card"))
        self.body.addLayout(row)
        self.body.addWidget(label(tr("It begins with http://, https:// or rtsp://."), "caption", "text2"))
        self._check()

    def open_at(self, anchor: QWidget) -> None:
        """Show it beside `anchor`, ready to type."""
        super().open_at(anchor)
        self._address.setFocus()
        self._address.selectAll()

    def _valid(self) -> bool:
        text = self._address.text().strip()
        return text.startswith(_SCHEMES) and text not in _SCHEMES

    def _check(self) -> None:
        self._connect.setEnabled(self._valid())

    def _give(self) -> None:
        if self._valid():
            self.hide()
            self.address_given.emit(self._address.text().strip())
