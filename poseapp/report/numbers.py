"""Numbers as documents show them."""

from __future__ import annotations

from math import isfinite

__all__ = ["finite", "rounded"]


def rounded(value: float | None, digits: int) -> float | None:
    """`value` to `digits` decimals; None for what is missing or not finite, because JSON has no NaN."""
    number = finite(value)
    return None if number is None else round(number, digits) + 0.0  # "+ 0.0" turns -0.0 into 0.0


def finite(value: float | None) -> float | None:
    """`value` as it is; None for what is missing or not finite, because JSON has no NaN."""
    return float(value) if value is not None and isfinite(value) else None
