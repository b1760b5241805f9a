"""Webcams."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import cv2

from poseapp.errors import CameraError
from poseapp.vision.cameras import CameraInfo, camera_openings, find_again, list_cameras
from poseapp.vision.sources.live import Capture, LiveSource, Loss, OpenCapture, open_capture
from poseapp.vision.sources.pace import Clock

__all__ = ["CameraSource"]

#: Reads that may fail in a row: with the pause after each, one second.
_FAILURES = 20
#: Some need two seconds to wake up.
_FIRST_PICTURE_S = 4.0
_MJPG = cv2.VideoWriter.fourcc(*"MJPG")


class CameraSource(LiveSource):
    """Pictures of a webcam.

    Parameters
    ----------
    camera : CameraInfo or int
        From :func:`~poseapp.vision.cameras.list_cameras`, or a device number. Every :meth:`open` looks where the
        camera is now, so that opening again after a loss finds it in whichever socket it was plugged.
    width, height : int
        Pixels to ask for; the camera answers with what it can.
    fps : float
        Pictures per second to ask for.
    clock, capture, cameras, platform : optional
        For tests: the clock, what opens a device, what lists the cameras, and the value of ``sys.platform``.
    """

    def __init__(
        self,
        camera: CameraInfo | int,
        *,
        width: int = 1280,
        height: int = 720,
        fps: float = 30.0,
        clock: Clock | None = None,
        capture: OpenCapture = open_capture,
        cameras: Callable[[], tuple[CameraInfo, ...]] = list_cameras,
        platform: str = sys.platform,
    ) -> None:
        title = f"Camera {camera}" if isinstance(camera, int) else camera.name
        super().__init__(title, failures=_FAILURES, first_picture_s=_FIRST_PICTURE_S, watch_repeats=True, clock=clock)
        self._camera = camera
        self._wanted = {
            cv2.CAP_PROP_FRAME_WIDTH: float(width),
            cv2.CAP_PROP_FRAME_HEIGHT: float(height),
            cv2.CAP_PROP_FPS: float(fps),
        }
        self._open_capture = capture
        self._cameras = cameras
        self._platform = platform

    def _connect(self) -> Capture:
        camera = self._find()
        for backend, index in camera_openings(camera, platform=self._platform):
            capture = self._open_capture(index, backend, ())
            if capture.isOpened():
                self._set_up(capture, backend)
                return capture
            capture.release()
        raise self._refused(camera)

    def _find(self) -> CameraInfo:
        if isinstance(self._camera, CameraInfo):
            camera = find_again(self._camera, self._cameras)
            if camera is None:
                raise CameraError(
                    f"The camera “{self.title}” is not plugged in.", "Plug it in and it is found by itself."
                )
            return camera
        present = self._cameras()
        camera = next((c for c in present if c.index == self._camera), None)
        if camera is None:
            if not present:
                raise CameraError("No camera found.", "Plug one in and it appears here by itself.")
            names = ", ".join(f"{c.index} ({c.name})" for c in present)
            raise CameraError(f"There is no camera number {self._camera}; there are: {names}.", "Choose one of them.")
        # From now on this very camera is meant, whichever number it has.
        self._camera = camera
        self.title = camera.name
        return camera

    def _set_up(self, capture: Capture, backend: int) -> None:
        """Ask for motion JPEG, without which USB is too slow for 720p30, and for size and rate.

        DirectShow forgets the format when the size is set after it; the others choose sizes by the format.
        """
        steps = [(cv2.CAP_PROP_FOURCC, float(_MJPG)), *self._wanted.items()]
        if backend == cv2.CAP_DSHOW:
            steps = [*steps[1:], steps[0]]
        for prop, value in steps:
            # A refusal is no error: what the camera really does is read back and seen in its pictures.
            capture.set(prop, value)

    def _refused(self, camera: CameraInfo) -> CameraError:
        """Say why a camera that the system lists cannot be opened."""
        path = Path(camera.path) if camera.path else None
        if self._platform.startswith("linux") and path and path.exists() and not os.access(path, os.R_OK | os.W_OK):
            return CameraError(
                "The system does not let poseapp see the camera.",
                f"Become a member of the group that owns {path}, usually “video”, and log in again.",
            )
        return self._no_first_picture()

    def _no_first_picture(self) -> CameraError:
        if self._platform == "darwin":
            # AVFoundation gives the same answer in both cases.
            return CameraError(
                "Another program uses the camera, or the system does not let poseapp see it.",
                "Close the other program, or open the privacy settings.",
            )
        return CameraError("Another program uses the camera.", "Close it and I try again.")

    def _lost(self, loss: Loss) -> CameraError:
        if loss is Loss.REPEATS:
            return CameraError(
                f"The camera “{self.title}” only repeats its last picture.",
                "Uncover its lens, or unplug it and plug it back in.",
            )
        return CameraError(f"The camera “{self.title}” gives no more pictures.", "Plug the camera back in.")
