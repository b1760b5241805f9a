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

from .cuts import (
    Face,
    Measures,
    along_arm,
    hair_cut,
    long_hair_cut,
    shirt_cut,
    shoes_cut,
    trousers_cut,
    trousers_end,
)
from .scene import Outfit

if TYPE_CHECKING:
    from .body import AvatarBody

__all__ = ["Dressed", "Kind", "dress"]

Array = NDArray[np.float64]
Ints = NDArray[np.integer]

_SHIRT_OFF, _TROUSERS_OFF, _SHOES_OFF, _HAIR_OFF = 0.010, 0.014, 0.010, 0.016
_UNDER = 0.06  # metres inside a garment from which skin is left out
_LIPS = Path(__file__).parent / "data" / "lips.npz"


class Kind(IntEnum):
    """Kinds of surface; the shaders know them by number (shaders/kinds.glsl)."""

    SKIN = 0
    SHIRT = 1
    TROUSERS = 2
    SHOES = 3
    HAIR = 4
    EYES = 5


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


def _shells(body: AvatarBody, outfit: Outfit, face: Face, m: Measures) -> list[_Shell]:
    rest = body.vertices
    tights, skin, hair = (body.parts[name].quads for name in ("tights", "body", "hair"))
    eyes = np.concatenate([body.parts[name].quads for name in ("left_eye", "right_eye")])
    z = rest[:, 2]
    out = _normals(tights, rest)
    along = along_arm(rest, m)
    none = np.zeros(len(rest))

    shirt = shirt_cut(rest, along, outfit, m)
    near_hem = np.clip(1 - np.abs(z - m.waist) / (0.25 * m.size), 0, 1)
    in_sleeve = np.where(along > -0.5, 0.006 * np.clip(along / outfit.sleeve, 0, 1), 0)
    shirt_off = _SHIRT_OFF + 0.010 * near_hem * outfit.loose + in_sleeve

    end = trousers_end(outfit, m)
    trousers = trousers_cut(rest, outfit, m)
    down = np.clip((m.hip - z) / (m.hip - end + 1e-6), 0, 1)
    trousers_off = _TROUSERS_OFF * (0.5 + 0.9 * down * (1 if outfit.legs < 1 else 0.5))

    shoes = shoes_cut(rest, m)
    shod = rest + out * _SHOES_OFF
    shod[:, 2] = np.where(z < 0.02 * m.size, 0, shod[:, 2])  # soles are level

    scalp = hair_cut(rest, face, m)
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
        shells.append(_Shell(hair, rest, Kind.HAIR, long_hair_cut(rest, face, m), none))
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
    measures = Measures.of(body)
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
