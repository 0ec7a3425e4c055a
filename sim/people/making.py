"""From a population to its customers: what is prepared once, and what every replication takes of its own."""

from __future__ import annotations

import numpy as np

from sim.luck.keys import PROBLEMS_AT_MOST, key_of
from sim.machine.kernel.heap import ENTRY
from sim.machine.kernel.latest import latest
from sim.machine.kernel.memory import NUMBER, Array, address_of
from sim.people.customers import CUSTOMER
from sim.people.drawing import draw, expect
from sim.people.records import DRAWING, STREAM, Prepared
from sim.people.replaying import arrivals_of
from sim.people.shocks import Strike, strikes, with_strikes
from sim.world.population import Population

CUSTOMERS_AT_MOST = 2**31 - 1
"""A customer's place stands in 31 bits of a row."""
_BEYOND_ALL_NUMBERS = 2.0**62
"""More than all numbers, and yet a whole one: a shock's size has laws without bounds."""


class Making:
    """One replication being made, from the problem that appears first.

    Parameters
    ----------
    end : float
        Problems appear before it (min).
    first_monday : str, optional
        Its date, where special days are told by theirs.

    Attributes
    ----------
    most : int
        More problems than will ever appear: the expected ones and ten standard deviations of each reason's.

    Raises
    ------
    ValueError
        If there may be more problems than there are numbers.
    """

    def __init__(
        self, population: Population, end: float, seed: int, replication: int, first_monday: str | None = None
    ) -> None:
        self._prepared = _prepared(population, end, first_monday)
        many = len(self._prepared.reasons)
        self._streams, self._entries = np.zeros(many, STREAM), np.empty(many, ENTRY)
        self._expected, self._drawings = np.zeros(self._prepared.profiles.shape, NUMBER), np.zeros(1, DRAWING)
        drawing = self._drawings[0]
        drawing["people"], drawing["key"] = self._prepared.people[0], key_of(seed)
        drawing["replication"] = replication
        drawing["expected"], drawing["streams"] = address_of(self._expected), address_of(self._streams)
        drawing["heap"]["entries"] = address_of(self._entries)
        if population.replay is None:
            self._by_chance(strikes(population, end, seed, replication))
        else:
            self._replayed = arrivals_of(population, end, seed, replication)
            self._streams["arrivals"] = [address_of(mine) for mine in self._replayed]
            self._streams["most"] = [len(mine) for mine in self._replayed]
        most = self._streams["most"]
        if most.max() > PROBLEMS_AT_MOST:
            raise ValueError(
                f"{most.max():,} problems of one reason may appear in one replication: "
                f"there are numbers for {PROBLEMS_AT_MOST:,}; shorten time.horizon or lower population.problems_per_day"
            )
        self.most = int(most.sum())
        if self.most > CUSTOMERS_AT_MOST:
            raise ValueError(
                f"{self.most:,} problems may appear in one replication: rows of a history tell {CUSTOMERS_AT_MOST:,} "
                f"customers apart; shorten time.horizon or lower population.problems_per_day"
            )

    def _by_chance(self, shocks: list[Strike]) -> None:
        expect(address_of(self._drawings))
        reasons = self._struck(shocks) if shocks else self._prepared.reasons
        mean = self._expected["value"][reasons["profile"], -1] * reasons["share"]
        self._streams["most"] = np.minimum(mean + 10.0 * np.sqrt(mean) + 20.0, _BEYOND_ALL_NUMBERS)

    def _struck(self, shocks: list[Strike]) -> Array:
        """Let shocks strike: this replication has cells and reasons of its own."""
        made, drawing = self._prepared, self._drawings[0]
        self._cells, self._expected, reasons = with_strikes(
            made.population, made.profiles, self._expected, made.reasons, shocks
        )
        self._reasons, people = reasons, drawing["people"]
        people["cells"], people["cell_count"] = address_of(self._cells), self._cells.shape[1] - 1
        people["reasons"], drawing["expected"] = address_of(reasons), address_of(self._expected)
        return reasons

    def next_ones(self, rows: Array) -> int:
        """Fill records of `sim.people.CUSTOMER`; return how many: fewer than there are where no problem is left."""
        return draw(address_of(self._drawings), address_of(rows), len(rows))

    def rest(self) -> Array:
        """Return all that are left, as records of `sim.people.CUSTOMER`."""
        rows = np.empty(self.most, CUSTOMER)
        return rows[: self.next_ones(rows)]


@latest
def _prepared(population: Population, end: float, first_monday: str | None) -> Prepared:
    return Prepared(population, end, first_monday)
