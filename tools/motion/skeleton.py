"""Bodies of several proportions."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Final

import numpy as np

__all__ = ["BODIES", "Body"]


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths in metres of a body's segments.

    The defaults are the fractions of stature in Winter 2009, "Biomechanics and Motor Control of Human Movement",
    figure 4.1, for a stature of 1.75 m; distances between the two hips and shoulders are those of joint centres.
    """

    trunk: float = 0.288 * 1.75
    shoulder_half: float = 0.112 * 1.75
    hip_half: float = 0.060 * 1.75
    upper_arm: float = 0.172 * 1.75
    forearm: float = 0.150 * 1.75
    thigh: float = 0.245 * 1.75
    shank: float = 0.246 * 1.75
    ankle_height: float = 0.039 * 1.75
    neck: float = 0.062 * 1.75
    head: float = 0.130 * 1.75

    @property
    def leg(self) -> float:
        """Hip to ankle."""
        return self.thigh + self.shank

    @property
    def stature(self) -> float:
        """Floor to crown, roughly."""
        return self.ankle_height + self.leg + self.trunk + self.neck + self.head

    def scaled(self, factor: float) -> Body:
        """The same proportions at another size."""
        return Body(**{f.name: getattr(self, f.name) * factor for f in fields(self)})

    def varied(self, rng: np.random.Generator, spread: float = 0.1) -> Body:
        """Another person: every length times a factor from 1 - `spread` to 1 + `spread`."""
        return Body(**{f.name: getattr(self, f.name) * rng.uniform(1 - spread, 1 + spread) for f in fields(self)})


_AVERAGE = Body()

#: Named bodies.
BODIES: Final = MappingProxyType(
    {
        "average": _AVERAGE,
        "small_woman": replace(
            _AVERAGE.scaled(0.915), shoulder_half=0.166, hip_half=0.108, upper_arm=0.268, forearm=0.232
        ),
        "tall_long_limbs": replace(_AVERAGE.scaled(1.08), upper_arm=0.345, forearm=0.305, thigh=0.495, shank=0.490),
        "broad": replace(_AVERAGE.scaled(1.0), shoulder_half=0.225, hip_half=0.118, thigh=0.405, shank=0.405),
        "child": replace(_AVERAGE.scaled(0.72), head=0.205, neck=0.070, thigh=0.290, shank=0.285),
    }
)
