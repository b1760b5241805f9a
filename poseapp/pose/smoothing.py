"""One Euro filter for the skeleton that is shown live. What is recorded is never smoothed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.pose.pose import MIN_CONFIDENCE, Pose

__all__ = ["OneEuroFilter"]


class OneEuroFilter:
    """Adaptive low-pass filter of a pose: little lag in fast movement, little jitter at rest.

    Casiez, Roussel and Vogel 2012, "1 € Filter: A Simple Speed-based Low-pass Filter for Noisy Input in
    Interactive Systems", CHI '12, equations 1-6. Speeds are measured in torso lengths per second, so the same
    parameters serve a person near and far.

    Parameters
    ----------
    min_cutoff_hz : float
        Cut-off frequency at rest.
    beta : float
        Increase of the cut-off in Hz per torso length/s.
    derivative_cutoff_hz : float
        Cut-off for the speed itself (the paper's ``dcutoff``, 1 Hz).
    max_gap_s : float
        A keypoint unseen for longer starts afresh instead of sliding in from where it was.
    """

    def __init__(
        self,
        min_cutoff_hz: float = 1.5,
        beta: float = 3.0,
        derivative_cutoff_hz: float = 1.0,
        max_gap_s: float = 0.25,
    ) -> None:
        self.min_cutoff_hz = min_cutoff_hz
        self.beta = beta
        self.derivative_cutoff_hz = derivative_cutoff_hz
        self.max_gap_s = max_gap_s
        self.reset()

    def reset(self) -> None:
        """Forget the past; call it when another person is followed."""
        self._xy: NDArray[np.float64] = np.zeros((KEYPOINT_COUNT, 2))
        self._speed: NDArray[np.float64] = np.zeros((KEYPOINT_COUNT, 2))
        self._t: NDArray[np.float64] = np.full(KEYPOINT_COUNT, -np.inf)
        self._torso_px: float | None = None

    def __call__(self, pose: Pose, t: float) -> Pose:
        """Smooth `pose` taken at `t` seconds.

        Keypoints that are not seen pass unchanged and leave the filter's memory as it was. Times that do not
        increase for a keypoint pass it unchanged.
        """
        torso = pose.torso_length()
        if torso:
            self._torso_px = torso
        seen = pose.seen(MIN_CONFIDENCE)
        dt = t - self._t
        fresh = seen & (dt > self.max_gap_s)
        known = seen & ~fresh & (dt > 0)
        xy = pose.xy.astype(np.float64)

        self._xy[fresh] = xy[fresh]
        self._speed[fresh] = 0.0
        if self._torso_px and known.any():
            step = dt[known][:, None]
            speed = (xy[known] - self._xy[known]) / self._torso_px / step
            a = _alpha(step, np.full_like(step, self.derivative_cutoff_hz))
            self._speed[known] += a * (speed - self._speed[known])
            magnitude = np.linalg.norm(self._speed[known], axis=1, keepdims=True)
            a = _alpha(step, self.min_cutoff_hz + self.beta * magnitude)
            self._xy[known] += a * (xy[known] - self._xy[known])
        else:
            self._xy[known] = xy[known]
        self._t[fresh | known] = t

        shown = pose.xy.copy()
        shown[fresh | known] = self._xy[fresh | known]
        return Pose(shown, pose.confidence)


def _alpha(step_s: NDArray[np.float64], cutoff_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smoothing factor of an exponential filter with `cutoff_hz` at intervals of `step_s` (paper, eq. 3)."""
    tau = 1 / (2 * np.pi * cutoff_hz)
    return np.asarray(1 / (1 + tau / step_s))
