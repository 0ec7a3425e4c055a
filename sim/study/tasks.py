"""One task of a study: one replication, lived by the same customers in one world or in several.

Worker processes do these; what they answer depends on the task alone, never on who does it or when.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.engines import Engine, run
from sim.measures import Drift, drift, measure, tables
from sim.population import populate
from sim.scenario import World


@dataclass(frozen=True)
class Task:
    """What a worker is told.

    Attributes
    ----------
    journal : Path or None
        A file to which one byte is added for every simulated day, so that progress can be seen from outside.
    parent : int
        The process that asked; in another one Ctrl-C is left to it.
    """

    worlds: tuple[World, ...]
    seed: int
    replication: int
    engine: Engine
    ids: tuple[str, ...] | None = None
    journal: Path | None = None
    parent: int = 0


@dataclass(frozen=True)
class Lived:
    """What a worker answers: for each world, numerator and denominator of its measures, and how it drifts."""

    replication: int
    totals: tuple[dict[str, tuple[float, float]], ...]
    drifts: tuple[Drift, ...]
    engine: str


class ReplicationError(RuntimeError):
    """A replication that could not be lived; the message names world, replication and seed.

    Attributes
    ----------
    finished : optional
        The study made of those that were finished before, where there are enough of them.
    """

    finished: Any = None


def live(task: Task) -> Lived:
    """Let the customers of one replication live through each world.

    Raises
    ------
    ReplicationError
        Whatever went wrong.
    """
    if os.getpid() != task.parent:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    totals, drifts, engine = [], [], ""
    world = task.worlds[0]
    try:
        customers = populate(world, seed=task.seed, replication=task.replication)
        for world in task.worlds:
            history = run(world, customers, engine=task.engine, tick=_day_noted_in(task.journal))
            asked, engine = tables(history), history.engine
            totals.append(measure(asked, _own(task.ids, world)))
            drifts.append(drift(asked))
    except Exception as error:
        raise ReplicationError(
            f"{world.name}, replication {task.replication}, seed {task.seed}: {type(error).__name__}: {error}"
        ) from error
    return Lived(task.replication, tuple(totals), tuple(drifts), engine)


def _own(ids: tuple[str, ...] | None, world: World) -> list[str] | None:
    """Leave out the occupancy of teams that only another world has."""
    if ids is None:
        return None
    return [name for name in ids if not name.startswith("occupancy.") or name[10:] in world.teams]


def _day_noted_in(journal: Path | None) -> Callable[[float], None] | None:
    if journal is None:
        return None

    def tick(_: float) -> None:
        with journal.open("ab") as file:
            file.write(b".")

    return tick
