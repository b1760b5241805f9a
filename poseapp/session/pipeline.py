"""What happens to one frame between the camera and the screen."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from poseapp.pose import Pose, similarity
from poseapp.pose.smoothing import OneEuroFilter
from poseapp.session.recorder import Recorder
from poseapp.session.settings import Settings
from poseapp.session.update import Counters, PoseUpdate
from poseapp.vision.frame import Frame
from poseapp.vision.picture import for_screen
from poseapp.vision.tracker import PoseTracker

__all__ = ["LiveSmoother", "Pipeline"]


class LiveSmoother:
    """One Euro filter that forgets the person who is no longer there.

    Parameters
    ----------
    max_gap_s : float
        Whoever was away for longer is smoothed afresh.
    """

    def __init__(self, max_gap_s: float = 0.25) -> None:
        self._filter = OneEuroFilter(max_gap_s=max_gap_s)
        self._max_gap_s = max_gap_s
        self._last: Pose | None = None
        self._last_t = 0.0

    def reset(self) -> None:
        """Forget the past."""
        self._filter.reset()
        self._last = None

    def __call__(self, pose: Pose | None, t: float) -> Pose | None:
        """Smooth `pose` seen at `t` seconds; None stays None."""
        if pose is None:
            return None
        if self._last is not None and (t - self._last_t > self._max_gap_s or _apart(self._last, pose)):
            self._filter.reset()
        self._last, self._last_t = pose, t
        return self._filter(pose, t)


def _apart(before: Pose, after: Pose) -> bool:
    """Whether two bodies do not even touch: from one frame to the next nobody moves that far."""
    a, b = before.box(), after.box()
    return a is not None and b is not None and (a.x1 < b.x0 or b.x1 < a.x0 or a.y1 < b.y0 or b.y1 < a.y0)


class Pipeline:
    """Pose, smoothing, similarity, recording and the picture for the screen, frame by frame.

    One thread calls it and closes it. The picture for the screen is made in a second one, beside smoothing,
    similarity and recording, so that the person waits for the longer of the two only.

    Parameters
    ----------
    tracker : PoseTracker
        Finds the followed person.
    recorder : Recorder
        Gets every raw pose. It is frozen when the pictures change their size, as pixels before and after cannot be
        compared.
    settings : Settings
        What the screen wishes.
    """

    def __init__(self, tracker: PoseTracker, recorder: Recorder, settings: Settings) -> None:
        self._tracker = tracker
        self._recorder = recorder
        self._settings = settings
        self._screen = ThreadPoolExecutor(max_workers=1, thread_name_prefix="poseapp-screen")
        self._smoother = LiveSmoother()
        self._size: tuple[int, int] | None = None
        self._last_at = 0.0
        self._processed = 0

    def process(self, frame: Frame, counters: Counters | None = None) -> PoseUpdate:
        """Find, compare and record the pose of `frame`.

        Parameters
        ----------
        frame : Frame
            The picture.
        counters : Counters, optional
            Figures of the capture; `processed` and `pose_ms` are filled in here.
        """
        began = time.perf_counter()
        wishes = self._settings.take()
        self._watch_size(frame)
        if wishes.lock_point is not None:
            self._tracker.lock(*wishes.lock_point)
            self._smoother.reset()
        screen = wishes.screen or frame.size
        tracked = self._tracker.track(frame.bgr)
        # Not during the inference, which has threads of its own.
        shown = self._screen.submit(for_screen, frame.bgr, *screen, mirrored=wishes.mirrored)
        pose, still = tracked.pose, wishes.still
        smoothed = self._smoother(pose, frame.captured_at)
        alike = None
        if pose is not None and still is not None:
            alike = similarity(pose, still.pose, still.method, still.keypoints)
        recording = self._recorder.add(pose, frame.captured_at)
        picture = shown.result()
        self._processed += 1
        pose_ms = (time.perf_counter() - began) * 1000
        figures = replace(counters or Counters(), processed=self._processed, pose_ms=pose_ms)
        return PoseUpdate(
            frame=frame,
            shown=picture,
            shown_mirrored=wishes.mirrored,
            pose=pose,
            smoothed=smoothed,
            others=tracked.others,
            similarity=alike,
            recording=recording,
            counters=figures,
        )

    def close(self) -> None:
        """Wait for the second thread and end it; the tracker stays open."""
        self._screen.shutdown()

    def _watch_size(self, frame: Frame) -> None:
        if self._size is not None and frame.size != self._size:
            self._smoother.reset()
            self._recorder.freeze(self._last_at)
        self._size, self._last_at = frame.size, frame.captured_at
