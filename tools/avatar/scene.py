"""Where the figure stands and how it is seen: camera, rooms, light, and what four people look like.

The room is right-handed in metres: x to the left of a person who faces the camera, y away from the camera, z up.
Colours are linear RGB, 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "FRAME_SIZE", "LIGHT", "LOOKS", "ROOMS", "SHADOW_DEPTH",
    "Camera", "Look", "Outfit", "Room", "light_matrix", "look_at",
]  # fmt: skip

Array = NDArray[np.float64]
Colour = tuple[float, float, float]

#: Width and height in pixels of every clip.
FRAME_SIZE: Final = (540, 720)

_LIGHT_SIZE = 3.8  # metres the shadow map spans, around the figure
#: Distances from the light between which the shadow map has depth.
SHADOW_DEPTH: Final = (0.1, 8.0)
_LIT = np.array([0.0, 0.0, 0.9])  # what the light shines at


def _unit(v: Array) -> Array:
    return np.asarray(v / np.linalg.norm(v))


#: Direction towards the key light: from the front, left and above.
LIGHT: Final = _unit(np.array([-0.55, -0.75, 1.05]))


def look_at(eye: Array, target: Array) -> Array:
    """View matrix ``(4, 4)`` of a camera at `eye` that looks at `target`, z up (OpenGL: it looks along its -z)."""
    forward = _unit(target - eye)
    side = _unit(np.cross(forward, (0.0, 0.0, 1.0)))
    matrix = np.eye(4)
    matrix[:3, :3] = side, np.cross(side, forward), -forward
    matrix[:3, 3] = -matrix[:3, :3] @ eye
    return matrix


def light_matrix() -> Array:
    """Room to the shadow map's clip space, shape (4, 4): orthographic, around the figure."""
    near, far = SHADOW_DEPTH
    ortho = np.diag([2 / _LIGHT_SIZE, 2 / _LIGHT_SIZE, -2 / (far - near), 1.0])
    ortho[2, 3] = -(far + near) / (far - near)
    return np.asarray(ortho @ look_at(_LIT + LIGHT * 4, _LIT))


@dataclass(frozen=True, slots=True)
class Camera:
    """Pinhole camera on a stand in front of the figure, turned up or down towards it.

    Parameters
    ----------
    distance, height : float
        Metres from where the figure stands and above the floor.
    aim : float
        Height in metres above the figure's place at which it looks.
    fov : float
        Vertical field of view in degrees.
    size : (int, int)
        Width and height of the picture in pixels.
    near, far : float
        Metres between which things are drawn.
    """

    distance: float = 4.2
    height: float = 1.15
    aim: float = 1.10
    fov: float = 34.0
    size: tuple[int, int] = FRAME_SIZE
    near: float = 0.5
    far: float = 12.0

    @property
    def place(self) -> Array:
        """Position in the room, shape (3,)."""
        return np.array([0.0, -self.distance, self.height])

    def view(self) -> Array:
        """Room to camera, shape (4, 4)."""
        return look_at(self.place, np.array([0.0, 0.0, self.aim]))

    def perspective(self) -> Array:
        """Camera to clip space, shape (4, 4), as OpenGL defines it."""
        t = 1 / np.tan(np.deg2rad(self.fov) / 2)
        near, far = self.near, self.far
        matrix = np.zeros((4, 4))
        matrix[0, 0], matrix[1, 1] = t * self.size[1] / self.size[0], t
        matrix[2, 2:] = (far + near) / (near - far), 2 * far * near / (near - far)
        matrix[3, 2] = -1
        return matrix

    def matrix(self) -> Array:
        """Room to clip space, shape (4, 4)."""
        return np.asarray(self.perspective() @ self.view())

    def project(self, xyz: Array) -> tuple[Array, Array]:
        """Where points of the room are in the picture.

        Parameters
        ----------
        xyz : ndarray, shape (..., 3)
            Metres.

        Returns
        -------
        xy : ndarray, shape (..., 2)
            Pixels, from the picture's upper left corner.
        depth : ndarray, shape (...)
            Metres along the camera's axis.
        """
        view = self.view()
        seen = xyz @ view[:3, :3].T + view[:3, 3]
        depth = -seen[..., 2]
        focal = self.size[1] / 2 / np.tan(np.deg2rad(self.fov) / 2)
        sideways, upwards = focal * seen[..., 0] / depth, focal * seen[..., 1] / depth
        return np.stack((self.size[0] / 2 + sideways, self.size[1] / 2 - upwards), axis=-1), depth

    def metres(self, window: NDArray[np.floating]) -> Array:
        """Metres along the axis of depth-buffer values 0..1."""
        return np.asarray(
            2 * self.near * self.far / (self.far + self.near - (2 * window - 1) * (self.far - self.near))
        )


