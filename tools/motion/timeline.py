"""Keyframes over time and the smooth curve through them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .channels import SLICES, WIDTH, Posture, changed, packed

__all__ = ["Timeline", "pchip", "unit_directions"]

_DIRECTIONS = tuple(f"{name}_{side}" for side in "lr" for name in ("upper_arm", "forearm"))


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Keyframes of one repetition.

    Parameters
    ----------
    t : ndarray, shape (K,)
        Seconds, increasing from 0.
    values : ndarray, shape (K, WIDTH)
        Channels; the last keyframe is the first one again.
    """

    t: NDArray[np.float64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, start: Posture, *steps: tuple[float, Posture | None]) -> Timeline:
        """Keyframes from a start posture at 0 s and steps ``(seconds, changes)``.

        Every step inherits from the one before; None stands for the start posture itself. A limb's channel without
        a side sets both sides. The last step must be None: repetitions join there.
        """
        if not steps or steps[-1][1] is not None:
            raise ValueError("a repetition ends where it began")
        posture = dict(start)
        times, rows = [0.0], [packed(posture)]
        for t, changes in steps:
            posture = dict(start) if changes is None else changed(posture, **changes)
            times.append(t)
            rows.append(packed(posture))
        return cls(np.array(times), np.array(rows))

    @property
    def seconds(self) -> float:
        """Length of one repetition."""
        return float(self.t[-1])


def pchip(x: NDArray[np.float64], y: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape-preserving cubic through keyframes: no overshoot, rest where neighbours are equal or turn.

    Fritsch and Butland 1984, "A method for constructing local monotone piecewise cubic interpolants", with the
    weighted harmonic mean for inner slopes; slopes at the two ends are 0, because a movement starts and ends at rest.

    Parameters
    ----------
    x : ndarray, shape (K,)
        Increasing.
    y : ndarray, shape (K, D)
        Values.
    at : ndarray, shape (T,)
        Where to evaluate; beyond the ends the end values hold.

    Returns
    -------
    ndarray, shape (T, D)
    """
    h = np.diff(x)[:, None]
    delta = np.diff(y, axis=0) / h
    slope = np.zeros_like(y)
    if len(x) > 2:
        w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
        turns = delta[:-1] * delta[1:] <= 0
        before, after = np.where(turns, 1, delta[:-1]), np.where(turns, 1, delta[1:])
        slope[1:-1] = np.where(turns, 0, (w1 + w2) / (w1 / before + w2 / after))
    at = np.clip(at, x[0], x[-1])
    i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    s = ((at - x[i]) / h[i, 0])[:, None]
    return np.asarray(
        (1 + 2 * s) * (1 - s) ** 2 * y[i]
        + s * (1 - s) ** 2 * h[i] * slope[i]
        + s**2 * (3 - 2 * s) * y[i + 1]
        + s**2 * (s - 1) * h[i] * slope[i + 1]
    )


def unit_directions(channels: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same channels ``(T, WIDTH)`` with arm directions of length 1."""
    if channels.shape[-1] != WIDTH:
        raise ValueError(f"channels have {WIDTH} columns, got {channels.shape}")
    out = channels.copy()
    for name in _DIRECTIONS:
        columns = SLICES[name]
        out[:, columns] /= np.linalg.norm(out[:, columns], axis=1, keepdims=True)
    return out
