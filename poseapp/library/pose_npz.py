"""Saved poses as NumPy's ``.npz``: a zip of plain arrays, exact to the bit."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from math import prod
from types import MappingProxyType

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from poseapp.library.saved_poses import (
    FORMAT,
    MAX_FRAMES,
    VERSION,
    DamagedPosesError,
    SavedPoses,
    checked_poses,
)

__all__ = ["decode", "encode", "poses_from", "unpack"]

#: What zipfile raises on damaged archives, depending on where the damage is: RuntimeError for what looks
#: encrypted, NotImplementedError for an unknown feature, the others from seeking and unpacking nonsense.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, RuntimeError, IndexError)
_MAX_MEMBERS = 16
#: As many bytes as all arrays together may take.
_MAX_BYTES = 256 * 2**20
#: xy, confidence and t of the longest sequence as float64, and headers.
_MAX_MEMBER_BYTES = MAX_FRAMES * 17 * 2 * 8 + 65_536


def encode(saved: SavedPoses, more: Mapping[str, NDArray[np.generic]] = MappingProxyType({})) -> bytes:
    """The bytes of an ``.npz`` file with `saved`, and with `more` arrays beside it."""
    arrays: dict[str, NDArray[np.generic]] = {
        "format": np.array(FORMAT),
        "version": np.array(VERSION),
        "xy": saved.poses.xy,
        "confidence": saved.poses.confidence,
        "t": saved.poses.t,
        "model": np.array(saved.model),
        "clip": np.array(saved.clip),
    }
    if saved.frame_size is not None:
        arrays["frame_size"] = np.array(saved.frame_size, dtype=np.int64)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in (arrays | dict(more)).items():
            # A fixed date: the same poses give the same bytes.
            member = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w", force_zip64=True) as part:
                npy.write_array(part, np.asarray(array, order="C"), allow_pickle=False)
    return stream.getvalue()


def decode(content: bytes) -> SavedPoses:
    """What an ``.npz`` file holds; ``xy``, ``confidence`` and ``t`` must be there, the rest may be missing.

    Raises
    ------
    DamagedPosesError
        It is not such a file.
    """
    return poses_from(unpack(content))


def unpack(content: bytes) -> dict[str, NDArray[np.generic]]:
    """The arrays of an ``.npz`` file by name: numbers, truth values and text of sizes that were checked.

    Raises
    ------
    DamagedPosesError
        It is not such a file, or it is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _arrays(archive)
    except DamagedPosesError:
        raise
    except _ZIP_ERRORS as error:
        raise DamagedPosesError("it is not an .npz file, or only a part of one") from error


def poses_from(arrays: dict[str, NDArray[np.generic]]) -> SavedPoses:
    """The saved poses among `arrays`.

    Raises
    ------
    DamagedPosesError
        Some are missing or something does not fit.
    """
    missing = [name for name in ("xy", "confidence", "t") if name not in arrays]
    if missing:
        raise DamagedPosesError(f"it has no array “{missing[0]}”")
    version = _scalar(arrays, "version", "iu")
    if version is not None and version != VERSION:
        raise DamagedPosesError(f"it is version {version} of the format, not version {VERSION}")
    return checked_poses(
        _numbers(arrays, "xy"),
        _numbers(arrays, "confidence"),
        _numbers(arrays, "t"),
        frame_size=_frame_size(arrays),
        model=str(_scalar(arrays, "model", "U") or ""),
        clip=str(_scalar(arrays, "clip", "U") or ""),
    )


def _arrays(archive: zipfile.ZipFile) -> dict[str, NDArray[np.generic]]:
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS:
        raise DamagedPosesError("it has too many arrays")
    if any(member.file_size > _MAX_MEMBER_BYTES for member in members):
        raise DamagedPosesError("an array is too large")
    if sum(member.file_size for member in members) > _MAX_BYTES:
        raise DamagedPosesError("its arrays are too large")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise DamagedPosesError("it is packed in an unusual way")
    # zipfile never gives more than the `file_size` it declared, so what was checked is what is read.
    return {member.filename.removesuffix(".npy"): _array(archive.read(member)) for member in members}


def _array(content: bytes) -> NDArray[np.generic]:
    """The array of an ``.npy`` file. Its header is compared with its length before anything is allocated."""
    stream = io.BytesIO(content)
    try:
        version = npy.read_magic(stream)
        read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
        shape, fortran, dtype = read_header(stream)
    except (ValueError, KeyError) as error:
        raise DamagedPosesError("an array has no proper header") from error
    if dtype.hasobject or dtype.kind not in "biufU" or not dtype.itemsize:
        raise DamagedPosesError("an array holds something other than numbers or text")
    data = content[stream.tell() :]
    if any(side < 0 for side in shape) or prod(shape) * dtype.itemsize != len(data):
        raise DamagedPosesError("an array is cut short")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran else "C")


def _numbers(arrays: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float64]:
    if arrays[name].dtype.kind not in "iuf":
        raise DamagedPosesError(f"the array “{name}” does not hold numbers")
    return arrays[name].astype(np.float64)


def _scalar(arrays: dict[str, NDArray[np.generic]], name: str, kinds: str) -> object:
    array = arrays.get(name)
    if array is None:
        return None
    if array.ndim or array.dtype.kind not in kinds:
        raise DamagedPosesError(f"the array “{name}” is not a single value of its kind")
    return array.item()


def _frame_size(arrays: dict[str, NDArray[np.generic]]) -> tuple[int, int] | None:
    if "frame_size" not in arrays:
        return None
    size = arrays["frame_size"]
    if size.shape != (2,) or size.dtype.kind not in "iu":
        raise DamagedPosesError("the size of the picture is not two whole numbers")
    return int(size[0].item()), int(size[1].item())
