"""Dress a body: shirt, trousers, shoes and hair as shells over it, each with a field that says where it ends.

MakeHuman's base mesh brings "tights", a smooth second skin of its own vertices that follow the same bones. Every
garment is those tights moved out along their normals by one or two centimetres, and a *cut*: a number per vertex, in
metres, that is negative beyond a hem. Fragments with a negative cut are not drawn, so hems are smooth lines
however coarse the mesh is. Skin that lies well under a garment is left out, so it never pokes through.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from .scene import Outfit

if TYPE_CHECKING:
    from .body import AvatarBody

__all__ = ["Dressed", "Face", "Kind", "dress"]

Array = NDArray[np.float64]
Ints = NDArray[np.integer]

_LEG = 0.9  # metres hip to ankle of the body that the numbers below were made on; they scale with it
_SHIRT_OFF, _TROUSERS_OFF, _SHOES_OFF, _HAIR_OFF = 0.010, 0.014, 0.010, 0.016
_UNDER = 0.06  # metres inside a garment from which skin is left out
_LIPS = Path(__file__).parent / "data" / "lips.npz"
_NECKLINE_HALF, _NECKLINE_DEEP = 0.078, (0.062, 0.02)  # half its width; how deep in front and behind
_ALWAYS = 9.0  # a cut that never cuts

# The hairline: height above the ears (m) against distance in front of them (m).
_HAIRLINE_FORWARD = (-0.12, -0.06, -0.03, -0.01, 0.012, 0.022, 0.034, 0.05, 0.075, 0.12)
_HAIRLINE_UP = (-0.07, -0.065, -0.045, -0.01, -0.005, -0.002, 0.035, 0.060, 0.085, 0.093)


class Kind(IntEnum):
    """Kinds of surface; the shaders know them by number (shaders/kinds.glsl)."""

    SKIN = 0
    SHIRT = 1
    TROUSERS = 2
    SHOES = 3
    HAIR = 4
    EYES = 5


@dataclass(frozen=True, slots=True)
class Face:
    """Places at rest, in metres, that what is painted on the face goes by (left eye and ear, shape (3,) each)."""

    eye: Array
    ear: Array
    nose: Array
    middle_ear: Array


@dataclass(frozen=True, slots=True, eq=False)
class Dressed:
    """Triangles of a dressed figure, compact.

    Parameters
    ----------
    triangles : ndarray, shape (T, 3)
        Vertices of the dressed figure.
    spans : tuple of (Kind, slice)
        Which triangles are what.
    source : ndarray, shape (N,)
        The vertex of the body with whose bones each vertex moves.
    rest : ndarray, shape (N, 3)
        Metres, at rest, clothes already moved out.
    static : ndarray, shape (N, 6), float32
        What the shaders need besides: place of the source at rest, cut, part, extra.
    face : Face
        Landmarks.
    size : float
        Leg length as a part of 0.9 m.
    """

    triangles: Ints
    spans: tuple[tuple[Kind, slice], ...]
    source: Ints
    rest: Array
    static: NDArray[np.float32]
    face: Face
    size: float
    _sums: csr_matrix

    def normals(self, places: Array) -> Array:
        """Unit normals ``(N, 3)`` of the vertices when they are at `places` ``(N, 3)``, weighted by area."""
        corners = places[self.triangles]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        sums = self._sums @ across
        return np.asarray(sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-12))


@dataclass(frozen=True, slots=True, eq=False)
class _Shell:
    """One garment: some faces of the body, moved out."""

    faces: Ints
    places: Array
    kind: Kind
    cut: Array
    extra: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Measures:
    """Heights and directions of a body at rest, left side, that clothes are cut by."""

    size: float
    hip: float
    ankle: float
    neck: Array
    shoulder: Array
    upper_arm: Array

    @classmethod
    def of(cls, body: AvatarBody) -> _Measures:
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
        return self.hip - 0.03 * self.size


def _split(faces: Ints) -> Ints:
    """Triangles of quads."""
    return np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])


def _adjacency(triangles: Ints, vertices: int) -> csr_matrix:
    """Matrix ``(vertices, triangles)`` that adds what triangles bring to their corners."""
    count = len(triangles)
    return csr_matrix(
        (np.ones(count * 3), (triangles.ravel(), np.repeat(np.arange(count), 3))), shape=(vertices, count)
    )


def _normals(faces: Ints, places: Array) -> Array:
    triangles = _split(faces)
    a, b, c = (places[triangles[:, i]] for i in range(3))
    sums = _adjacency(triangles, len(places)) @ np.cross(b - a, c - a)
    return np.asarray(sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-12))


def _mirrored(places: Array) -> Array:
    """Everything on the left."""
    return np.column_stack((np.abs(places[:, 0]), places[:, 1:]))


def _along_arm(places: Array, m: _Measures) -> Array:
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


def _collar(places: Array, m: _Measures) -> Array:
    """Positive below a round neckline that is lower in front: an ellipse seen from the front, open upwards."""
    x, y, z = places.T
    middle = m.neck[1] - 0.02 * m.size
    deep = np.interp((y - middle) / m.size, (-0.06, 0.05), _NECKLINE_DEEP) * m.size
    up = z - (m.neck[2] - 0.03 * m.size)
    wide = _NECKLINE_HALF * (m.size + 6 * np.maximum(up, 0))  # wider above, or the cloth would stand up at the neck
    across = np.hypot(x / wide, np.minimum(up, 0) / deep)
    near = (z > m.neck[2] - 0.2 * m.size) & (np.abs(x) < m.shoulder[0])
    return np.where(near, (across - 1) * deep, _ALWAYS)


def _shirt_cut(places: Array, along: Array, outfit: Outfit, m: _Measures) -> Array:
    length = float(np.linalg.norm(m.upper_arm))
    sleeve = np.where(along > -0.5, (outfit.sleeve - along) * length, _ALWAYS)
    hem = places[:, 2] - (m.waist - 0.015 * m.size)
    return np.minimum.reduce([hem, sleeve, _collar(places, m)])


def _trousers_end(outfit: Outfit, m: _Measures) -> float:
    return m.hip + (m.ankle + 0.03 - m.hip) * outfit.legs if outfit.legs < 1 else m.ankle + 0.015


def _hair_cut(places: Array, face: Face, m: _Measures) -> Array:
    """Positive on the scalp."""
    off = places - face.middle_ear
    line = np.interp(-off[:, 1] / m.size, _HAIRLINE_FORWARD, _HAIRLINE_UP) * m.size
    above = np.where(places[:, 2] > m.neck[2], off[:, 2] - line, -_ALWAYS)
    from_ear = np.linalg.norm(_mirrored(places) - (face.ear + np.array([0.004, 0.006, 0.0])), axis=1)
    return np.minimum(above, from_ear - 0.045 * m.size)


def _long_hair_cut(places: Array, face: Face, m: _Measures) -> Array:
    """Positive where long hair is: down to the neck, the face open."""
    x, y, z = places.T
    open_face = np.maximum.reduce(
        [y - (face.middle_ear[1] - 0.028 * m.size), z - (face.eye[2] + 0.060 * m.size), np.abs(x) - 0.080 * m.size]
    )
    return np.minimum(z - (m.neck[2] - 0.02), open_face)


def _shells(body: AvatarBody, outfit: Outfit, face: Face, m: _Measures) -> list[_Shell]:
    rest = body.vertices
    tights, skin, hair = (body.parts[name].quads for name in ("tights", "body", "hair"))
    eyes = np.concatenate([body.parts[name].quads for name in ("left_eye", "right_eye")])
    z = rest[:, 2]
    out = _normals(tights, rest)
    along = _along_arm(rest, m)
    none = np.zeros(len(rest))

    shirt = _shirt_cut(rest, along, outfit, m)
    near_hem = np.clip(1 - np.abs(z - m.waist) / (0.25 * m.size), 0, 1)
    in_sleeve = np.where(along > -0.5, 0.006 * np.clip(along / outfit.sleeve, 0, 1), 0)
    shirt_off = _SHIRT_OFF + 0.010 * near_hem * outfit.loose + in_sleeve

    end = _trousers_end(outfit, m)
    trousers = np.minimum(m.hip + 0.09 * m.size - z, z - end)
    down = np.clip((m.hip - z) / (m.hip - end + 1e-6), 0, 1)
    trousers_off = _TROUSERS_OFF * (0.5 + 0.9 * down * (1 if outfit.legs < 1 else 0.5))

    shoes = m.ankle + 0.005 * m.size - z
    shod = rest + out * _SHOES_OFF
    shod[:, 2] = np.where(z < 0.02 * m.size, 0, shod[:, 2])  # soles are level

    scalp = _hair_cut(rest, face, m)
    hairy = rest + _normals(skin, rest) * (np.clip(scalp / 0.03, 0, 1) * _HAIR_OFF * m.size)[:, None]
    bare = _uncovered(rest, tights, skin, np.maximum.reduce([shirt, trousers, shoes]))

    shells = [
        _Shell(skin[bare], hairy, Kind.SKIN, scalp, _lips(len(rest))),
        _Shell(eyes, rest, Kind.EYES, none, none),
        _Shell(tights, rest + out * shirt_off[:, None], Kind.SHIRT, shirt, along),
        _Shell(tights, rest + out * trousers_off[:, None], Kind.TROUSERS, trousers, none),
        _Shell(tights, shod, Kind.SHOES, shoes, none),
    ]
    if outfit.long_hair:
        shells.append(_Shell(hair, rest, Kind.HAIR, _long_hair_cut(rest, face, m), none))
    return [s if s.kind in (Kind.SKIN, Kind.EYES) else _kept(s) for s in shells]


def _lips(vertices: int) -> Array:
    """How much each vertex belongs to the lips, 0..1 (MPFB's mask of them, CC0)."""
    amount = np.zeros(vertices)
    with np.load(_LIPS, allow_pickle=False) as file:
        amount[file["vertices"]] = file["amount"]
    return amount


def _kept(shell: _Shell) -> _Shell:
    """Without faces that are cut away altogether."""
    keep = shell.cut[shell.faces].max(axis=1) > 0
    return _Shell(shell.faces[keep], shell.places, shell.kind, shell.cut, shell.extra)


def _uncovered(rest: Array, tights: Ints, skin: Ints, cut: Array) -> NDArray[np.bool_]:
    """Which faces of the skin are not well under a garment."""
    garment = np.unique(tights)
    distance, nearest = cKDTree(rest[garment]).query(rest)
    cover = np.where(distance > 0.05, -1.0, cut[garment[nearest]])
    return np.asarray(cover[skin].min(axis=1) <= _UNDER)


def dress(body: AvatarBody, outfit: Outfit) -> Dressed:
    """Put an outfit on a body."""
    points = body.regressor @ body.vertices
    face = Face(points[1], points[3], points[0], (points[3] + points[4]) / 2)
    measures = _Measures.of(body)
    shells = _shells(body, outfit, face, measures)
    count = len(body.vertices)
    pieces = [_split(s.faces) + i * count for i, s in enumerate(shells)]
    ends = np.cumsum([len(piece) for piece in pieces])
    spans = tuple(
        (s.kind, slice(int(end) - len(piece), int(end))) for s, piece, end in zip(shells, pieces, ends, strict=True)
    )
    corners = np.concatenate(pieces)
    used, compact = np.unique(corners, return_inverse=True)
    triangles, source, which = compact.reshape(-1, 3), used % count, used // count
    static = np.column_stack(
        (
            body.vertices[source],
            np.stack([s.cut for s in shells])[which, source],
            np.array([s.kind for s in shells])[which],
            np.stack([s.extra for s in shells])[which, source],
        )
    )
    places = np.stack([s.places for s in shells])[which, source]
    return Dressed(
        triangles,
        spans,
        source,
        places,
        static.astype(np.float32),
        face,
        measures.size,
        _adjacency(triangles, len(used)),
    )
