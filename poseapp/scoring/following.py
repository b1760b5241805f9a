"""Where in the reference a person in front of the camera is now.

One bounded step per pose: the costs of all alignments that end now, one for every moment of the reference, are
carried from pose to pose (open-end dynamic time warping; Tormene et al. 2009, "Matching incomplete time series with
dynamic time warping"), with a cost of going faster or slower than the reference, and of starting again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint, Pose, PoseSequence
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring.agreement import LimbAgreement
from poseapp.scoring.cleaning import FPS, clean
from poseapp.scoring.live_segments import LiveSegments, RecentChange
from poseapp.scoring.segments import segment_vectors
from poseapp.scoring.shapes import active_part
from poseapp.scoring.weights import keypoint_weights

__all__ = ["Follower", "Position"]

Array = NDArray[np.float64]

_SPREAD = 0.12  # torso lengths: distance that counts 1
_MAX_PENALTY_S = 30.0  # of one second of the worst pose: nobody is lost for ever
_WAIT_S = 2.0  # cost of a second of standing still
_TEMPO_S = 3.0  # cost of a second at twice the tempo
_FASTEST = 3.0  # times the tempo of the reference
_AGAIN = 1.0  # starting again after the end
_AFRESH = 10.0  # starting again from anywhere else
_MOST_S = 0.5  # longest time between two poses that is followed
_BEGUN = 0.25  # of the way from the first to the farthest pose: from there on the movement has begun
_NEARLY = 0.12  # of the way back to the last pose: it is finished
_LAG_S = 0.3
_ACTS = 0.4  # of the reference's quick changes within that time: the person moves
_JITTER = 1.5  # of the reference's: the person's may be more; a smaller change is no movement
_HESITATES_S = 0.5
_HESITATES_BELOW = 0.3  # of the reference's tempo
_MOVES = 0.2  # of its quick changes: where the reference rests nobody hesitates


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Where a person is in the reference.

    Parameters
    ----------
    reference_time : float
        Seconds in the reference's own time.
    started : bool
        The movement has begun; False again when the person is back at the start.
    finished : bool
        The end of the movement was reached; until the next one starts.
    hesitating : bool
        The person stands still or lags where the reference moves.
    degrees : ndarray, shape (17,), float64
        By how much the segment that ends at each keypoint differs from the reference; NaN where that is not known.
    differs : ndarray, shape (17,), bool
        For colouring: beyond 18° for a fifth of a second, until it is below 12° for as long.
    """

    reference_time: float
    started: bool
    finished: bool
    hesitating: bool
    degrees: Array
    differs: NDArray[np.bool_]

    def limb(self, keypoint: Keypoint) -> tuple[float, bool]:
        """Degrees and whether it differs, of the segment that ends at `keypoint`."""
        return float(self.degrees[keypoint]), bool(self.differs[keypoint])


