"""What a long run comes to: a firm's customers and its euros, month by month, in each world and replication."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import one_of
from sim.study.generations.law import MONTHS
from sim.study.generations.turning import Turn, turns
from sim.study.running.estimate import Estimate, paired_difference, ratio
from sim.study.running.reported import Reported
from sim.world import World

Floats = npt.NDArray[np.float64]
Months = Mapping[str, Floats]


@dataclass(frozen=True)
class Item:
    """A line of the table.

    Attributes
    ----------
    unit : str
    better : {"lower", "higher", "neither"}
    means : str
    flow : bool
        Months add up; otherwise it is as it stands at the end of a month, or a year.
    of : callable
        Numerator and denominator, by month, of what was kept of the months.
    guessed : bool
        It holds the margin of customers lost, which rests on guesses.
    """

    id: str
    unit: str
    better: str
    means: str
    flow: bool
    of: Callable[[Months], tuple[Floats, Floats]]
    guessed: bool = False


def _alone(name: str) -> Callable[[Months], tuple[Floats, Floats]]:
    return lambda months: (months[name], np.ones_like(months[name]))


def _per(name: str, below: str) -> Callable[[Months], tuple[Floats, Floats]]:
    return lambda months: (months[name], months[below])


def _cash(months: Months) -> tuple[Floats, Floats]:
    paid = months["staff"] + months["gestures"] + months["others"] + months["acquisition"] - months["toll_income"]
    return paid, np.ones_like(paid)


def _firm(months: Months) -> tuple[Floats, Floats]:
    paid, ones = _cash(months)
    return paid + months["lost_margin"], ones


_EACH = "for each initial customer"
ITEMS: dict[str, Item] = {
    item.id: item
    for item in (
        Item("customers", "share", "higher", f"Customers at the end, {_EACH}.", False, _alone("customers")),
        Item(
            "initial_left", "share", "higher", "Initial customers who are still there at the end.", False,
            _alone("initial"),
        ),
        Item(
            "left_beyond", "share", "lower",
            f"Customers who left beyond the base churn of those who were there, {_EACH}.", True, _alone("left_beyond"),
        ),
        Item("won", "share", "higher", f"New customers, {_EACH}.", True, _alone("won")),
        Item(
            "talked_away", "share", "lower",
            f"New customers lost by what those who spoke ill of the firm told others, {_EACH}.", True,
            _alone("talked_away"),
        ),
        Item(
            "effort_ces", "1 to 5", "lower", "Mean CES of the problems that customers had.", True,
            _per("ces", "problems"),
        ),
        Item(
            "grievance", "points", "lower", "Grievance at the end, of a customer who is there (points of CES).", False,
            _per("grievance", "customers"),
        ),
        Item(
            "disloyal_share", "share", "lower",
            "Share of the customers at the end who mean to be disloyal, by their grievance.", False,
            _per("disloyal", "customers"),
        ),
        Item("staff_eur", "EUR", "lower", f"Every paid agent hour, {_EACH}.", True, _alone("staff")),
        Item("gestures_eur", "EUR", "neither", f"Gestures of money, {_EACH}.", True, _alone("gestures")),
        Item("others_eur", "EUR", "lower", f"Visits, news, and whatever else, {_EACH}.", True, _alone("others")),
        Item(
            "toll_income_eur", "EUR", "neither", f"The firm's share of the toll, {_EACH}.", True,
            _alone("toll_income"),
        ),
        Item(
            "acquisition_eur", "EUR", "lower",
            f"Spent to win customers: as much in every world, whoever is talked away, {_EACH}.", True,
            _alone("acquisition"),
        ),
        Item(
            "lost_margin_eur", "EUR", "lower",
            f"Margin of the customers whom the base churn alone would have left, and who are not there, {_EACH}.", True,
            _alone("lost_margin"), True,
        ),
        Item(
            "firm_cash_eur", "EUR", "lower", f"Staff + gestures + others + acquisition - toll income, {_EACH}.", True,
            _cash,
        ),
        Item(
            "firm_eur", "EUR", "lower",
            f"Staff + gestures + others + acquisition + lost margin - toll income, {_EACH}.", True, _firm, True,
        ),
    )
}  # fmt: skip
"""What is told of each year, by id."""
HORIZONS = (3, 12, 36)
"""Months of the firm's result that are told by themselves: a quarter, a year, three."""


