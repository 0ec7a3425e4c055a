"""One task of a study: one replication, lived by the same customers in one world or in several.

What is answered depends on the task alone, never on who does it or when.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engines import Engine
from sim.measures import Drift, measure, measured, measures_of
from sim.measures.intervals.asked import Parting
from sim.people.crowd import Coming
from sim.units import DAY
from sim.world import World


@dataclass(frozen=True)
class Task:
    """What whoever does it is told.

    ``also`` are, for each world, others in which the same rows are left (`sim.measures.measured`): they are answered
    right after it. ``efforts``: what each journey's effort was is answered as well.
    """

    worlds: tuple[World, ...]
    seed: int
    replication: int
    engine: Engine
    ids: tuple[str, ...] | None = None
    parting: Parting | None = None
    also: tuple[tuple[World, ...], ...] = ()
    efforts: bool = False


@dataclass(frozen=True)
class Lived:
    """What is answered: for each world, numerator and denominator of its measures, how it drifts, and its cells.

    ``efforts`` are the counts of journeys by the buckets of their effort (`sim.measures.accounts.totals.Totals`).
    """

    replication: int
    totals: tuple[dict[str, tuple[float, float]], ...]
    drifts: tuple[Drift, ...]
    engine: str
    cells: tuple[npt.NDArray[np.float64], ...] = ()
    efforts: tuple[tuple[float, ...], ...] = ()


Told = Callable[[int], None]
"""Told the simulated days that are done, all worlds together, many times a second; what it raises ends the task."""


class Stopped(Exception):  # noqa: N818 - not an error: somebody wants the task to end
    """Raised by `Told` where the task is no longer wanted."""


class ReplicationError(RuntimeError):
    """A replication that could not be lived; the message names world, replication and seed.

    Attributes
    ----------
    finished : optional
        The study made of those that were finished before, where there are enough of them.
    """

    finished: Any = None


def live(task: Task, told: Told | None = None) -> Lived:
    """Let the customers of one replication live through each world; worlds of another population have their own.

    Raises
    ------
    ReplicationError
        Whatever went wrong.
    """
    totals, drifts, cells, efforts, engine, days = [], [], [], [], "", 0
    world = task.worlds[0]
    try:
        customers = Coming.to(world, seed=task.seed, replication=task.replication)
        for at, world in enumerate(task.worlds):
            if customers.population != world.population:  # another demand: the same luck, and customers of its own
                customers = Coming.to(world, seed=task.seed, replication=task.replication)
            tick, also = _days_from(days, told), task.also[at] if task.also else ()
            made = measured(world, customers, engine=task.engine, tick=tick, parting=task.parting, also=also)
            for judge, its in zip((world, *also), (made.totals, *made.also), strict=True):
                totals.append(measure(its, _own(task.ids, judge)))
                drifts.append(its.drift)
                if task.efforts:
                    efforts.append(its.effort_counts)
            if made.cells is not None:
                cells.append(made.cells)
            engine, days = made.engine, days + days_of(world)
    except Stopped:
        raise
    except Exception as error:
        raise ReplicationError(
            f"{world.name}, replication {task.replication}, seed {task.seed}: {type(error).__name__}: {error}"
        ) from error
    if told is not None:
        told(days)
    return Lived(task.replication, tuple(totals), tuple(drifts), engine, tuple(cells), tuple(efforts))


def days_of(world: World) -> int:
    """Return the simulated days of one run, a broken one as a whole."""
    return math.ceil(world.time.end / DAY)


def _days_from(before: int, told: Told | None) -> Callable[[float], None] | None:
    return None if told is None else lambda now: told(before + int(now / DAY))


def _own(ids: tuple[str, ...] | None, world: World) -> list[str] | None:
    """Leave out what is of teams, channels and queues that only another world has."""
    if ids is None:
        return None
    known = measures_of(world)
    return [name for name in ids if name in known]
