"""Where shipped data and the user's own files live."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

__all__ = ["assets_dir", "log_dir", "models_dir", "user_data_dir"]

_APP = "poseapp"


def _shipped(name: str) -> Path:
    """Folder `name` of the frozen build, the installed wheel or the checkout, whichever this is."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / name
    package = Path(__file__).resolve().parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name


def models_dir() -> Path:
    """Folder with the ``.tflite`` models and ``manifest.json``."""
    return _shipped("models")


def assets_dir() -> Path:
    """Folder with fonts, the built-in clip, icons and sounds."""
    return _shipped("assets")


def user_data_dir() -> Path:
    """The user's own folder for what the app keeps (not created here)."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """The user's own folder for log files (not created here)."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))
