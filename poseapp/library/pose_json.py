"""Saved poses as JSON: one object, a list of frames, 17 ``[x, y, confidence]`` each (null: nobody found)."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np

from poseapp.library.saved_poses import FORMAT, VERSION, DamagedPosesError, SavedPoses, checked_poses
from poseapp.pose import KEYPOINTS

__all__ = ["decode", "encode"]

_KEYS = [k.key for k in KEYPOINTS]
_Points = Annotated[list[tuple[float, float, float]], msgspec.Meta(min_length=17, max_length=17)]


class _FrameDocument(msgspec.Struct):
    t: float
    points: _Points | None


class _Document(msgspec.Struct):
    format: str
    version: int
    clip: str
    model: str
    width: int | None
    height: int | None
    keypoints: list[str]
    frames: list[_FrameDocument]


def encode(saved: SavedPoses) -> bytes:
    """The UTF-8 JSON text of `saved`: times to 1 µs, positions to 0.01 pixel, confidences to 0.0001."""
    width, height = saved.frame_size or (None, None)
    poses = saved.poses
    points = np.concatenate(
        [poses.xy.astype(np.float64).round(2), poses.confidence.astype(np.float64).round(4)[:, :, None]], axis=2
    ).tolist()
    document = {
        "format": FORMAT,
        "version": VERSION,
        "clip": saved.clip,
        "model": saved.model,
        "width": width,
        "height": height,
        "keypoints": _KEYS,
        "frames": [
            {"t": round(float(t), 6), "points": points[i] if poses.confidence[i].any() else None}
            for i, t in enumerate(poses.t)
        ],
    }
    return msgspec.json.encode(document) + b"\n"


def decode(content: bytes) -> SavedPoses:
    """What such a text holds.

    Raises
    ------
    DamagedPosesError
        It is not such a text.
    """
    try:
        document = msgspec.json.decode(content, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedPosesError(str(error).rstrip(".").lower() or "it is not JSON") from error
    if document.format != FORMAT or document.version != VERSION:
        raise DamagedPosesError(f"it is not “{FORMAT}” version {VERSION}")
    if document.keypoints != _KEYS:
        raise DamagedPosesError("its keypoints are not the 17 of COCO in their order")
    points = np.zeros((len(document.frames), 17, 3))
    for i, frame in enumerate(document.frames):
        if frame.points is not None:
            points[i] = frame.points
    has_size = document.width is not None and document.height is not None
    return checked_poses(
        points[:, :, :2],
        points[:, :, 2],
        np.array([frame.t for frame in document.frames], dtype=np.float64),
        frame_size=(document.width or 0, document.height or 0) if has_size else None,
        model=document.model,
        clip=document.clip,
    )
