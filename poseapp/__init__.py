"""Practise a movement in front of a webcam against a coach's example."""

from importlib import metadata

__all__ = ["__version__"]

try:
    __version__ = metadata.version("poseapp")
except metadata.PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