class Follower:
    """Follows one person through a reference.

    Parameters
    ----------
    reference : PoseSequence
        The coach's movement.
    keypoints : tuple of Keypoint, optional
        Those that count; all by default.
    mirrored : bool
        The person performs by the other side than the reference.

    Raises
    ------
    NotEnoughSeenError
        The reference shows too little of a body.
    """

    def __init__(
        self, reference: PoseSequence, keypoints: tuple[Keypoint, ...] | None = None, *, mirrored: bool = False
    ) -> None:
        segments = segment_vectors(clean(reference))
        self._t = segments.t
        weights = keypoint_weights(segments, np.ones(KEYPOINT_COUNT), keypoints)
        trust = segments.trust * weights
        lag = min(round(_LAG_S * FPS), len(segments) - 1)
        change = segments.vectors[lag:] - segments.vectors[:-lag]
        self._left = np.concatenate(
            (
                trust * (segments.vectors**2).sum(axis=2),
                trust,
                (-2 * trust[..., None] * segments.vectors).reshape(len(segments), -1),
            ),
            axis=1,
        )
        self._trust = trust
        first, stop = active_part(segments)
        self._first, self._last = first, stop - 1
        self._begun, self._done = _core(segments.vectors, weights, first, self._last)
        ahead = _apart(change, weights)
        self._quick = float(np.percentile(ahead, 90))
        self._moves = _farthest_ahead(segments.vectors, weights, lag) > _MOVES * self._quick
        jitter = np.sqrt((weights * 4 * segments.rough_noise**2).sum())  # of a change: two coordinates, two poses
        self._acts = max(_ACTS * self._quick, _JITTER * float(jitter))
        self._weights = weights
        self._agreement = LimbAgreement(segments)
        self._live = LiveSegments(segments.seen, mirrored=mirrored)
        self._cost = np.full(len(segments), np.inf)
        self._cost[: first + 1] = 0.0
        self._before: float | None = None
        self._recent: deque[tuple[float, int]] = deque()
        self._change = RecentChange(_LAG_S)
        self._acted = self._started = self._finished = False

    @property
    def end_time(self) -> float:
        """Seconds in the reference's own time at which its movement ends."""
        return float(self._t[self._last])

    def step(self, pose: Pose, t: float) -> Position:
        """Take in the newest pose.

        Parameters
        ----------
        pose : Pose
            Raw or smoothed; one without any seen keypoint leaves the position where it is.
        t : float
            Its time in seconds, later than the one before.
        """
        vectors, trust = self._live.step(pose, t)
        elapsed = 1 / FPS if self._before is None else min(max(t - self._before, 1e-3), _MOST_S)
        self._before = t
        change, believed = self._change.step(vectors, trust, t)
        if trust.any():
            self._advance(vectors, trust, elapsed)
        at = int(self._cost.argmin())
        acts = bool(_apart(change, self._weights * believed) > self._acts)
        self._judge(at, acts, t)
        degrees, differs = self._agreement.step(vectors, trust, at, t)
        return Position(
            reference_time=float(self._t[at]),
            started=self._started,
            finished=self._finished,
            hesitating=not acts and self._hesitates(at, t),
            degrees=degrees,
            differs=differs,
        )

    def _advance(self, vectors: Array, trust: Array, elapsed: float) -> None:
        """One column of the cost matrix."""
        right = np.concatenate((trust, trust * (vectors**2).sum(axis=1), (trust[:, None] * vectors).reshape(-1)))
        # Not by a matrix product: spread over threads it waits for those of the camera and the model.
        near, seen = np.einsum("ij,j->i", self._left, right), np.einsum("ij,j->i", self._trust, trust)
        apart = np.maximum(near, 0.0) / np.maximum(seen, 1e-6)
        worst = _MAX_PENALTY_S * elapsed
        here = np.minimum(apart / _SPREAD**2 * FPS * elapsed, worst)

        usual = elapsed * FPS  # poses of the reference that pass meanwhile at its own tempo
        old, best = self._cost, self._cost + _WAIT_S * elapsed
        for k in range(1, min(int(np.ceil(_FASTEST * usual)), len(old) - 1) + 1):
            np.minimum(best[k:], old[:-k] + _TEMPO_S * elapsed * (k / usual - 1) ** 2, out=best[k:])
        # Before anything has begun it costs no more to be at the start than anywhere else.
        again = min(float(old[self._done :].min()), float(old.min()) + (_AFRESH if self._started else 0.0)) + _AGAIN
        begin = best[: self._first + 1]
        np.minimum(begin, again, out=begin)
        cost = best + here
        self._cost = cost - cost.min()

    def _judge(self, at: int, acts: bool, t: float) -> None:
        self._acted = at > self._first and (self._acted or acts)
        if at >= self._done:
            self._finished = self._started or self._finished
        elif at < self._begun:
            self._started = False
        elif self._started or self._acted:
            self._started, self._finished = True, False
        self._recent.append((t, at))
        while t - self._recent[0][0] > _HESITATES_S and len(self._recent) > 2:
            self._recent.popleft()

    def _hesitates(self, at: int, t: float) -> bool:
        since, was = self._recent[0]
        if not self._started or self._finished or t - since < 0.9 * _HESITATES_S:
            return False
        return bool(self._moves[at] and at >= was and (at - was) / FPS < _HESITATES_BELOW * (t - since))


def _apart(difference: Array, weights: Array) -> Array:
    """Root of the weighted sum of squares over keypoints of ``(..., 17, 2)``."""
    return np.asarray(np.sqrt((weights[:, None] * difference**2).sum(axis=(-2, -1))))


def _farthest_ahead(vectors: Array, weights: Array, lag: int) -> Array:
    """How far every pose is from the farthest of the next `lag`, ``(T,)``: a punch is out and back within them."""
    farthest = np.zeros(len(vectors))
    for k in range(1, lag + 1):
        np.maximum(farthest[:-k], _apart(vectors[k:] - vectors[:-k], weights), out=farthest[:-k])
    return farthest


def _core(vectors: Array, weights: Array, first: int, last: int) -> tuple[int, int]:
    """Frames at which the movement has surely begun, and at which it is as good as over."""
    part = vectors[first : last + 1]
    begun, left = _apart(part - part[0], weights), _apart(part - part[-1], weights)
    start = int(np.argmax(begun >= _BEGUN * begun.max()))
    over = len(part) - int(np.argmax(left[::-1] >= _NEARLY * left.max()))
    return first + start, max(min(first + over, last), first + start)
