"""What was measured, beside what was wanted."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

HEAD = f"{'median':>9} {'':<7}{'rounds':<17}wanted"
"""What stands over the columns behind a line's words."""
WORDS = 53
"""The width of the words."""


@dataclass(frozen=True)
class Target:
    """What is wanted: at least so many, or at most; and what would be better still."""

    value: float
    stretch: float | None = None
    at_least: bool = False

    def met_by(self, value: float) -> str:
        """Return how a value stands to it, in a word or two."""
        if self.stretch is not None and self._reached(value, self.stretch):
            return "met, and the stretch"
        return "met" if self._reached(value, self.value) else "MISSED"

    def _reached(self, value: float, wanted: float) -> bool:
        return value >= wanted if self.at_least else value <= wanted

    def __str__(self) -> str:
        stretch = "" if self.stretch is None else f" ({self.stretch:g})"
        return f"{'>=' if self.at_least else '<='} {self.value:g}{stretch}"


@dataclass(frozen=True)
class Line:
    """One line of the output.

    Attributes
    ----------
    values : sequence of float
        One of each round; the line shows their median.
    target : Target, optional
        None for what is told to understand the others.
    """

    what: str
    unit: str
    values: Sequence[float]
    target: Target | None = None

    @property
    def value(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.values)

    @property
    def met(self) -> str:
        """Whether the target is met; empty where there is none."""
        return "" if self.target is None else self.target.met_by(self.value)

    def __str__(self) -> str:
        low, high = min(self.values), max(self.values)
        spread = f"{short(low)} to {short(high)}" if len(self.values) > 1 else "once"
        target = "" if self.target is None else str(self.target)
        return f"{self.what:<{WORDS}}{short(self.value):>9} {self.unit:<7}{spread:<17}{target:<13}{self.met}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return everything about it as plain values."""
        target = self.target
        return {
            "what": self.what,
            "unit": self.unit,
            "median": self.value,
            "rounds": list(self.values),
            "wanted": None if target is None else str(target),
            "met": self.met or None,
        }


def short(value: float) -> str:
    """Write three digits, or all those before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes
    ----------
    rounds, long_rounds : int
        Rounds of what takes less than a second, and of what takes longer.
    replications : int
        Paired replications of an M2 day.
    problems : int
        In the largest run.
    slices : pair of float
        Days of the national operator that are measured: the second less the first.
    whole : bool
        Measure the README's `compare` too, not only its `--quick`.
    """

    rounds: int
    long_rounds: int
    replications: int
    problems: int
    slices: tuple[float, float]
    whole: bool


FULL = Size(rounds=9, long_rounds=3, replications=1000, problems=1_000_000, slices=(21, 28), whole=True)
QUICK = Size(rounds=3, long_rounds=1, replications=100, problems=100_000, slices=(7, 9), whole=False)

Told = Callable[[float], None]
"""Told which share of a section is done."""
Section = Callable[[Size, Told], Iterator[Line | str]]
"""Gives its lines as they are measured, and remarks between them."""
