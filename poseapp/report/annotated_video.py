"""A video of an attempt beside the coach's example, in step, with what the score card says drawn into it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from poseapp.errors import Cancelled, ClipError, OutputError, UsageError
from poseapp.files import replaced_whole
from poseapp.pose import Pose, PoseSequence
from poseapp.report.differences import differences, differing_keypoints
from poseapp.report.split_screen import SplitScreen
from poseapp.scoring import ScoreCard
from poseapp.scoring.wording import sentences, short_sentence, timing_sentence

__all__ = ["HOLD_S", "Pictures", "Shown", "VideoFacts", "check_video_target", "write_annotated_video"]

#: Seconds for which the last picture stays, with the score under it.
HOLD_S: Final = 2.0

_SUFFIX = ".mp4"
_CODEC = "mp4v"  # MPEG-4 part 2: the one codec that every build of OpenCV can write
_SLOWEST_FPS, _FASTEST_FPS = 5.0, 60.0

#: Frames as seconds of the clip's own time and pictures (h, w, 3), uint8, BGR.
Pictures = Generator[tuple[float, NDArray[np.uint8]], None, None]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A clip to be shown.

    Parameters
    ----------
    clip : Path
        The file; never written to.
    pictures : callable
        Begins to read its frames.
    poses : PoseSequence
        The person's poses in pixels of the frames, `t` in the clip's own time.
    title : str
        What the half of the picture is called.
    """

    clip: Path
    pictures: Callable[[], Pictures]
    poses: PoseSequence
    title: str


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What was written.

    Parameters
    ----------
    path : Path
    size : tuple of int
        Width and height in pixels.
    fps : float
        Frames per second.
    frames : int
        How many, those of the held end among them.
    """

    path: Path
    size: tuple[int, int]
    fps: float
    frames: int

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.frames / self.fps


def check_video_target(path: Path, inputs: Sequence[Path]) -> None:
    """Make sure, before long work, that `path` is a name for a video and none of the clips it is made from.

    Raises
    ------
    UsageError
        It is not.
    """
    if path.suffix.lower() != _SUFFIX:
        raise UsageError(
            f"“{path}” does not end in {_SUFFIX}, and the video is an MP4.", f"Call it {path.stem}{_SUFFIX}."
        )
    for given in inputs:
        if path.exists() and given.exists() and path.samefile(given):
            raise UsageError(f"“{path}” is one of the clips that the video is made from.", "Choose another name.")


def write_annotated_video(
    path: Path,
    attempt: Shown,
    coach: Shown,
    card: ScoreCard,
    *,
    mark: str = "",
    progress: Callable[[int, int | None], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> VideoFacts:
    """Write attempt and coach side by side; the attempt runs in its own time, the coach along the warping path.

    Limbs are marked where and when the card says that they differ. At the end the last picture stays for two
    seconds, with the score and the first sentence.

    Parameters
    ----------
    path : Path
        The MP4 file to appear, whole or not at all.
    attempt, coach : Shown
        The two clips.
    card : ScoreCard
        The judgement; nothing is computed again. Without a path both run in their own time.
    mark : str
        Shown in the attempt's corner all the time, such as ``Demo``.
    progress : callable, optional
        Called with the frames written and their number.
    cancelled : callable, optional
        Asked before every frame.

    Raises
    ------
    UsageError
        `path` is no name for an MP4, or one of the clips.
    OutputError
        The video cannot be written: no room, no permission, no encoder.
    ClipError
        A clip can no longer be read.
    Cancelled
        `cancelled` said so.
    """
    check_video_target(path, (attempt.clip, coach.clip))
    # Rounded, because the codec counts time in whole parts of at most 1/65535 s.
    fps = round(float(np.clip(attempt.poses.fps, _SLOWEST_FPS, _FASTEST_FPS)), 3)
    with (
        closing(_Playhead(attempt)) as left,
        closing(_Playhead(coach)) as right,
        replaced_whole(path, _SUFFIX) as temporary,
    ):
        film = _Film(left, right, card, mark, fps)
        with _writer(temporary, path, fps, film.size) as write:
            for i, picture in enumerate(film.pictures()):
                if cancelled is not None and cancelled():
                    raise Cancelled
                write(picture)
                if progress is not None:
                    progress(i + 1, film.frames)
        _check_whole(temporary, path, film.frames)
    return VideoFacts(path, film.size, fps, film.frames)


class _Film:
    """The pictures of the video one after another."""

    def __init__(self, attempt: _Playhead, coach: _Playhead, card: ScoreCard, mark: str, fps: float) -> None:
        self._attempt, self._coach, self._card, self._fps = attempt, coach, card, fps
        self._moving = round(attempt.poses.duration * fps) + 1
        self._screen = SplitScreen(attempt.size, coach.size, (attempt.title, coach.title), mark)
        self._differences = differences(card)
        self.frames = self._moving + round(HOLD_S * fps)
        self.size = self._screen.size

    def pictures(self) -> Iterator[NDArray[np.uint8]]:
        """All of them; each is changed into the next."""
        canvas = self._screen.canvas()
        start = float(self._attempt.poses.t[0])
        for i in range(self._moving):
            reference_t = self._draw(canvas, start + i / self._fps)
            share = i / max(self._moving - 1, 1)
            self._screen.tell_time(canvas, i / self._fps, share, self._cue(reference_t))
            yield canvas
        timing = "" if self._card.timing is None else timing_sentence(self._card.timing)
        self._screen.tell_result(canvas, self._card.total, sentences(self._card)[0], timing)
        for _ in range(self.frames - self._moving):
            yield canvas

    def _draw(self, canvas: NDArray[np.uint8], t: float) -> float:
        """Both people at `t` seconds of the attempt; returns the reference's seconds."""
        path = self._card.path
        reference_t = t if path is None else path.reference_at(t)
        self._attempt.move_to(t)
        self._coach.move_to(reference_t)
        differs = differing_keypoints(self._differences, reference_t)
        self._screen.show(canvas, 0, self._attempt.picture, self._attempt.pose, differs)
        self._screen.show(canvas, 1, self._coach.picture, self._coach.pose)
        return reference_t

    def _cue(self, reference_t: float) -> str:
        """What is to be changed at this moment, in a few words."""
        now = (d.item for d in self._differences if d.item is not None and d.start <= reference_t <= d.end)
        item = next(now, None)
        return "" if item is None else short_sentence(item)


