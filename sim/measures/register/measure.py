"""What a measure is: a question to the totals of one replication, answered by numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sim.history.rows import Event
from sim.measures.accounts.totals import Percentiles, Totals

Better = Literal["lower", "higher", "neither"]
Family = Literal[
    "customer",
    "cost to the customer",
    "cost to the firm",
    "effort",
    "resolution",
    "service",
    "channels",
    "loyalty",
    "volume",
]
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
    of: Callable[[Totals], Answer]

    @property
    def guessed(self) -> bool:
        """Whether it rests on guesses about customers who leave: it holds the margin lost with them."""
        return self.id.startswith(("lost_margin_", "firm_eur_per_"))


Written = Callable[[str, str, Better, str, Callable[[Totals], Answer]], Measure]
"""How a measure of a family is written: id, unit, better direction, definition, question."""


def of_family(family: Family) -> Written:
    """Return how a measure of this family is written: id, unit, better direction, definition, question."""

    def written(id: str, unit: str, better: Better, definition: str, of: Callable[[Totals], Answer]) -> Measure:
        return Measure(id, unit, better, family, definition, of)

    return written


def per_problem(amount: Callable[[Totals], float]) -> Callable[[Totals], Answer]:
    """Divide an amount by the problems that appeared in the horizon."""
    return lambda totals: (amount(totals), totals.journeys.problems)


def times_per_problem(*events: Event) -> Callable[[Totals], Answer]:
    """Divide how often any of these happened, by the problems that appeared in the horizon."""
    return per_problem(lambda totals: totals.journeys.events.of(*events))


def per_call(amount: Callable[[Totals], float]) -> Callable[[Totals], Answer]:
    """Divide an amount by the calls dialled in the horizon."""
    return lambda totals: (amount(totals), totals.calls.dialled)


def times_per_call(*events: Event) -> Callable[[Totals], Answer]:
    """Divide how often any of these happened in the calls dialled in the horizon, by these calls."""
    return per_call(lambda totals: totals.calls.events.of(*events))


def per_answered(amount: Callable[[Totals], float]) -> Callable[[Totals], Answer]:
    """Divide an amount by the answered calls dialled in the horizon."""
    return lambda totals: (amount(totals), totals.calls.answered)


def per_week(amount: Callable[[Totals], float]) -> Callable[[Totals], Answer]:
    """Divide an amount by the weeks of the horizon."""
    return lambda totals: (amount(totals), totals.week.weeks)


def per_solved(amount: Callable[[Totals], float]) -> Callable[[Totals], Answer]:
    """Divide an amount by the problems of the horizon that came to a true solution."""
    return lambda totals: (amount(totals), totals.journeys.solved)


def percentiles(
    written: Written,
    id: str,
    unit: str,
    of_what: str,
    read: Callable[[Totals], Percentiles],
    told: Callable[[float], float] = float,
) -> Iterator[Measure]:
    """Yield the percentiles of one amount as measures, lower being better.

    Parameters
    ----------
    of_what : str
        In words, with what is counted.
    told : callable, optional
        What a rising function makes of the amounts that were ordered.
    """
    for name in Percentiles._fields:
        definition = (
            f"Percentile {name[1:]} of {of_what}: what so many in a hundred do not exceed, to half a hundredth of it. "
            "Mean over the replications of each one's percentile."
        )
        yield written(f"{id}_{name}", unit, "lower", definition, _at(name, read, told))


def _at(name: str, read: Callable[[Totals], Percentiles], told: Callable[[float], float]) -> Callable[[Totals], Answer]:
    def of(totals: Totals) -> Answer:
        found = getattr(read(totals), name)
        return (0.0, 0.0) if found is None else (told(found), 1.0)

    return of
