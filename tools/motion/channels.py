"""How a posture is written down: named channels, independent of anybody's size.

Directions of limbs are ``(outward, forward, up)``: outward is away from the body's middle, so one tuple serves both
sides. Angles are degrees. Lengths are fractions of the leg (hip to ankle). What a channel means is in `LAYOUT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["LAYOUT", "PARTS", "SLICES", "STANDING", "WIDTH", "Posture", "changed", "mixed", "packed"]

Value = float | tuple[float, ...]
Posture = Mapping[str, Value]

_BODY: Final = (
    ("root", 3),  # pelvis away from standing upright: left, forward, up
    ("pelvis", 3),  # yaw (to the own left), pitch (forward), roll (to the own left)
    ("spine", 3),  # the same, of the chest against the pelvis
    ("head", 3),  # the same, of the head
    ("head_level", 1),  # 0: the head goes with the chest, 1: it stays upright in the room
)
_LIMBS: Final = (
    ("upper_arm", 3),  # direction
    ("forearm", 3),  # direction
    ("elbow", 3),  # where the elbow points when the arm is straight (for a renderer's twist)
    ("world", 1),  # 0: arm directions are the chest's, 1: the room's
    ("shrug", 1),  # collar bone raised, degrees
    ("protract", 1),  # collar bone forward, degrees
    ("fist", 1),  # 0 open hand, 1 fist (for a renderer)
    ("palm", 1),  # forearm turned, thumb outward, degrees (for a renderer)
    ("ankle", 3),  # ankle away from where it stands: outward, forward, up
    ("knee", 3),  # direction into which the knee bends
    ("foot", 3),  # toes out, heel raised (degrees); 1 flat in the room .. 0 with the shin (for a renderer)
    ("air", 1),  # 1: the leg is in the air and may be out of reach; 0: it stands, the pelvis gives way
)

#: Name and size of every channel, in the order of the columns.
LAYOUT: Final[tuple[tuple[str, int], ...]] = (
    *_BODY,
    *((f"{name}_{side}", size) for side in "lr" for name, size in _LIMBS),
)


def _slices() -> dict[str, slice]:
    found, start = {}, 0
    for name, size in LAYOUT:
        found[name] = slice(start, start + size)
        start += size
    return found


#: Columns of each channel.
SLICES: Final = MappingProxyType(_slices())
#: Number of columns.
WIDTH: Final = max(s.stop for s in SLICES.values())

_ARM: Final = ("upper_arm", "forearm", "elbow", "world", "shrug", "protract", "fist", "palm")
_LEG: Final = ("ankle", "knee", "foot", "air")
#: Channels of each body part.
PARTS: Final = MappingProxyType(
    {
        "left_arm": tuple(f"{name}_l" for name in _ARM),
        "right_arm": tuple(f"{name}_r" for name in _ARM),
        "left_leg": tuple(f"{name}_l" for name in _LEG),
        "right_leg": tuple(f"{name}_r" for name in _LEG),
        "trunk": ("pelvis", "spine"),
        "head": ("head", "head_level"),
        "root": ("root",),
    }
)


def changed(base: Posture, **channels: Value) -> dict[str, Value]:
    """`base` with some channels replaced; a limb's channel without ``_l`` or ``_r`` sets both sides.

    Raises
    ------
    KeyError
        There is no such channel.
    """
    posture = dict(base)
    for name, value in channels.items():
        names = (name,) if name in SLICES else (f"{name}_l", f"{name}_r")
        for one in names:
            if one not in SLICES:
                raise KeyError(f"no channel {name!r}")
            posture[one] = value
    return posture


def mixed(a: tuple[float, ...], b: tuple[float, ...], part: float) -> tuple[float, ...]:
    """From `a` to `b`, at `part` of the way."""
    return tuple(x + (y - x) * part for x, y in zip(a, b, strict=True))


def packed(posture: Posture) -> NDArray[np.float64]:
    """Row of channel values, shape (WIDTH,)."""
    row = np.zeros(WIDTH)
    for name, value in posture.items():
        row[SLICES[name]] = value
    return row


_ZERO: Final[dict[str, Value]] = {name: 0.0 if size == 1 else (0.0,) * size for name, size in LAYOUT}

#: Standing upright, arms hanging.
STANDING: Final[Posture] = MappingProxyType(
    changed(
        _ZERO,
        root=(0, 0, -0.006),
        pelvis=(0, 3, 0),
        spine=(0, -3, 0),
        head_level=0.8,
        upper_arm=(0.17, 0, -1),
        forearm=(0.10, 0.22, -1),
        elbow=(0.35, -1, -0.1),
        fist=0.25,
        ankle=(0, 0, 0),
        knee=(0.12, 1, 0),
        foot=(9, 0, 1),
    )
)
