"""Problems and the customers who have them, made ahead of every run and common to all worlds."""

from __future__ import annotations

from pathlib import Path

from sim.chance import check_luck
from sim.population.customers import CUSTOMER, REASONS_AT_MOST, Customers, difficulty_names, same_bits, spread
from sim.scenario import World, world_of
from sim.scenario.border import check_world
from sim.units import DAY


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
        Sorted by the time at which the problems appear, and at the same time by number.

    Raises
    ------
    ValueError
        If seed or replication are out of range, the world cannot be, or has more problems than there are numbers.
    """
    from sim.population.making import made  # here: it imports the compiler

    world = world_of(world)
    check_luck(seed, replication)
    check_world(world)
    seed, replication = int(seed), int(replication)
    return Customers(world.population, made(world.population, world.time.end, seed, replication), seed, replication)


def expected_problems(world: World) -> float:
    """Return the mean number of problems of one replication."""
    return world.population.problems_per_day * world.time.end / DAY


__all__ = [
    "CUSTOMER",
    "REASONS_AT_MOST",
    "Customers",
    "difficulty_names",
    "expected_problems",
    "populate",
    "same_bits",
    "spread",
]
