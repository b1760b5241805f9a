"""Where garments and hair end on a body: numbers per vertex, in metres, negative where they are cut away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .scene import Outfit

if TYPE_CHECKING:
    from .body import AvatarBody

__all__ = [
    "Face", "Measures", "along_arm", "hair_cut", "long_hair_cut", "shirt_cut", "shoes_cut", "trousers_cut",
    "trousers_end",
]  # fmt: skip

Array = NDArray[np.float64]

_LEG = 0.9  # metres hip to ankle of the body that the numbers below were made on; they scale with it
_NECKLINE_HALF, _NECKLINE_DEEP = 0.078, (0.062, 0.02)  # half its width; how deep in front and behind
_ALWAYS = 9.0  # a cut that never cuts

# The hairline: height above the ears (m) against distance in front of them (m).
_HAIRLINE_FORWARD = (-0.12, -0.06, -0.03, -0.01, 0.012, 0.022, 0.034, 0.05, 0.075, 0.12)
_HAIRLINE_UP = (-0.07, -0.065, -0.045, -0.01, -0.005, -0.002, 0.035, 0.060, 0.085, 0.093)


@dataclass(frozen=True, slots=True)
class Face:
    """Places at rest, in metres, that what is painted on the face goes by (left eye and ear, shape (3,) each)."""

    eye: Array
    ear: Array
    nose: Array
    middle_ear: Array


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Heights and directions of a body at rest, left side, that clothes are cut by."""

    size: float
    hip: float
    ankle: float
    neck: Array
    shoulder: Array
    upper_arm: Array

    @classmethod
    def of(cls, body: AvatarBody) -> Measures:
        """Take a body's measures."""
        shoulder = body.head("upperarm01.L")
        hip, knee, ankle = (body.head(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
        return cls(
            float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee)) / _LEG,
            float(hip[2]),
            float(ankle[2]),
            body.head("neck01"),
            shoulder,
            body.head("lowerarm01.L") - shoulder,
        )

    @property
    def waist(self) -> float:
        """Height of the trousers' band."""
        return self.hip - 0.03 * self.size


def _mirrored(places: Array) -> Array:
    """Everything on the left."""
    return np.column_stack((np.abs(places[:, 0]), places[:, 1:]))


def along_arm(places: Array, m: Measures) -> Array:
    """Place along the upper arm, 0 at the shoulder, 1 at the elbow; -1 where there is no arm."""
    length = float(np.linalg.norm(m.upper_arm))
    direction = m.upper_arm / length
    off = _mirrored(places) - m.shoulder
    along = off @ direction / length
    aside = np.linalg.norm(off - np.outer(along * length, direction), axis=1)
    x = np.abs(places[:, 0])
    near = (along > 0) & (aside < 0.16 * m.size) & (x > m.shoulder[0] * 0.95)
    beyond = (along > 0.9) & (x > m.shoulder[0] + 0.1)
    return np.where(near | beyond, along, -1.0)


def _collar(places: Array, m: Measures) -> Array:
    """Positive below a round neckline that is lower in front: an ellipse seen from the front, open upwards."""
    x, y, z = places.T
    middle = m.neck[1] - 0.02 * m.size
    deep = np.interp((y - middle) / m.size, (-0.06, 0.05), _NECKLINE_DEEP) * m.size
    up = z - (m.neck[2] - 0.03 * m.size)
    wide = _NECKLINE_HALF * (m.size + 6 * np.maximum(up, 0))  # wider above, or the cloth would stand up at the neck
    across = np.hypot(x / wide, np.minimum(up, 0) / deep)
    near = (z > m.neck[2] - 0.2 * m.size) & (np.abs(x) < m.shoulder[0])
    return np.where(near, (across - 1) * deep, _ALWAYS)


def shirt_cut(places: Array, along: Array, outfit: Outfit, m: Measures) -> Array:
    """Positive between hem, sleeves' ends and collar; `along` is that of :func:`along_arm`."""
    length = float(np.linalg.norm(m.upper_arm))
    sleeve = np.where(along > -0.5, (outfit.sleeve - along) * length, _ALWAYS)
    hem = places[:, 2] - (m.waist - 0.015 * m.size)
    return np.asarray(np.minimum.reduce([hem, sleeve, _collar(places, m)]))


def trousers_end(outfit: Outfit, m: Measures) -> float:
    """Height in metres at which the legs of the trousers end."""
    return m.hip + (m.ankle + 0.03 - m.hip) * outfit.legs if outfit.legs < 1 else m.ankle + 0.015


def hair_cut(places: Array, face: Face, m: Measures) -> Array:
    """Positive on the scalp."""
    off = places - face.middle_ear
    line = np.interp(-off[:, 1] / m.size, _HAIRLINE_FORWARD, _HAIRLINE_UP) * m.size
    above = np.where(places[:, 2] > m.neck[2], off[:, 2] - line, -_ALWAYS)
    from_ear = np.linalg.norm(_mirrored(places) - (face.ear + np.array([0.004, 0.006, 0.0])), axis=1)
    return np.asarray(np.minimum(above, from_ear - 0.045 * m.size))


def long_hair_cut(places: Array, face: Face, m: Measures) -> Array:
    """Positive where long hair is: down to the neck, the face open."""
    x, y, z = places.T
    open_face = np.maximum.reduce(
        [y - (face.middle_ear[1] - 0.028 * m.size), z - (face.eye[2] + 0.060 * m.size), np.abs(x) - 0.080 * m.size]
    )
    return np.asarray(np.minimum(z - (m.neck[2] - 0.02), open_face))


def trousers_cut(places: Array, outfit: Outfit, m: Measures) -> Array:
    """Positive between waist and the end of the legs."""
    z = places[:, 2]
    return np.asarray(np.minimum(m.hip + 0.09 * m.size - z, z - trousers_end(outfit, m)))


def shoes_cut(places: Array, m: Measures) -> Array:
    """Positive below the ankle."""
    return np.asarray(m.ankle + 0.005 * m.size - places[:, 2])
