"""Problems and the customers who have them, made ahead of every run and common to all worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.chance import Law, LawCode
from sim.scenario import Population, World, world_of
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


def populate(world: World | str | Path, *, seed: int, replication: int = 0) -> Customers:
    """Make the problems that appear between the start and the end of a run.

    It runs outside the interpreter's lock but for some microseconds: threads can populate side by side.

    Parameters
    ----------
    world : World, str or Path
        A world, or its name or path.
    seed, replication : int
        Together with the population block they determine everything; the rest of the world has no part in it.

    Returns
    -------
    Customers
        Sorted by the time at which the problems appear.
    """
    from sim.population.making import made  # here: it imports the compiler

    world = world_of(world)
    return Customers(world.population, made(world.population, world.time.end, seed, replication), seed, replication)


def expected_problems(world: World) -> float:
    """Return the mean number of problems of one replication."""
    return world.population.problems_per_day * world.time.end / DAY


def difficulty_names(population: Population) -> tuple[str, ...]:
    """Return the names of the difficulty classes of all reasons, each once, in the order of the scenario."""
    return tuple(dict.fromkeys(name for reason in population.reasons.values() for name in reason.difficulty))


def spread(cv: float) -> Law:
    """Return the lognormal law of mean one with this coefficient of variation."""
    if cv == 0.0:
        return Law(LawCode.CONSTANT, 1.0)
    wide = math.log1p(cv * cv)
    return Law(LawCode.LOGNORMAL, -wide / 2, math.sqrt(wide))


def warm_up() -> None:
    """Compile all that `populate` leads to, or read what is kept of it."""
    from sim.population.making import nobody

    nobody()


__all__ = [
    "CUSTOMER",
    "REASONS_AT_MOST",
    "Customers",
    "difficulty_names",
    "expected_problems",
    "populate",
    "spread",
    "warm_up",
]
