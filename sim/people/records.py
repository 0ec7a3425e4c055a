"""A population as records that compiled code reads: what is the same in every replication."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from sim.luck.laws import Law, LawCode
from sim.luck.records import LAW, law_table
from sim.machine.compiling import Table
from sim.machine.kernel.heap import HEAP
from sim.machine.kernel.memory import NUMBER, Array, address_of
from sim.people.customers import CUSTOMER, difficulty_names, spread
from sim.people.rates import CELL, all_cells, tables_of
from sim.units import DAY
from sim.world.population import Population

LAWS_OF_A_SEGMENT = ("value_of_time", "outage_value", "hours_of_use", "lock_in", "renewal", "worth")

REASON = np.dtype(
    [
        *((name, np.float64) for name in ("share", "work", "severity", "gesture_share", "recurrence")),
        ("gesture", LAW),
        ("classes", np.int64),
        ("profile", np.int64),
    ]
)
"""A reason; ``classes`` is the address of its classes' cumulated shares, ``profile`` the place of its cells' table."""

SEGMENT = np.dtype(
    [*((name, np.float64) for name in ("other_network", "autonomy")), *((name, LAW) for name in LAWS_OF_A_SEGMENT)]
)

ARRIVAL = np.dtype([("appears", np.float64), ("segment", np.int64)])
"""A problem that is replayed: when (min), and whose, -1 where that is drawn."""

PEOPLE = np.dtype(
    [
        *((name, LAW) for name in ("work", "temper", "busyness_day", "busyness_interval")),
        *((name, np.int64) for name in ("reasons", "reason_count", "class_count")),
        *((name, np.int64) for name in ("segments", "segment_shares", "segment_count")),
        *((name, np.int64) for name in ("cells", "cell_count", "cells_a_day", "cells_an_interval", "profile_count")),
        *((name, np.int64) for name in ("cells_a_week", "replayed")),
        *((name, np.float64) for name in ("day_correlation", "interval_correlation", "cell_length")),
    ]
)
"""A population: laws, and the addresses and lengths of its tables. Of the cells there is one table after the other for
each profile; the last cell of each starts where the run ends. The shares of segments stand once, or once for each cell
of the week: then there are some of these."""

STREAM = np.dtype([*((name, np.int64) for name in ("number", "most", "cell", "arrivals")), ("point", np.float64)])
"""How far the problems of one reason are: the next one's number, how many there may be, the cell reached, the address
of those that are replayed, and the point of the Poisson process of rate one."""

DRAWING = np.dtype(
    [
        ("people", PEOPLE),
        ("heap", HEAP),
        ("key", np.int64, (2,)),
        *((name, np.int64) for name in ("replication", "expected", "streams")),
        ("begun", np.bool_),
    ]
)
"""One replication being drawn: addresses of the problems expected up to each cell, and of the reasons' streams; and
whether the first problem of each reason has been planned."""

reason_at, segment_at, cell_at, stream_at, arrival_at = map(Table, (REASON, SEGMENT, CELL, STREAM, ARRIVAL))
drawing_at, person_at = Table(DRAWING), Table(CUSTOMER)


class Prepared:
    """A population as records up to the end of a run (min), made once for all replications.

    The date of the first Monday matters where special days are told by date.
    """

    def __init__(self, population: Population, end: float, first_monday: str | None = None) -> None:
        self.population, self.end = population, end
        self.kept: list[Array] = []
        self.people = np.zeros(1, PEOPLE)
        self.profiles = all_cells(population, end, first_monday)
        self.reasons, self.cells = self._reasons(), self.profiles[0]
        people, segments = self.people[0], self._segments()
        names = ("work", "temper", "busyness_day", "busyness_interval")
        for name, law in zip(names, law_table(_laws(population), self.kept), strict=True):
            people[name] = law
        people["reasons"], people["reason_count"] = self._held(self.reasons), len(self.reasons)
        people["class_count"] = len(difficulty_names(population))
        people["segments"], people["segment_count"] = self._held(segments), len(segments)
        self._whose()
        self._when()

    def _whose(self) -> None:
        people, population = self.people[0], self.population
        if all(segment.profile is None for segment in population.segments.values()):
            people["segment_shares"] = self._cumulated(segment.share for segment in population.segments.values())
            return
        by_cell = population.segment_shares()
        people["segment_shares"] = self._held(np.cumsum(by_cell, axis=1).ravel().view(NUMBER))
        people["cells_a_week"] = len(by_cell)

    def _when(self) -> None:
        people, population, many = self.people[0], self.population, self.population.intervals_a_day()
        people["cells"], people["cell_count"] = self._held(self.profiles), len(self.cells) - 1
        people["profile_count"], people["cells_a_day"], people["cell_length"] = len(self.profiles), many, DAY / many
        people["cells_an_interval"] = many // population.profile.intervals_a_day()
        people["day_correlation"] = population.busyness_day_correlation
        people["interval_correlation"] = population.busyness_interval_correlation
        people["replayed"] = population.replay is not None

    def _reasons(self) -> Array:
        reasons, classes = list(self.population.reasons.values()), difficulty_names(self.population)
        written = np.zeros(len(reasons), REASON)
        for name in ("share", "work", "severity", "gesture_share", "recurrence"):
            written[name] = [getattr(reason, name) for reason in reasons]
        written["gesture"] = law_table([reason.gesture.numbers() for reason in reasons], self.kept)
        written["classes"] = [self._cumulated(one.difficulty.get(name, 0.0) for name in classes) for one in reasons]
        written["profile"] = tables_of(self.population)
        return written

    def _segments(self) -> Array:
        segments = list(self.population.segments.values())
        written = np.zeros(len(segments), SEGMENT)
        for name in ("other_network", "autonomy"):
            written[name] = [getattr(segment, name) for segment in segments]
        for name in LAWS_OF_A_SEGMENT:
            written[name] = law_table([getattr(segment, name).numbers() for segment in segments], self.kept)
        return written

    def _cumulated(self, shares: Iterable[float]) -> int:
        return self._held(np.cumsum(list(shares)).view(NUMBER))

    def _held(self, array: Array) -> int:
        self.kept.append(array)
        return address_of(array)


def _laws(population: Population) -> list[Law]:
    busyness = [_busyness(shape) for shape in (population.busyness_day, population.busyness_interval)]
    return [population.work.numbers(), spread(population.temper_cv), *busyness]


def _busyness(shape: float | None) -> Law:
    """Return the Gamma law of mean one with this shape, always one where there is none."""
    if shape is None:
        return Law(LawCode.CONSTANT, 1.0)
    return Law(LawCode.GAMMA, shape, 1.0 / shape, math.lgamma(shape))
