"""The icon as Windows and macOS want it, made of the SVG: their formats are PNG files behind a short header."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

__all__ = ["icns", "ico", "make_icon"]

_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
#: Kind of an entry by its size in pixels; https://en.wikipedia.org/wiki/Apple_Icon_Image_format
_ICNS_KINDS = {64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def make_icon(svg: Path, folder: Path) -> str:
    """Write `svg` into `folder` in the format of this system; returns where."""
    sizes = tuple(_ICNS_KINDS) if sys.platform == "darwin" else _ICO_SIZES
    pictures = {size: _png(svg, size) for size in sizes}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ("poseapp.icns" if sys.platform == "darwin" else "poseapp.ico")
    path.write_bytes(icns(pictures) if sys.platform == "darwin" else ico(pictures))
    return str(path)


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG files by their size in pixels, at most 256."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(header) + 16 * len(pictures)
    entries = b""
    for size, png in pictures.items():
        # 256 is written as 0: the field is a byte.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), at)
        at += len(png)
    return header + entries + b"".join(pictures.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """A macOS icon of PNG files by their size in pixels."""
    body = b"".join(_ICNS_KINDS[size] + struct.pack(">I", len(png) + 8) + png for size, png in pictures.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def _png(svg: Path, size: int) -> bytes:
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
