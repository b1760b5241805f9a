"""A camera on a stand, and which keypoints it can see."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .skeleton import Body

__all__ = ["VIEWS", "Camera", "hidden", "turned"]

Array = NDArray[np.float64]

#: How far the person is turned (degrees to the own left) in each view; `left` shows the left side.
VIEWS: Final = MappingProxyType({"front": 0.0, "left": -90.0, "right": 90.0})

# Axes of body parts that hide what is behind them: ends (indices of keypoints) and thickness as a part of the trunk.
_THICK: Final = (
    ((5, 7), 0.09), ((6, 8), 0.09), ((7, 9), 0.07), ((8, 10), 0.07),
    ((11, 13), 0.14), ((12, 14), 0.14), ((13, 15), 0.10), ((14, 16), 0.10),
)  # fmt: skip
_TRUNK: Final = 0.24
_EYE_LIMIT, _EAR_LIMIT, _NOSE_LIMIT = -0.35, -0.15, -0.30


@dataclass(frozen=True, slots=True)
class Camera:
    """Pinhole camera that looks horizontally at where the person stands.

    Parameters
    ----------
    distance, height : float
        Metres from the person's feet and above the floor.
    focal : float
        Pixels.
    width, height_px : int
        Size of the picture.
    """

    distance: float = 4.0
    height: float = 1.0
    focal: float = 1000.0
    width: int = 640
    height_px: int = 640

    @property
    def place(self) -> Array:
        """Position in the room, shape (3,)."""
        return np.array([0.0, -self.distance, self.height])

    def project(self, xyz: Array) -> Array:
        """Pixels ``(..., 2)`` of points ``(..., 3)`` in metres."""
        depth = np.maximum(xyz[..., 1] + self.distance, 0.1)
        x = self.width / 2 + self.focal * xyz[..., 0] / depth
        y = self.height_px / 2 - self.focal * (xyz[..., 2] - self.height) / depth
        return np.stack((x, y), axis=-1)


def turned(xyz: Array, degrees: float) -> Array:
    """Points turned about the vertical axis, positive to the person's left."""
    a = np.deg2rad(degrees)
    c, s = np.cos(a), np.sin(a)
    return np.asarray(xyz @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]))


def hidden(xyz: Array, camera: Camera, body: Body) -> NDArray[np.bool_]:
    """Which keypoints are behind the person's own trunk, limbs or head.

    Parameters
    ----------
    xyz : ndarray, shape (T, 17, 3)
        Metres, already turned.

    Returns
    -------
    ndarray, shape (T, 17), bool
    """
    out = np.zeros(xyz.shape[:2], dtype=np.bool_)
    for ends, thickness in _THICK:
        own = [k for k in range(17) if k in ends]
        covered = _behind(xyz, camera.place, xyz[:, ends[0]], xyz[:, ends[1]], thickness * body.trunk / 2)
        covered[:, own] = False
        out |= covered
    shoulders, hips = xyz[:, 5:7].mean(axis=1), xyz[:, 11:13].mean(axis=1)
    out |= _behind(xyz, camera.place, shoulders, hips, _TRUNK * body.trunk)
    out[:, :5] = _face_hidden(xyz, camera)
    return out


def _behind(points: Array, eye: Array, start: Array, end: Array, radius: float) -> NDArray[np.bool_]:
    """Whether the line of sight to each point passes a capsule clearly in front of it."""
    sight = points - eye
    distance = np.linalg.norm(sight, axis=2)
    towards = sight / distance[..., None]
    axis = (end - start)[:, None]
    offset = (start - eye)[:, None]
    # Closest approach of the line of sight to the capsule's axis (two lines, then clamped to the axis' ends).
    along_axis, along_sight = (axis * axis).sum(2), (axis * towards).sum(2)
    d, e = (offset * axis).sum(2), (offset * towards).sum(2)
    denominator = np.maximum(along_axis - along_sight**2, 1e-9)
    on_axis = np.clip((along_sight * e - d) / denominator, 0, 1)
    nearest = offset + on_axis[..., None] * axis
    on_sight = (nearest * towards).sum(2)
    gap = np.linalg.norm(nearest - on_sight[..., None] * towards, axis=2)
    return np.asarray((gap < radius) & (on_sight < distance - 1.2 * radius - 0.02))


def _face_hidden(xyz: Array, camera: Camera) -> NDArray[np.bool_]:
    """Face points on the far side of the head."""
    centre = xyz[:, 3:5].mean(axis=1)
    towards = camera.place - centre
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    across = xyz[:, 3] - xyz[:, 4]
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    forward = xyz[:, 0] - centre
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    side, front = (across * towards).sum(1), (forward * towards).sum(1)
    return np.stack(
        (
            front < _NOSE_LIMIT,
            side + front < _EYE_LIMIT,
            front - side < _EYE_LIMIT,
            side < _EAR_LIMIT,
            -side < _EAR_LIMIT,
        ),
        axis=1,
    )