@dataclass(frozen=True, slots=True)
class Room:
    """A clean room and the camera in it."""

    camera: Camera = field(default_factory=Camera)
    wall: Colour = (0.56, 0.58, 0.58)
    floor: Colour = (0.36, 0.25, 0.16)
    wall_at: float = 1.35  # metres behind the figure


#: Rooms by name: the coaches' studio and somebody's home.
ROOMS: Final = MappingProxyType(
    {
        "studio": Room(),
        "home": Room(
            Camera(distance=4.7, height=1.4, aim=1.05),
            wall=(0.50, 0.45, 0.38),
            floor=(0.17, 0.11, 0.075),
            wall_at=1.0,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Outfit:
    """Cut of the clothes and of the hair.

    Parameters
    ----------
    sleeve : float
        Length of the sleeves as a part of the upper arm.
    legs : float
        Where the trousers end between hip (0) and ankle (1); 1 is long leggings.
    loose : float
        How far the hem of the shirt stands off, 1 as usual.
    long_hair : bool
        Hair to the neck instead of a short cut.
    """

    sleeve: float = 0.55
    legs: float = 0.50
    loose: float = 1.0
    long_hair: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one person and what he or she wears."""

    skin: Colour
    shirt: Colour
    trousers: Colour
    shoes: Colour
    hair: Colour
    trim: Colour
    iris: Colour
    outfit: Outfit
    banded: bool = False
    side_stripe: bool = False
    striped: bool = False


#: What each body wears.
LOOKS: Final = MappingProxyType(
    {
        "coach": Look(
            skin=(0.58, 0.36, 0.26), shirt=(0.05, 0.30, 0.50), trousers=(0.045, 0.05, 0.06), shoes=(0.10, 0.10, 0.11),
            hair=(0.045, 0.028, 0.02), trim=(0.75, 0.78, 0.80), iris=(0.12, 0.07, 0.04),
            outfit=Outfit(sleeve=0.5, legs=0.50), banded=True, side_stripe=True,
        ),
        "coachf": Look(
            skin=(0.62, 0.42, 0.32), shirt=(0.50, 0.08, 0.14), trousers=(0.06, 0.07, 0.11), shoes=(0.45, 0.45, 0.47),
            hair=(0.10, 0.05, 0.025), trim=(0.70, 0.70, 0.72), iris=(0.08, 0.16, 0.10),
            outfit=Outfit(legs=1.0, long_hair=True),
        ),
        "userm": Look(
            skin=(0.30, 0.165, 0.105), shirt=(0.52, 0.50, 0.44), trousers=(0.05, 0.09, 0.20),
            shoes=(0.08, 0.08, 0.09), hair=(0.02, 0.017, 0.015), trim=(0.25, 0.26, 0.28), iris=(0.06, 0.04, 0.03),
            outfit=Outfit(sleeve=0.62, legs=0.62),
        ),
        "userf": Look(
            skin=(0.64, 0.44, 0.33), shirt=(0.12, 0.38, 0.22), trousers=(0.10, 0.10, 0.12), shoes=(0.50, 0.15, 0.20),
            hair=(0.16, 0.09, 0.04), trim=(0.62, 0.68, 0.62), iris=(0.08, 0.12, 0.20),
            outfit=Outfit(legs=1.0, long_hair=True), striped=True,
        ),
    }
)  # fmt: skip
