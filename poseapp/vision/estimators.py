"""An estimator by the name of its model."""

from __future__ import annotations

import os
from typing import Final

from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.models import DEFAULT_MODEL, model_info
from poseapp.vision.movenet import MoveNetEstimator
from poseapp.vision.posenet import PoseNetEstimator

__all__ = ["THREADS", "create_estimator"]

#: Threads of a model. Measured on two cores with a window to paint and a clip to decode beside it, also with one core
#: kept busy by another program: two take a fifth off the time from capture to paint, at the same processor time.
THREADS: Final = min(2, os.cpu_count() or 1)


def create_estimator(name: str = DEFAULT_MODEL, threads: int = THREADS) -> PoseEstimator:
    """Load and verify a model.

    Raises
    ------
    ModelError
        There is no model of that name, or its file is missing, damaged or not the one the manifest describes.
    """
    info = model_info(name)
    if info.family == "posenet":
        return PoseNetEstimator(info, threads)
    return MoveNetEstimator(info, threads)
