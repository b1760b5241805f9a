"""PoseNet: every person in the picture."""

from __future__ import annotations

from poseapp.errors import ModelError
from poseapp.pose import Box, Pose
from poseapp.vision.frame import BgrImage
from poseapp.vision.models import ModelInfo
from poseapp.vision.picture import ModelInput
from poseapp.vision.posenet_decode import decode_people
from poseapp.vision.runtime import LiteRtModel

__all__ = ["PoseNetEstimator"]


class PoseNetEstimator:
    """PoseNet with its multi-person decoder (Papandreou et al. 2018).

    Parameters
    ----------
    info : ModelInfo
        A model of the family ``posenet``.
    threads : int
        Threads of the interpreter.
    input_size : tuple of int, optional
        Width and height of the input instead of the file's own; the network takes any, best one more than a multiple
        of the output stride. More sees smaller people and takes proportionally longer.

    Raises
    ------
    ModelError
        The file is missing, damaged or not a PoseNet.
    """

    multi_person = True

    def __init__(self, info: ModelInfo, threads: int = 1, input_size: tuple[int, int] | None = None) -> None:
        if info.output_stride is None or {out.role for out in info.outputs} != {
            "heatmap",
            "offset",
            "displacement_fwd",
            "displacement_bwd",
        }:
            raise ModelError(f"The pose model “{info.name}” is not a PoseNet.", "Choose another model.")
        self.name = info.name
        self._stride = info.output_stride
        width, height = input_size or (info.input.shape[2], info.input.shape[1])
        self._model: LiteRtModel | None = LiteRtModel(info, threads, input_size)
        self._input = ModelInput(width, height, info.input.dtype, *info.input_range)

    def estimate(self, bgr: BgrImage, region: Box | None = None) -> tuple[Pose, ...]:
        """Find the people in `region` of a picture; see :class:`poseapp.vision.estimator.PoseEstimator`."""
        if self._model is None:
            raise RuntimeError("the estimator is closed")
        image, placement = self._input.place(bgr, region)
        heads = self._model.run(image)
        people = decode_people(
            heads["heatmap"][0],
            heads["offset"][0],
            heads["displacement_fwd"][0],
            heads["displacement_bwd"][0],
            self._stride,
        )
        xy = placement.to_picture(people.xy)
        return tuple(Pose(xy[i], people.confidence[i]) for i in range(len(xy)))

    def close(self) -> None:
        """Free the model; a second call does nothing."""
        self._model = None
