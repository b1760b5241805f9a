"""Numbers as documents show them."""

from __future__ import annotations

from math import isfinite

__all__ = ["rounded"]


def rounded(value: float | None, digits: int) -> float | None:
    """`value` to `digits` decimals; None for what is missing or not finite, because JSON has no NaN."""
    if value is None or not isfinite(value):
        return None
    return round(float(value), digits) + 0.0  # "+ 0.0" turns -0.0 into 0.0
