"""What a measure is: a question to the tables of one replication, answered by numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.measures.rows import Array
from sim.measures.tables import Tables

Better = Literal["lower", "higher", "neither"]
Family = Literal["customer", "cost to the customer", "cost to the firm", "effort", "resolution", "service", "loyalty"]
Answer = tuple[float, float]


@dataclass(frozen=True)
class Measure:
    """One measure. Over replications it is the sum of the numerators over the sum of the denominators.

    Attributes
    ----------
    of : callable
        Returns numerator and denominator of one replication; a denominator of zero leaves the measure
        undefined.
    """

    id: str
    unit: str
    better: Better
    family: Family
    definition: str
    of: Callable[[Tables], Answer]


def of_family(family: Family) -> Callable[[str, str, Better, str, Callable[[Tables], Answer]], Measure]:
    """Return how a measure of this family is written: id, unit, better direction, definition, question."""

    def written(id: str, unit: str, better: Better, definition: str, of: Callable[[Tables], Answer]) -> Measure:
        return Measure(id, unit, better, family, definition, of)

    return written


def per_problem(amount: Callable[[Tables], Array | float]) -> Callable[[Tables], Answer]:
    """Divide a total, or what the journeys sum up to, by the problems that appeared in the horizon."""
    return lambda tables: (_sum(amount(tables)), float(len(tables.journeys)))


def journeys(*names: str) -> Callable[[Tables], Array]:
    """Read columns of the table of journeys, added up."""
    return lambda tables: sum((tables.journeys[name] for name in names[1:]), start=tables.journeys[names[0]])


def _sum(amount: Array | float) -> float:
    return amount if isinstance(amount, float) else float(amount.sum())
