"""A body to be posed: its mesh, its bones and how they move it, read from files of plain arrays.

What all bodies have in common (faces, texture coordinates, bones, weights, keypoint regressor) lies in one file,
`bodies/topology.npz`; each body adds where its vertices and bones are. `tools/avatar/extract.py` writes them.

The space is that of `tools.motion.kinematics`: metres, x to the person's left, y away from where it looks, z up,
the soles at z = 0.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

__all__ = ["BODIES_FOLDER", "BODY_NAMES", "PARTS", "AvatarBody", "BodyFileError", "Part"]

Array = NDArray[np.float64]

#: Where the bodies lie.
BODIES_FOLDER: Final = Path(__file__).resolve().parent / "bodies"
#: The bodies there are: two coaches, and two people who try.
BODY_NAMES: Final = ("coach", "coachf", "userm", "userf")
#: Parts of the mesh, in the order of their vertices: the skin, the eyes, and layers to make clothes and hair of.
PARTS: Final = ("body", "left_eye", "right_eye", "tights", "hair")
_TOPOLOGY: Final = "topology"
_KEYPOINTS: Final = 17
_TALLEST = 2.5  # metres


class BodyFileError(ValueError):
    """A body's file is damaged or not a body."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the mesh.

    Parameters
    ----------
    vertices : slice
        Which of the body's vertices belong to it; they lie together.
    quads : ndarray, shape (F, 4), int32
        Vertices of each face, counterclockwise from outside; a triangle repeats its last one.
    uv_quads : ndarray, shape (F, 4), int32
        Rows of :attr:`AvatarBody.uv` for the corners.
    """

    vertices: slice
    quads: NDArray[np.int32]
    uv_quads: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class AvatarBody:
    """Somebody's mesh and bones, standing at rest with arms half lifted.

    Parameters
    ----------
    name : str
        One of `BODY_NAMES`.
    vertices : ndarray, shape (V, 3)
        Metres.
    heads : ndarray, shape (J, 3)
        Where each bone begins, metres.
    bones : tuple of str
        Their names, such as ``upperarm01.L``; parents come before children.
    parents : ndarray, shape (J,)
        Index of each bone's parent; -1 for the first.
    weights : sparse array, shape (V, J)
        How much each bone moves each vertex; rows sum to 1.
    regressor : sparse array, shape (17, V)
        COCO keypoints as weighted means of vertices; rows sum to 1.
    parts : mapping of str to Part
        See `PARTS`.
    uv : ndarray, shape (N, 2)
        Texture coordinates of the skin.
    """

    name: str
    vertices: Array
    heads: Array
    bones: tuple[str, ...]
    parents: NDArray[np.int64]
    weights: Any  # scipy's sparse arrays have no types at run time
    regressor: Any
    parts: Mapping[str, Part]
    uv: Array

    @classmethod
    def load(cls, name: str, folder: Path = BODIES_FOLDER) -> AvatarBody:
        """Read the body called `name`.

        Raises
        ------
        BodyFileError
            There is no such body, or its file is damaged.
        """
        common = _topology(folder)
        arrays = _arrays(folder / f"{name}.npz", ("vertices", "heads"))
        vertices, heads = (arrays[key].astype(np.float64) for key in ("vertices", "heads"))
        for key, value, rows in (("vertices", vertices, common.vertex_count), ("heads", heads, len(common.bones))):
            if value.shape != (rows, 3):
                raise BodyFileError(f"{name}.npz: {key} have shape {value.shape}, not {(rows, 3)}")
            if not (np.isfinite(value).all() and np.abs(value).max() < _TALLEST):
                raise BodyFileError(f"{name}.npz: {key} are not a person's")
            value.setflags(write=False)
        return cls(
            name, vertices, heads, common.bones, common.parents, common.weights, common.regressor, common.parts,
            common.uv,
        )  # fmt: skip

    @property
    def height(self) -> float:
        """Sole to crown in metres."""
        return float(np.ptp(self.vertices[self.parts["body"].vertices, 2]))

    def bone(self, name: str) -> int:
        """Index of a bone.

        Raises
        ------
        KeyError
            There is no such bone.
        """
        try:
            return self.bones.index(name)
        except ValueError:
            raise KeyError(f"no bone {name!r}") from None

    def head(self, name: str) -> Array:
        """Where a bone begins, shape (3,)."""
        return np.asarray(self.heads[self.bone(name)])


@dataclass(frozen=True, slots=True, eq=False)
class _Topology:
    bones: tuple[str, ...]
    parents: NDArray[np.int64]
    weights: Any
    regressor: Any
    parts: Mapping[str, Part]
    uv: Array
    vertex_count: int


@cache
def _topology(folder: Path) -> _Topology:
    faces = [f"{kind}_{part}" for part in PARTS for kind in ("quads", "uv_quads")]
    keys = ("bones", "parents", "weight_bones", "weights", "regressor_at", "regressor", "uv", *faces)
    arrays = _arrays(folder / f"{_TOPOLOGY}.npz", keys)
    bones = tuple(str(bone) for bone in arrays["bones"])
    parents = arrays["parents"].astype(np.int64)
    if parents.shape != (len(bones),) or not (parents < np.arange(len(bones))).all() or parents.min() != -1:
        raise BodyFileError("the bones' parents do not come before their children")
    parts, count = _parts(arrays)
    which, share = arrays["weight_bones"], arrays["weights"].astype(np.float64)
    if which.shape != share.shape or which.ndim != 2 or len(which) != count:
        raise BodyFileError(f"weights are given for {len(which)} vertices of {count}")
    weights = _rows(which, share, len(bones), "weights")
    return _Topology(bones, parents, weights, _regressor(arrays, count), parts, _uv(arrays, parts), count)


def _regressor(arrays: Mapping[str, NDArray[Any]], vertices: int) -> Any:
    at, value = arrays["regressor_at"], arrays["regressor"].astype(np.float64)
    if at.ndim != 2 or at.shape != (2, len(value)) or value.ndim != 1:
        raise BodyFileError("the keypoint regressor's places and values do not fit together")
    _indices(at[0], _KEYPOINTS, "regressor")
    _indices(at[1], vertices, "regressor")
    regressor = csr_array((value, (at[0].astype(np.int64), at[1].astype(np.int64))), shape=(_KEYPOINTS, vertices))
    _sums_to_one(regressor, "regressor")
    return regressor


def _parts(arrays: Mapping[str, NDArray[Any]]) -> tuple[Mapping[str, Part], int]:
    parts, start = {}, 0
    for name in PARTS:
        quads = _faces(arrays[f"quads_{name}"])
        uv_quads = _faces(arrays[f"uv_quads_{name}"])
        if len(uv_quads) != len(quads) or quads.min() != start:
            raise BodyFileError(f"the faces of {name} do not belong together")
        stop = int(quads.max()) + 1
        parts[name] = Part(slice(start, stop), quads, uv_quads)
        start = stop
    return MappingProxyType(parts), start


def _faces(values: NDArray[Any]) -> NDArray[np.int32]:
    if values.ndim != 2 or values.shape[1] != 4 or len(values) == 0 or values.dtype.kind not in "iu":
        raise BodyFileError(f"faces have shape {values.shape}, not (F, 4)")
    faces = values.astype(np.int32)
    faces.setflags(write=False)
    return faces


def _uv(arrays: Mapping[str, NDArray[Any]], parts: Mapping[str, Part]) -> Array:
    uv = arrays["uv"].astype(np.float64)
    if uv.ndim != 2 or uv.shape[1] != 2 or not np.isfinite(uv).all():
        raise BodyFileError(f"texture coordinates have shape {uv.shape}, not (N, 2)")
    for part in parts.values():
        _indices(part.uv_quads, len(uv), "uv_quads")
    uv.setflags(write=False)
    return uv


def _rows(which: NDArray[Any], share: Array, columns: int, name: str) -> Any:
    """Sparse rows from a few column numbers and values for each."""
    _indices(which, columns, name)
    rows = np.repeat(np.arange(len(which)), which.shape[1])
    matrix = csr_array((share.ravel(), (rows, which.ravel().astype(np.int64))), shape=(len(which), columns))
    matrix.eliminate_zeros()
    _sums_to_one(matrix, name)
    return matrix


def _indices(values: NDArray[Any], limit: int, name: str) -> None:
    if values.dtype.kind not in "iu" or values.size == 0 or values.min() < 0 or values.max() >= limit:
        raise BodyFileError(f"{name} point outside of what there is")


def _sums_to_one(matrix: Any, name: str) -> None:
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    if not np.allclose(sums, 1, atol=1e-3):
        raise BodyFileError(f"{name} do not sum to 1")


def _arrays(path: Path, keys: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return dict(_read(file, keys, path.name))
    except FileNotFoundError:
        raise BodyFileError(f"there is no {path.name}; the bodies are {', '.join(BODY_NAMES)}") from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, BodyFileError):
            raise
        raise BodyFileError(f"{path.name} is damaged: {error}") from error


def _read(file: Any, keys: tuple[str, ...], name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    for key in keys:
        if key not in file:
            raise BodyFileError(f"{name} lacks {key}")
        yield key, file[key]
