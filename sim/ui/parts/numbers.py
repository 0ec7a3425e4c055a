"""Numbers as the reader's language writes them."""

from __future__ import annotations

from sim.ui.state.speech import told


def number(value: float, decimals: int = 0) -> str:
    """Write a number with so many decimals."""
    return told(f"{value:,.{decimals}f}")
