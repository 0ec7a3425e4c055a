"""`generations`: two or more worlds lived year after year, with the customers whom each year leaves."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.asked import Kind, Mistakes, numbers, one_of
from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.measures.ready import ready
from sim.reading import digest, world_of
from sim.study.comparing.compare import comparable
from sim.study.generations.cohort import MONTH, Cohort
from sim.study.generations.found import Generations
from sim.study.generations.journeys import Journeys
from sim.study.generations.kept import VERSION, Kept
from sim.study.generations.law import MONTHS
from sim.study.generations.lived import Lived, lived
from sim.study.generations.next_year import STAFF, Causes, Staff, Year, year_of
from sim.study.generations.people import REPLICATIONS_AT_MOST, YEARS_AT_MOST, People, acquisitions, people_of
from sim.study.running.progress import Whole
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, numbers_of, with_days
from sim.study.running.tasks import days_of
from sim.world import LongRun, World

YEARS = 8
CUSTOMERS = 4000
MOST_CUSTOMERS = 200_000
_YEARS = Kind(f"a whole number from 1 to {YEARS_AT_MOST}", lambda n: 1 <= n <= YEARS_AT_MOST, whole=True)
_CUSTOMERS = Kind(f"a whole number from 1 to {MOST_CUSTOMERS:,}", lambda n: 1 <= n <= MOST_CUSTOMERS, whole=True)
_OWN = ("root_causes_found",)
"""Keys of `[generations]` that a world may have of its own: all others are the market's and its customers'."""


@shows_progress("generations")
def generations(
    worlds: Iterable[World | str | Path],
    *,
    years: int = YEARS,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    staff: Staff = "kept",
    customers: int = CUSTOMERS,
    out: str | Path | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
) -> Generations:
    """Live worlds year after year: grievance adds up and fades, leavers and word of mouth make the next year's calls.

    Each year of each replication is a run of its own (`sim.compare` lives the first one), with as many problems as the
    customers who are left have. A cohort of customers, the same in every world, has problems like those of the year,
    and decides at its yearly dates whether to stay (`[generations]`, docs/generations.md).

    Parameters
    ----------
    worlds : iterable of World, str or Path
        Two at least; the others are compared with the first.
    years : int
        1 to 100.
    replications : int or iterable of int
        At least 2, or which ones: each goes through all years by itself. Intervals are honest from 10 on.
    days : float, optional
        The horizon that stands for a year, in place of the worlds' own.
    staff : {"kept", "follows"}
        Agents stay as many, or are scaled with the problems.
    customers : int
        Who stand for those of the first day.
    out : str or Path, optional
        A folder where each year is kept that is finished: the same call goes on from there, for more years too.
    workers : int, optional
        Threads (processes for SimPy) at work at once; the result does not depend on it.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told simulated days done and to do.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.

    Returns
    -------
    Generations
        Interrupted, with the years that are finished.

    Raises
    ------
    ValueError
        With all that is wrong: a value out of its range, worlds of other customers, of another market, or whose calls
        are replayed; a folder that holds another study.
    ReplicationError
        If a replication could not be lived; what was kept in ``out`` is there.
    KeyboardInterrupt
        If interrupted before a year was finished.

    Examples
    --------
    A world beside itself has no break-even, and the same customers left:

    >>> import sim
    >>> found = sim.generations(["base", "base"], years=2, replications=2, days=7, customers=200)
    >>> found.difference("customers").mean, found.turns()
    (0.0, [])
    """
    began = time.perf_counter()
    wrong = Mistakes()
    asked = list(_loaded(worlds, wrong))
    many, size, folk = 1, Size((0, 1), 1), 1
    with wrong.noted():
        many, folk = (int(n) for n in numbers(years=(years, _YEARS), customers=(customers, _CUSTOMERS)))
    with wrong.noted():
        one_of("staff", staff, STAFF)
    with wrong.noted():
        size = Size(numbers_of(replications, least=2), seed, engine, workers, given(progress))
        if max(size.numbers) >= REPLICATIONS_AT_MOST:
            raise ValueError(f"replications are counted from 0 to {REPLICATIONS_AT_MOST - 1} over several years")
    for other in asked[1:]:
        with wrong.noted():
            comparable(asked[0], other, days)
        with wrong.noted():
            _one_market(asked[0], other)
    for world in asked:
        with wrong.noted():
            _may_grow(world)
    wrong.tell()
    study = _Study([with_days(world, days) for world in asked], many, staff, folk, size)
    kept = None if out is None else Kept(Path(out), study.said())
    return study.made(kept, began)


def _loaded(worlds: Any, wrong: Mistakes) -> Iterator[World]:
    if isinstance(worlds, (str, Path, World)) or not isinstance(worlds, Iterable):
        wrong.said.append("worlds is one world, or none: a list of two at least is needed")
        return
    every = list(worlds)
    if len(every) < 2:
        wrong.said.append(f"worlds holds {len(every)}: two at least are needed, the first to compare the others with")
    for at, world in enumerate(every):
        with wrong.noted():
            yield world_of(world, f"worlds[{at}]")


def _one_market(first: World, other: World) -> None:
    """Refuse worlds whose customers live in different markets."""
    names = [f"generations.{name}" for name in LongRun.model_fields if name not in _OWN]
    unlike = [name for name in (*names, "loyalty.base_churn") if _at(first, name) != _at(other, name)]
    if unlike:
        keys = "\n".join(f"  {name}: {_at(first, name)} / {_at(other, name)}" for name in unlike)
        raise ValueError(
            f"{first.name} and {other.name} are in different markets, so their years cannot be compared; they differ "
            f"on\n{keys}"
        )


def _at(world: World, path: str) -> Any:
    block, key = path.split(".")
    return getattr(getattr(world, block), key)


def _may_grow(world: World) -> None:
    if world.population.replay is not None:
        raise ValueError(f"the calls of {world.name} are replayed: they stay as many, whoever leaves")
    if world.levers.access.drops_after is not None:  # a cohort knows its journeys by their effort alone
        raise ValueError(
            f"{world.name} drops its customers (levers.access.drops_after): over years that is not known, only in one "
            "comparison"
        )


class _Study:
    """A long run being made."""

    def __init__(self, worlds: list[World], years: int, staff: Staff, customers: int, size: Size) -> None:
        self.worlds, self.years, self.staff, self.customers, self.size = worlds, years, staff, customers, size
        people = [people_of(worlds[0], size.seed, one, customers, MONTHS * years) for one in size.numbers]
        self.firms = [[_Firm(world, mine, staff) for world in worlds] for mine in people]
        days = sum(map(days_of, worlds)) * len(size.numbers)
        self.told = Whole(size.progress, days * years)

    def said(self) -> dict[str, Any]:
        """Return what makes it this study; years may be added."""
        return {
            "version": VERSION,
            "worlds": [digest(world) for world in self.worlds],
            "seed": self.size.seed,
            "replications": list(self.size.numbers),
            "staff": self.staff,
            "customers": self.customers,
        }

    def made(self, kept: Kept | None, began: float) -> Generations:
        """Live year after year, as far as nobody interrupts."""
        interrupted, engine = False, ""
        ready(*self.worlds)
        for year in range(1, self.years + 1):
            try:
                found = self._year(year, kept)
            except KeyboardInterrupt:
                if year == 1:
                    raise
                interrupted = True
                break
            engine = found[0][0].engine
            for firms, lives in zip(self.firms, found, strict=True):
                for firm, life in zip(firms, lives, strict=True):
                    firm.live(life)
        return self._told(interrupted, engine, time.perf_counter() - began)

    def _year(self, year: int, kept: Kept | None) -> list[list[Lived]]:
        """Return what a year came to: as it was kept, or lived now."""
        there = None if kept is None else kept.read(year, len(self.firms), len(self.worlds))
        if there is None:
            years = [[firm.year for firm in firms] for firms in self.firms]
            there = lived(years, year, replace(self.size, progress=None), self.told.part)
            if kept is not None:
                kept.keep(year, there)
        self.told.over(sum(map(days_of, self.worlds)) * len(self.firms))
        return there

    def _told(self, interrupted: bool, engine: str, seconds: float) -> Generations:
        each = [[firms[at] for firms in self.firms] for at in range(len(self.worlds))]
        return Generations(
            tuple(self.worlds),
            self.years,
            self.staff,
            self.customers,
            self.size.seed,
            self.size.numbers,
            tuple(_stacked([firm.months() for firm in firms]) for firms in each),
            tuple(_stacked([firm.shown() for firm in firms]) for firms in each),
            engine,
            seconds,
            interrupted,
        )


class _Firm:
    """One world in one replication, as far as it has come: its customers, and what the years came to."""

    def __init__(self, world: World, people: People, staff: Staff) -> None:
        self.world, self.staff = world, staff
        self.cohort, self.causes = Cohort.of(people), Causes.of(world)
        self.year = Year(world, 1.0)
        self._journeys: Journeys | None = None
        self._months: list[Any] = []
        self._money: list[tuple[float, ...]] = []
        self._shown: list[dict[str, tuple[float, float]]] = []

    def live(self, life: Lived) -> None:
        """Let the customers live a year of such journeys, and say what the next year will be."""
        journeys = Journeys.of_buckets(life.counts())
        if journeys or self._journeys is None:  # a year without a problem is like the one before
            self._journeys = journeys
        terms = self.world.generations
        self._months.append(self.cohort.live(self.world, self._journeys, terms.problems_per_customer * self.causes.all))
        a_month = terms.problems_per_customer / (self.world.population.problems_per_day * MONTHS)
        part = self.year.part
        self._money.append(
            (
                life.staff * a_month,
                part * life.gestures * a_month,
                part * life.toll_income * a_month,
                part * life.others * a_month,
                acquisitions(self.world) * self.world.loyalty.acquisition / MONTHS,
            )
        )
        self._shown.append(life.shown)
        self.causes = self.causes.after_a_year(self.world)
        self.year = year_of(self.world, self.cohort.customers, self.causes, self.staff)

    def months(self) -> dict[str, Any]:
        """Return what the months came to, EUR and shares for each initial customer."""
        every = np.concatenate(self._months)
        money = np.repeat(np.array(self._money), MONTHS, axis=0).T
        names = ("staff", "gestures", "toll_income", "others", "acquisition")
        return {**{name: every[name] for name in MONTH.names or ()}, **dict(zip(names, money, strict=True))}

    def shown(self) -> dict[str, Any]:
        """Return the measures of the years lived."""
        return {name: np.array([year[name] for year in self._shown]) for name in self._shown[0]}


def _stacked(each: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {name: np.stack([one[name] for one in each]) for name in each[0]}
