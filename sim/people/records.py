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
from sim.units import DAY
from sim.world.population import Population, Profile

LAWS_OF_A_SEGMENT = ("value_of_time", "outage_value", "hours_of_use", "lock_in", "renewal", "worth")

REASON = np.dtype(
    [
        *((name, np.float64) for name in ("share", "work", "severity", "gesture_share", "recurrence")),
        ("gesture", LAW),
        ("classes", np.int64),
    ]
)
"""A reason; ``classes`` is the address of its classes' cumulated shares."""

SEGMENT = np.dtype(
    [*((name, np.float64) for name in ("other_network", "autonomy")), *((name, LAW) for name in LAWS_OF_A_SEGMENT)]
)

CELL = np.dtype([("starts", np.float64), ("rate", np.float64)])
"""An interval of the profile on one day: where it starts (min), and problems per minute in an ordinary one."""

PEOPLE = np.dtype(
    [
        *((name, LAW) for name in ("work", "temper", "busyness_day", "busyness_interval")),
        *((name, np.int64) for name in ("reasons", "reason_count", "class_count")),
        *((name, np.int64) for name in ("segments", "segment_shares", "segment_count")),
        *((name, np.int64) for name in ("cells", "cell_count", "cells_a_day")),
    ]
)
"""A population: laws, and the addresses and lengths of its tables; the last cell starts where the run ends."""

STREAM = np.dtype([("number", np.int64), ("most", np.int64), ("cell", np.int64), ("point", np.float64)])
"""How far the problems of one reason are: the next one's number, how many there may be, the cell reached, and the
point of the Poisson process of rate one."""

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

reason_at, segment_at, cell_at, stream_at = map(Table, (REASON, SEGMENT, CELL, STREAM))
drawing_at, person_at = Table(DRAWING), Table(CUSTOMER)


class Prepared:
    """A population as records up to the end of a run (min), made once for all replications."""

    def __init__(self, population: Population, end: float) -> None:
        self.population, self.end = population, end
        self.kept: list[Array] = []
        self.people = np.zeros(1, PEOPLE)
        self.reasons, self.cells = self._reasons(), _cells(population, end)
        people, segments = self.people[0], self._segments()
        names = ("work", "temper", "busyness_day", "busyness_interval")
        for name, law in zip(names, law_table(_laws(population), self.kept), strict=True):
            people[name] = law
        people["reasons"], people["reason_count"] = self._held(self.reasons), len(self.reasons)
        people["class_count"] = len(difficulty_names(population))
        people["segments"], people["segment_count"] = self._held(segments), len(segments)
        people["segment_shares"] = self._cumulated(segment.share for segment in population.segments.values())
        people["cells"], people["cell_count"] = self._held(self.cells), len(self.cells) - 1
        people["cells_a_day"] = population.profile.intervals_a_day()

    def _reasons(self) -> Array:
        reasons, classes = list(self.population.reasons.values()), difficulty_names(self.population)
        written = np.zeros(len(reasons), REASON)
        for name in ("share", "work", "severity", "gesture_share", "recurrence"):
            written[name] = [getattr(reason, name) for reason in reasons]
        written["gesture"] = law_table([reason.gesture.numbers() for reason in reasons], self.kept)
        written["classes"] = [self._cumulated(one.difficulty.get(name, 0.0) for name in classes) for one in reasons]
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


def _cells(population: Population, end: float) -> Array:
    length = DAY / population.profile.intervals_a_day()
    many = math.ceil(end / length)
    weight = _weights(population.profile)
    per_interval = population.problems_per_day * 7 * weight / weight.sum()
    cells = np.zeros(many + 1, CELL)
    cells["starts"] = np.minimum(np.arange(many + 1) * length, end)
    cells["rate"][:many] = per_interval[np.arange(many) % len(weight)] / length
    return cells


def _weights(profile: Profile) -> Array:
    """Return the weight of each interval of the week: a day's own shape parts what its weight among the days gives."""
    shapes, many = profile.shapes(), profile.intervals_a_day()
    if shapes.count(profile.intervals) == len(shapes):
        return np.outer(profile.days, profile.intervals).ravel()
    days = [np.repeat(shape, many // len(shape)) for shape in shapes]
    return np.concatenate([weight * day / (day.sum() or 1.0) for weight, day in zip(profile.days, days, strict=True)])
