"""Whether both tellings of a world agree: the same customers, lived by SimPy and by the compiled engine."""

from __future__ import annotations

from dataclasses import dataclass

from sim.bars import Progress, Shown, given, shows_progress
from sim.engines import Engine, Tick, engine_of, run
from sim.engines.agreement import Difference, first_difference
from sim.people import populate
from sim.reading import memory_needed, memory_of_the_machine
from sim.study.running.size import with_days
from sim.study.running.tasks import days_of
from sim.units import DAY
from sim.world import World

PROBLEMS = 10_000
"""Problems that a check stops at unless more is asked for: some seconds of SimPy, and half a million rows."""
REFERENCE: Engine = "simpy"


@dataclass(frozen=True)
class Agreement:
    """Two tellings of the first days of a world, held against each other.

    Attributes
    ----------
    days, whole : float
        Simulated days that were compared, and those of the world: warm-up, horizon and follow-up.
    engines : tuple of str
        The reference, and the one that is held against it: the fastest that knows the world.
    problems : int
        How many appear in these days.
    rows : tuple of int
        What each engine told.
    difference : Difference or None
        Where they first part; None where no bit differs.
    """

    days: float
    whole: float
    seed: int
    engines: tuple[str, str]
    problems: int
    rows: tuple[int, int]
    difference: Difference | None


@shows_progress("check")
def agreement(world: World, *, days: float | None = None, seed: int = 1, progress: Shown = None) -> Agreement | None:
    """Tell the first days of a world by SimPy and by the fastest engine; None where SimPy itself is that one.

    Parameters
    ----------
    days : float, optional
        How many, from the first one of the warm-up on; by default the world's own: warm-up, horizon and follow-up.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told simulated days done and to do, once a simulated day.

    Raises
    ------
    ValueError
        If the days are none, are not whole quarters of an hour, or the histories do not fit into memory.
    """
    fastest = engine_of(world, "auto")
    if fastest == REFERENCE:
        return None
    told = given(progress)
    lived = first_days(world, days)
    _fits(lived)
    customers = populate(lived, seed=seed)
    other = run(lived, customers, engine=fastest)
    # Of the way only SimPy's part is told: the other's is a thirtieth of it.
    one = run(lived, customers, engine=REFERENCE, tick=None if told is None else _telling(told, lived))
    if told is not None:
        told(days_of(lived), days_of(lived))
    return Agreement(
        lived.time.end / DAY,
        world.time.end / DAY,
        seed,
        (one.engine, other.engine),
        len(customers),
        (len(one.rows), len(other.rows)),
        first_difference(one, other),
    )


def first_days(world: World, days: float | None) -> World:
    """Return the world with that many days and no more: a run ends there, and knows no warm-up.

    Raises
    ------
    ValueError
        As `sim.study.running.size.with_days`.
    """
    if days is None:
        return world
    without = {"time": world.time.model_copy(update={"warm_up": 0.0, "follow_up": 0.0})}
    return with_days(world.model_copy(update=without), days)


def usual_days(world: World) -> float | None:
    """Return the days in which about `PROBLEMS` appear: whole ones, at least one; None where the world has no more.

    Examples
    --------
    >>> from sim.reading import load
    >>> usual_days(load("double_peine"))  # of its 79, with 260.4 problems in each
    38.0
    """
    days = max(1.0, PROBLEMS // world.population.problems_per_day)
    return days if days * DAY < world.time.end else None


def _fits(world: World) -> None:
    needed, room = 2 * memory_needed(world, kept=True), memory_of_the_machine()
    if room is not None and needed > room:
        raise ValueError(
            f"two histories of {world.time.end / DAY:g} days of {world.name} would take about {needed / 1e9:,.1f} GB, "
            "more than this machine has: ask for fewer days"
        )


def _telling(progress: Progress, world: World) -> Tick:
    of = days_of(world)
    return lambda now: progress(int(now / DAY), of)
