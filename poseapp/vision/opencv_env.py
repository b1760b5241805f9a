"""What OpenCV must find in the environment before it is loaded.

OpenCV reads these once. The package :mod:`poseapp.vision` imports this module first, so every module in it may
simply ``import cv2``. A value the user has set is left alone.
"""

from __future__ import annotations

import os

__all__ = ["ENVIRONMENT"]

ENVIRONMENT = {
    # A webcam that stops answering blocks a read for this many seconds; OpenCV would wait for ten.
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2",
    # Windows: without this, opening a webcam through Media Foundation takes tens of seconds.
    "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
    # macOS: OpenCV asks for permission in whatever thread it is and fails; the window asks, in its own thread.
    "OPENCV_AVFOUNDATION_SKIP_AUTH": "1",
    # Troubles are told once, in our own words, not by OpenCV and FFmpeg on the standard error stream.
    "OPENCV_LOG_LEVEL": "FATAL",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    # OPENCV_FFMPEG_CAPTURE_OPTIONS stays unset: OpenCV then prefers TCP for rtsp, which is what we want, and a
    # value of ours would take the place of all its defaults.
}

for _name, _value in ENVIRONMENT.items():
    os.environ.setdefault(_name, _value)
