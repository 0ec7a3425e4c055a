"""Replications: the same study made anew with other luck, on several processors, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.engines import Engine
from sim.measures.intervals.asked import Parting
from sim.measures.intervals.cells import Array, check_room, grid_of
from sim.measures.ready import ready
from sim.reading import world_of
from sim.study.running.parted import Intervals
from sim.study.running.progress import Progress, watched
from sim.study.running.replications import Replications
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, ids_of, numbers_of, with_days
from sim.study.running.tasks import Lived, ReplicationError, Task, days_of
from sim.study.running.workers import answers, hands_for
from sim.world import World


def replicate(
    world: World | str | Path,
    *,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Progress | None = None,
    measures: Iterable[str] | None = None,
    parting: Parting | None = None,
) -> Replications:
    """Live through a world several times, each time with other luck.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    replications : int or iterable of int
        How many, or which ones, counted from 0: ``range(10, 20)`` are ten more than the usual ten, to be added to them.
    days : float, optional
        The horizon, in place of the world's own; warm-up and follow-up stay.
    workers : int, optional
        Threads (processes for SimPy) that work at once; by default one for each processor. The result does not depend
        on it.
    progress : optional
        Told simulated days done and to do; see `sim.study.running.progress.bar`.
    measures : iterable of str, optional
        Which measures; all by default.
    parting : Parting, optional
        Intervals into which the horizon is parted as well (`sim.measures.intervals.asked.parting`).

    Raises
    ------
    ValueError
        If a value is out of its range, cells are more than memory holds, or a measure or the engine is not known.
    ReplicationError
        If one could not be lived.
    KeyboardInterrupt
        If interrupted before any replication was finished; later the finished ones are returned.
    """
    asked = world_of(world)
    size = Size(numbers_of(replications), seed, engine, workers, progress)
    lived = with_days(asked, days)
    size = replace(size, ids=ids_of((lived,), measures), parting=parting)
    if parting is not None:
        check_room(grid_of(lived, parting), len(size.numbers))
    try:
        (answer,) = together((lived,), size)
    except ReplicationError as failure:
        if failure.finished is not None:
            failure.finished = replace(failure.finished[0], asked=asked)
        raise
    return replace(answer, asked=asked)


def together(worlds: Sequence[World], size: Size, least: int = 1) -> tuple[Replications, ...]:
    """Let the same customers live through each of several worlds; one answer for each world.

    Parameters
    ----------
    least : int
        Replications that have to be finished for an interruption, or a failure, to leave something to keep.

    Raises
    ------
    KeyboardInterrupt, ReplicationError
        If fewer are finished; a failure's ``finished`` otherwise holds the answers so far.
    """
    began = time.perf_counter()
    finished: list[Lived] = []
    stopped: BaseException | None = None
    days = sum(map(days_of, worlds)) * len(size.numbers)
    ready(*worlds, parted=size.parting is not None)
    with watched(days, size.progress) as done:
        tasks = (Task(tuple(worlds), size.seed, number, size.engine, size.ids, size.parting) for number in size.numbers)
        try:
            for lived in answers(tasks, hands_for(worlds, size.engine, size.workers, len(size.numbers)), done):
                finished.append(lived)
        except (KeyboardInterrupt, ReplicationError) as stop:
            stopped = stop
    if stopped is not None and len(finished) < least:
        raise stopped
    made = _gathered(worlds, finished, size, time.perf_counter() - began, stopped is not None)
    if isinstance(stopped, ReplicationError):
        stopped.finished = made
        raise stopped
    return made


def _gathered(
    worlds: Sequence[World], finished: list[Lived], size: Size, seconds: float, interrupted: bool
) -> tuple[Replications, ...]:
    finished = sorted(finished, key=lambda lived: lived.replication)
    numbers = tuple(lived.replication for lived in finished)
    return tuple(
        Replications(
            world,
            world,
            size.seed,
            numbers,
            finished[0].engine,
            seconds,
            {name: np.array([lived.totals[at][name] for lived in finished]) for name in finished[0].totals[at]},
            tuple(lived.drifts[at] for lived in finished),
            interrupted,
            _parted(world, size, numbers, [lived.cells[at] for lived in finished if lived.cells]),
        )
        for at, world in enumerate(worlds)
    )


def _parted(world: World, size: Size, numbers: tuple[int, ...], cells: Sequence[Array]) -> Intervals | None:
    return None if size.parting is None else Intervals(world, size.parting, numbers, np.stack(cells), size.seed)
