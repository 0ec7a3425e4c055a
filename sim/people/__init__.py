"""Problems and the customers who have them, common to all worlds: made ahead of a run, or as they come in it."""

from __future__ import annotations

from pathlib import Path

from sim.people.customers import (
    CUSTOMER,
    REASONS_AT_MOST,
    Customers,
    difficulty_names,
    same_bits,
    spread,
)
from sim.people.rates import expected
from sim.reading import world_of
from sim.world import World


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

    Examples
    --------
    >>> import sim
    >>> day = sim.variant("base", {"time": {"horizon": "1 d", "warm_up": "0 d"}})
    >>> one, same = sim.populate(day, seed=1), sim.populate(day, seed=1)
    >>> len(one) == len(same) > 0
    True
    """
    from sim.people.crowd import Coming  # here: it imports the compiler

    return Coming.to(world_of(world), seed=seed, replication=replication).all()


def expected_problems(world: World) -> float:
    """Return the mean number of problems of one replication; of a replay their number."""
    return expected(world.population, world.time.end, world.time.first_monday)


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
