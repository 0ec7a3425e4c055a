"""Numbers as the reader's language writes them."""

from __future__ import annotations

from sim.figures.numbers import shown
from sim.ui.state.speech import say, told


def number(value: float, decimals: int = 0) -> str:
    """Write a number with so many decimals."""
    return told(f"{value:,.{decimals}f}")


def with_unit(value: float | None, unit: str, like: float | None = None) -> str:
    """Write a value of a measure with its unit, and as many decimals as a value of the size of `like` bears."""
    if value is None:
        return say("undefined")
    return told(f"{shown(value, unit, like)}{'' if unit in ('share', '1 to 5') else f' {unit}'}")
