"""Shocks: causes that strike many at once, drawn for each replication, and added to what is expected of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.luck.keys import Kind, uniform
from sim.luck.laws import quantile
from sim.machine.kernel.memory import NUMBER, Array
from sim.people.rates import CELL
from sim.units import YEAR
from sim.world.arrivals import Shock
from sim.world.population import Population

Floats = npt.NDArray[np.float64]


class Strike(NamedTuple):
    """One shock of one replication: which, from when to when its problems appear (min), and how large in usual days."""

    shock: Shock
    begins: float
    ends: float
    size: float


class Struck(NamedTuple):
    """What is expected of the reasons of a replication that shocks strike.

    Attributes
    ----------
    cells : array of CELL, shape (tables, cells + 1)
        Those of the profiles, then those of each reason that is struck, which begin anew where a shock begins or ends.
        What a table has too little is filled with cells of no length at the end of the run.
    expected : array of NUMBER, shape (tables, cells + 1)
        Problems up to the start of each cell: as if all were of its reason, or of the reason that is struck.
    reasons : array of sim.people.records.REASON
        The same reasons; those that are struck have a table of their own, of which they are the whole.
    """

    cells: Array
    expected: Array
    reasons: Array


def strikes(population: Population, end: float, seed: int, replication: int) -> list[Strike]:
    """Return the shocks of a replication that begin before its end (min).

    Their gaps are exponential, with luck of the shock's place among all and of its number: shock n of a name stays
    itself whatever else changes, and comes sooner where more come in a year.
    """
    return [
        strike
        for place, shock in enumerate(population.shocks.values())
        for strike in _of_one(shock, place, end, seed, replication)
    ]


def _of_one(shock: Shock, place: int, end: float, seed: int, replication: int) -> Iterator[Strike]:
    if shock.per_year == 0.0:
        return
    begins, law, number = 0.0, shock.size.numbers(), 0
    while True:
        gap, size = (
            uniform(seed, replication, Kind.DAY, place, purpose, number)
            for purpose in (purposes.SHOCK, purposes.SHOCK_SIZE)
        )
        begins -= math.log1p(-gap) * (YEAR / shock.per_year)
        if not begins < end:
            return
        yield Strike(shock, begins, begins + shock.lasts, quantile(law, size))
        number += 1


def with_strikes(population: Population, cells: Array, expected: Array, reasons: Array, these: list[Strike]) -> Struck:
    """Add what shocks bring to what is expected; who is not struck keeps every bit."""
    columns = [(table, numbers["value"]) for table, numbers in zip(cells["starts"], expected, strict=True)]
    reasons = reasons.copy()
    for place, (name, reason) in enumerate(population.reasons.items()):
        mine = [strike for strike in these if strike.shock.strikes(name)]
        if mine and reason.share > 0.0:
            starts, upto = columns[reasons["profile"][place]]
            usual = population.problems_per_day * reason.share
            reasons["profile"][place], reasons["share"][place] = len(columns), 1.0
            columns.append(_with_strikes(starts, upto * reason.share, mine, usual))
    return Struck(*_as_tables(columns), reasons)


def _with_strikes(starts: Floats, upto: Floats, these: list[Strike], usual: float) -> tuple[Floats, Floats]:
    """Return where cells start, and the problems up to there: both straight from each to the next."""
    seams = [at for strike in these for at in (strike.begins, strike.ends) if at < starts[-1]]
    finer = np.sort(np.concatenate((starts, seams)))
    return finer, np.maximum.accumulate(np.interp(finer, starts, upto) + _brought(finer, these, usual))


def _brought(starts: Floats, these: list[Strike], usual: float) -> Floats:
    """Return the problems that shocks lead to expect up to some times; ``usual`` are those of a usual day."""
    steps, ramps = np.zeros(len(starts)), np.zeros(len(starts))
    for strike in these:
        first, last = np.searchsorted(starts, (strike.begins, strike.ends))
        part = (starts[first:last] - strike.begins) / (strike.ends - strike.begins)
        ramps[first:last] += strike.size * usual * part
        steps[last : last + 1] += strike.size * usual
    whole: Floats = np.cumsum(steps) + ramps
    return whole


def _as_tables(columns: Sequence[tuple[Floats, Floats]]) -> tuple[Array, Array]:
    longest = max(len(starts) for starts, _ in columns)
    cells, expected = np.zeros((len(columns), longest), CELL), np.zeros((len(columns), longest), NUMBER)
    for place, (starts, upto) in enumerate(columns):
        missing = (0, longest - len(starts))
        cells["starts"][place], expected["value"][place] = (np.pad(one, missing, mode="edge") for one in (starts, upto))
    return cells, expected
