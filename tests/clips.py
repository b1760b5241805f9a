"""Clips made on the spot: ordinary ones, and ones that phones, editors and broken downloads leave behind.

Everything is written with OpenCV's own MPEG-4 writer and, where no writer makes what is wanted, by changing the boxes
of the MP4 file (ISO/IEC 14496-12), so that no binary has to be kept and the truth about every clip is known.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from poseapp.vision.frame import BgrImage
from poseapp.vision.sources.file import FileSource

import cv2  # isort: skip - after the room that sets its environment

__all__ = [
    "DEMO_CLIP",
    "cut_off",
    "empty_room",
    "index_first",
    "numbered_pictures",
    "only_sound",
    "person_pictures",
    "picture_number",
    "with_codec",
    "with_edit",
    "with_picture_durations",
    "with_rotation",
    "write_clip",
]

#: A clip that ships with the program: one person from the front, 540 x 720, 30 pictures a second.
DEMO_CLIP = Path(__file__).resolve().parent.parent / "assets" / "references" / "side_bend" / "front" / "clip.mp4"

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_BITS = 8


def write_clip(path: Path, pictures: Iterable[BgrImage], fps: float = 30.0) -> Path:
    """Write pictures of one size as MPEG-4 in an MP4 whose index comes last."""
    writer: cv2.VideoWriter | None = None
    for picture in pictures:
        if writer is None:
            size = (picture.shape[1], picture.shape[0])
            writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter_fourcc(*"mp4v"), fps, size)
            assert writer.isOpened()
        writer.write(picture)
    assert writer is not None
    writer.release()
    return path


def numbered_pictures(count: int, width: int = 160, height: int = 96) -> list[BgrImage]:
    """Pictures that carry their number (0..255) as black and white stripes, read back by :func:`picture_number`."""
    stripe = width // _BITS
    pictures = []
    for number in range(count):
        picture = np.full((height, width, 3), 128, dtype=np.uint8)
        for bit in range(_BITS):
            picture[:, bit * stripe : (bit + 1) * stripe] = 235 if number >> bit & 1 else 20
        pictures.append(picture)
    return pictures


def picture_number(picture: BgrImage) -> int:
    """Number of a picture made by :func:`numbered_pictures`, after any lossy coding."""
    stripe = picture.shape[1] // _BITS
    middle = picture[:, stripe // 2 :: stripe][:, :_BITS].mean(axis=(0, 2))
    return int(sum(1 << bit for bit, value in enumerate(middle) if value > 128))


def person_pictures(count: int) -> list[BgrImage]:
    """First pictures of the clip that ships with the program; one person is seen in each."""
    pictures: list[BgrImage] = []
    with FileSource(DEMO_CLIP) as source:
        while len(pictures) < count:
            frame = source.read()
            assert frame is not None
            pictures.append(frame.bgr)
    return pictures


def empty_room(count: int, width: int = 540, height: int = 720) -> list[BgrImage]:
    """Pictures of a wall and a floor in slowly changing light, with nobody in them."""
    wall = np.linspace(150, 190, height, dtype=np.float32)[:, None] * np.ones((1, width), dtype=np.float32)
    wall[int(height * 0.8) :] -= 70
    light = [1.0 + 0.05 * np.sin(i / 5.0) for i in range(count)]
    return [np.clip(wall * gain, 0, 255).astype(np.uint8)[:, :, None].repeat(3, axis=2) for gain in light]


def cut_off(source: Path, target: Path, share: float) -> Path:
    """Copy only the first ``share`` of a file, as a broken download does."""
    whole = source.read_bytes()
    target.write_bytes(whole[: int(len(whole) * share)])
    return target


def with_rotation(source: Path, target: Path, clockwise: int) -> Path:
    """Copy an MP4 with the note that its pictures must be turned before they are shown, as phones write it."""
    a, b, c, d = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[clockwise]
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)

    def turned(tkhd: bytes) -> bytes:
        # The matrix is followed by width and height only (section 8.3.2).
        return tkhd[: len(tkhd) - 8 - 36] + matrix + tkhd[-8:]

    return _changed(source, target, {b"tkhd": turned})


def with_picture_durations(source: Path, target: Path, seconds: Sequence[float]) -> Path:
    """Copy an MP4 with other times between its pictures (variable frame rate)."""
    scale = 0

    def remember_scale(mdhd: bytes) -> bytes:
        nonlocal scale
        scale = struct.unpack_from(">I", mdhd, 12)[0]
        return mdhd

    def retimed(_: bytes) -> bytes:
        runs = b"".join(struct.pack(">II", 1, round(s * scale)) for s in seconds)
        return struct.pack(">II", 0, len(seconds)) + runs

    # The edit list would cut the clip at its old length.
    return _changed(source, target, {b"mdhd": remember_scale, b"stts": retimed}, drop=b"edts")


def with_edit(source: Path, target: Path, start_s: float, shown_s: float) -> Path:
    """Copy an MP4 of which only ``shown_s`` seconds from ``start_s`` on are shown, as phones cut clips."""
    scales: dict[bytes, int] = {}

    def shortened(kind: bytes, at: int) -> Callable[[bytes], bytes]:
        def change(body: bytes) -> bytes:
            scales.setdefault(kind, struct.unpack_from(">I", body, 12)[0])
            shown = struct.pack(">I", round(shown_s * scales[b"mvhd"]))
            return body[:at] + shown + body[at + 4 :]

        return change

    def edited(_: bytes) -> bytes:
        media = int(start_s * _media_scale(source))
        return _box(b"elst", struct.pack(">IIIiI", 0, 1, round(shown_s * scales[b"mvhd"]), media, 1 << 16))

    return _changed(
        source, target, {b"mvhd": shortened(b"mvhd", 16), b"tkhd": shortened(b"tkhd", 20), b"edts": edited}
    )


def _media_scale(path: Path) -> int:
    data = path.read_bytes()
    return int(struct.unpack_from(">I", data, data.index(b"mdhd") + 4 + 12)[0])


def with_codec(source: Path, target: Path, fourcc: bytes) -> Path:
    """Copy an MP4 that claims another codec, so that it opens and gives no picture."""

    def renamed(stsd: bytes) -> bytes:
        return stsd[:12] + fourcc + stsd[16:].replace(b"esds", b"free")

    return _changed(source, target, {b"stsd": renamed})


def index_first(source: Path, target: Path) -> Path:
    """Copy an MP4 with its index before its pictures, as made for streaming: cut off, its beginning still plays."""
    boxes = dict(_boxes(source.read_bytes()))
    shift = len(boxes[b"moov"]) + 8

    def shifted(stco: bytes) -> bytes:
        count = struct.unpack_from(">I", stco, 4)[0]
        offsets = struct.unpack_from(f">{count}I", stco, 8)
        return stco[:8] + struct.pack(f">{count}I", *(offset + shift for offset in offsets))

    moov = _rebuilt(boxes.pop(b"moov"), {b"stco": shifted}, None)
    rest = b"".join(_box(kind, body) for kind, body in boxes.items() if kind != b"ftyp")
    target.write_bytes(_box(b"ftyp", boxes[b"ftyp"]) + _box(b"moov", moov) + rest)
    return target


def only_sound(path: Path, seconds: float = 1.0) -> Path:
    """Write a MOV with one track of silence and no video."""
    rate = 8000
    count = int(rate * seconds)
    unity = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    ftyp = _box(b"ftyp", b"qt  " + bytes(4) + b"qt  ")
    mdat = _box(b"mdat", bytes(2 * count))
    entry = _box(b"sowt", bytes(6) + struct.pack(">H8xHHHHI", 1, 1, 16, 0, 0, rate << 16))
    stbl = _box(
        b"stbl",
        _box(b"stsd", struct.pack(">II", 0, 1) + entry)
        + _box(b"stts", struct.pack(">IIII", 0, 1, count, 1))
        + _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, count, 1))
        + _box(b"stsz", struct.pack(">III", 0, 2, count))
        + _box(b"stco", struct.pack(">III", 0, 1, len(ftyp) + 8)),
    )
    mdia = _box(
        b"mdia",
        _box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, rate, count, 0, 0))
        + _box(b"hdlr", struct.pack(">II4s12xB", 0, 0, b"soun", 0))
        + _box(b"minf", _box(b"smhd", bytes(8)) + stbl),
    )
    tkhd = _box(b"tkhd", struct.pack(">IIIIII8xHHHH", 7, 0, 0, 1, 0, count, 0, 0, 256, 0) + unity + bytes(8))
    mvhd = _box(
        b"mvhd", struct.pack(">IIIIIIH10x", 0, 0, 0, rate, count, 1 << 16, 256) + unity + bytes(24) + b"\0\0\0\2"
    )
    path.write_bytes(ftyp + mdat + _box(b"moov", mvhd + _box(b"trak", tkhd + mdia)))
    return path


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        assert size >= 8
        found.append((kind, data[at + 8 : at + size]))
        at += size
    return found


def _rebuilt(data: bytes, changes: dict[bytes, Callable[[bytes], bytes]], drop: bytes | None) -> bytes:
    parts = []
    for kind, body in _boxes(data):
        if kind == drop:
            continue
        new = _rebuilt(body, changes, drop) if kind in _CONTAINERS else changes.get(kind, bytes)(body)
        parts.append(_box(kind, new))
    return b"".join(parts)


def _changed(
    source: Path, target: Path, changes: dict[bytes, Callable[[bytes], bytes]], drop: bytes | None = None
) -> Path:
    # The index lies behind the pictures, so it may change its length without moving them.
    target.write_bytes(_rebuilt(source.read_bytes(), changes, drop))
    return target