@dataclass(frozen=True, repr=False, eq=False)
class Generations(Reported):
    """Worlds lived year after year; the first is the one that the others are compared with.

    Attributes
    ----------
    worlds : tuple of World
        Of the first year, as they were lived.
    asked : int
        Years that were asked for; fewer are there where it was interrupted.
    staff : str
        Whether agents are kept, or follow the problems.
    size : int
        Customers who stand for those of the first day.
    numbers : tuple of int
        The replications, from 0.
    months : tuple of mapping
        For each world: what was kept of each month, as arrays of shape (replications, months).
    shown : tuple of mapping
        For each world: measures of the years lived, as arrays of shape (replications, years, 2).
    """

    worlds: tuple[World, ...]
    asked: int
    staff: str
    size: int
    seed: int
    numbers: tuple[int, ...]
    months: tuple[Months, ...]
    shown: tuple[Mapping[str, Floats], ...]
    engine: str
    seconds: float
    interrupted: bool = False

    @property
    def years(self) -> int:
        """How many are finished."""
        return int(self.months[0]["customers"].shape[1]) // MONTHS

    @property
    def change(self) -> int | None:
        """The year, from 1, in which the generation changes, if it is one of those that were lived."""
        year = self.worlds[0].generations.change_in_year
        return year if 1 <= year <= self.years else None

    def year(self, item: str, year: int, world: int = 0) -> Estimate:
        """Return an item of a year, from 1."""
        return ratio(*self._of_year(item, year, world))

    def until(self, item: str, months: int, world: int = 0) -> Estimate:
        """Return an item added up over the first so many months; of what stands, how it stands at their end."""
        return ratio(*self._until(item, months, world))

    def difference(self, item: str, world: int = 1, *, year: int | None = None, months: int | None = None) -> Estimate:
        """Return the item of a world minus that of the first, of a year or of the first months; paired."""
        if year is not None:
            return paired_difference(*self._of_year(item, year, 0), *self._of_year(item, year, world))
        many = months or MONTHS * self.years
        return paired_difference(*self._until(item, many, 0), *self._until(item, many, world))

    def cumulated(self, item: str, world: int = 0) -> Floats:
        """Return an item added up since the beginning, at the end of each month: shape (replications, months)."""
        above, below = self._item(item).of(self.months[world])
        if not self._item(item).flow:
            return above / below
        return np.cumsum(above, axis=1) / (np.cumsum(below, axis=1) if np.any(below != 1.0) else 1.0)

    def turns(self, world: int = 1, item: str = "firm_eur") -> list[Turn]:
        """Return when the item, added up since the beginning, comes to the same in a world and the first."""
        return turns(self.cumulated(item, world) - self.cumulated(item, 0))

    def _item(self, item: str) -> Item:
        return ITEMS[one_of("item", item, ITEMS)]

    def _of_year(self, item: str, year: int, world: int) -> tuple[Floats, Floats]:
        if not 1 <= year <= self.years:
            raise ValueError(f"year is {year}: 1 to {self.years} were lived")
        return self._between(item, MONTHS * (year - 1), MONTHS * year, world)

    def _until(self, item: str, months: int, world: int) -> tuple[Floats, Floats]:
        if not 1 <= months <= MONTHS * self.years:
            raise ValueError(f"months is {months}: 1 to {MONTHS * self.years} were lived")
        return self._between(item, 0, months, world)

    def _between(self, item: str, first: int, end: int, world: int) -> tuple[Floats, Floats]:
        if not 0 <= world < len(self.worlds):
            raise ValueError(f"world is {world}: 0 to {len(self.worlds) - 1} are there")
        one = self._item(item)
        above, below = one.of(self.months[world])
        if not one.flow:
            return above[:, end - 1], below[:, end - 1]
        over = above[:, first:end].sum(axis=1)
        return over, below[:, first:end].sum(axis=1) if one.unit == "1 to 5" else np.ones_like(over)

    def __eq__(self, other: object) -> bool:
        """Say whether the same worlds were lived with the same luck, to the bit."""
        return isinstance(other, Generations) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((tuple(world.name for world in self.worlds), self.seed, self.numbers))

    def _facts(self) -> tuple[Any, ...]:
        months = [{name: rows.tolist() for name, rows in each.items()} for each in self.months]
        return self.worlds, self.staff, self.size, self.seed, self.numbers, months

    def __repr__(self) -> str:
        names = " and ".join(world.name for world in self.worlds)
        return f"<Generations of {names}, {self.years} years, {len(self.numbers)} replications>"
