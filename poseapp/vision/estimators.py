"""An estimator by the name of its model."""

from __future__ import annotations

from poseapp.vision.estimator import PoseEstimator
from poseapp.vision.models import DEFAULT_MODEL, model_info
from poseapp.vision.movenet import MoveNetEstimator
from poseapp.vision.posenet import PoseNetEstimator

__all__ = ["create_estimator"]


def create_estimator(name: str = DEFAULT_MODEL, threads: int = 1) -> PoseEstimator:
    """Load and verify a model.

    One thread is the steady choice while a camera and a window share the processor: more are faster alone, not there.

    Raises
    ------
    ModelError
        There is no model of that name, or its file is missing, damaged or not the one the manifest describes.
    """
    info = model_info(name)
    if info.family == "posenet":
        return PoseNetEstimator(info, threads)
    return MoveNetEstimator(info, threads)
