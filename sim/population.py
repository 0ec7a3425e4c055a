"""Problems and the customers who have them, made ahead of every run and common to all worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.chance import Kind, Law, LawCode, quantile, uniforms
from sim.scenario import Population, World
from sim.units import DAY

CUSTOMER = np.dtype(
    [
        ("number", np.int64),
        ("appeared", np.float64),
        ("reason", np.int16),
        ("difficulty", np.int16),
        ("segment", np.int16),
        ("other_network", np.bool_),
        ("autonomous", np.bool_),
        ("recurs", np.bool_),
        ("work", np.float64),
        ("gesture", np.float64),
        ("severity", np.float64),
        ("temper", np.float64),
        ("value_of_time", np.float64),
        ("outage_value", np.float64),
        ("hours_of_use", np.float64),
        ("lock_in", np.float64),
        ("renewal", np.float64),
        ("worth", np.float64),
    ]
)
"""A problem and its customer: number (identity), appeared (min), codes in the scenario's order, work (mean 1, times the
reason's), gesture called for (EUR, 0 for none), values in EUR/h, use in h/day, renewal in months, worth in EUR/year.
"""

REASONS_AT_MOST = 64
"""Problem n of reason r has the number n * 64 + r, whatever else happens."""


@dataclass(frozen=True)
class Customers:
    """The problems of one replication in the order in which they appear, with the customers who have them."""

    population: Population
    rows: npt.NDArray[np.void]
    seed: int
    replication: int

    def __len__(self) -> int:
        return len(self.rows)


def populate(world: World, *, seed: int, replication: int = 0) -> Customers:
    """Make the problems that appear between the start and the end of a run.

    Parameters
    ----------
    seed, replication : int
        Together with the population block they determine everything; the rest of the world has no part in it.

    Returns
    -------
    Customers
        Sorted by the time at which the problems appear.
    """
    population = world.population
    found = [
        _problems(population, which, world.time.end, seed, replication) for which in range(len(population.reasons))
    ]
    rows = np.concatenate(found)
    return Customers(population, rows[np.lexsort((rows["number"], rows["appeared"]))], seed, replication)


def expected_problems(world: World) -> float:
    """Return the mean number of problems of one replication."""
    return world.population.problems_per_day * world.time.end / DAY


def _problems(population: Population, which: int, end: float, seed: int, replication: int) -> npt.NDArray[np.void]:
    appeared = _appearances(population, which, end, seed, replication)
    rows = np.zeros(len(appeared), CUSTOMER)
    rows["appeared"], rows["reason"] = appeared, which
    rows["number"] = number = np.arange(len(appeared)) * REASONS_AT_MOST + which

    def draw(purpose: int) -> npt.NDArray[np.float64]:
        return uniforms(seed, replication, Kind.CUSTOMER, number, purpose)

    reason = list(population.reasons.values())[which]
    classes = difficulty_names(population)
    rows["difficulty"] = _chosen(draw(purposes.DIFFICULTY), [reason.difficulty.get(name, 0.0) for name in classes])
    rows["work"] = reason.work * _inverted(population.work.numbers(), draw(purposes.WORK))
    asked = draw(purposes.GESTURE) < reason.gesture_share
    rows["gesture"] = np.where(asked, _inverted(reason.gesture.numbers(), draw(purposes.GESTURE_AMOUNT)), 0.0)
    rows["severity"] = reason.severity
    rows["recurs"] = draw(purposes.RECURRENCE) < reason.recurrence
    rows["temper"] = _inverted(spread(population.temper_cv), draw(purposes.TEMPER))
    segments = list(population.segments.values())
    rows["segment"] = _chosen(draw(purposes.SEGMENT), [segment.share for segment in segments])
    laws = {
        "value_of_time": purposes.VALUE_OF_TIME,
        "outage_value": purposes.OUTAGE,
        "hours_of_use": purposes.USE,
        "lock_in": purposes.LOCK_IN,
        "renewal": purposes.RENEWAL,
        "worth": purposes.WORTH,
    }
    drawn = {name: draw(purpose) for name, purpose in laws.items()}
    network, autonomy = draw(purposes.NETWORK), draw(purposes.AUTONOMY)
    for code, segment in enumerate(segments):
        mine = rows["segment"] == code
        rows["other_network"][mine] = network[mine] < segment.other_network
        rows["autonomous"][mine] = autonomy[mine] < segment.autonomy
        for name in laws:
            rows[name][mine] = _inverted(getattr(segment, name).numbers(), drawn[name][mine])
    return rows


def difficulty_names(population: Population) -> tuple[str, ...]:
    """Return the names of the difficulty classes of all reasons, each once, in the order of the scenario."""
    return tuple(dict.fromkeys(name for reason in population.reasons.values() for name in reason.difficulty))


def spread(cv: float) -> Law:
    """Return the lognormal law of mean one with this coefficient of variation."""
    if cv == 0.0:
        return Law(LawCode.CONSTANT, 1.0)
    wide = math.log1p(cv * cv)
    return Law(LawCode.LOGNORMAL, -wide / 2, math.sqrt(wide))


def _appearances(
    population: Population, which: int, end: float, seed: int, replication: int
) -> npt.NDArray[np.float64]:
    """Invert the cumulative rate at the points of a Poisson process of rate one: problem n keeps its identity."""
    share = list(population.reasons.values())[which].share
    edges, cumulated = cumulative_rate(population, end, seed, replication)
    total = share * cumulated[-1]
    if total <= 0.0:
        return np.empty(0)
    many = int(total + 10.0 * math.sqrt(total) + 20.0)
    gaps = -np.log1p(-uniforms(seed, replication, Kind.REASON, which, purposes.ARRIVAL, np.arange(many)))
    points = np.cumsum(gaps)
    appeared: npt.NDArray[np.float64] = np.interp(points[points < total], share * cumulated, edges)
    return appeared


def cumulative_rate(
    population: Population, end: float, seed: int, replication: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return edges (min) and the expected number of problems up to each, given the busyness of days and intervals."""
    per_day = len(population.profile.intervals)
    length = DAY / per_day
    many = math.ceil(end / length)
    index = np.arange(many)
    weight = np.outer(population.profile.days, population.profile.intervals).ravel()
    per_interval = population.problems_per_day * 7 * weight / weight.sum()
    rate = per_interval[index % (7 * per_day)] / length
    if population.busyness_day is not None:
        rate = rate * _busyness(population.busyness_day, Kind.DAY, index // per_day, seed, replication)
    if population.busyness_interval is not None:
        rate = rate * _busyness(population.busyness_interval, Kind.INTERVAL, index, seed, replication)
    edges = np.minimum(np.arange(many + 1) * length, end)
    return edges, np.concatenate(([0.0], np.cumsum(rate * np.diff(edges))))


def _busyness(
    shape: float, kind: Kind, numbers: npt.NDArray[np.int64], seed: int, replication: int
) -> npt.NDArray[np.float64]:
    law = Law(LawCode.GAMMA, shape, 1.0 / shape, math.lgamma(shape))
    distinct, places = np.unique(numbers, return_inverse=True)
    return _inverted(law, uniforms(seed, replication, kind, distinct, purposes.BUSYNESS))[places]


def _inverted(law: Law, u: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    if law.code == LawCode.CONSTANT:
        return np.full(len(u), law.a)
    return np.array([quantile(law, one) for one in u.tolist()])


def _chosen(u: npt.NDArray[np.float64], shares: list[float]) -> npt.NDArray[np.int64]:
    upto = np.cumsum(shares)
    return np.minimum(np.searchsorted(upto, u, side="right"), len(shares) - 1)
