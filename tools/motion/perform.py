"""Somebody performs an action in front of a camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .action import Action
from .actions import ACTIONS
from .camera import VIEWS, Camera, hidden, turned
from .channels import SLICES, STANDING, packed
from .edits import Edit, LessAmplitude
from .kinematics import joints
from .skeleton import BODIES, Body
from .timeline import Timeline, pchip, unit_directions

if TYPE_CHECKING:
    from poseapp.pose import PoseSequence

__all__ = ["Performance", "perform"]

Array = NDArray[np.float64]
_DENSE_HZ = 120.0
_SETTLE_S = 0.6  # from standing relaxed to the start posture
_EVERYTHING = ("left_arm", "right_arm", "left_leg", "right_leg", "trunk", "head", "root")


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """A movement as it was performed and as a camera saw it.

    Parameters
    ----------
    action : Action
        What was performed.
    view : str
        From where.
    t : ndarray, shape (T,)
        Seconds from 0.
    channels : ndarray, shape (T, WIDTH)
        Postures, for a renderer.
    xyz : ndarray, shape (T, 17, 3)
        COCO-17 keypoints in metres, turned as the camera saw them.
    xy : ndarray, shape (T, 17, 2)
        Pixels.
    confidence : ndarray, shape (T, 17)
        0..1; low for what the body itself hides.
    clock : ndarray, shape (T,)
        Seconds of the action's own time, from the start of the first repetition; at the same clock two performances
        of as many repetitions are at the same place of the movement. 0 while waiting before, constant after.
    reps : tuple of (float, float)
        Start and end in seconds of every repetition.
    """

    action: Action
    view: str
    t: Array
    channels: Array
    xyz: Array
    xy: Array
    confidence: Array
    clock: Array
    reps: tuple[tuple[float, float], ...]

    def sequence(self) -> PoseSequence:
        """The keypoints as the program stores them."""
        from poseapp.pose import PoseSequence  # a renderer needs no PoseSequence

        return PoseSequence(self.xy, self.confidence, self.t)


def perform(
    action: str | Action,
    *,
    view: str = "front",
    body: str | Body = "average",
    tempo: float = 1.0,
    local_tempo: float = 0.0,
    seed: int = 0,
    fps: float = 30.0,
    reps: int = 1,
    pause: float = 0.2,
    amplitudes: Sequence[float] | None = None,
    before: float = 0.3,
    after: float = 0.3,
    relaxed: bool = False,
    yaw: float = 0.0,
    camera: Camera | None = None,
    edits: Sequence[Edit] = (),
    until: float = 1.0,
    **errors: float,
) -> Performance:
    """Perform `action`.

    Parameters
    ----------
    action : str or Action
        Which one.
    view : str
        ``front``, ``left`` (the left side is seen) or ``right``.
    body : str or Body
        Who.
    tempo : float
        Speed; 2 is twice as fast.
    local_tempo : float
        Hurrying and hesitating: the speed varies by this fraction, 0..0.8, about `tempo`.
    seed : int
        Breathing, sway, confidence and the places of `local_tempo`; the same seed gives the same numbers.
    fps : float
        Pictures per second.
    reps : int
        Repetitions.
    pause : float
        Seconds of the action's own time between two repetitions.
    amplitudes : sequence of float, optional
        Fraction of the way that each repetition goes; 1 by default.
    before, after : float
        Seconds of waiting, in real time.
    relaxed : bool
        Wait standing upright with hanging arms instead of in the start posture.
    yaw : float
        Degrees the person is turned away from `view`, to the own left.
    camera : Camera, optional
        Where the camera stands; 4 m away by default.
    edits : sequence of Edit
        What is done wrongly, in this order.
    until : float
        Fraction of the action's own time after which the person simply stops.
    **errors : float
        Error parameters of the action.

    Returns
    -------
    Performance

    Raises
    ------
    KeyError
        No such action, view or body.
    TypeError
        The action has no such error parameter.
    """
    what = ACTIONS[action] if isinstance(action, str) else action
    who = BODIES[body] if isinstance(body, str) else body
    seen_by = camera or Camera()
    rng = np.random.default_rng(seed)
    timeline = what.keyframes(**errors)
    dense, own_t, spans = _repeated(timeline, reps, pause, amplitudes)
    for edit in edits:
        dense = edit.apply(dense, own_t, dense[0])

    end = own_t[-1] * until
    clock_at = _warped_clock(end, tempo, local_tempo, rng)
    moving_s = clock_at[0][-1]
    t = np.arange(round((before + moving_s + after) * fps) + 1) / fps
    clock = np.interp(t - before, *clock_at)
    channels = _sampled(dense, own_t, clock)
    if relaxed:
        channels = _relaxed_outside(channels, t, before, before + moving_s)
    channels = unit_directions(_alive(channels, t, rng))

    xyz = turned(joints(channels, who), VIEWS[view] + yaw)
    confidence = _confidence(hidden(xyz, seen_by, who), fps, rng)
    to_real = [tuple(before + np.interp(span, clock_at[1], clock_at[0])) for span in spans]
    return Performance(
        what, view, t, channels, xyz, seen_by.project(xyz), confidence, clock,
        tuple((float(a), float(b)) for a, b in to_real),
    )  # fmt: skip


def _repeated(
    timeline: Timeline, reps: int, pause: float, amplitudes: Sequence[float] | None
) -> tuple[Array, Array, list[tuple[float, float]]]:
    """Channels of all repetitions at 120 Hz, their own time, and the span of every repetition in it."""
    one_t = np.arange(round(timeline.seconds * _DENSE_HZ) + 1) / _DENSE_HZ
    one = pchip(timeline.t, timeline.values, one_t)
    rest = np.repeat(one[:1], round(pause * _DENSE_HZ), axis=0)
    pieces: list[Array] = []
    spans: list[tuple[float, float]] = []
    length = 0
    for i in range(reps):
        amplitude = 1.0 if amplitudes is None else amplitudes[i]
        piece = one if amplitude == 1 else LessAmplitude(_EVERYTHING, amplitude).apply(one, one_t, one[0])
        if i and len(rest):
            pieces.append(rest)
            length += len(rest)
        spans.append((length / _DENSE_HZ, (length + len(piece) - 1) / _DENSE_HZ))
        pieces.append(piece)
        length += len(piece)
    return np.concatenate(pieces), np.arange(length) / _DENSE_HZ, spans


def _warped_clock(end: float, tempo: float, local: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Real seconds (increasing from 0) and the action's own seconds at them."""
    own = np.linspace(0, end, max(int(end * 60), 2))
    # Slowness around 1: a smooth random mix of slow waves, about one and a half of them in two seconds.
    waves = np.sum([np.sin(2 * np.pi * own * f + rng.uniform(0, 2 * np.pi)) for f in (0.35, 0.6, 0.85)], axis=0)
    wave = waves / max(float(np.abs(waves).max()), 1e-9)
    slowness = (1 + local * wave) / tempo
    steps = np.diff(own) * (slowness[1:] + slowness[:-1]) / 2
    return np.concatenate(([0.0], np.cumsum(steps))), own


