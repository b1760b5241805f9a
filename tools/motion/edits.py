"""What can be done to a movement that somebody does wrongly: edits of channels, for any action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .channels import PARTS, SLICES

__all__ = ["BendElbow", "Delay", "Edit", "LeanTrunk", "LessAmplitude", "RotateArm"]

Array = NDArray[np.float64]


class Edit(Protocol):
    """A change of the channels of a movement."""

    def apply(self, channels: Array, t: Array, start: Array) -> Array:
        """New channels ``(T, WIDTH)`` from those at `t` seconds ``(T,)`` and the start posture ``(WIDTH,)``."""
        ...


def _towards(start: Array, now: Array, part: float) -> Array:
    """Directions ``(T, 3)`` on the great circle from `start` to `now`, at `part` of the way (slerp)."""
    a, b = start / np.linalg.norm(start), now / np.linalg.norm(now, axis=1, keepdims=True)
    angle = np.arccos(np.clip(b @ a, -1, 1))[:, None]
    sine = np.sin(angle)
    straight = sine < 1e-6
    safe = np.where(straight, 1, sine)
    mixed = (np.sin((1 - part) * angle) * a + np.sin(part * angle) * b) / safe
    return np.asarray(np.where(straight, np.where(angle < 1, b, a), mixed))


@dataclass(frozen=True, slots=True)
class LessAmplitude:
    """Body parts go only a fraction `keep` of the way from the start posture (0: they do not move)."""

    parts: tuple[str, ...]
    keep: float

    def apply(self, channels: Array, t: Array, start: Array) -> Array:  # noqa: ARG002
        """See :class:`Edit`."""
        out = channels.copy()
        for name in (name for part in self.parts for name in PARTS[part]):
            columns = SLICES[name]
            if name.startswith(("upper_arm", "forearm")):
                out[:, columns] = _towards(start[columns], channels[:, columns], self.keep)
            elif not name.startswith(("world", "air", "head_level")):
                out[:, columns] = start[columns] + self.keep * (channels[:, columns] - start[columns])
        return out


@dataclass(frozen=True, slots=True)
class Delay:
    """Body parts are late by some seconds."""

    parts: tuple[str, ...]
    seconds: float

    def apply(self, channels: Array, t: Array, start: Array) -> Array:  # noqa: ARG002
        """See :class:`Edit`."""
        out = channels.copy()
        for name in (name for part in self.parts for name in PARTS[part]):
            for column in range(SLICES[name].start, SLICES[name].stop):
                out[:, column] = np.interp(t - self.seconds, t, channels[:, column])
        return out


@dataclass(frozen=True, slots=True)
class BendElbow:
    """The forearm of one side (``l`` or ``r``) is bent by some degrees more than it should be, forward and up."""

    side: str
    degrees: float

    def apply(self, channels: Array, t: Array, start: Array) -> Array:  # noqa: ARG002
        """See :class:`Edit`."""
        out = channels.copy()
        upper, lower = channels[:, SLICES[f"upper_arm_{self.side}"]], channels[:, SLICES[f"forearm_{self.side}"]]
        # The elbow's plane where it is bent; otherwise the one in which a hanging arm bends forward.
        away = -channels[:, SLICES[f"elbow_{self.side}"]] * 0.25 + lower - upper
        out[:, SLICES[f"forearm_{self.side}"]] = _rotated_towards(lower, away, self.degrees)
        return out


@dataclass(frozen=True, slots=True)
class RotateArm:
    """The whole arm of one side is turned by some degrees about ``side`` (outward), ``front`` or ``up``, always."""

    side: str
    axis: str
    degrees: float

    def apply(self, channels: Array, t: Array, start: Array) -> Array:  # noqa: ARG002
        """See :class:`Edit`."""
        out = channels.copy()
        a = np.deg2rad(self.degrees)
        c, s = np.cos(a), np.sin(a)
        turn = {
            "side": [[1, 0, 0], [0, c, -s], [0, s, c]],  # hanging goes forward
            "front": [[c, 0, -s], [0, 1, 0], [s, 0, c]],  # hanging goes outward
            "up": [[c, s, 0], [-s, c, 0], [0, 0, 1]],  # forward goes outward
        }[self.axis]
        for name in ("upper_arm", "forearm"):
            columns = SLICES[f"{name}_{self.side}"]
            out[:, columns] = channels[:, columns] @ np.array(turn).T
        return out


@dataclass(frozen=True, slots=True)
class LeanTrunk:
    """The trunk leans by some degrees more all the time: `forward` and to the own left (`sideways`)."""

    forward: float = 0.0
    sideways: float = 0.0

    def apply(self, channels: Array, t: Array, start: Array) -> Array:  # noqa: ARG002
        """See :class:`Edit`."""
        out = channels.copy()
        out[:, SLICES["pelvis"]] += np.array([0, 0.4 * self.forward, 0.3 * self.sideways])
        out[:, SLICES["spine"]] += np.array([0, 0.6 * self.forward, 0.7 * self.sideways])
        return out


def _rotated_towards(vectors: Array, other: Array, degrees: float) -> Array:
    """`vectors` ``(T, 3)`` of length 1 turned by `degrees` towards `other`."""
    along = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    across = other - along * (other * along).sum(axis=1, keepdims=True)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    a = np.deg2rad(degrees)
    return np.asarray(np.cos(a) * along + np.sin(a) * across)