class _Playhead:
    """Walks forward through a clip, standing on the frame nearest to a time."""

    def __init__(self, shown: Shown) -> None:
        self.poses = shown.poses
        self.title = shown.title
        self._pictures = shown.pictures()
        here = next(self._pictures, None)
        if here is None:
            self._pictures.close()
            raise ClipError(f"“{shown.clip.name}” holds no picture any more.", "Check the file.")
        self._here = here
        self._next = next(self._pictures, None)

    @property
    def size(self) -> tuple[int, int]:
        height, width = self.picture.shape[:2]
        return width, height

    @property
    def picture(self) -> NDArray[np.uint8]:
        return self._here[1]

    @property
    def pose(self) -> Pose | None:
        """The pose of this very picture."""
        return self.poses[self.poses.nearest(self._here[0])] if len(self.poses) else None

    def move_to(self, t: float) -> None:
        while self._next is not None and abs(self._next[0] - t) <= abs(self._here[0] - t):
            self._here, self._next = self._next, next(self._pictures, None)

    def close(self) -> None:
        self._pictures.close()


@contextmanager
def _writer(
    temporary: Path, path: Path, fps: float, size: tuple[int, int]
) -> Iterator[Callable[[NDArray[np.uint8]], object]]:
    """Writes pictures of `size` into `temporary`; `path` is what errors call it."""
    writer = cv2.VideoWriter(str(temporary), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*_CODEC), fps, size)
    try:
        if not writer.isOpened():
            raise OutputError(
                f"“{path}” cannot be written: this installation of OpenCV has no encoder for MPEG-4.",
                "Install opencv-python-headless anew.",
            )
        yield writer.write
    finally:
        writer.release()


def _check_whole(temporary: Path, path: Path, frames: int) -> None:
    """OpenCV's writer keeps quiet about a full disk; reading the video back does not."""
    capture = cv2.VideoCapture(str(temporary.absolute()), cv2.CAP_FFMPEG)
    try:
        count = 0
        while count < frames and capture.grab():
            count += 1
    finally:
        capture.release()
    if count < frames:
        raise OutputError(
            f"“{path}” could not be saved: only {count} of its {frames} pictures arrived on the disk.",
            "Free some space, or save to another disk.",
        )
