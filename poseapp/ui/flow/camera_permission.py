"""Asking the system for the camera. It must be done in the GUI thread, before OpenCV opens one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QObject, Qt

__all__ = ["REFUSED", "CameraPermission"]

#: Sentence and hint for somebody whose system refuses.
REFUSED: Final = (
    "The system does not let poseapp see the camera.",
    "Open the system's privacy settings, Camera, allow poseapp, and start it again.",
)

_ANSWERS = {Qt.PermissionStatus.Granted: True, Qt.PermissionStatus.Denied: False}


class CameraPermission(QObject):
    """Whether this program may use a camera.

    Only macOS asks its users, and only for applications: to a Python program there the terminal lends its own
    permission, which Qt does not know about.
    """

    def granted(self) -> bool | None:
        """What was answered; None: nobody was asked yet."""
        application = QCoreApplication.instance()
        if not self._asked_for() or application is None:
            return True
        return _ANSWERS.get(application.checkPermission(QtCore.QCameraPermission()))

    def ask(self, then: Callable[[], None]) -> None:
        """Ask the user; `then` is called in the GUI thread after the answer, whatever it is."""
        application = QCoreApplication.instance()
        if application is not None:
            application.requestPermission(QtCore.QCameraPermission(), self, lambda _permission: then())

    @staticmethod
    def _asked_for() -> bool:
        return sys.platform == "darwin" and hasattr(sys, "frozen") and hasattr(QtCore, "QCameraPermission")
