"""Where the studies lie, and numbers made by hand for their findings."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import sim

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
sys.path.append(str(EXPERIMENTS))

UNDEFINED = sim.Estimate(None, None, None)


def about(mean: float, half: float = 0.1) -> sim.Estimate:
    """Return an estimate with so much on either side."""
    return sim.Estimate(mean, mean - half, mean + half)


def totals(values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return these values as numerators over ones."""
    return list(values), [1.0] * len(values)


def nearly(value: float, spread: float = 0.001) -> tuple[list[float], list[float]]:
    """Return four replications that differ by next to nothing, symmetric about the value."""
    return totals([value - 3 * spread, value - spread, value + spread, value + 3 * spread])


def ended(name: str, folder: Path) -> str:
    """Return what a study has written, whole."""
    return (folder / f"{name}.md").read_text(encoding="utf-8")
