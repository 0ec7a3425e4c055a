"""A world's journeys, lived once for all tests that place a story among them.

Stories are compared by where they fall among simulated journeys, never by equality. Replications are the unit of every
interval: neighbours share a queue.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

import sim
from sim.history.rows import Event
from sim.study.placing.quantities import Lived, values_of
from sim.study.running.estimate import Estimate, ratio

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Journeys:
    """The journeys of some replications, one after the other.

    Attributes
    ----------
    customers : array
        Of each journey: who.
    difficulty, segment : array of str
        Of each journey: of which kind its problem and its customer are.
    """

    def __init__(self, world: str, replications: int, days: float | None) -> None:
        told = sim.load(world) if days is None else sim.changed(world, {"time.horizon": f"{days} d"})
        self.lived: list[Lived] = []
        segments, self.of = [], np.zeros(0, np.int64)
        for number in range(1, replications + 1):
            history = sim.run(told, sim.populate(told, seed=1, replication=number))
            self.lived.append(Lived.of(history))
            segments.append(history.customers.rows["segment"][self.lived[-1].journeys["customer"]])
        self.replications = replications
        self.of = np.repeat(np.arange(replications), [len(one.journeys) for one in self.lived])
        self.customers = np.concatenate([one.journeys["customer"] for one in self.lived])
        self.segment = np.array(list(told.population.segments))[np.concatenate(segments)]
        self.difficulty = np.array(self.lived[0].classes)[np.concatenate([one.difficulty for one in self.lived])]

    def __getitem__(self, quantity: str) -> Floats:
        """Return one figure of every journey, by its id in `sim.study.placing.quantities.QUANTITIES`."""
        return np.concatenate([values_of(one, quantity) for one in self.lived])

    def times(self, *events: Event) -> Floats:
        """Return how often any of these happened in each journey."""
        return np.concatenate([one.times(*events) for one in self.lived])

    def lived_all(self, course: dict[str, float]) -> Bools:
        """Say of each journey whether all of this happened at least so often."""
        return np.all([self[quantity] >= least for quantity, least in course.items()], axis=0)

    def total(self, values: npt.ArrayLike) -> Floats:
        """Return the sum of something over the journeys of each replication."""
        return np.bincount(self.of, np.asarray(values, np.float64), self.replications).astype(np.float64)

    def share(self, which: Bools, among: Bools | None = None) -> Estimate:
        """Return the share of journeys, or of some of them, that are so."""
        among = np.ones(len(self.of), np.bool_) if among is None else among
        return ratio(self.total(which & among), self.total(among))

    def mean(self, values: Floats, among: Bools) -> Estimate:
        """Return the mean of something over some of the journeys."""
        return ratio(self.total(np.where(among, values, 0.0)), self.total(among))

    def percentile(self, quantity: str, value: float, among: Bools | None = None) -> Estimate:
        """Return where a figure lies: per cent of the journeys below it, and half of those that have the same."""
        values = self[quantity]
        among = np.ones(len(self.of), np.bool_) if among is None else among
        below = 100.0 * (values < value) + 50.0 * (values == value)
        return ratio(self.total(np.where(among, below, 0.0)), self.total(among))

    def quantile(self, quantity: str, percent: float, among: Bools | None = None) -> float:
        """Return a percentile of a figure; infinite where too many journeys have no end."""
        values = self[quantity] if among is None else self[quantity][among]
        return float(np.percentile(values, percent, method="inverted_cdf"))


@cache
def journeys(world: str, replications: int, days: float | None = None) -> Journeys:
    """Return the journeys of a shipped world or variant."""
    return Journeys(world, replications, days)


def changed(
    first: Journeys, second: Journeys, of: Callable[[Journeys], Floats], among: Bools | None = None
) -> Estimate:
    """Return by how much the mean of a figure differs, the second world less the first, on the same customers."""
    assert np.array_equal(first.customers, second.customers)
    among = np.ones(len(first.of), np.bool_) if among is None else among
    return ratio(first.total(np.where(among, of(second) - of(first), 0.0)), first.total(among))


def within(estimate: Estimate, low: float, high: float) -> bool:
    """Say whether the mean lies in a band."""
    return estimate.mean is not None and low <= estimate.mean <= high


def reaches(estimate: Estimate, low: float, high: float) -> bool:
    """Say whether the 95 % interval and a band have anything in common."""
    return estimate.low is not None and estimate.high is not None and estimate.low <= high and estimate.high >= low
