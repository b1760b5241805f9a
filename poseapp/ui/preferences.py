"""What the window remembers from one time to the next. Losing it is no harm, so it never stops anything."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QSettings

from poseapp.errors import UsageError
from poseapp.paths import user_data_dir
from poseapp.pose import Keypoint
from poseapp.scoring import Strictness, strictness_called
from poseapp.scoring.form import DEFAULT_STRICTNESS

__all__ = ["TRAIL_KEYPOINTS", "Preferences"]

_log = logging.getLogger(__name__)

TRAIL_KEYPOINTS = (Keypoint.LEFT_WRIST, Keypoint.RIGHT_WRIST)
_TRAIL_S = 0.9


class Preferences:
    """Switches and choices in a small text file.

    Parameters
    ----------
    path : Path, optional
        The file; in the user's own folder by default. It need not exist nor be writable.
    """

    def __init__(self, path: Path | None = None) -> None:
        where = path if path is not None else user_data_dir() / "window.ini"
        self._settings = QSettings(str(where), QSettings.Format.IniFormat)

    def switch(self, name: str, default: bool = True) -> bool:
        """Whether the switch `name` was on."""
        return str(self._settings.value(name, default)).lower() in {"true", "1"}

    def text(self, name: str, default: str) -> str:
        """What was chosen as `name`."""
        return str(self._settings.value(name, default))

    @property
    def trail_seconds(self) -> float:
        """Length of the trails, 0.3..3 s."""
        try:
            return min(max(float(self.text("trail_seconds", str(_TRAIL_S))), 0.3), 3.0)
        except ValueError:
            return _TRAIL_S

    @property
    def trail_keypoints(self) -> tuple[Keypoint, ...]:
        """Keypoints that leave trails."""
        by_key = {k.key: k for k in Keypoint}
        names = self.text("trail_keypoints", " ".join(k.key for k in TRAIL_KEYPOINTS)).split()
        return tuple(by_key[name] for name in names if name in by_key)

    @property
    def strictness(self) -> Strictness:
        """How strict scores are."""
        try:
            return strictness_called(self.text("strictness", DEFAULT_STRICTNESS))
        except UsageError:
            return DEFAULT_STRICTNESS

    def keep(self, name: str, value: bool | str | float) -> None:
        """Remember `value` as `name`."""
        self._settings.setValue(name, str(value).lower() if isinstance(value, bool) else str(value))

    def keep_trails(self, keypoints: tuple[Keypoint, ...], seconds: float) -> None:
        """Remember how trails look."""
        self.keep("trail_seconds", seconds)
        self.keep("trail_keypoints", " ".join(k.key for k in keypoints))

    def save(self) -> None:
        """Write now."""
        self._settings.sync()
        if self._settings.status() is not QSettings.Status.NoError:
            _log.warning("the window's settings could not be saved to %s", self._settings.fileName())
