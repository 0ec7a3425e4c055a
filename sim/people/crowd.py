"""The customers of one run as those reach them who let them live and who measure: all at once, or as they come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.luck.keys import check_luck
from sim.machine.kernel.memory import CODE
from sim.machine.kernel.pages import IN_A_PAGE, Pages
from sim.people.checks import check_customers
from sim.people.customers import CUSTOMER, Customers
from sim.people.making import Making
from sim.reading.border import check_world
from sim.world import Population, World

_TOLD = -1
"""What is left of a page that was told to be over."""
_AT_ONCE = 4
"""Pages made at a time: the making and the living of a day stay in a processor's cache."""


@dataclass(frozen=True)
class Coming:
    """The customers that `sim.people.populate` would make, none of whom is made yet.

    Where they come by the million, each run makes them as their problems appear, and forgets them when their journeys
    are over.
    """

    population: Population
    end: float
    seed: int
    replication: int
    first_monday: str | None = None
    """Its date, where the population has special days that are told by theirs."""

    @classmethod
    def to(cls, world: World, *, seed: int, replication: int = 0) -> Coming:
        """Return the customers of a world.

        Raises
        ------
        ValueError
            As `sim.people.populate`.
        """
        check_luck(seed, replication)
        check_world(world)
        return cls(world.population, world.time.end, int(seed), int(replication), dated(world))

    def check(self, world: World) -> None:
        """Refuse a world that these are not the customers of.

        Raises
        ------
        ValueError
            If the world cannot be, or has another population or another length.
        """
        check_world(world)
        if self.population is not world.population and self.population != world.population:
            raise ValueError(f"these customers come from another population than that of {world.name}")
        if self.end != world.time.end:
            raise ValueError(
                f"these customers come for {self.end:g} min, and the run of {world.name} takes {world.time.end:g} min"
            )

        if self.first_monday != dated(world):
            begins = f"begins on {self.first_monday}, that of {world.name} on {dated(world)}"
            raise ValueError(f"these customers come in a run that {begins}")

    def all(self) -> Customers:
        """Make them all at once."""
        making = Making(self.population, self.end, self.seed, self.replication, self.first_monday)
        return Customers(self.population, making.rest(), self.seed, self.replication)


def dated(world: World) -> str | None:
    """Return the date of the first Monday where the problems depend on it."""
    return world.time.first_monday if world.population.dates() else None


class Crowd:
    """The customers of one run, in pages; they live once.

    Attributes
    ----------
    source : Customers or Coming
        Who they are.
    fits : World or None
        For which they were looked at last (`checked`).
    pages : Pages
        Of `sim.people.CUSTOMER`; a page that is given back is forgotten.
    many, most : int
        Customers that have been made so far, and that may be made in all.
    complete : bool
        None will be made any more.
    left : array of `sim.machine.kernel.memory.CODE`
        Customers of each page whose journeys are not over: whoever lets them live counts down.
    """

    def __init__(self, customers: Customers | Coming) -> None:
        self.seed, self.replication = customers.seed, customers.replication
        self.source = customers
        self.fits: World | None = None
        if isinstance(customers, Customers):
            rows = np.require(customers.rows, CUSTOMER, ["C"])
            self.pages, self.many, self.most, self.complete = Pages.of(rows), len(rows), len(rows), True
        else:
            self._making = Making(
                customers.population, customers.end, customers.seed, customers.replication, customers.first_monday
            )
            self.many, self.most, self.complete = 0, self._making.most, False
            self.pages = Pages(CUSTOMER, self.most)
        self.left = np.zeros(len(self.pages.addresses), CODE)
        for page in range(self.pages.begun):
            self.left[page] = (min(IN_A_PAGE, self.many - page * IN_A_PAGE),)
        self._over, self._lived = 0, False

    def begin(self) -> None:
        """Begin their lives.

        Raises
        ------
        ValueError
            If they have lived: pages are forgotten while they do.
        """
        if self._lived:
            raise ValueError("this crowd has lived: another run takes another crowd")
        self._lived = True

    def everyone(self) -> Customers:
        """Return all customers.

        Raises
        ------
        ValueError
            If they are made as they come.
        """
        if isinstance(self.source, Coming):
            raise ValueError("these customers are made as they come: only the compiled engine can let them live")
        return self.source

    def make_more(self) -> None:
        """Make those whose problems appear next."""
        for _ in range(_AT_ONCE):
            if not self.complete:
                made = self._making.next_ones(self.pages.begin())
                self.left[self.pages.begun - 1] = (made,)
                self.many += made
                self.complete = made < IN_A_PAGE or self.many == self.most

    def over(self) -> list[int]:
        """Return the pages whose journeys are all over, each of them once."""
        left = self.left["value"][self._over : self.pages.begun]
        if left.all():
            return []
        found = np.flatnonzero(left == 0)
        left[found] = _TOLD
        pages: list[int] = (self._over + found).tolist()
        while self._over < self.pages.begun and self.left["value"][self._over] == _TOLD:
            self._over += 1
        return pages


def crowd_of(customers: Customers | Coming | Crowd) -> Crowd:
    """Return customers, who are trusted, as a crowd; a crowd is returned as it is."""
    return customers if isinstance(customers, Crowd) else Crowd(customers)


def checked(world: World, customers: Customers | Coming | Crowd) -> Crowd:
    """Return customers as a crowd, if they can live in a world; those of a crowd are looked at once.

    Raises
    ------
    ValueError
        As `sim.people.checks.check_customers`, and as `Coming.check`.
    """
    source = customers.source if isinstance(customers, Crowd) else customers
    if not isinstance(customers, Crowd) or customers.fits is not world:
        if isinstance(source, Coming):
            source.check(world)
        else:
            check_customers(world, source)
    crowd = crowd_of(customers)
    crowd.fits = world
    return crowd
