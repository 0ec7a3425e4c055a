"""What a measure is: a question to the totals of one replication, answered by numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.history import Event
from sim.measures.totals import Totals

Better = Literal["lower", "higher", "neither"]
Family = Literal[
    "customer", "cost to the customer", "cost to the firm", "effort", "resolution", "service", "loyalty", "volume"
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


def of_family(family: Family) -> Callable[[str, str, Better, str, Callable[[Totals], Answer]], Measure]:
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
