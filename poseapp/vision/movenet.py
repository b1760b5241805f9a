"""MoveNet: the one person in the middle of the picture or region."""

from __future__ import annotations

from typing import Final

import numpy as np

from poseapp.errors import ModelError
from poseapp.pose import Box, Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.vision.frame import BgrImage
from poseapp.vision.models import ModelInfo
from poseapp.vision.picture import ModelInput
from poseapp.vision.runtime import LiteRtModel

__all__ = ["MoveNetEstimator"]

#: Fewer keypoints than this seen with `MIN_CONFIDENCE`: nobody is there.
MIN_KEYPOINTS: Final = 5


class MoveNetEstimator:
    """MoveNet Lightning or Thunder, single person.

    The model always answers with 17 keypoints; an answer with fewer than five confident ones counts as nobody.

    Parameters
    ----------
    info : ModelInfo
        A model of the family ``movenet``.
    threads : int
        Threads of the interpreter.

    Raises
    ------
    ModelError
        The file is missing, damaged or not a MoveNet.
    """

    multi_person = False

    def __init__(self, info: ModelInfo, threads: int = 1) -> None:
        if [out.shape for out in info.outputs] != [(1, 1, 17, 3)]:
            raise ModelError(f"The pose model “{info.name}” is not a MoveNet.", "Choose another model.")
        self.name = info.name
        self._role = info.outputs[0].role
        self._size = np.array([info.input.shape[2], info.input.shape[1]], dtype=np.float32)
        self._model: LiteRtModel | None = LiteRtModel(info, threads)
        self._input = ModelInput(info.input.shape[2], info.input.shape[1], info.input.dtype, *info.input_range)

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        """Find the person in `region` of a picture; see :class:`poseapp.vision.estimator.PoseEstimator`."""
        if self._model is None:
            raise RuntimeError("the estimator is closed")
        image, placement = self._input.place(bgr, region)
        keypoints = self._model.run(image)[self._role][0, 0]
        confidence = np.clip(keypoints[:, 2], 0, 1)
        if np.count_nonzero(confidence >= MIN_CONFIDENCE) < MIN_KEYPOINTS:
            return ()
        # Fractions of the input's side, from its edge: half a pixel before the centre of its first pixel.
        xy = keypoints[:, 1::-1] * self._size - np.float32(0.5)
        return (Pose(placement.to_picture(xy), confidence),)

    def close(self) -> None:
        """Free the model; a second call does nothing."""
        self._model = None
