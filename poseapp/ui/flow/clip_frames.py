"""The pictures of a reference clip, small and in memory, so that it plays, scrubs and steps at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from poseapp.errors import Cancelled
from poseapp.library.reference import Reference
from poseapp.pose import Pose
from poseapp.pose.pose import MIN_CONFIDENCE
from poseapp.session.jobs import Progress
from poseapp.vision.frame import BgrImage
from poseapp.vision.picture import fit_inside
from poseapp.vision.sources.file import FileSource

__all__ = ["ClipFrames"]

_SIZE_PX: Final = 640
_MAX_PICTURES: Final = 1200  # about 40 MB; longer clips keep every n-th picture
_QUALITY: Final = 88


class ClipFrames:
    """Pictures of a reference with the pose of each, kept as JPEG.

    Of a long clip every n-th picture is kept. A picture is only ever given together with the pose of this very
    picture.

    Parameters
    ----------
    reference : Reference
        Whose clip is shown.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        count = len(reference.poses)
        self._step = max(1, -(-count // _MAX_PICTURES))
        self._jpegs: list[bytes | None] = [None] * -(-count // self._step)

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds of each picture, shape (T,)."""
        return self._reference.poses.t[:: self._step]

    @property
    def extent(self) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom of where the person is during the whole clip, as shares of the picture."""
        poses = self._reference.poses
        seen = poses.xy[poses.confidence >= MIN_CONFIDENCE] / np.array(self._reference.frame_size)
        if not len(seen):
            return None
        (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
        return left, top, right, bottom

    def index_at(self, seconds: float) -> int:
        """Index of the picture nearest to `seconds`."""
        return int(np.abs(self.times - seconds).argmin())

    def frame(self, index: int) -> tuple[BgrImage, Pose | None] | None:
        """Picture `index` and the pose in its pixels; None while it is not decoded yet."""
        jpeg = self._jpegs[index]
        if jpeg is None:
            return None
        image = QImage.fromData(jpeg).convertToFormat(QImage.Format.Format_BGR888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        bgr = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
        pose = self._reference.poses[index * self._step]
        return bgr, pose.scaled(bgr.shape[1] / self._reference.frame_size[0]) if pose.seen().any() else None

    def fill(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Decode the clip; runs in a job's thread.

        Raises
        ------
        ClipError
            The clip cannot be read any more.
        Cancelled
            `cancelled()` became true.
        """
        total = len(self._jpegs)
        done = 0
        with FileSource(self._reference.clip) as source:
            for frame in source:
                if cancelled():
                    raise Cancelled
                index, rest = divmod(self._reference.poses.nearest(frame.media_time or 0.0), self._step)
                if rest or self._jpegs[index] is not None:
                    continue
                self._jpegs[index] = _jpeg(fit_inside(frame.bgr, _SIZE_PX, _SIZE_PX))
                done += 1
                progress(done, total)


def _jpeg(bgr: BgrImage) -> bytes:
    rows = np.ascontiguousarray(bgr)
    image = QImage(rows.data, rows.shape[1], rows.shape[0], rows.strides[0], QImage.Format.Format_BGR888)
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stubs want bytes for the format, PySide wants text.
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]
    buffer.close()
    return bytes(store.data())
