"""``reference.json``: what is known of a reference besides its poses. docs/library.md describes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from poseapp.library.entry import Entry
from poseapp.library.reference import Origin
from poseapp.library.saved_poses import DamagedPosesError
from poseapp.pose import KEYPOINTS, Keypoint

__all__ = ["FORMAT", "MAX_DOCUMENT_BYTES", "VERSION", "decode", "encode"]

#: Value of the ``format`` field, and its version: raised when a reader of the old one would be misled.
FORMAT: Final = "poseapp-reference"
VERSION: Final = 1
#: More than all texts at their longest.
MAX_DOCUMENT_BYTES: Final = 64 * 1024

_BY_KEY: Final = {k.key: k for k in KEYPOINTS}
_Line = Annotated[str, msgspec.Meta(max_length=300)]
_Seconds = Annotated[float, msgspec.Meta(ge=0, le=1e6)]
_Side = Annotated[int, msgspec.Meta(ge=1, le=8192)]


class _Document(msgspec.Struct, frozen=True):
    format: Literal["poseapp-reference"]
    version: Literal[1]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    duration_s: _Seconds
    frame_size: tuple[_Side, _Side]
    model: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    action: Annotated[str, msgspec.Meta(max_length=100)] = ""
    view: Literal["front", "left", "right", ""] = ""
    keypoints: Annotated[list[str], msgspec.Meta(min_length=1, max_length=17)] | None = None
    cues: Annotated[list[_Line], msgspec.Meta(max_length=10)] = []
    stills: Annotated[list[_Seconds], msgspec.Meta(max_length=10)] = []
    notes: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    source: _Line = ""
    licence: _Line = ""


def encode(entry: Entry) -> bytes:
    """The UTF-8 JSON text of `entry`; its name, folder and origin are where it lies.

    Raises
    ------
    DamagedPosesError
        :func:`decode` would refuse it.
    """
    document = {
        "format": FORMAT,
        "version": VERSION,
        "title": entry.title,
        "action": entry.action,
        "view": entry.view,
        "duration_s": round(entry.duration, 3),
        "frame_size": list(entry.frame_size),
        "model": entry.model,
        "keypoints": None if entry.keypoints is None else [k.key for k in entry.keypoints],
        "cues": list(entry.cues),
        "stills": [round(still, 3) for still in entry.stills],
        "notes": entry.notes,
        "source": entry.source,
        "licence": entry.licence,
    }
    try:
        content = msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
    except UnicodeEncodeError as error:
        raise DamagedPosesError("a text of it cannot be encoded") from error
    decode(content, entry.name, entry.folder, entry.origin)
    return content


def decode(content: bytes, name: str, folder: Path, origin: Origin) -> Entry:
    """The entry that `content` describes.

    Raises
    ------
    DamagedPosesError
        It is not such a text; the error says why, as the end of a sentence.
    """
    if len(content) > MAX_DOCUMENT_BYTES:
        raise DamagedPosesError("its description is too long")
    try:
        document = msgspec.json.decode(content, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedPosesError(str(error).rstrip(".").lower() or "its description is not JSON") from error
    lines = [document.title, document.action, document.model, document.source, document.licence, *document.cues]
    if not all(line.isprintable() for line in lines) or not document.title.strip():
        raise DamagedPosesError("a text of it cannot be shown")
    if not all(line.isprintable() for line in document.notes.splitlines()):
        raise DamagedPosesError("its notes cannot be shown")
    if any(still > document.duration_s + 1 for still in document.stills):
        raise DamagedPosesError("a still lies after its end")
    return Entry(
        name=name,
        folder=folder,
        origin=origin,
        title=document.title,
        duration=document.duration_s,
        frame_size=document.frame_size,
        model=document.model,
        action=document.action,
        view=document.view,
        keypoints=_keypoints(document.keypoints),
        cues=tuple(document.cues),
        stills=tuple(document.stills),
        notes=document.notes,
        source=document.source,
        licence=document.licence,
    )


def _keypoints(keys: list[str] | None) -> tuple[Keypoint, ...] | None:
    if keys is None:
        return None
    unknown = [key for key in keys if key not in _BY_KEY]
    if unknown:
        raise DamagedPosesError(f"it knows no keypoint “{unknown[0][:40]}”")
    return tuple(sorted({_BY_KEY[key] for key in keys}))