def _sampled(dense: Array, own_t: Array, clock: Array) -> Array:
    place = clock * _DENSE_HZ
    i = np.clip(place.astype(int), 0, len(own_t) - 2)
    part = (place - i)[:, None]
    return np.asarray(dense[i] * (1 - part) + dense[i + 1] * part)


def _relaxed_outside(channels: Array, t: Array, start: float, end: float) -> Array:
    """Stand relaxed before and after, with a smooth way into and out of the movement."""
    standing = packed(STANDING)
    inside = np.minimum((t - start) / _SETTLE_S + 1, (end - t) / _SETTLE_S + 1)
    part = np.clip(inside, 0, 1)[:, None]
    part = part * part * (3 - 2 * part)
    return np.asarray(standing + part * (channels - standing))


def _alive(channels: Array, t: Array, rng: np.random.Generator) -> Array:
    """Breathing and sway."""
    out = channels.copy()
    phase = rng.uniform(0, 2 * np.pi, 6)

    def wave(size: float, rate: float, i: int) -> Array:
        return np.asarray(size * np.sin(rate * t + phase[i]))

    root, spine, head = (SLICES[name].start for name in ("root", "spine", "head"))
    out[:, root] += wave(0.003, 1.9, 0)
    out[:, root + 1] += wave(0.003, 1.5, 1)
    out[:, spine + 1] += wave(0.7, 2.1, 2)
    out[:, spine + 2] += wave(0.5, 1.3, 3)
    out[:, head] += wave(1.5, 1.1, 4)
    out[:, head + 1] += wave(1.0, 1.7, 5)
    return out


def _confidence(behind: NDArray[np.bool_], fps: float, rng: np.random.Generator) -> Array:
    """Confidences as estimators give them: 0.7..0.95 seen, 0..0.25 hidden, changing within a tenth of a second."""
    seen, unseen = rng.uniform(0.75, 0.95, 17), rng.uniform(0.0, 0.2, 17)
    level = np.where(behind, unseen, seen)
    width = max(round(0.1 * fps), 1)
    padded = np.pad(level, ((width // 2, width - 1 - width // 2), (0, 0)), mode="edge")
    smooth = np.lib.stride_tricks.sliding_window_view(padded, width, axis=0).mean(axis=-1)
    return np.asarray(np.clip(smooth + rng.normal(0, 0.02, smooth.shape), 0, 1))
